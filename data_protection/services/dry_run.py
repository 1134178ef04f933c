"""What an erasure would change, in words: kinds of rows and how many, no content."""

from dataclasses import dataclass

from django.apps import apps
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from data_protection.models import SubjectRequest
from data_protection.services import erasure

APPS = ("families", "cases", "reports", "data_protection")


@dataclass(frozen=True)
class DryRun:
    """Counts by kind of row, and what the second person should know before."""

    rows: list
    open_cases: int
    is_held: bool


def described(request):
    """None for what erases nothing."""
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
    return DryRun(rows, plan.open_cases, erasure.is_held(request.family))


def _label(kind):
    if kind == "people":
        return _("People taken off the list")
    if kind == "mentions":
        return _("Mentions in other texts")
    for app in APPS:
        if kind in apps.all_models[app]:
            return capfirst(str(apps.get_model(app, kind)._meta.verbose_name_plural))
    raise LookupError(kind)
