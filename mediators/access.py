"""Who may open a page that is not about one object, and when once more to prove it."""

from functools import wraps

from allauth.core.exceptions import ReauthenticationRequired
from django.http import Http404

from mediators.freshness import is_fresh
from privacy.access import opens_to


def role_required(*roles):
    """Answer 404 to a person who holds none of the roles today.

    A page about an object needs no such check: it fetches the object through
    ``visible_to(request.user)``. 404, because 403 would say that the page exists.
    """

    def decorate(view):
        @wraps(view)
        def checked(request, *args, **kwargs):
            if not request.user.has_role(*roles):
                raise Http404
            return view(request, *args, **kwargs)

        return opens_to(tuple(role.value for role in roles), checked)

    return decorate


def require_fresh_proof(request):
    """Ask for password, code or passkey unless that was less than ten minutes ago.

    What was sent waits in the session and goes on after the proof (allauth does this).
    """
    if not is_fresh(request):
        raise ReauthenticationRequired


def fresh_proof_required(view):
    """For a whole page. Stands below ``role_required``, so that nobody learns of it."""

    @wraps(view)
    def checked(request, *args, **kwargs):
        require_fresh_proof(request)
        return view(request, *args, **kwargs)

    return checked


def open_without_factor(view):
    """A page on which a second factor is set up, or from which one signs out."""
    view.is_open_without_factor = True
    return view
