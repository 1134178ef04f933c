"""The life of a monthly report: who may do what, from where to where.

This table is the whole policy: the buttons are drawn from it, ``perform``
enforces it, the tests and ``docs/workflow.md`` repeat it.
"""

from collections.abc import Callable
from datetime import timedelta
from typing import NamedTuple

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from mediators.models import COORDINATING, Role


class Status(models.TextChoices):
    DRAFT = "draft", pgettext_lazy("report status", "Draft")
    SUBMITTED = "submitted", pgettext_lazy("report status", "Submitted")
    RETURNED = "returned", pgettext_lazy("report status", "Returned")
    APPROVED = "approved", pgettext_lazy("report status", "Approved")
    SENT = "sent", pgettext_lazy("report status", "Sent")
    RECEIVED = "received", pgettext_lazy("report status", "Received")


STATUS_TAGS = {
    Status.DRAFT: ("grey", "pencil"),
    Status.SUBMITTED: ("blue", "mail"),
    Status.RETURNED: ("amber", "arrow-back-up"),
    Status.APPROVED: ("green", "circle-check"),
    Status.SENT: ("green", "mail"),
    Status.RECEIVED: ("plain", "check"),
}
"""Colour and icon of a status, for every place that shows one."""

WRITABLE = (Status.DRAFT, Status.RETURNED)
"""The mediator may write; figures are counted live from the log."""

HANDED_IN = (Status.SUBMITTED, Status.APPROVED, Status.SENT, Status.RECEIVED)
FINAL = (Status.APPROVED, Status.SENT, Status.RECEIVED)
"""A snapshot exists that nothing recomputes."""


class Action(models.TextChoices):
    SUBMIT = "submit", _("Submit")
    WITHDRAW = "withdraw", pgettext_lazy("report action", "Take back")
    RETURN = "return", _("Return with comments")
    APPROVE = "approve", _("Approve and close")
    SEND = "send", _("Send to the municipality")
    CONFIRM = "confirm", _("Confirm receipt")
    REOPEN = "reopen", pgettext_lazy("report action", "Open again")


DONE = {
    Action.SUBMIT: pgettext_lazy("in the history of a report", "Submitted"),
    Action.WITHDRAW: pgettext_lazy("in the history of a report", "Taken back"),
    Action.RETURN: pgettext_lazy("in the history of a report", "Returned"),
    Action.APPROVE: pgettext_lazy("in the history of a report", "Approved"),
    Action.SEND: pgettext_lazy("in the history of a report", "Sent"),
    Action.CONFIRM: pgettext_lazy("in the history of a report", "Received"),
    Action.REOPEN: pgettext_lazy("in the history of a report", "Opened again"),
}
"""What the history says of a step."""

REVIEW_RESTS_AFTER = timedelta(minutes=15)
"""A review that its reader has left for so long may be taken up by somebody else."""


def anybody(by):
    return Q()


def not_begun(by):
    """Nobody has begun to review it."""
    return Q(reviewer=None)


def own_review(by):
    """Nobody else is reviewing it at this moment."""
    rests = Q(reviewer_seen_at__lt=timezone.now() - REVIEW_RESTS_AFTER)
    return Q(reviewer=None) | Q(reviewer=by) | rests


class Rule(NamedTuple):
    """One arrow: from these statuses to that one, by somebody with one of the roles.

    ``roles`` empty means that no account does it: the contact person confirms
    receipt with a link, and the mail server's answer marks a report as sent.
    ``when`` says what else has to be true of the row, given the person.
    """

    sources: tuple[Status, ...]
    target: Status
    roles: tuple[Role, ...]
    when: Callable[..., Q] = anybody
    target_again: Status | None = None
    """The target for a report that had been given back before, if that is another one."""


RULES = {
    Action.SUBMIT: Rule(WRITABLE, Status.SUBMITTED, (Role.MEDIATOR,)),
    Action.WITHDRAW: Rule(
        (Status.SUBMITTED,),
        Status.DRAFT,
        (Role.MEDIATOR,),
        not_begun,
        target_again=Status.RETURNED,
    ),
    Action.RETURN: Rule((Status.SUBMITTED,), Status.RETURNED, COORDINATING, own_review),
    Action.APPROVE: Rule(
        (Status.SUBMITTED,), Status.APPROVED, COORDINATING, own_review
    ),
    Action.SEND: Rule((Status.APPROVED,), Status.SENT, COORDINATING),
    Action.CONFIRM: Rule((Status.SENT,), Status.RECEIVED, ()),
    Action.REOPEN: Rule(FINAL, Status.RETURNED, COORDINATING),
}


class ActionNotAllowed(Exception):
    """The action does not fit the status, the role or the place; says why in words."""
