"""The time sheet as two sheets: the days of the month, and the sums by source."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from interface.latvian import weekday_name
from reports.paid_hours import hours_by_source
from reports.resources.columns import Column, Sheet, Type, hours, municipality


def _minutes():
    return Column(
        pgettext_lazy("column", "Minutes"),
        Type.NUMBER,
        "minutes",
        description=_("Time of the log entries."),
    )


def _funding(width):
    return Column(
        pgettext_lazy("column", "Source of funding"),
        Type.TEXT,
        "funding",
        width=width,
        description=_("Who pays this time."),
    )


def _contracted(description):
    return Column(
        pgettext_lazy("column", "Hours by contract"),
        Type.HOURS,
        "contracted",
        width=14,
        description=description,
    )


class WorkTimeResource(Sheet):
    """One row for each day and kind of contact; a day without entries has one row.

    ``scope`` is the ``TimeSheet``.
    """

    title = pgettext_lazy("sheet", "Days")
    table = "tbl_darba_laiks"

    day = Column(
        pgettext_lazy("column", "Day"),
        Type.DATE,
        "day",
        description=_("Each day of the month, also those without entries."),
    )
    weekday = Column(
        pgettext_lazy("column", "Weekday"),
        Type.TEXT,
        "day",
        read=weekday_name,
        width=14,
        description=_("In words."),
    )
    mark = Column(
        pgettext_lazy("column", "Day off"),
        Type.TEXT,
        "mark",
        width=34,
        description=_("Week-end or public holiday; empty on working days."),
    )
    kind = Column(
        pgettext_lazy("column", "Kind"),
        Type.CHOICE,
        "kind",
        width=24,
        description=_("Kind of contact."),
    )
    funding = _funding(width=50)
    minutes = _minutes()
    hours = Column(
        pgettext_lazy("column", "Hours"),
        Type.HOURS,
        "minutes",
        read=lambda minutes: None if minutes is None else hours(minutes),
        description=_("The same in hours."),
    )
    contracted = _contracted(_("Stands once for each day, in its first row."))

    def get_queryset(self):
        return [row for day in self.scope.days for row in self._rows(day)]

    @staticmethod
    def _rows(day):
        """The lines of a day; its contracted hours in the first of them alone."""
        shared = {"day": day.day, "mark": day.mark, "contracted": None}
        rows = [
            shared
            | {
                "kind": str(line.kind_label),
                "funding": line.funding,
                "minutes": line.minutes,
            }
            for line in day.lines
        ] or [shared | {"kind": None, "funding": None, "minutes": None}]
        rows[0]["contracted"] = float(day.contracted)
        return rows


class WorkTimeTotalResource(Sheet):
    """One row for each source of funding; ``scope`` is the ``TimeSheet``."""

    title = pgettext_lazy("sheet", "By source")
    table = "tbl_finansejums"

    municipality = municipality("municipality")
    funding = _funding(width=44)
    minutes = _minutes()
    hours = Column(
        pgettext_lazy("column", "Hours"),
        Type.HOURS,
        "minutes",
        read=hours,
        description=_("The same in hours."),
    )
    contracted = _contracted(
        _("What the contracts ask for on the working days of the month.")
    )

    def get_queryset(self):
        return [
            {
                "municipality": self.scope.municipality.label_lv,
                "funding": total.label,
                "minutes": total.minutes,
                "contracted": float(total.contracted),
            }
            for total in self.scope.by_funding
        ]


class PaidHoursResource(Sheet):
    """One row for each municipality, month and source that pays; no mediator is told."""

    title = pgettext_lazy("sheet", "Hours by source")
    table = "tbl_stundas_avoti"

    municipality = municipality("place")
    month = Column(
        pgettext_lazy("column", "Month"),
        Type.DATE,
        "month",
        description=_("The first day of the month."),
    )
    funding = _funding(width=44)
    minutes = _minutes()
    hours = Column(
        pgettext_lazy("column", "Hours"),
        Type.HOURS,
        "minutes",
        read=hours,
        description=_("The same in hours; together they are the indicator I21."),
    )

    def __init__(self, scope=None, places=(), **kwargs):
        super().__init__(scope, **kwargs)
        self.places = places

    def get_queryset(self):
        labels = {place.pk: place.label_lv for place in self.places}
        rows = [
            {
                "place": labels.get(place, ""),
                "month": month,
                "funding": source,
                "minutes": minutes,
            }
            for (place, month, source), minutes in hours_by_source(self.scope).items()
        ]
        return sorted(
            rows, key=lambda row: (row["place"], row["month"], row["funding"])
        )
