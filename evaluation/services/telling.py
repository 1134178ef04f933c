"""Telling partners about a survey: two weeks before, at its opening, a week before its end."""

from collections import Counter
from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django_tasks import task

from evaluation.emails import Mail, survey_mail
from evaluation.models import SurveyLink, SurveyRound
from mediators.models import COORDINATING, Role
from municipalities.models import InstitutionContact, Municipality
from privacy import audit
from privacy.mails import try_to_send

A_DAY = timedelta(days=1)


def on_the_list():
    """Who knows that there will be questions, and still works there (R044)."""
    return InstitutionContact.objects.active().exclude(told_of_survey_on=None)


def partners_of(municipality):
    """Those of the list who can be asked by mail."""
    people = on_the_list().filter(institution__municipality=municipality)
    return [person for person in people.select_related("institution") if person.email]


def number_of_partners(municipalities):
    """``{municipality: how many can be asked by mail}``, noughts left out."""
    people = on_the_list().filter(institution__municipality__in=municipalities)
    # Whether there is an address is written in no column that a database can read
    return Counter(
        person.institution.municipality_id
        for person in people.select_related("institution")
        if person.email
    )


def places_with_partners(user):
    """``[(municipality, number of partners)]``; staff learn numbers alone, no names."""
    places = user.municipalities_as(*COORDINATING)
    if user.has_role(Role.PROJECT_STAFF):
        mediated = Municipality.objects.filter(appointments__role=Role.MEDIATOR)
        places = mediated.distinct()
    partners = number_of_partners(places)
    return [(place, partners[place.pk]) for place in places]


@transaction.atomic
def announce(survey, *, by, told_otherwise=False):
    """From now on the survey is real: its mails go out on their days.

    ``told_otherwise`` says that partners know although less than two weeks are left.
    False where somebody has announced it already.
    """
    done = SurveyRound.objects.filter(pk=survey.pk, announced_at=None).update(
        announced_at=timezone.now(), told_otherwise=told_otherwise
    )
    if done:
        audit.record(by, audit.Verb.SUBMIT, survey, told_otherwise=told_otherwise)
        tell_due.enqueue()
    return bool(done)


def letters(survey):
    """``[(mail, day)]`` from today on; of a survey that waits, as if announced today.

    A mail whose time had passed by then goes out to nobody.
    """
    today = timezone.localdate()
    known = timezone.localdate(survey.announced_at) if survey.is_announced else today
    invited = max(survey.opens_on, known)
    planned = (
        (Mail.ANNOUNCED, max(survey.announce_on, known), survey.opens_on),
        (Mail.INVITED, invited, survey.closes_on + A_DAY),
        (
            Mail.REMINDED,
            max(survey.remind_on, invited + A_DAY),
            survey.closes_on + A_DAY,
        ),
    )
    return [(mail, day) for mail, day, end in planned if today <= day < end]


@task()
def tell_due():
    """Queue what is due today. A link whose municipality has no partners waits for some."""
    today = timezone.localdate()
    for link in SurveyLink.objects.filter(
        revoked_at=None,
        round__announced_at__isnull=False,
        round__closes_on__gte=today,
    ):
        _tell(link.pk, today)


@transaction.atomic
def _tell(link_pk, today):
    link = SurveyLink.objects.select_for_update(no_key=True).get(pk=link_pk)
    kind = due(link, today)
    partners = partners_of(link.municipality) if kind else []
    if not partners:
        return
    field = f"{kind.value}_on"
    setattr(link, field, today)
    link.save(update_fields=[field])
    for person in partners:
        send.enqueue(str(link.pk), str(person.pk), kind.value)
    audit.record(None, audit.Verb.SEND, link, mail=kind.value, partners=len(partners))


def tell_anew(link):
    """Mail the new link to all partners; call it in a transaction."""
    partners = partners_of(link.municipality)
    for person in partners:
        send.enqueue(str(link.pk), str(person.pk), Mail.MOVED.value)
    if partners:
        kind = Mail.MOVED.value
        audit.record(None, audit.Verb.SEND, link, mail=kind, partners=len(partners))


def due(link, today):
    """The mail that a link waits for, or None."""
    survey = link.round
    if today < survey.opens_on:
        is_due = today >= survey.announce_on and link.announced_on is None
        return Mail.ANNOUNCED if is_due else None
    if link.invited_on is None:
        return Mail.INVITED
    is_late = today >= survey.remind_on and today > link.invited_on
    return Mail.REMINDED if is_late and link.reminded_on is None else None


@task()
def send(link_id, contact_id, kind, attempt=0):
    """One mail, unless the survey or the person has gone meanwhile."""
    link = SurveyLink.objects.filter(pk=link_id, revoked_at=None).first()
    person = on_the_list().filter(pk=contact_id).first()
    if link is None or person is None or link.round.is_closed or not person.email:
        return
    mail = survey_mail(Mail(kind), link, person.email)
    try_to_send(mail, send, link_id, contact_id, kind, attempt=attempt)
