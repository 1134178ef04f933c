"""Receiving a complaint, telling whoever reads it, and answering it."""

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django_tasks import task

from mediators.emails import complaint_mail
from mediators.models import COORDINATING, Complaint, Role, User
from mediators.models.complaint import GROUPS, hash_of_code
from privacy import audit
from privacy.mails import try_to_send
from privacy.tokens import new_code

KEPT_YEARS = 2
"""How long a complaint stays; the form and the poster say so."""


class AnsweredBefore(Exception):
    """A colleague has answered and closed the complaint in the meantime."""


@transaction.atomic
def receive(complaint, code):
    """Store a complaint under the code its form came with, and return that code.

    A double click sends the code again and stores nothing more; with other words it
    is another complaint and gets a code of its own.
    """
    complaint.municipality._meta.model.objects.select_for_update(no_key=True).get(
        pk=complaint.municipality_id
    )
    known = Complaint.objects.with_code(code).first()
    if known and _says_the_same(known, complaint):
        return code
    if known:
        code = new_code(groups=GROUPS)
    complaint.code_sha256 = hash_of_code(code)
    complaint.save(force_insert=True)
    for reader in readers(complaint):
        tell.enqueue(str(complaint.pk), str(reader.pk))
    audit.record(
        None,
        audit.Verb.CREATE,
        complaint,
        municipality=complaint.municipality.prefix,
    )
    return code


def _says_the_same(known, complaint):
    return all(
        getattr(known, name) == getattr(complaint, name)
        for name in (*Complaint.WORDS, "municipality_id")
    )


def readers(complaint):
    """Everybody who may read the complaint today."""
    place = complaint.municipality_id
    here = Q(appointments__role__in=COORDINATING, appointments__municipality=place)
    of_all = Q(appointments__role__in=(Role.LEAD_MEDIATOR, Role.PROJECT_STAFF))
    people = User.objects.filter(here | of_all, is_active=True)
    rows = Complaint.objects.filter(pk=complaint.pk)
    return [user for user in people.distinct() if rows.visible_to(user).exists()]


@task()
def tell(complaint_id, reader_id, attempt=0):
    """One mail that says that a complaint waits, and nothing of it."""
    reader = User.objects.get(pk=reader_id)
    waiting = Complaint.objects.visible_to(reader).open()
    if waiting.filter(pk=complaint_id).exists():
        mail = complaint_mail(reader)
        try_to_send(mail, tell, complaint_id, reader_id, attempt=attempt)


@transaction.atomic
def close(complaint, *, by):
    """Answer and close; of two who answer at the same moment the first one counts."""
    closed = Complaint.objects.open().filter(pk=complaint.pk)
    done = closed.update(
        closed_at=timezone.now(), closed_by=by, outcome=complaint.outcome
    )
    if not done:
        raise AnsweredBefore
    complaint.save(update_fields=["answer"])
    audit.record(by, audit.Verb.CLOSE, complaint, outcome=complaint.outcome.code)
