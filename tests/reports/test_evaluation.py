"""The final evaluation: all municipalities side by side, in numbers and approved words."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from io import BytesIO
from zipfile import ZipFile

import pytest
import time_machine
from django.db import connection
from django.utils import timezone
from openpyxl import load_workbook

from mediators.models import Role
from municipalities.models import Municipality
from privacy.models import AuditEntry, Verb
from reports.documents.project import approved_texts, evaluation
from reports.indicators import compute, compute_by_place
from reports.learned import supervised
from reports.models import ExportLog
from reports.periods import Period
from reports.reach import scope_of
from reports.resources import (
    AnsweredResource,
    AreaResource,
    CityResource,
    RecommendedResource,
    SupportResource,
    WordsResource,
)
from reports.services import review
from reports.services.telling import tell_due
from tests import cast
from tests.factories import (
    AnswerSheetFactory,
    FamilyFactory,
    MonthlyReportFactory,
    RecommendationFactory,
    SupervisionSessionFactory,
    SurveyLinkFactory,
    SurveyRoundFactory,
    TrainingFactory,
    UserFactory,
    VisitFactory,
)
from tests.reports.october import NAMES, approved, log_october
from tests.reports.paper import assert_accessible, text_of
from tests.reports.workbooks import all_cells, rows_of

pytestmark = pytest.mark.django_db

OCTOBER = Period.parse("2026-10")
YEAR = Period.parse("2026")
URL = "/dokumenti/projekts/"


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel(datetime(2026, 11, 16, 8, 15, tzinfo=UTC), tick=False):
        yield


@pytest.fixture
def cities(mediator, coordinator):
    """Three families in one municipality, seven in the other; one report approved."""
    log_october(mediator)
    report = approved(
        mediator,
        coordinator,
        innovation="Ar ģimeni UPC-009 (lieta UPC-L012) uz bibliotēku.",
    )
    other = cast.stranger()
    for number in range(7):
        VisitFactory(
            mediator=other,
            municipality=other.factory_municipality,
            visited_on=date(2026, 10, 1 + number),
            families_named=[FamilyFactory(municipality=other.factory_municipality)],
            minutes=30,
        )
    tell_due()
    return report, other.factory_municipality


def test_the_numbers_of_each_municipality_are_the_declared_ones(cities, project_staff):
    found = evaluation(project_staff, OCTOBER, {})
    values = compute_by_place(scope_of(OCTOBER, None))

    for city in found.cities:
        own = values[city.place.pk]
        assert city.families.value == own["families"] == _families(city.place)
        assert (city.entries, city.hours) == (own["entries"], own["hours"])
        assert city.institutions == own["institutions"]
    whole = compute(scope_of(OCTOBER, Municipality.objects.all()))
    assert found.total.families.value == whole["families"] == 10
    assert found.total.entries == whole["entries"] == 12


def _families(place):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT COUNT(DISTINCT vf.family_id) FROM cases_visit v "
            "JOIN cases_visitfamily vf ON vf.visit_id = v.id "
            "JOIN municipalities_municipality m ON m.id = v.municipality_id "
            "WHERE m.prefix = %s AND v.visited_on BETWEEN '2026-10-01' AND '2026-10-31'",
            [place.prefix],
        )
        return cursor.fetchone()[0]


def test_three_families_do_not_follow_from_the_total(cities, project_staff):
    found = evaluation(project_staff, OCTOBER, {})

    told = {city.place.prefix: str(city.families) for city in found.cities}
    assert told.pop("UPC") == "<5"
    # Who knows the seven as its own would find the three in the total
    assert list(told.values()) == ["7"]
    assert str(found.total.families) == "•"
    assert found.has_hidden_families
    assert "7" in found.chart


def test_words_come_from_approved_reports_alone(
    cities, project_staff, mediator, coordinator
):
    for month in (7, 8, 9):
        report = MonthlyReportFactory(
            municipality=mediator.factory_municipality,
            mediator=mediator,
            month=date(2026, month, 1),
            sections="Vēl nav apstiprināts",
        )
        if month > 7:
            review.submit(report, by=mediator)
        if month > 8:
            review.approve(report, by=coordinator)
            review.reopen(report, by=coordinator, reason="Trūkst skaitļu")

    [words] = evaluation(project_staff, YEAR, {}).words

    assert words.place == mediator.factory_municipality
    assert [part.chosen.text[:9] for part in words.parts] == [
        *("Visvairāk", "Divām ģim", "Ar ģimeni", "Četri bēr"),
    ]
    assert [part.others for part in words.parts] == [[]] * 4


def test_the_text_is_the_frozen_one(cities, project_staff):
    report, _other = cities
    section = report.sections.get(key="positive")
    section.text = "Pārrakstīts pēc apstiprināšanas"
    section.save()

    [words] = evaluation(project_staff, OCTOBER, {}).words

    assert words.parts[-1].chosen.text.startswith("Četri bērni")


def test_another_month_can_stand_and_a_part_can_be_left_out(
    cities, project_staff, mediator, coordinator
):
    september = MonthlyReportFactory(
        municipality=mediator.factory_municipality,
        mediator=mediator,
        month=date(2026, 9, 1),
        desk="upc",
        sections="Septembra teksts",
    )
    review.submit(september, by=mediator)
    version = review.approve(september, by=coordinator)
    place = mediator.factory_municipality

    choices = {(place.pk, "hardest"): str(version.pk), (place.pk, "innovation"): None}
    [words] = evaluation(project_staff, YEAR, choices).words

    parts = {part.title: part for part in words.parts}
    assert len(parts) == 3
    assert [part.chosen.month.month for part in words.parts] == [10, 9, 10]
    assert len(words.parts[0].others) == 1


def take_out(client, user, **data):
    client.force_login(user)
    return client.post(URL, {"period": "2026-10", "format": "pdf"} | data)


def test_the_pdf_is_accessible_and_has_no_codes(client, cities, project_staff):
    response = take_out(client, project_staff)

    assert_accessible(response.content)
    text = text_of(response.content, "-raw")
    for chart in (
        "Ģimenes pa pašvaldībām",
        "Darba stundas pa pašvaldībām",
        "Ieraksti pa jomām",
    ):
        assert chart in text
    assert "Romu mediatoru darba gala izvērtējums" in text
    assert "Ar ģimeni [kods] (lieta [kods]) uz bibliotēku." in text
    assert "Upesciema novads 1 <5 5 5,3 1" in text
    assert not any(name in text for name in NAMES)
    [export] = ExportLog.objects.all()
    assert export.sheets == {"project.pdf": 2}
    [entry] = AuditEntry.objects.filter(verb=Verb.EXPORT)
    version = cities[0].versions.get()
    assert entry.detail["versions"] == [str(version.pk)] * 4


def book_of(response):
    return load_workbook(BytesIO(response.content))


def test_the_workbook_tells_the_tables_of_the_pdf_and_hides_what_it_hides(
    client, cities, project_staff
):
    response = take_out(client, project_staff, format="xlsx")

    assert response["Content-Disposition"].endswith('Gala-izvertejums_2026-10.xlsx"')
    book = book_of(response)
    found = evaluation(project_staff, OCTOBER, {})
    rows = {row["municipality"]: row for row in rows_of(book, CityResource)}
    for place, numbers in [
        (None, found.total),
        *((str(c.place), c) for c in found.cities),
    ]:
        row = rows.pop(place)
        assert row["level"] == ("pašvaldība" if place else "visas pašvaldības kopā")
        for name in ("families", "solved", "open"):
            assert str(row[name]) == str(getattr(numbers, name)), (place, name)
        for name in ("mediators", "entries", "hours", "institutions"):
            assert row[name] == float(getattr(numbers, name)), (place, name)
    assert rows == {}
    assert "<5" in {str(city.families) for city in found.cities}
    areas = {row["area"]: row["entries"] for row in rows_of(book, AreaResource)}
    assert areas == {str(label): n for label, n in found.areas}
    [innovation] = [
        row for row in rows_of(book, WordsResource) if "bibliotēku" in row["words"]
    ]
    assert innovation["words"] == "Ar ģimeni [kods] (lieta [kods]) uz bibliotēku."
    assert innovation["month"].date() == date(2026, 10, 1)
    text = " ".join(str(cell.value) for cell in all_cells(book))
    assert not any(name in text for name in NAMES)
    assert "UPC-" not in text
    assert ExportLog.objects.get().sheets == {"project.xlsx": 2}


def test_the_workbook_tells_support_surveys_and_recommendations(client, project_staff):
    for number in range(3):
        mediator = UserFactory(role=Role.MEDIATOR)
        TrainingFactory(mediator=mediator, starts_on=date(2026, 10, 9), hours=4)
        SupervisionSessionFactory(
            mediator=mediator, held_on=date(2026, 10, 5 + number), hours=2
        )
    RecommendationFactory(
        text="Ģimenei UPC-009 vajag autobusu",
        made_at=timezone.now() - timedelta(days=20),
    )
    survey = SurveyRoundFactory(
        opens_on=date(2026, 10, 1), closes_on=date(2026, 10, 20)
    )
    link = SurveyLinkFactory(round=survey)
    for _number in range(5):
        AnswerSheetFactory(link=link, said={"q2": "yes"})

    of_the_year = {"period": "2026"}
    book = book_of(take_out(client, project_staff, format="xlsx", **of_the_year))
    charts = take_out(client, project_staff, format="png", **of_the_year)
    charts = ZipFile(BytesIO(charts.content))

    assert "aptauja-q2.png" in charts.namelist()
    support = {row["code"]: row["value"] for row in rows_of(book, SupportResource)}
    assert (support["I22"], support["I22S"]) == (12, 6)
    [row] = rows_of(book, RecommendedResource)
    assert row["recommendation"] == "Ģimenei [kods] vajag autobusu"
    answers = rows_of(book, AnsweredResource)
    said = {
        (row["code"], row["municipality"]): row["count"]
        for row in answers
        if row["value"] == "Jā"
    }
    assert said["q2", str(link.municipality)] == said["q2", "Kopā"] == 5


def test_the_charts_of_the_pdf_are_pictures_too(client, cities, project_staff):
    response = take_out(client, project_staff, format="png")

    assert response["Content-Type"] == "application/zip"
    with ZipFile(BytesIO(response.content)) as archive:
        assert archive.namelist() == ["gimenes.png", "stundas.png", "jomas.png"]
        for name in archive.namelist():
            assert archive.read(name).startswith(b"\x89PNG")
    assert ExportLog.objects.get().sheets == {"project.png": 2}


def test_pictures_of_nothing_are_a_sentence_and_no_empty_file(client, project_staff):
    response = take_out(client, project_staff, format="png")

    assert response.status_code == 422
    assert "nav ko zīmēt" in response.content.decode()
    assert not ExportLog.objects.exists()


def test_an_evaluation_of_nothing_is_an_empty_workbook(client, project_staff):
    book = book_of(take_out(client, project_staff, format="xlsx"))

    [total] = rows_of(book, CityResource)
    assert (total["municipality"], total["entries"]) == (None, 0)
    assert rows_of(book, WordsResource) == []


def test_the_page_offers_the_texts_of_the_chosen_period(client, cities, lead_mediator):
    client.force_login(lead_mediator)

    [(place, fields)] = client.get(URL).context["form"].text_groups
    assert (place.slug, len(fields)) == ("upesciems", 4)

    response = client.post(URL, {"period": "2026-02"})
    assert response.status_code == 200
    assert response.context["form"].text_groups == []
    assert not ExportLog.objects.exists()


def test_a_version_that_is_not_offered_is_never_told(client, cities, project_staff):
    field = "upesciems.hardest"

    response = take_out(client, project_staff, **{field: "'; DROP TABLE x; --\x00"})

    assert "Divām ģimenēm" in text_of(response.content)


def test_who_sees_no_report_is_offered_no_text(cities, administrator, outsider):
    for person in (administrator, outsider):
        assert approved_texts(person, YEAR) == {}


def test_a_wrong_period_is_told(client, project_staff):
    assert take_out(client, project_staff, period="2026-13").status_code == 422


def test_a_project_without_work_is_a_calm_document(client, project_staff):
    response = take_out(client, project_staff, period="2026-02")

    assert_accessible(response.content)
    assert "Šajā laikā nekas nav ierakstīts." in text_of(response.content)


def test_supervision_is_told_of_so_many_that_nobody_is_recognised(project_staff):
    mediators = [UserFactory(role=Role.MEDIATOR) for _number in range(3)]
    for mediator in mediators[:2]:
        SupervisionSessionFactory(
            mediator=mediator, held_on=date(2026, 10, 5), hours=Decimal("1.5")
        )

    assert supervised(YEAR).hours is None

    SupervisionSessionFactory(
        mediator=mediators[2], held_on=date(2026, 10, 31), hours=1
    )
    assert (supervised(YEAR).mediators, supervised(YEAR).hours) == (3, 4)


def test_supervision_is_told_of_no_time_that_could_be_taken_from_another(db):
    for _number in range(3):
        SupervisionSessionFactory(
            mediator=UserFactory(role=Role.MEDIATOR), held_on=date(2026, 10, 5)
        )

    assert supervised(YEAR).hours
    for code in ("2026-10", "2026-Q4"):
        assert supervised(Period.parse(code)).hours is None
    assert supervised(Period.between(date(2026, 1, 1), date(2026, 11, 1))).hours is None


def test_supervision_that_is_only_planned_was_not_held(db):
    tomorrow = timezone.localdate() + timedelta(days=1)
    for _number in range(3):
        mediator = UserFactory(role=Role.MEDIATOR)
        SupervisionSessionFactory(mediator=mediator, held_on=date(2026, 10, 5), hours=2)
        SupervisionSessionFactory(mediator=mediator, held_on=tomorrow, hours=2)

    assert supervised(YEAR).hours == 6


def test_training_and_certificates_stand_in_the_evaluation(
    client, project_staff, cities, mediator
):
    TrainingFactory(
        mediator=mediator,
        starts_on=date(2026, 10, 5),
        hours=Decimal("12.5"),
        certificate_number="A-1",
    )
    client.force_login(project_staff)

    found = evaluation(project_staff, OCTOBER, {})

    assert found.learned == {"training_hours": Decimal("12.5"), "certificates": 1}
    response = client.post(URL, {"period": "2026-10", "format": "pdf"})
    text = text_of(response.content, "-raw")
    assert "Mācību stundas: 12,5, apliecības: 1." in text
