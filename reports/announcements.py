"""Sentences about a report that change with who acts: Latvian inflects for gender."""

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from interface.latvian import long_date_dative, month_genitive
from mediators.models import User
from reports.services.review import reviewer_of
from reports.workflow import Action
from reports.working_days import review_due_on


def is_masculine(person):
    return person is not None and person.address_form == User.AddressForm.MASCULINE


def hand_in_label(reviewer):
    """The button of the check page; several coordinators are spoken of as one office."""
    if reviewer and not is_masculine(reviewer):
        return pgettext("coordinator, feminine", "Hand in to the coordinator")
    return pgettext("coordinator, masculine", "Hand in to the coordinator")


def sentence_after(action, report):
    """What a button of the workflow has done, and what happens next."""
    month = {"month": month_genitive(report.month).capitalize()}
    if action is Action.SUBMIT:
        return handed_in(report)
    if action is Action.WITHDRAW:
        return _("You have taken the report back. You can write again.")
    if action is Action.REOPEN:
        return (
            _(
                "The %(month)s report is open again. Its next approval makes a new version."
            )
            % month
        )
    if action is Action.RETURN:
        return _("The %(month)s report was returned to the mediator.") % month
    return _("The %(month)s report is approved and closed.") % month


def handed_in(report):
    """Who reads the report until when."""
    due_on = long_date_dative(review_due_on(timezone.localdate()))
    reviewer = reviewer_of(report)
    if reviewer is None:
        return _(
            "The report is handed in. The coordinators will review it by %(date)s."
        ) % {"date": due_on}
    return _("The report is handed in. %(person)s will review it by %(date)s.") % {
        "person": reviewer.full_name,
        "date": due_on,
    }
