"""Links to a password: made, sent, used once."""

from uuid import uuid4

from django.db import transaction
from django.utils import timezone
from django_tasks import task

from mediators.emails import Notice, invitation_mail
from mediators.models import Invitation, User
from mediators.services import sessions
from mediators.services.notices import tell
from privacy import audit
from privacy.mails import try_to_send


def purpose_for(user):
    """Who has a password already gets a link for a new one."""
    if user.has_usable_password():
        return Invitation.Purpose.RESET
    return Invitation.Purpose.FIRST


@transaction.atomic
def make(user, *, by):
    """A new link in place of every older one; it gets its token when it is sent."""
    User.objects.select_for_update(no_key=True).get(pk=user.pk)
    user.invitations.filter(used_at=None).update(expires_at=timezone.now())
    invitation = Invitation.objects.create(
        user=user, purpose=purpose_for(user), made_by=by
    )
    audit.record(by, audit.Verb.CREATE, invitation, purpose=invitation.purpose)
    return invitation


@transaction.atomic
def invite(user, *, by):
    """Make a link and mail it to the address of the account, to nobody else."""
    invitation = make(user, by=by)
    send_invitation.enqueue(str(invitation.pk))
    return invitation


def invite_again(email):
    """Somebody forgot the password. Who has no account costs the same work: a task."""
    person = User.objects.filter(email=email.strip().lower(), is_active=True).first()
    ask_again.enqueue(str(person.pk if person else uuid4()))


@task()
def ask_again(user_id):
    """Behind the scenes, so that the answer takes as long for everybody."""
    for person in User.objects.filter(pk=user_id, is_active=True):
        invite(person, by=None)


@task()
def send_invitation(invitation_id, attempt=0):
    """A token is made for each mail, so none waits anywhere in between."""
    waiting = Invitation.objects.select_related("user")
    invitation = waiting.get(pk=invitation_id)
    if invitation.used_at or not invitation.is_newest:
        return
    mail = invitation_mail(invitation, invitation.give_token())
    try_to_send(mail, send_invitation, invitation_id, attempt=attempt)


@transaction.atomic
def accept(invitation, password):
    """Set the password, once; False when somebody was faster or it is too late.

    Every session ends, whoever is in it; a second factor stays what it is.
    """
    if not invitation.use():
        return False
    person = invitation.user
    is_new = invitation.purpose == Invitation.Purpose.FIRST
    set_password(person, password, by=person)
    audit.record(person, audit.Verb.ACKNOWLEDGE, invitation)
    if not is_new:
        tell(person, Notice.PASSWORD)
    return True


@transaction.atomic
def change_password(person, password, *, session_key):
    """By the person, who knows the old one; the other sessions end."""
    set_password(person, password, by=person, but=session_key)
    tell(person, Notice.PASSWORD)


def set_password(person, password, *, by, but=None):
    person.set_password(password)
    person.save(update_fields=["password"])
    person.invitations.filter(used_at=None).update(expires_at=timezone.now())
    # Who got in with the old password may have asked for another address
    person.email_changes.stop()
    sessions.end_all(person, by=by, but=but)
    audit.record(by, audit.Verb.UPDATE, person, fields=["password"])
