"""What a page of a part sends: kept as it is, and answered as its script or browser asks."""

from django.contrib import messages
from django.http import JsonResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from interface.latvian import clock
from privacy import audit
from reports.services.keeping import note_kept

HTML, JSON = "text/html", "application/json"


def kept(request, report, section, forms):
    """Keep the words of each form, whatever is wrong with another.

    Returns the answer for a script that keeps what is being written, the way back
    once everything is saved, or None where the page has to be shown again.
    """
    if request.method != "POST":
        return None
    stored = [name for form in forms for name in form.keep()]
    if request.get_preferred_type([HTML, JSON]) == JSON:
        if stored:
            note_kept(report, section.key, by=request.user)
        return JsonResponse(receipt(forms))
    if all(form.is_valid() for form in forms):
        return _saved(request, report, section, forms, stored)
    if stored:
        note_kept(report, section.key, by=request.user)
    return None


def _saved(request, report, section, forms, stored):
    for form in forms:
        form.finish(by=request.user)
    audit.record(
        request.user,
        audit.Verb.UPDATE,
        report,
        section=section.key,
        fields=sorted(set(stored)),
    )
    messages.success(request, _("Saved: “%(part)s”.") % {"part": section.title})
    return redirect(report)


def receipt(forms):
    """What is kept now; ``forms`` says by which mark each is known from here on."""
    return {
        "kept": not any(form.unkept for form in forms),
        "at": clock(timezone.now()),
        "problems": [sentence for form in forms for sentence in form.unkept],
        "forms": [_state(form) for form in forms if form.stored],
    }


def _state(form):
    state = {"seen": form.seen_name, "mark": form.mark}
    if form.is_overtaken:
        words = {form.add_prefix(name): text for name, text in form.stored.items()}
        state |= {"stored": words}
    return state
