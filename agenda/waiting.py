"""What waits for a person beside reports: questions, stories, tasks of a group."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Min
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cases.models import Advice
from interface.latvian import full_date
from municipalities.models import GroupDecision
from municipalities.working_days import waited
from stories.models import Story


@dataclass(frozen=True)
class Waiting:
    """One line of a first page: what waits, since or until when, and where it is done."""

    icon: str
    title: str
    side: str
    text: str
    url: str
    count: int = 1


def beside_reports(user, today):
    """What waits for a coordinator, a lead mediator or staff, without a name or a code."""
    return [
        *_questions(user, today),
        *_stories(user),
        *_tasks(user, today),
    ]


def how_many(waits):
    """Things that wait; a line may tell of several."""
    return sum(one.count for one in waits)


def _questions(user, today):
    asked = Advice.objects.waiting_for(user).aggregate(
        n=Count("pk"), first=Min("asked_at")
    )
    if count := asked["n"]:
        days = waited(timezone.localdate(asked["first"]), today)
        yield Waiting(
            "message-question",
            ngettext(
                "%(count)d question waits for your advice",
                "%(count)d questions wait for your advice",
                count,
            )
            % {"count": count},
            _since(days),
            _("From mediators, by the code of a case"),
            reverse("cases:advice-list"),
            count,
        )


def _since(days):
    if not days:
        return _("asked today")
    return ngettext(
        "waits for %(days)d working day", "waits for %(days)d working days", days
    ) % {"days": days}


def _stories(user):
    if count := Story.objects.waiting_for(user).count():
        yield Waiting(
            "star",
            ngettext(
                "%(count)d story waits for you",
                "%(count)d stories wait for you",
                count,
            )
            % {"count": count},
            "",
            _("The next step of it is yours"),
            reverse("stories:list"),
            count,
        )


def _tasks(user, today):
    late = GroupDecision.objects.editable_by(user).late(today)
    for task in late.select_related("institution", "meeting__municipality"):
        yield Waiting(
            "users-group",
            str(task.institution or task.municipality),
            _overdue(task.due_on),
            _("Overdue task of the inter-institutional group, %(place)s")
            % {"place": task.municipality},
            reverse("municipalities:place", args=[task.municipality.slug]),
        )


def _overdue(due_on: date):
    return _("was due on %(day)s") % {"day": full_date(due_on)}
