"""What an administrator can do to an account: help its owner in, never be the owner."""

from collections.abc import Callable
from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from mediators import factors
from mediators.models import FactorReset
from mediators.services import factor_resets, invitations, sessions


class Deed(NamedTuple):
    """A button, what it does, when it is there, and what is said afterwards."""

    name: str
    label: Promise
    done: Promise
    do: Callable
    is_offered: Callable


def _can_ask(person, by):
    pending = FactorReset.objects.pending().filter(user=person)
    return factors.of(person).exists() and not pending.exists()


def _confirmable(person, by):
    return FactorReset.objects.confirmable_by(by).filter(user=person).first()


def _confirm(person, *, by):
    factor_resets.confirm(_confirmable(person, by), by=by)


DEEDS = (
    Deed(
        name="invite",
        label=_("Send an invitation"),
        done=_("The invitation is on its way to the address of the account."),
        do=invitations.invite,
        is_offered=lambda person, by: (
            person.is_active and not person.has_usable_password()
        ),
    ),
    Deed(
        name="new-password",
        label=_("Send a link for a new password"),
        done=_("The link is on its way to the address of the account."),
        do=invitations.invite,
        is_offered=lambda person, by: person.is_active and person.has_usable_password(),
    ),
    Deed(
        name="end-sessions",
        label=_("End all sessions"),
        done=_("All sessions of the account have ended."),
        do=sessions.end_all,
        is_offered=lambda person, by: True,
    ),
    Deed(
        name="ask-reset",
        label=_("Ask for a reset of the second factor"),
        done=_(
            "Asked. The owner was told by mail. Another administrator or the "
            "data-protection officer confirms it; it happens after a day."
        ),
        do=factor_resets.ask,
        is_offered=_can_ask,
    ),
    Deed(
        name="confirm-reset",
        label=_("Confirm the reset of the second factor"),
        done=_("Confirmed. It happens a day after it was asked for."),
        do=_confirm,
        is_offered=lambda person, by: bool(_confirmable(person, by)),
    ),
)


def deeds_for(person, *, by):
    return [deed for deed in DEEDS if deed.is_offered(person, by)]


def deed_for(person, name, *, by):
    """The deed of that name if it is offered now, else None."""
    return next((deed for deed in deeds_for(person, by=by) if deed.name == name), None)
