"""What a coordinator sees of the log: dates, kinds, institutions and codes, no names."""

from dataclasses import fields
from datetime import UTC, date, datetime

import pytest
from django.utils.translation import override

from cases.models import Area, Kind
from reports import evidence
from reports.evidence import Entry, entries_of
from reports.models import MonthlyReport
from reports.workflow import Status
from tests.factories import (
    AskFactory,
    FamilyFactory,
    InstitutionContactFactory,
    MonthlyReportFactory,
    NextStepFactory,
    VisitFactory,
)
from tests.reports.october import MONTH, NAMES, draft, log_october


def test_an_entry_holds_codes_of_families_and_nothing_else_about_them():
    assert [field.name for field in fields(Entry)] == [
        "code",
        "visited_on",
        "written_on",
        "kind",
        "areas",
        "minutes",
        "institution",
        "official",
        "family_codes",
        "is_highlight",
        "has_next_step",
    ]


def test_entries_tell_what_was_logged_without_names(mediator):
    log_october(mediator)
    report = draft(mediator)

    entries = entries_of(report)

    meeting = entries[1]
    assert [entry.visited_on.day for entry in entries] == [5, 6, 7, 8, 9]
    assert meeting.kind == Kind.INSTITUTION_MEETING
    assert meeting.areas == (Area.EDUCATION, Area.HOUSING)
    assert (meeting.institution, meeting.official) == (
        "Upesciema pamatskola",
        "Inga Paraudziņa",
    )
    assert meeting.family_codes == ("UPC-001", "UPC-002")
    assert not [name for name in NAMES if name in repr(entries)]


def test_entries_of_others_and_of_other_months_are_no_evidence(mediator, colleague):
    report = draft(mediator)
    for who, day in [(colleague, 3), (mediator, 30)]:
        month = 10 if who == colleague else 9
        VisitFactory(
            mediator=who,
            municipality=report.municipality,
            visited_on=date(2026, month, day),
        )

    assert entries_of(report) == []


@pytest.mark.parametrize("count", [1, 4])
def test_evidence_takes_the_same_queries_however_long_the_log(
    mediator, django_assert_num_queries, count
):
    report = draft(mediator)
    contact = InstitutionContactFactory()
    for _number in range(count):
        VisitFactory(
            mediator=mediator,
            municipality=report.municipality,
            visited_on=MONTH,
            contact=contact,
            institution=contact.institution,
            family=FamilyFactory(municipality=report.municipality),
        )

    # visits, areas, families, officials
    with django_assert_num_queries(4):
        entries_of(report)


def entry(**kwargs):
    values = {
        "code": "UPC-26-0001",
        "visited_on": MONTH,
        "written_on": MONTH,
        "kind": Kind.HOME_VISIT,
        "areas": (Area.HOUSING,),
        "minutes": 30,
        "institution": "",
        "official": "",
        "family_codes": (),
        "is_highlight": False,
        "has_next_step": False,
    }
    return Entry(**values | kwargs)


def test_groups_begin_with_the_largest_area_and_sum_the_minutes():
    both = entry(areas=(Area.HOUSING, Area.EDUCATION), minutes=60)
    groups = evidence.by_area([entry(areas=(Area.EDUCATION,)), both])

    assert [(group.area, group.minutes) for group in groups] == [
        (Area.EDUCATION, 90),
        (Area.HOUSING, 60),
    ]


def test_a_group_shows_three_entries_and_folds_the_rest():
    [group] = evidence.by_area([entry(minutes=number) for number in range(5)])

    assert [e.minutes for e in group.first] == [0, 1, 2]
    assert [e.minutes for e in group.rest] == [3, 4]


def test_the_areas_that_a_text_names_stand_beside_it():
    groups = evidence.by_area(
        [entry(), entry(areas=(Area.HEALTH,)), entry(areas=(Area.HEALTH,))]
    )
    with override("lv"):
        text = f"Grūtākais bija {Area.HOUSING.label.lower()}."

    assert [g.area for g in evidence.areas_named_in(text, groups)] == [Area.HOUSING]


def test_without_an_area_in_the_text_the_largest_stands_beside_it():
    groups = evidence.by_area(
        [entry(), entry(areas=(Area.HEALTH,)), entry(areas=(Area.HEALTH,))]
    )

    assert [g.area for g in evidence.areas_named_in("Cits.", groups)] == [Area.HEALTH]
    assert evidence.areas_named_in("Cits.", []) == []


@pytest.mark.parametrize(
    ("entries", "are_fine"),
    [
        ([], [True, True]),
        ([entry(written_on=date(2026, 10, 4))], [True, True]),
        ([entry(written_on=date(2026, 10, 5))], [False, True]),
        ([entry(kind=Kind.INSTITUTION_MEETING)], [True, False]),
        ([entry(kind=Kind.ACCOMPANIMENT)], [True, False]),
        ([entry(kind=Kind.ACCOMPANIMENT, official="Inga")], [True, True]),
        ([entry(kind=Kind.CALL)], [True, True]),
    ],
)
def test_remarks_point_at_late_entries_and_meetings_without_a_person(entries, are_fine):
    assert [remark.is_fine for remark in evidence.remarks(entries)] == are_fine


def test_the_day_of_writing_is_the_day_in_riga(mediator):
    report = draft(mediator)
    VisitFactory(
        mediator=mediator,
        municipality=report.municipality,
        visited_on=date(2026, 10, 31),
        created_at=datetime(2026, 10, 31, 22, 30, tzinfo=UTC),
    )

    assert entries_of(report)[0].written_on == date(2026, 11, 1)


def test_only_entries_about_families_want_a_next_step(mediator):
    report = draft(mediator)
    family = FamilyFactory(municipality=report.municipality, mediator=mediator)
    for named in (family, family, None):
        visit = VisitFactory(
            mediator=mediator,
            municipality=report.municipality,
            visited_on=MONTH,
            family=named,
        )
    first = report.mediator.visits.last()
    NextStepFactory(mediator=mediator, municipality=report.municipality, source=first)

    remark = evidence.entries_without_next_step(entries_of(report))

    assert visit.pk != first.pk
    assert remark.text.startswith("1 ")


def test_plans_and_asks_of_earlier_reports_stand_beside_those_of_this_one(mediator):
    report = draft(mediator)
    for month, status in [(8, Status.RECEIVED), (9, Status.DRAFT)]:
        earlier = MonthlyReportFactory(
            mediator=mediator,
            municipality=report.municipality,
            month=date(2026, month, 1),
            status=status,
            sections=f"Plāns {month}",
        )
        AskFactory(report=earlier, text=f"Lūgums {month}")
    AskFactory(report=MonthlyReportFactory(month=date(2026, 8, 1)))

    # The draft of September is the mediator's own business.
    assert evidence.planned_before(report) == ["Plāns 8"]
    assert [ask.text for ask in evidence.asks_before(report)] == ["Lūgums 8"]
    assert MonthlyReport.objects.count() == 4


def test_of_a_report_being_corrected_the_words_that_were_read_stand_beside(mediator):
    report = draft(mediator)
    returned = MonthlyReportFactory(
        mediator=mediator,
        municipality=report.municipality,
        month=date(2026, 9, 1),
        status=Status.RETURNED,
        sections="Plāns ar vārdu",
    )
    AskFactory(report=returned, text="Lūgums ar vārdu")
    plans = returned.sections.get(key="plans")
    plans.read_text = "Plāns"
    plans.save()

    assert evidence.planned_before(report) == ["Plāns"]
    assert evidence.asks_before(report) == []
