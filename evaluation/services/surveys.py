"""Making surveys and what belongs to them; each deed with its entry in the audit."""

from django.db import transaction
from django.utils import timezone

from evaluation.models import (
    Answer,
    Questionnaire,
    Recommendation,
    SurveyLink,
)
from evaluation.results import to_moderate
from evaluation.services import telling
from municipalities.models import InstitutionContact
from privacy import audit


class Fixed(Exception):
    """Somebody has answered meanwhile: these questions stay as they are."""


@transaction.atomic
def save_survey(survey, places, *, by):
    """Store a survey and a link for each of its municipalities that has none yet."""
    is_new = survey._state.adding
    if is_new:
        survey.made_by = by
    survey.save()
    asked = set(survey.links.values_list("municipality", flat=True))
    for place in places:
        if place.pk not in asked:
            link = SurveyLink(round=survey, municipality=place)
            link.renew()
            link.save()
    verb = audit.Verb.CREATE if is_new else audit.Verb.UPDATE
    audit.record(by, verb, survey, places=[place.slug for place in places])
    return survey


@transaction.atomic
def renew_link(link, *, by, is_told=False):
    """A new address; the old one, wherever it stands, opens nothing any more.

    ``is_told`` mails it to the partners; where the invitation has not gone out, that one
    brings it.
    """
    link.renew()
    link.save(update_fields=["secret", "token_sha256", "revoked_at"])
    audit.record(by, audit.Verb.UPDATE, link, fields=["secret"])
    if is_told and link.invited_on:
        telling.tell_anew(link)


@transaction.atomic
def revoke_link(link, *, by):
    link.revoked_at = timezone.now()
    link.save(update_fields=["revoked_at"])
    audit.record(by, audit.Verb.WITHDRAW, link)


@transaction.atomic
def save_questions(questionnaire, questions, *, by):
    """Other questions in a version that nobody has answered; else ``Fixed``."""
    row = Questionnaire.objects.select_for_update(no_key=True).get(pk=questionnaire.pk)
    if row.is_fixed:
        raise Fixed
    row.questions = questions
    row.save(update_fields=["questions"])
    audit.record(by, audit.Verb.UPDATE, row, fields=["questions"])
    return row


@transaction.atomic
def new_version(questionnaire, *, by):
    """The same questions once more, to be changed; one that nobody answered is enough."""
    newest = Questionnaire.objects.newest()
    if not newest.is_fixed:
        return newest
    row = Questionnaire.objects.create(
        version=newest.version + 1, questions=questionnaire.questions
    )
    audit.record(by, audit.Verb.CREATE, row, version=row.version)
    return row


@transaction.atomic
def note_partners(municipality, chosen, *, by):
    """Put people on the list of the survey, or take them off; returns how many changed."""
    people = InstitutionContact.objects.active().filter(
        institution__municipality=municipality
    )
    today, changed = timezone.localdate(), []
    for person in people:
        if (person in chosen) != (person.told_of_survey_on is not None):
            person.told_of_survey_on = today if person in chosen else None
            person.save(update_fields=["told_of_survey_on"])
            changed.append(person)
    audit.record_all(
        by,
        audit.Verb.UPDATE,
        [(person, {"fields": ["told_of_survey_on"]}) for person in changed],
    )
    return len(changed)


@transaction.atomic
def moderate(answer, *, by):
    """What others may read of an open answer, and what on the list it means."""
    answer.moderated_by = by
    answer.save(update_fields=["shown", "codes", "status", "moderated_by"])
    audit.record(
        by, audit.Verb.UPDATE, answer, status=answer.status, codes=answer.codes
    )


@transaction.atomic
def recommend(answer, recommendation, *, by):
    """A recommendation from an open answer that was looked through, once."""
    answer = Answer.objects.select_for_update(no_key=True).get(pk=answer.pk)
    known = recommended_from(answer)
    if known:
        return known
    recommendation.from_answer, recommendation.made_by = answer, by
    recommendation.save()
    audit.record(by, audit.Verb.CREATE, recommendation)
    return recommendation


def newest_questionnaire():
    return Questionnaire.objects.newest()


def recommended_from(answer):
    """What was made of an answer already, or None."""
    return Recommendation.objects.filter(from_answer=answer).first()


def waiting_in(survey):
    """How many open answers nobody has looked through."""
    return to_moderate(survey).waiting().count()
