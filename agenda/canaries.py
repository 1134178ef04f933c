"""Unique strings in every encrypted text of a demo, and who may come across them.

Whoever walks through the installation as somebody and finds a string whose readers that
somebody is not among has found a leak.
"""

import re
from dataclasses import dataclass

from django.apps import apps
from django.db import transaction
from django.db.models import Q

from cases.models import Case, CaseShare
from evaluation.models import Answer
from families.models import Family, FamilyMember, NameGrant
from mediators.models import COORDINATING, Complaint, SupervisionRequest, User
from privacy.fields import EncryptedTextField
from reports.models import (
    Ask,
    AskEvent,
    Comment,
    MonthlyReport,
    ReportEvent,
    ReportMeeting,
    ReportSection,
)
from reports.workflow import WRITABLE
from stories.models import Story, StoryAgreement, StoryEvent, StoryPhoto

PREFIX = re.compile(r"[A-Za-z][A-Za-z0-9]{2,19}")
"""Fits into a phone number with its digits, and nothing has to be escaped anywhere."""
DIGITS = 7
UNTOUCHED = {
    # A deleted entry as JSON; taking the deletion back reads it
    "cases.DeletedVisit.remains",
    # On its way to the worker; nobody is shown it
    "families.LookedThrough.text",
    # A list as JSON; confirming it reads it
    "imports.Import.content",
    # Of a file that is being made; nobody is shown them
    "reports.Export.password",
    "reports.Export.opens_with",
    # Words of a story as JSON; its mediator's page sets them beside the new ones
    "stories.Story.told",
    # A picture
    "stories.StoryPhoto.content",
}
WITH_A_LINK = "whoever holds the personal link or code"


class UnusablePrefix(ValueError):
    """Says what a prefix has to look like."""


@dataclass(frozen=True)
class Canary:
    """One string, where it stands, and the e-mails of those who may see it."""

    canary: str
    model: str
    pk: str
    field: str
    readers: list


@transaction.atomic
def put_in(prefix):
    """Put ``PREFIX-0000001`` and so on into all personal texts; what is None stays None."""
    if not PREFIX.fullmatch(prefix):
        raise UnusablePrefix(
            "A prefix is 3 to 20 letters and digits without accents, a letter first."
        )
    canaries = []
    for field in encrypted_fields():
        filled = field.model.objects.exclude(**{f"{field.name}__isnull": True})
        readers = readers_of(field)
        for row in filled.order_by("pk"):
            text = f"{prefix}-{len(canaries) + 1:0{DIGITS}}"
            setattr(row, field.name, text)
            row.save(update_fields=[field.name])
            seen_by = sorted(readers.get(row.pk, ()))
            canaries.append(
                Canary(text, row._meta.label, str(row.pk), field.name, seen_by)
            )
    return canaries


def found_in(text, prefix):
    """The canaries that stand readable in a text, also where it was folded."""
    shape = f"{prefix}-[0-9]{{{DIGITS}}}"
    return {f"{prefix}{hit[len(prefix) :]}" for hit in re.findall(shape, text, re.I)}


def encrypted_fields():
    models = sorted(apps.get_models(), key=lambda model: model._meta.label)
    return [
        field
        for model in models
        for field in model._meta.fields
        if isinstance(field, EncryptedTextField)
        # No other word fits into an answer from a list
        and not field.choices
        and str(field) not in UNTOUCHED
    ]


def readers_of(field):
    """``{pk: e-mails}`` of the accounts, and of those who got a mail with the text."""
    readers = {}
    for user in User.objects.filter(is_active=True):
        for rows in _scopes(field, user):
            for pk in rows.values_list("pk", flat=True):
                readers.setdefault(pk, set()).add(user.email)
    for pk, email in OUTSIDE.get(str(field), list)():
        readers.setdefault(pk, set()).add(email)
    return readers


def _scopes(field, user):
    """What a person sees: the scope of the model, and what somebody let them see."""
    narrower = NARROWER.get(str(field)) or (OF_A_REPORT | OF_A_STORY).get(field.model)
    yield narrower(user) if narrower else field.model.objects.visible_to(user)
    if str(field) in LET_IN:
        yield LET_IN[str(field)](user)


