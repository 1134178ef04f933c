"""What runs out for a mediator: certificates and the check of the record."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import OuterRef, Q, Subquery
from django.utils import timezone
from django.utils.translation import gettext as _

from mediators.models import MediatorProfile, Training, User

SOON = timedelta(days=60)
"""So long before, it is worth asking for a place in a course."""
CHILD_RIGHTS = "training_topic.CHILD_RIGHTS"


@dataclass(frozen=True)
class Renewal:
    """Something to renew by a day."""

    mediator: User
    due_on: date
    what: str

    @property
    def is_over(self):
        return self.due_on < timezone.localdate()


def may_renew(today):
    """Mediators of whom something ends soon or has ended, renewed since or not."""
    soon = today + SOON
    return User.objects.filter(
        Q(trainings__certificate_expires_on__lte=soon)
        | Q(profile__record_check_until__lte=soon)
    )


def renewals(mediators, today):
    """What ends soon or has ended, the earliest first.

    Of several certificates on one topic the last one counts; a training without one
    renews nothing.
    """
    soon = today + SOON
    found = [*_certificates(mediators, soon), *_record_checks(mediators, soon)]
    return sorted(found, key=lambda one: (one.due_on, one.mediator.last_name))


def _certificates(mediators, soon):
    certified = Training.objects.with_certificate()
    same = certified.filter(mediator=OuterRef("mediator"), topic=OuterRef("topic"))
    newest = same.reverse().values("pk")[:1]
    rows = certified.filter(mediator__in=mediators, certificate_expires_on__lte=soon)
    for row in rows.filter(pk=Subquery(newest)).select_related("mediator"):
        what = _("Certificate: %(title)s") % {"title": row.title}
        yield Renewal(row.mediator, row.certificate_expires_on, what)


def _record_checks(mediators, soon):
    rows = MediatorProfile.objects.filter(mediator__in=mediators)
    for row in rows.filter(record_check_until__lte=soon).select_related("mediator"):
        what = _("Check of the criminal record")
        yield Renewal(row.mediator, row.record_check_until, what)


def knows_child_rights(mediator):
    """Whether a training in the protection of children's rights is noted; the law asks."""
    return Training.objects.of(mediator).filter(topic=CHILD_RIGHTS).exists()
