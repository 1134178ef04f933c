"""Who hears that somebody was given power over others: the data-protection officers."""

from django_tasks import task

from mediators.emails import appointment_mail
from mediators.models import Appointment, Role, User
from privacy.mails import try_to_send

WATCHED = (
    *(Role.ADMINISTRATOR, Role.DATA_PROTECTION_OFFICER),
    *(Role.LEAD_MEDIATOR, Role.PROJECT_STAFF),
)
"""Roles that reach beyond one municipality."""


def tell_officers(appointment, *, by):
    """Queue a mail to each officer of today but the one who is appointed."""
    if appointment.role not in WATCHED:
        return
    officers = Appointment.objects.current().filter(role=Role.DATA_PROTECTION_OFFICER)
    told = User.objects.filter(pk__in=officers.values("user"), is_active=True)
    for officer in told.exclude(pk=appointment.user_id):
        tell_officer.enqueue(str(officer.pk), str(by.pk))


@task()
def tell_officer(officer_id, by_id, attempt=0):
    """The mail names nobody: the page that it leads to does."""
    mail = appointment_mail(User.objects.get(pk=officer_id), by_id)
    try_to_send(mail, tell_officer, officer_id, by_id, attempt=attempt)
