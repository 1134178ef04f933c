"""A number that is told once says of which day it is, wherever it is read."""

from datetime import UTC, date, datetime, timedelta
from io import BytesIO

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone, translation
from openpyxl import load_workbook

from cases.models import Visit
from municipalities.models import Municipality
from reports.documents.framework import framework
from reports.documents.municipality import summary
from reports.documents.project import evaluation
from reports.indicators import BY_KEY, compute
from reports.models import ToldPart
from reports.periods import Period
from reports.reach import scope_of
from reports.services.telling import tell_due
from reports.told import Told, ToldAt
from reports.told_year import ALL
from tests.factories import FamilyFactory, VisitFactory

pytestmark = pytest.mark.django_db

FAMILIES = BY_KEY["families"]
MARCH = Period.parse("2026-03")
TOLD = datetime(2026, 4, 15, 1, tzinfo=UTC)
SENTENCE = (
    "Indicators of families, people, cases, achievements and participants were counted on "
    "15/04/2026; later corrections are not in them."
)
IN_LATVIAN = (
    "Rādītāji par ģimenēm, cilvēkiem, lietām, panākumiem un dalībniekiem saskaitīti "
    "15.04.2026.; vēlāki labojumi tajos nav iekļauti."
)


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(TOLD - timedelta(days=20), tick=False) as traveller:
        yield traveller


def met(municipality, mediator, count):
    return VisitFactory(
        mediator=mediator,
        municipality=municipality,
        visited_on=date(2026, 3, 2),
        families_named=[FamilyFactory(municipality=municipality) for _ in range(count)],
    )


@pytest.fixture
def corrected(municipality, mediator, clock):
    """Nine families of March are told in April; in May there are eleven."""
    met(municipality, mediator, 9)
    clock.move_to(TOLD)
    tell_due()
    clock.move_to(datetime(2026, 5, 4, 8, 15, tzinfo=UTC))
    met(municipality, mediator, 2)
    return municipality


def recounted(until):
    """Families of the entries of March that were there at that moment."""
    entries = Visit.objects.filter(
        visited_on__range=(MARCH.first, MARCH.last), created_at__lte=until
    )
    return entries.values("families").distinct().count()


def file_of(client, name):
    response = client.get(
        reverse("reports:results"), {"period": "2026-03", "csv": name}
    )
    return response.content.decode("utf-8-sig").splitlines()


def test_the_number_is_that_of_the_day_which_the_api_tells_with_it(read, corrected):
    answer = read("results", period="2026-03")

    [row] = [
        row
        for row in answer["rows"]
        if (row["indicator"], row["level"]) == ("families", "total")
    ]
    [told] = answer["told"]
    assert told == {"part": "2026-03", "told_at": "2026-04-15T04:00:00+03:00"}
    assert row["value"] == recounted(datetime.fromisoformat(told["told_at"])) == 9
    assert recounted(timezone.now()) == 11
    assert answer["as_of"] == "2026-05-04T11:15:00+03:00"


def test_documents_say_that_day_beside_their_own(corrected, project_staff):
    for document in (
        summary(corrected, MARCH),
        evaluation(project_staff, MARCH, {}),
        framework(MARCH),
    ):
        assert document.told_at == ToldAt(TOLD, TOLD)
        assert timezone.localdate(document.made_at) == date(2026, 5, 4)


def test_the_pdf_says_when_it_was_made_and_when_families_were_counted(
    client, corrected, project_staff, undrawn
):
    client.force_login(project_staff)

    response = client.post(
        reverse("reports:document-project"), {"period": "2026-03", "format": "pdf"}
    )

    html = " ".join(response.content.decode().split())
    assert "Izveidots no žurnāla, kāds tas bija 04.05.2026. plkst. 11.15." in html
    assert IN_LATVIAN in html


def test_the_workbook_says_it_on_its_first_sheet(client, corrected, project_staff):
    client.force_login(project_staff)

    response = client.post(
        reverse("reports:document-framework"), {"period": "2026-03", "format": "xlsx"}
    )

    about = load_workbook(BytesIO(response.content)).worksheets[0]
    assert IN_LATVIAN in [cell.value for row in about.rows for cell in row]


@pytest.mark.parametrize("name", ["families", "cases", "regions"])
def test_a_file_of_the_results_page_says_it_below_its_table(
    client, corrected, staff, name
):
    lines = file_of(client, name)

    assert lines[-3:] == ["", "Data as of 04/05/2026 at 11:15.", f'"{SENTENCE}"']


def test_a_file_of_work_says_as_of_when_it_is_alone(client, corrected, staff):
    assert file_of(client, "areas")[-2:] == ["", "Data as of 04/05/2026 at 11:15."]


def test_of_a_quarter_the_days_of_its_months_are_told_too(read, corrected):
    february = ToldPart.objects.filter(code="2026-02")
    february.update(told_at=TOLD - timedelta(days=30))
    told = Told()

    parts = read("results", period="2026-Q1")["told"]
    told.value(FAMILIES, ALL, Period.parse("2026-Q1"), 0)

    days = {part["part"]: part["told_at"][:10] for part in parts}
    assert days == {
        "2026-Q1": "2026-04-15",
        "2026-01": "2026-04-15",
        "2026-02": "2026-03-16",
        "2026-03": "2026-04-15",
    }
    with translation.override("en"):
        assert "were counted from 16/03/2026 to 15/04/2026" in str(told.at)


def test_of_other_months_the_day_is_told_on_which_somebody_asked_first(
    corrected, clock
):
    stretch = Period.between(date(2025, 6, 1), date(2026, 3, 1))
    places = Municipality.objects.all()
    count = compute(scope_of(stretch, places), [FAMILIES])["families"]

    def asked():
        told = Told()
        told.value(FAMILIES, ALL, stretch, count)
        return told.at

    first = asked()
    clock.move_to(datetime(2026, 5, 9, 8, tzinfo=UTC))

    assert first == asked()
    assert timezone.localdate(first.last) == date(2026, 5, 4)


def test_nothing_is_said_where_nothing_was_told_before(corrected):
    told = Told()

    told.value(BY_KEY["entries"], ALL, MARCH, 2)
    told.value(FAMILIES, ALL, Period.parse("2026-04"), 2)

    assert told.at is None


def test_it_is_said_in_latvian_and_in_english():
    day = ToldAt(TOLD, TOLD)

    with translation.override("lv"):
        assert str(day) == IN_LATVIAN
        assert "saskaitīti no 15.04.2026. līdz 20.04.2026.;" in str(
            ToldAt(TOLD, TOLD + timedelta(days=5))
        )
    with translation.override("en"):
        assert str(day) == SENTENCE
