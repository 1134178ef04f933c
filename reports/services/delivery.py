"""After the approval: snapshot, PDF, mail to the contact people, their receipt.

Tasks are queued in the transaction that makes them necessary, so nothing is sent
for what was rolled back, and nothing is forgotten. They hold no transaction while
they draw a PDF or talk to a mail server.
"""

import logging
import secrets
from datetime import timedelta
from smtplib import (
    SMTPException,
    SMTPRecipientsRefused,
    SMTPResponseException,
)

from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_tasks import task

from privacy import audit
from privacy.tokens import new_code
from reports.emails import NobodyAddressed, NotSaid, send_report_mail
from reports.figures import MonthFigures
from reports.models import Ask, Delivery, MonthlyReport, ReportVersion
from reports.pdf import PdfFailed, report_pdf
from reports.snapshot import Snapshot, seal_of, take
from reports.workflow import Action, ActionNotAllowed, Status

logger = logging.getLogger(__name__)

PDF_RETRIES = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 60))
MAIL_RETRIES = tuple(timedelta(minutes=minutes) for minutes in (2, 15))


@transaction.atomic
def freeze(report, *, by, at=None):
    """Keep the content of an approved report, word for word, as its next version.

    ``at`` is the time of the approval when it is not now.
    """
    Ask.begin_to_live(report)
    last = report.versions.first()
    number = last.number + 1 if last else 1
    code = _new_code()
    approved_at = (at or timezone.now()).replace(microsecond=0)
    snapshot = take(
        report,
        MonthFigures.from_json(report.figures),
        version=number,
        code=code,
        coordinator=by,
        approved_at=approved_at,
        chain_end=audit.head(),
    ).as_json()
    return report.versions.create(
        number=number,
        code=code,
        snapshot=snapshot,
        sha256=seal_of(snapshot),
        approved_by=by,
        approved_at=approved_at,
    )


def _new_code():
    """“8KQ2-M4TF”, not yet given to another version."""
    while True:
        code = new_code(groups=2)
        if not ReportVersion.objects.filter(code=code).exists():
            return code


@task()
def render_version(version_id):
    """Make and store the PDF; a failure is tried again later, up to five times."""
    version = ReportVersion.objects.get(pk=version_id)
    if not make_pdf(version) and not version.pdf_is_given_up:
        delay = PDF_RETRIES[version.pdf_attempts - 1]
        render_version.using(run_after=timezone.now() + delay).enqueue(version_id)


def make_pdf(version):
    """Store the PDF of a version unless it is there; False when drawing it failed.

    The bytes are made from the snapshot once and never again.
    """
    if version.has_pdf:
        return True
    try:
        _store(version, _draw(version))
    except (PdfFailed, OSError) as failure:
        logger.exception("The PDF of version %s could not be made", version.pk)
        ReportVersion.objects.filter(pk=version.pk).update(
            pdf_attempts=F("pdf_attempts") + 1, pdf_error=str(failure)[:300]
        )
    version.refresh_from_db()
    return version.has_pdf


def _draw(version):
    if seal_of(version.snapshot) != version.sha256:
        raise PdfFailed("The snapshot does not fit its hash.")
    return report_pdf(Snapshot.from_json(version.snapshot), seal=version.sha256)


def _store(version, pdf):
    """Under a name that nobody guesses; of two workers the first one wins."""
    version.pdf.save(
        f"{secrets.token_urlsafe(24)}.pdf", ContentFile(pdf.content), save=False
    )
    stored = ReportVersion.objects.filter(pk=version.pk, pdf="").update(
        pdf=version.pdf.name,
        pdf_sha256=pdf.sha256,
        pdf_pages=pdf.pages,
        pdf_attempts=F("pdf_attempts") + 1,
        pdf_error="",
    )
    if not stored:
        version.pdf.storage.delete(version.pdf.name)