def _of_reports(model):
    def rows(user):
        reports = MonthlyReport.objects.visible_to(user)
        return model.objects.filter(report__in=reports)

    return rows


def _of_asks(user):
    return AskEvent.objects.filter(ask__in=Ask.objects.visible_to(user))


def _of_stories(model):
    def rows(user):
        return model.objects.filter(story__in=Story.objects.visible_to(user))

    return rows


OF_A_STORY = {
    model: _of_stories(model) for model in (StoryAgreement, StoryEvent, StoryPhoto)
}
OF_A_REPORT = {
    model: _of_reports(model)
    for model in (Comment, ReportEvent, ReportMeeting, ReportSection)
} | {AskEvent: _of_asks}


def _own_sections(user):
    return _of_reports(ReportSection)(user).filter(report__mediator=user)


def _sections_handed_in(user):
    """Of a report that is being written others see the words as they were given back."""
    being_written = Q(report__status__in=WRITABLE) & ~Q(report__mediator=user)
    return _of_reports(ReportSection)(user).exclude(being_written)


def _asks_told(user):
    """Asks of a report that is being written are the mediator's until they live."""
    being_written = Q(report__status__in=WRITABLE, code=None)
    others = ~Q(report__mediator=user)
    return Ask.objects.visible_to(user).exclude(being_written & others)


NARROWER = {
    "reports.Ask.text": _asks_told,
    "reports.ReportSection.text": _sections_handed_in,
    "reports.ReportSection.answer": _own_sections,
}


def _families_named_to(user):
    """By a grant, or with a shared case whose family agreed to that too."""
    granted = NameGrant.objects.readable_by(user).values("family")
    shared = CaseShare.objects.shared_with(user).filter(shows_label=True)
    return Family.objects.filter(
        Q(pk__in=granted) | Q(pk__in=shared.values("case__family"))
    )


def _people_named_to(user):
    granted = NameGrant.objects.readable_by(user).values("family")
    return FamilyMember.objects.filter(family__in=granted)


def _cases_shared_with(user):
    shares = CaseShare.objects.shared_with(user)
    return Case.objects.filter(pk__in=shares.values("case"))


def _answers_told_to(user):
    """Once they were looked through, to whoever coordinates there."""
    return Answer.objects.filter(
        status=Answer.Status.SHOWN,
        sheet__link__municipality__in=user.places_as(*COORDINATING),
    )


LET_IN = {
    "evaluation.Answer.shown": _answers_told_to,
    "families.Family.label": _families_named_to,
    "families.FamilyMember.name": _people_named_to,
    "cases.Case.title": _cases_shared_with,
    "cases.Case.goal": _cases_shared_with,
    "cases.CaseShare.reason": CaseShare.objects.shared_with,
    **{f"stories.Story.{name}": Story.objects.readable_by for name in Story.TEXTS},
}


def _supervisors():
    """A supervisor learns by mail whom to call."""
    return SupervisionRequest.objects.values_list("pk", "supervisor__email")


def _answered_complaints():
    return [(pk, WITH_A_LINK) for pk in Complaint.objects.values_list("pk", flat=True)]


def _asks_sent_out():
    asks = Ask.objects.filter(report__versions__deliveries__isnull=False)
    return [(pk, WITH_A_LINK) for pk in asks.values_list("pk", flat=True)]


def _stories_published():
    """Whoever holds no account reads them like everybody."""
    published = Story.objects.published()
    return [(pk, WITH_A_LINK) for pk in published.values_list("pk", flat=True)]


def _photos_published():
    photos = StoryPhoto.objects.filter(story__in=Story.objects.published())
    return [(pk, WITH_A_LINK) for pk in photos.values_list("pk", flat=True)]


OUTSIDE = {
    "mediators.SupervisionRequest.phone": _supervisors,
    "mediators.Complaint.answer": _answered_complaints,
    "reports.Ask.text": _asks_sent_out,
    **{f"stories.Story.{name}": _stories_published for name in Story.TEXTS},
    "stories.StoryPhoto.description": _photos_published,
}
