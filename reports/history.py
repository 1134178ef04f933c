"""What happened to a report, step by step, for the page of its history."""

from dataclasses import dataclass

from reports.models import Delivery, ReportEvent
from reports.sections import REVIEWED
from reports.workflow import Action


@dataclass(frozen=True)
class Step:
    """One event, who it was, and about which parts something was asked by it."""

    event: ReportEvent
    person: str
    asked_about: list

    @property
    def titles(self):
        return ", ".join(str(title) for title in self.asked_about)


def steps(report):
    """Every event in its order. Three queries, however many there are.

    A receipt has no account: it is the contact person of the first link of its version
    that was used. What a return asks for is said in the comments given before it.
    """
    receipts = _receipts(report)
    asked = list(report.comments.exclude(author=report.mediator))
    since, found = None, []
    for event in report.events.select_related("by"):
        person = event.by.full_name if event.by else ""
        titles = []
        if event.action == Action.CONFIRM:
            person = next(receipts, "")
        if event.action == Action.RETURN:
            about = {
                comment.section
                for comment in asked
                if (since is None or since < comment.at) and comment.at <= event.at
            }
            titles = [title for key, title in REVIEWED if key in about]
            since = event.at
        found.append(Step(event, person, titles))
    return found


def _receipts(report):
    """Who confirmed each version first, in the order of the receipts."""
    used = Delivery.objects.filter(
        version__report=report, acknowledged_at__isnull=False
    ).select_related("recipient")
    first = {}
    for delivery in used.order_by("acknowledged_at", "pk"):
        first.setdefault(delivery.version_id, delivery.recipient.name)
    return iter(first.values())
