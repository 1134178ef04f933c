"""Asking for the name of a family, deciding about it, seeing it, ending it.

Whoever decides is told, and so is the data-protection officer: the mails wait in the
outbox of the same transaction. They hold no name and no code.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django_tasks import task

from families.emails import grant_mail
from families.models import Family, FamilyAssignment, NameGrant
from families.models.name_grant import LASTS
from mediators.models import Appointment, Role, User
from privacy import audit
from privacy.mails import try_to_send


class DecidedBefore(Exception):
    """Somebody else has allowed or declined in the meantime."""


class ConsentTakenBack(Exception):
    """The family does not let others read what is kept about it."""


class News(models.TextChoices):
    """What the mails tell."""

    ASKED = "asked", _("Tilts: somebody asks for the name of a family")
    GRANTED = "granted", _("Tilts: a name is shown for 24 hours")
    GIVEN_BACK = "given_back", _("Tilts: a name is not shown any more")


class State(models.TextChoices):
    """Where a grant stands, in words."""

    UNDECIDED = "undecided", pgettext_lazy("grant", "waits for a decision")
    RUNNING = "running", pgettext_lazy("grant", "allowed")
    DECLINED = "declined", pgettext_lazy("grant", "declined")
    OVER = "over", pgettext_lazy("grant", "over")


@dataclass(frozen=True)
class Asked:
    """A grant for the eyes of those who work with codes: no name in any of its fields."""

    pk: UUID
    code: str
    grantee: str
    reason: str
    asked_at: datetime
    decided_by: str
    ends_at: datetime | None
    state: State


def as_asked(grants):
    rows = grants.select_related("family", "grantee", "decided_by")
    return [
        Asked(
            row.pk,
            row.family.code,
            row.grantee.full_name,
            row.reason,
            row.asked_at,
            row.decided_by.full_name if row.decided_by else "",
            row.ends_at,
            _state(row),
        )
        for row in rows
    ]


def _state(grant):
    if grant.is_undecided:
        return State.UNDECIDED
    if grant.declined_at:
        return State.DECLINED
    return State.RUNNING if grant.is_running else State.OVER


@transaction.atomic
def ask(family, reason, *, by):
    """Store the wish once, and tell who decides; while one waits, another changes nothing."""
    Family.objects.select_for_update(no_key=True).get(pk=family.pk)
    waiting = NameGrant.objects.undecided().filter(family=family, grantee=by).first()
    if waiting:
        return waiting
    grant = NameGrant.objects.create(family=family, grantee=by, reason=reason)
    _tell(grant, News.ASKED)
    audit.record(by, audit.Verb.CREATE, grant, family=family.code)
    return grant


@transaction.atomic
def allow(grant, *, by):
    """The name is shown for 24 hours from now; of two who decide the first one counts."""
    if not grant.family.lets_others_read:
        raise ConsentTakenBack
    now = timezone.now()
    of_the_same = NameGrant.objects.filter(family=grant.family, grantee=grant.grantee)
    for earlier in of_the_same.running():
        # The new one takes its place, so that ending it ends everything
        revoke(earlier, by=by)
    _decide(grant, by=by, granted_at=now, ends_at=now + LASTS)
    _tell(grant, News.GRANTED)
    facts = {"grant": grant.pk, "grantee": grant.grantee_id}
    audit.record(by, audit.Verb.GRANT, grant.family, **facts)


@transaction.atomic
def decline(grant, *, by):
    _decide(grant, by=by, declined_at=timezone.now())
    audit.record(by, audit.Verb.DECLINE, grant.family, grant=grant.pk)


def _decide(grant, *, by, **changes):
    undecided = NameGrant.objects.undecided().filter(pk=grant.pk)
    if not undecided.update(decided_by=by, **changes):
        raise DecidedBefore


@transaction.atomic
def revoke(grant, *, by):
    """The name is not shown any more from this moment on."""
    running = NameGrant.objects.running().filter(pk=grant.pk)
    if running.update(revoked_at=timezone.now()):
        audit.record(by, audit.Verb.REVOKE, grant.family, grant=grant.pk)


@transaction.atomic
def give_back(grant):
    """Whoever asked needs the name no longer; those who were told of it are told."""
    revoke(grant, by=grant.grantee)
    _tell(grant, News.GIVEN_BACK)


def end_all(family, *, by):
    """The family took its consent back; called within that transaction."""
    for grant in family.name_grants.running():
        revoke(grant, by=by)


def see(grant):
    """The people who are shown with the name; the history of the family tells of both."""
    people = list(grant.family.members.filter(left_on=None))
    audit.record(
        grant.grantee,
        audit.Verb.REVEAL,
        grant.family,
        fields=["label", *(["members.name"] if people else [])],
        purpose="grant",
        grant=grant.pk,
    )
    return people


def _tell(grant, news):
    for person in _to_be_told(grant):
        tell.enqueue(str(person.pk), news.value)


def _to_be_told(grant):
    """Who holds the family today, and every data-protection officer."""
    holders = FamilyAssignment.objects.current().held().filter(family=grant.family)
    officers = Appointment.objects.current().filter(role=Role.DATA_PROTECTION_OFFICER)
    return User.objects.filter(
        models.Q(pk__in=holders.values("mediator"))
        | models.Q(pk__in=officers.values("user")),
        is_active=True,
    )


@task()
def tell(person_id, news, attempt=0):
    """Send one mail; a server that does not answer is tried again later."""
    mail = grant_mail(User.objects.get(pk=person_id), News(news))
    try_to_send(mail, tell, person_id, news, attempt=attempt)
