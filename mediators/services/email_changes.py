"""Another e-mail address for an account: asked for, told to the old one, confirmed.

The address signs in and receives links to a new password, so whoever holds it holds half
of the account. Its owner alone asks and confirms; the administration cannot.
"""

from django.db import IntegrityError, transaction
from django.utils import timezone
from django_tasks import task

from mediators.emails import (
    Notice,
    email_change_mail,
    email_taken_mail,
    email_warning_mail,
)
from mediators.models import EmailChange, User
from mediators.services import sessions
from mediators.services.notices import tell
from privacy import audit
from privacy.mails import try_to_send


@transaction.atomic
def ask(user, email):
    """A wish in place of every older one. Whether the address can be used is found out
    behind the scenes, so that nobody learns who has an account."""
    User.objects.select_for_update(no_key=True).get(pk=user.pk)
    user.email_changes.stop()
    change = EmailChange.objects.create(
        user=user, email=email, expires_at=timezone.now() + EmailChange.LASTS
    )
    audit.record(user, audit.Verb.CREATE, change)
    send_warning.enqueue(str(change.pk))
    return change


def _pending(change_id):
    changes = EmailChange.objects.pending().select_related("user")
    return changes.filter(pk=change_id).first()


@task()
def send_warning(change_id, attempt=0):
    """First to the old address; what it was never told about does not go on."""
    change = _pending(change_id)
    if change is None:
        return
    mail = email_warning_mail(change, change.give_stop_token())
    if try_to_send(mail, send_warning, change_id, attempt=attempt):
        send_link.enqueue(change_id)


@task()
def send_link(change_id, attempt=0):
    """To the new address. One that signs somebody else in gets a letter without a link."""
    change = _pending(change_id)
    if change is None:
        return
    if User.objects.filter(email__iexact=change.email).exists():
        mail = email_taken_mail(change)
    else:
        mail = email_change_mail(change, change.give_token())
    try_to_send(mail, send_link, change_id, attempt=attempt)


def confirm(change, *, session_key):
    """The address counts from now on; every other session and older link ends.

    False when it is over, was stopped, or another account has the address by now.
    """
    try:
        with transaction.atomic():
            return _confirm(change, session_key)
    except IntegrityError:
        return False


def _confirm(change, session_key):
    person = change.user
    if not change.confirm():
        return False
    person.email = change.email
    person.save(update_fields=["email"])
    person.invitations.filter(used_at=None).update(expires_at=timezone.now())
    sessions.end_all(person, by=person, but=session_key)
    audit.record(person, audit.Verb.ACKNOWLEDGE, change)
    audit.record(person, audit.Verb.UPDATE, person, fields=["email"])
    tell(person, Notice.EMAIL)
    return True


@transaction.atomic
def stop(change, *, by=None):
    """By the owner who is signed in, or by whoever reads the mail of the old address."""
    if not EmailChange.objects.filter(pk=change.pk).stop():
        return False
    audit.record(by, audit.Verb.WITHDRAW, change)
    return True
