"""Searching a list for a name: the word travels in the body of a form and waits in the session,
so that it stands in no address, no log of a proxy and no history of a browser.

The results have an address of their own, without the word. One can page through them, go
back to them and load them again.
"""

from django.shortcuts import redirect

RESULTS = "meklets"
LONGEST_WORD = 100


def keep_word(request):
    """Take what was typed, and lead to its results; without a word to the whole list."""
    word = request.POST.get("q", "").strip()[:LONGEST_WORD]
    request.session[_key(request)] = word
    return redirect(f"{request.path}?{RESULTS}=1" if word else request.path)


def asked_word(request):
    """The word of the results that are asked for; empty on the page of the whole list."""
    return request.session.get(_key(request), "") if RESULTS in request.GET else ""


def rest_of_address(word):
    """What the further pages of the same list have in their address."""
    return f"{RESULTS}=1" if word else ""


def _key(request):
    return f"searched {request.path}"
