"""What an erasure would change, in words: kinds of rows and how many, no content."""

from dataclasses import dataclass

from django.apps import apps
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from data_protection.models import LegalHold, SubjectRequest
from data_protection.services import erasure

APPS = ("families", "cases", "reports", "data_protection")


@dataclass(frozen=True)
class DryRun:
    """Counts by kind of row, and what the second person should know before."""

    rows: list
    open_cases: int
    hold: LegalHold | None
    """The oldest that forbids it."""
    may_read_why: bool
    """The reason of a hold is for those who may end it."""


def described(request, *, by):
    """None for what erases nothing; ``by`` is the second person, who reads it."""
    if request.kind != SubjectRequest.Kind.ERASURE:
        return None
    if request.is_about_one and request.member is None:
        return None
    plan = (
        erasure.plan_member(request.member)
        if request.is_about_one
        else erasure.plan_family(request.family)
    )
    rows = [(_label(kind), count) for kind, count in plan.counts.items() if count]
    hold = erasure.holds_of(request.family).order_by("starts_on").first()
    readable = LegalHold.objects.visible_to(by) | LegalHold.objects.liftable_by(by)
    may_read_why = hold is not None and readable.filter(pk=hold.pk).exists()
    return DryRun(rows, plan.open_cases, hold, may_read_why)


def _label(kind):
    if kind == "people":
        return _("People taken off the list")
    if kind == "mentions":
        return _("Mentions in other texts")
    for app in APPS:
        if kind in apps.all_models[app]:
            return capfirst(str(apps.get_model(app, kind)._meta.verbose_name_plural))
    raise LookupError(kind)
