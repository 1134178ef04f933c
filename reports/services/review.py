"""Handing in a report, returning it, approving it."""

from typing import NamedTuple

from django.db import transaction
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext

from cases.models import ClosedMonth, Visit
from mediators.models import Role, User
from municipalities.working_days import next_morning
from privacy import audit
from reports.changes import compared, printed_texts
from reports.figures import MonthFigures, month_figures
from reports.models import ReportSection
from reports.names import names_in_report
from reports.room import why_not_yet, why_not_yet_asked
from reports.sections import FIGURES_KEY, SUPPORT_KEY
from reports.services import delivery
from reports.snapshot import take
from reports.workflow import Action, ActionNotAllowed


class Unready(NamedTuple):
    """A part that cannot be handed in yet, and why in one sentence."""

    section: ReportSection
    reason: str


def figures_for(report):
    """Frozen figures of a report that was handed in, live ones while it is written."""
    if report.is_writable:
        return month_figures(report.mediator, report.municipality, report.month)
    return MonthFigures.from_json(report.figures)


def _month_of(report):
    return {
        "mediator": report.mediator,
        "municipality": report.municipality,
        "month": report.month,
    }


def is_empty(figures):
    """Nothing was logged in the month: illness, leave, a gap between contracts."""
    return not figures.values["entries"]


def missing_sections(report, figures):
    """Sections that have to be written before the report can be handed in.

    A month without entries may be handed in without words too.
    """
    return [
        section
        for section in report.section_map().values()
        if section.is_narrative
        and section.definition.is_required
        and not section.text.strip()
        and not is_empty(figures)
    ]


def unready_sections(report):
    """Parts whose words are kept but cannot be handed in as they are, with the reason."""
    for key, section in report.section_map().items():
        if section.is_narrative:
            reasons = [why_not_yet(section)]
        elif key == SUPPORT_KEY:
            reasons = [why_not_yet_asked(ask) for ask in report.asks.all()]
        else:
            reasons = []
        yield from (Unready(section, reason) for reason in reasons if reason)


def reviewer_of(report):
    """The coordinator who will read the report, or None when it may be one of several."""
    current = report.municipality.appointments.current().filter(role=Role.COORDINATOR)
    people = [row.user for row in current.select_related("user")]
    return people[0] if len(people) == 1 else None


@transaction.atomic
def submit(report, *, by):
    """Hand the report in: the month closes, then its figures are frozen.

    The month is closed first, so that no entry slips in between the count and
    the lock. Questions without an answer stay open.
    """
    ClosedMonth.objects.wait_for(report.mediator)
    ClosedMonth.objects.get_or_create(**_month_of(report))
    figures = month_figures(report.mediator, report.municipality, report.month)
    before = report.figures
    report.perform(Action.SUBMIT, by=by, figures=figures.as_json())
    if missing_sections(report, figures):
        raise ActionNotAllowed(_("Some parts of the report are still empty."))
    if any(unready_sections(report)):
        raise ActionNotAllowed(
            _("A part is too long or not complete. It says itself what is missing.")
        )
    if names_in_report(report):
        raise ActionNotAllowed(
            _(
                "The text holds the name of a family. The report is read in the "
                "municipality, therefore no names are written in it."
            )
        )
    if before != report.figures:
        report.sections.filter(key=FIGURES_KEY).update(is_accepted=False)
    audit.record(by, audit.Verb.SUBMIT, report)


@transaction.atomic
def withdraw(report, *, by):
    """Take a report back that nobody has begun to review; its month opens again."""
    report.perform(Action.WITHDRAW, by=by)
    _open_month(report)
    audit.record(by, audit.Verb.WITHDRAW, report)


def _open_month(report):
    """Entries may change again, and those that came late are entries like all others."""
    month = _month_of(report)
    ClosedMonth.objects.wait_for(report.mediator)
    ClosedMonth.objects.filter(**month).delete()
    day = month.pop("month")
    Visit.objects.filter(**month).in_month(day).update(told_in=None)


@transaction.atomic
def return_for_correction(report, *, by):
    """Give the report back to the mediator; the month opens for corrections again."""
    _remember_what_was_read(report)
    report.perform(Action.RETURN, by=by)
    if not report.comments.filter(is_open=True).exists():
        raise ActionNotAllowed(_say_what_to_correct(report.mediator))
    _open_month(report)
    audit.record(by, audit.Verb.RETURN, report)


def _remember_what_was_read(report):
    """So that the next review can show what has changed since this one."""
    texts = printed_texts(take(report, figures_for(report)))
    for section in report.sections.all():
        section.read_text = texts[section.key]
        section.save(update_fields=["read_text"])


def changes_since_read(report, figures):
    """The pieces of each part that changed since it was given back, by its key."""
    texts = printed_texts(take(report, figures))
    return {
        section.key: compared(section.read_text, texts[section.key])
        for section in report.sections.all()
        if section.read_text is not None and section.read_text != texts[section.key]
    }


def _say_what_to_correct(mediator):
    if mediator.address_form == User.AddressForm.MASCULINE:
        return pgettext(
            "mediator, masculine",
            "Write at least one comment, so that the mediator knows what to correct.",
        )
    return pgettext(
        "mediator, feminine",
        "Write at least one comment, so that the mediator knows what to correct.",
    )


@transaction.atomic
def approve(report, *, by):
    """Approve and close: the content is frozen now, its PDF is made in the background."""
    report.perform(Action.APPROVE, by=by)
    version = delivery.freeze(report, by=by)
    delivery.render_version.enqueue(str(version.pk))
    delivery.send_in_the_morning.using(
        run_after=next_morning(version.approved_at)
    ).enqueue(str(version.pk))
    audit.record(by, audit.Verb.APPROVE, report, version=version.number)
    return version


@transaction.atomic
def reopen(report, *, by, reason):
    """Open an approved report for a new version; the approved ones stay as they are."""
    _remember_what_was_read(report)
    report.perform(Action.REOPEN, by=by, comment=reason)
    _open_month(report)
    audit.record(by, audit.Verb.REOPEN, report)


PERFORM = {
    Action.SUBMIT: submit,
    Action.WITHDRAW: withdraw,
    Action.RETURN: return_for_correction,
    Action.APPROVE: approve,
}
"""What the buttons of the workflow do; sending and reopening have pages of their own."""
