"""Handing in a report, returning it, approving it."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from cases.models import ClosedMonth
from privacy import audit
from reports.figures import MonthFigures, month_figures
from reports.services import delivery
from reports.workflow import Action, ActionNotAllowed


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


def missing_sections(report):
    """Sections that have to be written before the report can be handed in."""
    return [
        section
        for section in report.section_map().values()
        if section.is_narrative
        and section.definition.is_required
        and not section.text.strip()
    ]


@transaction.atomic
def submit(report, *, by):
    """Hand the report in: the month closes, then its figures are frozen.

    The month is closed first, so that no entry slips in between the count and
    the lock; open comments count as answered.
    """
    if missing_sections(report):
        raise ActionNotAllowed(_("Some parts of the report are still empty."))
    ClosedMonth.objects.get_or_create(**_month_of(report))
    figures = month_figures(report.mediator, report.municipality, report.month)
    report.perform(Action.SUBMIT, by=by, figures=figures.as_json())
    report.comments.filter(is_open=True).update(is_open=False)
    audit.record(by, audit.Verb.SUBMIT, report)


@transaction.atomic
def return_for_correction(report, *, by):
    """Give the report back to the mediator; the month opens for corrections again."""
    if not report.comments.filter(is_open=True).exists():
        raise ActionNotAllowed(
            _("Write at least one comment, so that the mediator knows what to correct.")
        )
    report.perform(Action.RETURN, by=by)
    ClosedMonth.objects.filter(**_month_of(report)).delete()
    audit.record(by, audit.Verb.RETURN, report)


@transaction.atomic
def approve(report, *, by):
    """Approve and close: the content is frozen now, its PDF is made in the background."""
    report.perform(Action.APPROVE, by=by)
    version = delivery.freeze(report, by=by)
    delivery.render_version.enqueue(str(version.pk))
    audit.record(by, audit.Verb.APPROVE, report, version=version.number)
    return version