@task()
def send_in_the_morning(version_id):
    """Send an approved report that nobody has sent meanwhile, if its place wants that."""
    version = ReportVersion.objects.select_related(
        "report__municipality", "approved_by"
    ).get(pk=version_id)
    if not version.sends_itself:
        return
    try:
        request_delivery(version.report, by=version.approved_by)
    except ActionNotAllowed as reason:
        # It stays among those that are approved and not sent, with the coordinators
        logger.warning("Version %s was not sent: %s", version.pk, reason)


@transaction.atomic
def request_delivery(report, *, by, people=None):
    """Queue a mail to these contact people, or to all of today; who waits gets no second.

    Asking again after a mail was sent or refused makes a new mail with a new link. Whose
    mail went out a moment ago is left out: a new link would end the one just received.
    """
    if not MonthlyReport.objects.deliverable_by(by).filter(pk=report.pk).exists():
        raise ActionNotAllowed(_("Only an approved report can be sent."))
    current = report.municipality.contact_people.current()
    people = list(current if people is None else current.filter(pk__in=people))
    if not people:
        raise ActionNotAllowed(
            _(
                "Nobody can receive the report yet: the municipality has no contact person. "
                "Ask the administrator to add one."
            )
        )
    version = report.versions.select_for_update(of=("self",)).first()
    just_sent = set(version.deliveries.just_sent().values_list("recipient", flat=True))
    people = [person for person in people if person.pk not in just_sent]
    if not people:
        raise ActionNotAllowed(
            _(
                "The report was sent less than two minutes ago. A second mail would end the "
                "link of the first. If you still need it, wait two minutes and send again."
            )
        )
    waiting = version.deliveries.filter(status=Delivery.Status.QUEUED)
    queued = {delivery.recipient_id: delivery for delivery in waiting}
    deliveries = [
        queued.get(person.pk)
        or version.deliveries.create(recipient=person, requested_by=by)
        for person in people
    ]
    for delivery in deliveries:
        deliver.enqueue(str(delivery.pk))
    audit.record(by, audit.Verb.SEND, report, version=version.number)
    return deliveries


@task()
def deliver(delivery_id):
    """Send one mail, after making the PDF it speaks of; the report is sent then."""
    delivery = Delivery.objects.select_related(
        "version__report", "recipient", "requested_by"
    ).get(pk=delivery_id)
    if delivery.status != Delivery.Status.QUEUED:
        return
    if not make_pdf(delivery.version):
        _wait_for_pdf(delivery)
        return
    token = delivery.claim()
    if token is None:
        # Whoever has the turn may have been killed: looked at once more when it is over
        deliver.using(run_after=delivery.due_at).enqueue(delivery_id)
        return
    try:
        send_report_mail(delivery, token)
    except NotSaid as failure:
        _note_not_said(delivery, failure)
    except (NobodyAddressed, SMTPException, OSError) as failure:
        _note_failure(delivery, failure)
    else:
        _note_sent(delivery)


def _wait_for_pdf(delivery):
    if delivery.version.pdf_is_given_up:
        _give_up(delivery, Delivery.Failure.NO_PDF)
    else:
        delay = PDF_RETRIES[delivery.version.pdf_attempts - 1]
        _try_again(delivery, Delivery.Failure.NO_PDF, delay)


def _log(delivery, failure):
    logger.warning(
        "Delivery %s failed: %s %s",
        delivery.pk,
        type(failure).__name__,
        getattr(failure, "smtp_code", ""),
    )


def _note_not_said(delivery, failure):
    """The mail may be there, so it is sent once more and no third time."""
    _log(delivery, failure)
    is_second = delivery.failure == Delivery.Failure.NOT_SAID
    if is_second or delivery.attempts > len(MAIL_RETRIES):
        _give_up(delivery, Delivery.Failure.NOT_SAID)
    else:
        delay = MAIL_RETRIES[delivery.attempts - 1]
        _try_again(delivery, Delivery.Failure.NOT_SAID, delay)


