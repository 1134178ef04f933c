"""Events as three sheets: series and events, sessions, and who took part by category.

``scope`` is the ``Register``. Attendances and people are columns of their own; counts by
category stand in a long sheet, so that no pivot table counts anybody twice.
"""

from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from municipalities.areas import Area
from reports.codes import without_codes
from reports.resources.columns import (
    Column,
    Made,
    Sheet,
    Type,
    hours,
    label_of,
    municipality,
    yes_or_no,
)

SMALL = _("Small counts are not told where the file leaves the team.")


def _number():
    return Column(
        pgettext_lazy("column", "Event number"),
        Type.IDENTIFIER,
        "code",
        description=_("Number of the event; it never changes."),
    )


def _title():
    return Column(
        pgettext_lazy("column", "Event"),
        Type.TEXT,
        "title",
        width=42,
        description=_("What it was called."),
    )


def _kind():
    return Column(
        pgettext_lazy("column", "Kind of event"),
        Type.CHOICE,
        "kind",
        width=46,
        description=_("Kind, see the sheet of classifiers."),
    )


def _attendances():
    return Column(
        pgettext_lazy("column", "Attendances"),
        Type.NUMBER,
        "attendances",
        width=14,
        description=_("Somebody counts at each session anew."),
        note=SMALL,
    )


def _institutions():
    return Column(
        pgettext_lazy("column", "Institutions represented"),
        Type.NUMBER,
        "institutions",
        width=14,
        description=_("Different institutions, by the list or as a number."),
        note=_("Empty where nobody told any."),
    )


class EventTotalResource(Sheet):
    """One row for each series, and for each event without one."""

    title = pgettext_lazy("sheet", "Series and events")
    table = "tbl_pasakumu_kopa"

    code = _number()
    name = _title()
    kind = _kind()
    is_series = Column(
        pgettext_lazy("column", "Series"),
        Type.YES_NO,
        "is_series",
        read=yes_or_no,
        width=10,
        description=_("Whether it has several sessions."),
    )
    first = Column(
        pgettext_lazy("column", "First day"),
        Type.DATE,
        "first",
        description=_("Of the sessions in the period."),
    )
    last = Column(
        pgettext_lazy("column", "Last day"),
        Type.DATE,
        "last",
        description=_("Of the sessions in the period."),
    )
    place = Column(
        pgettext_lazy("column", "Municipality"),
        Type.TEXT,
        "place",
        width=32,
        description=_("Whose it is; where its sessions were stands in the next sheet."),
    )
    centres = Column(
        pgettext_lazy("column", "Resource centres"),
        Type.NUMBER,
        "centres",
        description=_("In how many centres."),
    )
    sessions = Column(
        pgettext_lazy("column", "Sessions"),
        Type.NUMBER,
        "sessions",
        description=_("Held in the period."),
    )
    participants = Column(
        pgettext_lazy("column", "Participants"),
        Type.NUMBER,
        "people",
        width=14,
        description=_("Different people."),
        note=_("Empty where nobody told it. Never add it to attendances."),
    )
    attendances = _attendances()
    left_out = Column(
        pgettext_lazy("column", "Sessions left out"),
        Type.NUMBER,
        "left_out",
        width=14,
        description=_(
            "Sessions whose count is small: the attendances are without them."
        ),
    )
    institutions = _institutions()

    def get_queryset(self):
        return Made(self._rows, len(self.scope.wholes))

    def _rows(self):
        for whole in self.scope.wholes:
            yield {
                "code": whole.event.code,
                "title": without_codes(whole.event.title),
                "kind": str(whole.event.kind),
                "is_series": whole.event.is_series,
                "first": whole.first,
                "last": whole.last,
                "place": whole.place,
                "centres": len(whole.centres),
                "sessions": len(whole.sessions),
                "people": whole.people and whole.people.total.cell,
                "attendances": whole.attendances.total.cell,
                "left_out": whole.attendances.left_out or None,
                "institutions": whole.institutions,
            }


