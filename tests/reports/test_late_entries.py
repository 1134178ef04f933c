"""An entry that comes when the report of its month is handed in: kept, told in both months."""

from datetime import date

import pytest
import time_machine

from cases.models import Visit
from reports.evidence import entries_of, late_entries
from reports.figures import month_figures
from reports.models import MonthlyReport
from reports.pdf import report_html
from reports.services import review
from reports.snapshot import take
from tests.cases.answers import answers
from tests.reports.october import log_october, submitted

NOVEMBER = date(2026, 11, 1)


@pytest.fixture(autouse=True)
def a_day_in_november():
    with time_machine.travel("2026-11-13T12:00+02:00", tick=False):
        yield


@pytest.fixture
def october(mediator, coordinator):
    log_october(mediator)
    report = submitted(mediator)
    review.approve(report, by=coordinator)
    return report


@pytest.fixture
def arrive(client, mediator):
    """A phone that had no signal for two weeks sends what it kept."""

    def send(day="2026-10-20", minutes="90"):
        client.force_login(mediator)
        data = answers(visited_on=day, minutes=minutes) | {"person": str(mediator.pk)}
        response = client.post("/ieraksti/sutit/", data)
        assert response.status_code == 201
        return Visit.objects.get(code=response.json()["code"])

    return send


def november_of(mediator):
    place = mediator.factory_municipality
    return MonthlyReport.open_for(mediator, place, NOVEMBER)


def test_it_changes_nothing_in_what_was_approved(october, arrive):
    before = (october.figures, october.versions.get().snapshot, entries_of(october))

    arrive()

    october.refresh_from_db()
    assert (
        october.figures,
        october.versions.get().snapshot,
        entries_of(october),
    ) == before


def test_it_is_shown_in_both_months_and_counted_in_neither(
    client, october, arrive, coordinator, mediator
):
    november = november_of(mediator)
    visit = arrive()

    for report in (october, november):
        assert [entry.code for entry in late_entries(report)] == [visit.code]
    figures = month_figures(mediator, november.municipality, NOVEMBER)
    assert figures.values["entries"] == 0
    assert [(row.month, row.entries, row.hours) for row in figures.late] == [
        ("2026-10", 1, "1.5")
    ]
    for user, address in [
        (mediator, october.get_absolute_url()),
        (mediator, f"{november.get_absolute_url()}skaitli/"),
        (coordinator, f"{october.get_absolute_url()}parskatit/"),
    ]:
        client.force_login(user)
        assert "1 vēlīns ieraksts" in client.get(address).content.decode()


def test_the_next_report_says_it_on_paper(october, arrive, mediator):
    arrive()
    arrive(day="2026-10-21", minutes="30")
    november = november_of(mediator)
    figures = month_figures(mediator, november.municipality, NOVEMBER)

    page = report_html(take(november, figures))

    assert (
        "Pēc oktobra atskaites iesniegšanas pienāca vēl 2 tā mēneša ieraksti (2 st.)"
        in page
    )


@pytest.mark.parametrize("opens", ["return", "reopen"])
def test_once_its_month_is_open_again_it_is_an_entry_like_all_others(
    mediator, coordinator, arrive, opens
):
    log_october(mediator)
    report = submitted(mediator)
    if opens == "reopen":
        review.approve(report, by=coordinator)
    visit = arrive()
    if opens == "reopen":
        review.reopen(report, by=coordinator, reason="Trūkst ieraksta")
    else:
        report.comments.create(section="hardest", author=coordinator, text="Kad?")
        review.return_for_correction(report, by=coordinator)

    visit.refresh_from_db()
    assert visit.told_in is None
    assert late_entries(report) == []
    assert visit.code in [entry.code for entry in entries_of(report)]
    assert review.figures_for(report).values["entries"] == 6


def test_the_entry_of_another_place_or_person_is_not_told_of(
    october, arrive, mediator, colleague
):
    arrive()

    figures = month_figures(colleague, colleague.factory_municipality, NOVEMBER)

    assert figures.late == ()


def test_the_next_report_compares_with_what_was_approved(october, arrive, mediator):
    arrive()
    november = november_of(mediator)

    figures = month_figures(mediator, november.municipality, NOVEMBER)

    assert figures.previous["entries"] == october.figures["values"]["entries"] == 5
