"""What the demo shows nowhere, one row of each, so that a canary can stand in every field."""

from datetime import timedelta
from io import BytesIO

from django.utils import timezone
from PIL import Image

from data_protection.models import LegalHold
from families.models import Family, SafeguardingNotice
from families.models.safeguarding import Authority
from mediators.models import (
    EmailChange,
    Role,
    SupervisionRequest,
    Supervisor,
    User,
)
from reports.models import Ask, AskEvent, ReportMeeting, ReportVersion
from stories.models import Story, StoryPhoto


def add_rare():
    """A row in each table that is still empty; a second call adds nothing."""
    family = Family.objects.not_erased().filter(closed_on=None).first()
    mediator = family.assignments.current().first().mediator
    for model, make in {
        LegalHold: lambda: _hold(family),
        SafeguardingNotice: lambda: _notice(family, mediator),
        EmailChange: lambda: _new_address(mediator),
        SupervisionRequest: lambda: _supervision(mediator),
        ReportMeeting: _meeting,
        StoryPhoto: _photo,
    }.items():
        if not model.objects.exists():
            make().save(force_insert=True)
    if not AskEvent.objects.exclude(words="").exists():
        ask = Ask.objects.first()
        AskEvent.objects.create(
            ask=ask, by=_somebody(Role.COORDINATOR), status=ask.status, words="Runājām."
        )


def _somebody(role):
    return User.objects.filter(appointments__role=role).first()


def _hold(family):
    officer = _somebody(Role.DATA_PROTECTION_OFFICER)
    return LegalHold(family=family, reason="Lieta ir tiesā.", by=officer)


def _notice(family, mediator):
    return SafeguardingNotice(
        family=family,
        by=mediator,
        told=Authority.ORPHANS_COURT,
        told_at=timezone.now(),
        note="Bāriņtiesai paziņots.",
    )


def _new_address(mediator):
    return EmailChange(
        user=mediator,
        email="jauna.adrese@tilts.example",
        expires_at=timezone.now() + timedelta(hours=1),
    )


def _supervision(mediator):
    return SupervisionRequest(
        mediator=mediator,
        supervisor=Supervisor.objects.first(),
        when=SupervisionRequest.When.SOON,
        how=SupervisionRequest.How.CALL,
        phone="+371 330 00009",
    )


def _meeting():
    report = ReportVersion.objects.first().report
    return ReportMeeting(
        report=report,
        held_on=timezone.localdate(),
        post="vadītāja",
        agreed="Runāsim par pirti.",
        by=report.mediator,
    )


def _photo():
    jpeg = BytesIO()
    Image.new("RGB", (8, 6), "#1E6B52").save(jpeg, "JPEG")
    photo = StoryPhoto(
        story=Story.objects.first(), shows="place", description="Durvis no rīta"
    )
    photo.jpeg = jpeg.getvalue()
    return photo
