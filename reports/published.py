"""The numbers of what was told to the public: publicity, stories, materials (I23)."""

from dataclasses import replace

from django.db.models import Count, F, Q, Sum
from django.utils.translation import gettext_lazy as _

from reports.counting import Indicator, Source, Unit
from stories.models import Handout, MediaItem, Story


def _rows(scope, rows, days):
    """What is told to the public is about no area of work: narrowed to one, it is nothing."""
    if scope.area is not None:
        scope, rows = replace(scope, area=None), rows.none()
    return scope.narrow(rows, days=days)


def _copies(scope):
    """Whoever handed them out stands for the mediator, and may be a coordinator."""
    rows = Handout.objects.alias(mediator=F("by"))
    if scope.mediator is not None:
        rows, scope = rows.filter(by=scope.mediator), replace(scope, mediator=None)
    return _rows(scope, rows, "handed_on")


PUBLICITY = Source(
    what="register of publicity, by the day of the publication",
    rows=lambda scope: _rows(scope, MediaItem.objects.all(), "published_on"),
    municipality="municipality",
    day="published_on",
)
STORIES = Source(
    what="good-practice stories, by the day they were first published",
    rows=lambda scope: _rows(scope, Story.objects.all(), "published_on"),
    municipality="municipality",
    day="published_on",
)
COPIES = Source(
    what="copies of materials handed out, by their day",
    rows=_copies,
    municipality="municipality",
    day="handed_on",
)

PUBLISHED = (
    Indicator(
        "publications",
        "I23",
        _("Publications and broadcasts"),
        _("Entries of the register of publicity in the period."),
        Unit.PUBLICATIONS,
        PUBLICITY,
        Count("pk"),
    ),
    Indicator(
        "positive_publications",
        "I23G",
        _("Publications that speak well of the work"),
        _("Entries of the register of publicity marked as positive."),
        Unit.PUBLICATIONS,
        PUBLICITY,
        Count("pk", filter=Q(is_positive=True)),
    ),
    Indicator(
        "stories",
        "I23S",
        _("Published stories"),
        _(
            "Good-practice stories that were published for the first time in the period."
        ),
        Unit.STORIES,
        STORIES,
        Count("pk"),
    ),
    Indicator(
        "copies",
        "I23M",
        _("Materials handed out"),
        _("Copies of leaflets, sheets and books handed out in the period."),
        Unit.COPIES,
        COPIES,
        Sum("copies"),
    ),
)
