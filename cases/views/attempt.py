"""One try to store an entry: the same for a form that is sent and for a phone's outbox."""

from dataclasses import dataclass

from cases.models import DeletedVisit, Visit
from cases.services import visits


@dataclass(frozen=True)
class Attempt:
    """What became of it. Without a visit and a taken number the form says why not.

    ``visit`` is what is stored under the number: the entry itself, with
    ``number_is_taken`` another one of the same person, or None.
    """

    visit: Visit | DeletedVisit | None = None
    is_new: bool = False
    number_is_taken: bool = False

    @property
    def is_stored(self):
        return self.visit is not None and not self.number_is_taken


def attempt_to_log(form, mediator):
    """Store the entry of a form once; what is wrong with it is added to the form."""
    words = visits.fingerprint(form.answers)
    try:
        known = visits.logged_before(mediator, form.sent_number, words)
        if known:
            return Attempt(known)
        if form.is_valid():
            return Attempt(*_log(form, mediator, words))
    except visits.AlreadyLogged as other:
        return Attempt(other.visit, number_is_taken=True)
    except visits.LooksLikeDuplicate:
        form.ask_about_duplicate()
    return Attempt()


def _log(form, mediator, words):
    return visits.log_visit(
        mediator,
        form.entry(),
        client_uuid=form.cleaned_data["client_uuid"],
        words=words,
        duplicate_is_meant=form.cleaned_data["confirm_duplicate"],
    )
