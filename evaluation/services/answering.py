"""Taking in the answers of one person, without anything that tells who it was."""

from django.core.cache import cache
from django.db import transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac

from evaluation.models import Answer, AnswerSheet, Questionnaire, SurveyLink
from privacy.tokens import hash_of

AT_ONCE = 10 * 60
"""Seconds."""


class NotOpen(Exception):
    """The link was ended, or the last day has passed."""


class OtherQuestions(Exception):
    """The questions were changed since the page was opened."""


@transaction.atomic
def receive(link, code, answers, *, revision, network=""):
    """Store one sheet under the one-time ``code`` of its form; a second press adds nothing.

    ``answers`` are tuples of question, code of the choice and words; ``network`` is where
    they come from, and stays nowhere. There is no entry in the audit: it would tell when,
    and with it who. Raises ``NotOpen``, ``OtherQuestions``.
    """
    # Whoever edits the questions at this moment waits, and then finds them fixed
    asked = Questionnaire.objects.select_for_update(no_key=True).get(
        pk=link.round.questionnaire_id
    )
    link.refresh_from_db(fields=["revoked_at", "extra_lv", "round"])
    if not link.is_valid:
        raise NotOpen
    if revision_of(link, asked) != revision:
        raise OtherQuestions
    sheet, is_new = AnswerSheet.objects.get_or_create(
        form_sha256=hash_of(code), defaults={"link": link}
    )
    if is_new:
        Answer.objects.bulk_create(
            Answer(sheet=sheet, question=question, value=value, text=text)
            for question, value, text in answers
        )
        _count_at_once(link, network)


def _count_at_once(link, network):
    """Remember the most sheets within ten minutes from one network, and of it no more."""
    stretch = int(timezone.now().timestamp() // AT_ONCE)
    about = f"{link.pk} {network} {stretch}"
    key = salted_hmac("evaluation.network", about, algorithm="sha256").hexdigest()
    cache.add(key, 0, AT_ONCE)
    count = cache.incr(key)
    SurveyLink.objects.filter(pk=link.pk, at_once__lt=count).update(at_once=count)


def revision_of(link, questionnaire=None):
    """Of the questions of a link, that of its municipality included."""
    questionnaire = questionnaire or link.round.questionnaire
    return hash_of(f"{questionnaire.revision} {link.extra_lv}")[:12]