class EventResource(Sheet):
    """One row for each event or session of a day."""

    title = pgettext_lazy("sheet", "Events")
    table = "tbl_pasakumi"

    code = _number()
    day = Column(
        pgettext_lazy("column", "Date"),
        Type.DATE,
        "day",
        description=_("When it happened."),
    )
    year = Column(
        pgettext_lazy("column", "Year"),
        Type.NUMBER,
        "day",
        read=lambda day: day.year,
        width=8,
        description=_("For pivot tables."),
    )
    month = Column(
        pgettext_lazy("column", "Month"),
        Type.NUMBER,
        "day",
        read=lambda day: day.month,
        width=9,
        description=_("1–12"),
    )
    municipality = municipality("municipality")
    centre = Column(
        pgettext_lazy("column", "Resource centre"),
        Type.CHOICE,
        "centre",
        width=34,
        description=_("Empty where it took place elsewhere."),
    )
    name = _title()
    series = Column(
        pgettext_lazy("column", "Number of the series"),
        Type.IDENTIFIER,
        "series",
        description=_("Empty for an event without a series."),
    )
    kind = _kind()
    role = Column(
        pgettext_lazy("column", "Part of the team"),
        Type.CHOICE,
        "role",
        width=18,
        description=_("Organised, co-organised or attended."),
    )
    initiator = Column(
        pgettext_lazy("column", "Whose idea"),
        Type.CHOICE,
        "initiator",
        width=20,
        description=_("Who the event was the idea of."),
    )
    target = Column(
        pgettext_lazy("column", "Target group"),
        Type.CHOICE,
        "target",
        width=30,
        description=_("Whom it was for."),
    )
    area = Column(
        pgettext_lazy("column", "Area"),
        Type.CHOICE,
        "area",
        read=label_of(Area),
        width=34,
        description=_("Area of work; empty where none was named."),
    )
    minutes = Column(
        pgettext_lazy("column", "Minutes"),
        Type.NUMBER,
        "minutes",
        width=10,
        description=_("How long it lasted."),
    )
    led_hours = Column(
        pgettext_lazy("column", "Hours of leaders"),
        Type.HOURS,
        "led",
        read=hours,
        width=14,
        description=_("Of mediators those of the log entry; of others as told."),
    )
    attendances = _attendances()
    institutions = _institutions()

    def get_queryset(self):
        return Made(self._rows, self.scope.session_count)

    def _rows(self):
        for whole in self.scope.wholes:
            yield from map(self._row, whole.sessions)

    @staticmethod
    def _row(session):
        event = session.event
        return {
            "code": event.code,
            "day": event.held_on,
            "municipality": event.municipality and event.municipality.label_lv,
            "centre": event.centre and event.centre.name,
            "title": without_codes(event.title),
            "series": event.series and event.series.code,
            "kind": str(event.kind),
            "role": event.get_role_display(),
            "initiator": event.initiated_by and str(event.initiated_by),
            "target": event.get_target_display() or None,
            "area": event.area,
            "minutes": event.minutes,
            "led": sum(leader.minutes for leader in event.leaders.all()),
            "attendances": session.counts.total.cell,
            "institutions": event.institutions_number or None,
        }


class EventPeopleResource(Sheet):
    """One row for each category of an event, by sex, age and origin where they are known."""

    title = pgettext_lazy("sheet", "Events_participants")
    table = "tbl_pasakumi_dalibnieki"

    code = _number()
    what = Column(
        pgettext_lazy("column", "What is counted"),
        Type.CHOICE,
        "what",
        width=16,
        description=_("Attendances of a session, or different people of the whole."),
        note=_("Choose one value in a pivot table, so that nobody is counted twice."),
    )
    category = Column(
        pgettext_lazy("column", "Category"),
        Type.CHOICE,
        "category",
        width=30,
        description=_("Who they were."),
    )
    sex = Column(
        pgettext_lazy("column", "Sex"),
        Type.CHOICE,
        "sex",
        width=16,
        description=_("Empty where it is not known."),
    )
    age_band = Column(
        pgettext_lazy("column", "Age"),
        Type.CHOICE,
        "age",
        width=16,
        description=_("Empty where it is not known."),
    )
    origin = Column(
        pgettext_lazy("column", "From where"),
        Type.CHOICE,
        "origin",
        width=20,
        description=_("Municipality or region, where it was told."),
    )
    count = Column(
        pgettext_lazy("column", "How many"),
        Type.NUMBER,
        "count",
        description=_("Counted, never named."),
        note=SMALL,
    )

    def get_queryset(self):
        return Made(self._rows)

    def _rows(self):
        people, attendances = gettext("participants"), gettext("attendances")
        for whole in self.scope.wholes:
            if whole.people:
                yield from _long(whole.event, people, whole.people)
            for session in whole.sessions:
                yield from _long(session.event, attendances, session.counts)


def _long(event, what, counts):
    for key, cell in counts.rows.items():
        yield {
            "code": event.code,
            "what": what,
            "category": key.category,
            "sex": key.sex_label,
            "age": key.age_label,
            "origin": key.origin,
            "count": cell.cell,
        }
