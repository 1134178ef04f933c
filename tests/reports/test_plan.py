"""What was planned for the month beside what became of it, in every part of a report."""

import json
from dataclasses import replace
from datetime import date

import pytest

from cases.services import steps
from reports.figures import MonthFigures, month_figures
from reports.pdf import report_html
from reports.services import review
from reports.services.review import figures_for
from reports.snapshot import Snapshot, take
from tests.factories import FamilyFactory, InstitutionFactory, NextStepFactory
from tests.reports.october import MONTH, approved, draft, submitted


@pytest.fixture
def family(municipality, mediator):
    return FamilyFactory(
        municipality=municipality, mediator=mediator, label="Kārkliņu ģimene"
    )


@pytest.fixture
def planned(municipality, mediator, family):
    """A step of October with the school; other answers can be given."""
    school = InstitutionFactory(municipality=municipality, name="Upesciema pamatskola")

    def step(day, month=10, **fields):
        given = {"institution": school, "family": family, "mediator": mediator}
        return NextStepFactory(
            municipality=municipality,
            due_on=date(2026, month, day),
            kind="institution_meeting",
            text="Saruna par Jāni",
            **(given | fields),
        )

    return step


@pytest.fixture
def october(planned, mediator, colleague):
    """Meetings: 4 planned, 2 held, 1 dropped, 1 open, 1 put off. Steps: one more, done."""
    planned(1, status="done")
    planned(31, status="done", family=None)
    planned(5, status="dropped", drop_reason="other")
    planned(6)
    planned(7, institution=None, status="done")
    put_off = planned(8)
    steps.move(put_off, date(2026, 11, 3), by=mediator)
    within = planned(9, institution=None)
    steps.move(within, date(2026, 10, 12), by=mediator)
    planned(30, month=9)
    planned(10, mediator=colleague)


def counts(figures):
    return {
        row.what: (row.planned, row.done, row.dropped, row.moved, row.open)
        for row in figures.plan
    }


def test_the_plan_counts_meetings_and_all_steps_of_the_month(
    october, mediator, municipality
):
    figures = month_figures(mediator, municipality, MONTH)

    assert counts(figures) == {
        "meetings": (4, 2, 1, 1, 1),
        "steps": (6, 3, 1, 1, 2),
    }
    assert figures.values["planned_meetings"] == 4
    assert figures.values["held_meetings"] == 2


def test_a_step_that_was_put_off_counts_where_it_stands_now(
    october, mediator, municipality
):
    november = month_figures(mediator, municipality, date(2026, 11, 1))

    assert counts(november) == {
        "meetings": (1, 0, 0, 0, 1),
        "steps": (1, 0, 0, 0, 1),
    }


def test_a_step_that_was_brought_forward_is_not_put_off(
    planned, mediator, municipality
):
    step = planned(3, month=11)
    steps.move(step, date(2026, 10, 28), by=mediator)

    assert month_figures(mediator, municipality, date(2026, 11, 1)).plan == ()


def test_meetings_stand_with_code_and_institution_only(october, mediator, municipality):
    figures = month_figures(mediator, municipality, MONTH)

    assert [(row.day, row.family_code, row.status) for row in figures.meetings] == [
        ("2026-10-01", "UPC-001", "done"),
        ("2026-10-05", "UPC-001", "dropped"),
        ("2026-10-06", "UPC-001", "open"),
        ("2026-10-31", "", "done"),
    ]
    stored = json.dumps(figures.as_json(), ensure_ascii=False)
    assert "Kārkliņu" not in stored
    assert "Jāni" not in stored


def test_the_plan_survives_the_way_through_json(october, mediator, municipality):
    figures = month_figures(mediator, municipality, MONTH)

    assert MonthFigures.from_json(json.loads(json.dumps(figures.as_json()))) == figures


def test_the_plan_is_frozen_when_the_report_is_handed_in(october, planned, mediator):
    report = submitted(mediator)
    planned(20)

    assert counts(figures_for(report))["meetings"] == (4, 2, 1, 1, 1)


def test_the_mediator_sees_plan_and_done_beside_the_figures(client, october, mediator):
    draft(mediator)
    client.force_login(mediator)

    page = client.get("/atskaites/upc/2026-10/skaitli/").content.decode()

    assert "Ieplānots un izdarīts" in page
    assert "Upesciema pamatskola, UPC-001" in page


def test_the_coordinator_sees_it_with_codes(client, october, mediator, coordinator):
    submitted(mediator)
    client.force_login(coordinator)

    page = client.get("/atskaites/upc/2026-10/parskatit/").content.decode()

    assert "Ieplānots un izdarīts" in page
    assert "Upesciema pamatskola, UPC-001" in page
    assert "Kārkliņu" not in page
    assert "Jāni" not in page


def test_the_document_prints_the_counts(october, mediator, coordinator):
    version = approved(mediator, coordinator).versions.get()
    snapshot = Snapshot.from_json(version.snapshot)

    assert [
        (row.planned, row.done, row.dropped, row.moved) for row in snapshot.plan
    ] == [
        (4, 2, 1, 1),
        (6, 3, 1, 1),
    ]
    html = report_html(snapshot)
    assert "Ieplānots un izdarīts" in html
    assert "Ieplānotās tikšanās ar iestādēm" in html
    assert "UPC-001" not in version.snapshot


def test_reports_from_before_the_plan_was_counted_still_open(
    client, october, mediator, coordinator
):
    report = submitted(mediator)
    for key in ("plan", "meetings"):
        del report.figures[key]
    for key in ("planned_meetings", "held_meetings"):
        del report.figures["values"][key]
    report.save()
    client.force_login(coordinator)

    page = client.get("/atskaites/upc/2026-10/parskatit/")
    assert page.status_code == 200
    assert "Ieplānots un izdarīts" not in page.content.decode()
    review.approve(report, by=coordinator)
    stored = json.loads(report.versions.get().snapshot)
    del stored["plan"]
    old = Snapshot.from_json(json.dumps(stored))
    assert old.plan == ()
    assert "Ieplānots un izdarīts" not in report_html(old)
    assert "Ieplānotās tikšanās ar iestādēm" not in report_html(old)


def test_a_month_without_a_plan_prints_no_empty_table(mediator):
    report = draft(mediator)

    snapshot = take(report, figures_for(report))

    assert "Ieplānots un izdarīts" not in report_html(snapshot)
    assert replace(snapshot, plan=()) == snapshot


def test_plans_for_next_month_are_offered_as_lines_without_names(
    client, planned, mediator, colleague
):
    planned(12, month=11)
    planned(13, month=11, institution=None)
    planned(14, month=11, status="done")
    planned(15, month=11, mediator=colleague)
    planned(15, month=12)
    draft(mediator)
    client.force_login(mediator)

    page = client.get("/atskaites/upc/2026-10/plani/")

    [line] = page.context["planned"]
    assert line.replace("\N{NBSP}", " ") == (
        "Tikšanās iestādē: Upesciema pamatskola, UPC-001, 12. novembrī"
    )
    assert f'data-insert="{line}"' in page.content.decode()
    other = client.get("/atskaites/upc/2026-10/sarezgitakais/")
    assert "planned" not in other.context


def test_an_offered_line_fits_and_can_be_handed_in(client, planned, mediator):
    long = InstitutionFactory(name="Ļoti gara nosaukuma iestāde " * 6)
    planned(12, month=11, institution=long)
    draft(mediator)
    client.force_login(mediator)
    url = "/atskaites/upc/2026-10/plani/"

    [line] = client.get(url).context["planned"]
    response = client.post(url, {"text": line})

    assert len(line) <= 120
    assert response.status_code == 302