def _note_failure(delivery, failure):
    _log(delivery, failure)
    if not _is_temporary(failure):
        _give_up(delivery, Delivery.Failure.REFUSED)
    elif delivery.attempts > len(MAIL_RETRIES):
        _give_up(delivery, Delivery.Failure.UNREACHABLE)
    else:
        delay = MAIL_RETRIES[delivery.attempts - 1]
        _try_again(delivery, Delivery.Failure.UNREACHABLE, delay)


def _is_temporary(failure):
    """Codes 4xx ask to come back later (greylisting), 5xx are final (RFC 5321)."""
    if isinstance(failure, NobodyAddressed):
        return False
    if isinstance(failure, SMTPRecipientsRefused):
        return all(code < 500 for code, _words in failure.recipients.values())
    if isinstance(failure, SMTPResponseException):
        return failure.smtp_code < 500
    return True


@transaction.atomic
def _try_again(delivery, failure, delay):
    due_at = timezone.now() + delay
    Delivery.objects.filter(pk=delivery.pk).update(failure=failure, due_at=due_at)
    deliver.using(run_after=due_at).enqueue(str(delivery.pk))


def _give_up(delivery, failure):
    """The report stays as it is; the coordinator sees the reason and may send again.

    The link of a mail that may have arrived goes on working.
    """
    ended = {"token_sha256": None, "expires_at": None}
    Delivery.objects.filter(pk=delivery.pk).update(
        status=Delivery.Status.REFUSED,
        failure=failure,
        **({} if failure == Delivery.Failure.NOT_SAID else ended),
    )


@transaction.atomic
def _note_sent(delivery):
    """The mail server took the mail: older links of the person end, the report is sent."""
    now = timezone.now()
    Delivery.objects.filter(pk=delivery.pk).update(
        status=Delivery.Status.SENT, sent_at=now, failure=""
    )
    if delivery.is_reminder:
        return
    Delivery.objects.filter(
        version__report=delivery.version.report, recipient=delivery.recipient
    ).exclude(pk=delivery.pk).update(expires_at=now)
    remind.using(run_after=now + Delivery.REMIND_AFTER).enqueue(str(delivery.pk))
    _mark_sent(delivery)


@task()
def remind(delivery_id):
    """A week after the mail: once more, if nobody has confirmed the receipt.

    The reminder brings a link of its own, because the token of the first one is known
    to its mail alone; the first link goes on working.
    """
    first = Delivery.objects.select_related("version__report").get(pk=delivery_id)
    report = first.version.report
    if not first.waits_for_receipt or report.status != Status.SENT:
        return
    with transaction.atomic():
        reminder = first.version.deliveries.create(
            recipient=first.recipient,
            requested_by=first.requested_by,
            is_reminder=True,
        )
        deliver.enqueue(str(reminder.pk))


@transaction.atomic
def revoke(delivery, *, by):
    """End a link before its time; the person behind it is told to ask for a new one."""
    delivery.revoke()
    audit.record(by, audit.Verb.WITHDRAW, delivery)


def _mark_sent(delivery):
    _move(delivery, Action.SEND, Status.APPROVED, by=delivery.requested_by)


def _move(delivery, action, source, *, by, comment=""):
    """The first mail or receipt moves the report on, those of other people do not."""
    report = delivery.version.report
    report.refresh_from_db()
    if report.status != source:
        return
    try:
        report.perform(action, by=by, comment=comment)
    except ActionNotAllowed:
        logger.warning("Report %s was not moved by %s", report.pk, action)


@transaction.atomic
def acknowledge(delivery, *, remark=""):
    """Confirm the receipt: True for the first time, later calls change nothing."""
    confirmed = Delivery.objects.filter(pk=delivery.pk, acknowledged_at=None).update(
        acknowledged_at=timezone.now(), remark=remark
    )
    delivery.refresh_from_db()
    if not confirmed:
        return False
    # Whoever opened the link has the mail, even if its sending was not noted.
    _mark_sent(delivery)
    _move(delivery, Action.CONFIRM, Status.SENT, by=None, comment=remark)
    audit.record(None, audit.Verb.ACKNOWLEDGE, delivery)
    return True
