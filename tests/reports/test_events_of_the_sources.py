"""The group figures of the earlier projects, typed into the forms, come out as printed.

4 centres, 11 sessions, 108 children and young people; 4 practicals with 38 parents; 4 with
42 young people; 4 with 58 members of staff from 39 institutions; 8 seminars with 81 from
40. Attendances are other numbers, and stand beside them everywhere.
"""

import uuid
from datetime import date, timedelta
from io import BytesIO

import pytest
from openpyxl import load_workbook

from events.models import Centre, Event
from mediators.models import Role
from municipalities.models import Municipality
from municipalities.reference_data import load_vocabularies
from reports.indicators import BY_KEY, Scope, compute
from reports.periods import Period
from reports.services.export import export_results
from tests.factories import AppointmentFactory, MunicipalityFactory
from tests.reports.paper import assert_accessible, text_of

YEAR = Period.parse("2026")
SERIES = {
    # title: kind, sessions, attendances of each, people by category, institutions
    "Resursu centru nodarbības": (
        *("SESSION", 11, {"CHILDREN": 12, "YOUTH": 5}),
        *({"CHILDREN": 70, "YOUTH": 38}, None),
    ),
    "Vecāku praktikumi": ("PRACTICUM", 4, {"PARENTS": 15}, {"PARENTS": 38}, None),
    "Jauniešu praktikumi": ("PRACTICUM", 4, {"YOUTH": 17}, {"YOUTH": 42}, None),
    "Praktikumi darbiniekiem": (
        *("PRACTICUM", 4, {"TEACHERS": 20, "MUNI_STAFF": 8}),
        *({"TEACHERS": 40, "MUNI_STAFF": 18}, 39),
    ),
    "Semināri": (
        *("SEMINAR", 8, {"SOCIAL_STAFF": 13}),
        *({"SOCIAL_STAFF": 56, "TEACHERS": 25}, 40),
    ),
}
EXPECTED = {
    # title: centres, sessions, participants, attendances, institutions
    "Resursu centru nodarbības": (4, 11, 108, 187, None),
    "Vecāku praktikumi": (0, 4, 38, 60, None),
    "Jauniešu praktikumi": (0, 4, 42, 68, None),
    "Praktikumi darbiniekiem": (0, 4, 58, 112, 39),
    "Semināri": (0, 8, 81, 104, 40),
}


@pytest.fixture
def places(municipality, coordinator, mediator):
    """Four municipalities with one coordinator."""
    others = MunicipalityFactory.create_batch(3)
    for place in others:
        AppointmentFactory(user=coordinator, role=Role.COORDINATOR, municipality=place)
    return [municipality, *others]


def typed(client, address, **answers):
    """Sends a form as it is filled in by hand."""
    form = {
        "client_uuid": str(uuid.uuid4()),
        "detail-TOTAL_FORMS": "0",
        "detail-INITIAL_FORMS": "0",
    }
    answer = client.post(address, form | answers)
    assert answer.status_code == 302, answer.context["form"].errors


@pytest.fixture
def entered(client, places, project_staff):
    """All of it through the forms, by staff alone: a centre says where a session was."""
    load_vocabularies()
    client.force_login(project_staff)
    for place in places:
        typed(
            client,
            "/resursu-centri/jauns/",
            name=f"Centrs {place.prefix}",
            kind="resource_centre",
            municipality=place.pk,
            opened_on="2026-01-05",
        )
    day = date(2026, 2, 1)
    for title, (kind, number, came, people, institutions) in SERIES.items():
        typed(
            client,
            "/pasakumi/jauna-serija/",
            title=title,
            kind=f"event_type.{kind}",
            held_on="2026-02-01",
            institutions_typed=institutions or "",
            **{f"count_{code}": count for code, count in people.items()},
        )
        series = Event.objects.get(title=title)
        centres = list(Centre.objects.order_by("municipality_id"))
        for session in range(number):
            where = {}
            if kind == "SESSION":
                where = {"centre": centres[session % 4].pk}
            day += timedelta(days=3)
            typed(
                client,
                "/pasakumi/jauns/",
                title=f"{title}, {session + 1}.",
                kind=f"event_type.{kind}",
                held_on=day.isoformat(),
                series=series.pk,
                **where,
                **{f"count_{code}": count for code, count in came.items()},
            )


def sheet_of(book, header):
    """Rows of the sheet that has this header, as dictionaries."""
    for page in book.worksheets:
        head, *rows = page.iter_rows(values_only=True)
        if header in head:
            return [dict(zip(head, row, strict=True)) for row in rows]
    raise AssertionError(header)


def told(rows):
    return {
        row["Pasākums"]: (
            *(row["Resursu centri"], row["Nodarbības"], row["Dalībnieki"]),
            *(row["Apmeklējumi"], row["Pārstāvētās iestādes"]),
        )
        for row in rows
    }


def test_the_sources_own_figures_come_out_of_register_yearly_report_and_excel(
    client, entered, project_staff
):
    client.force_login(project_staff)

    cards = client.get("/pasakumi/").text
    register = client.post("/dokumenti/pasakumi/", {"period": "2026", "format": "xlsx"})
    paper = client.post("/dokumenti/pasakumi/", {"period": "2026", "format": "pdf"})
    year = client.post("/dokumenti/projekts/", {"period": "2026", "format": "pdf"})
    workbook = BytesIO()
    export_results(workbook, YEAR, by=project_staff)

    assert "108 dalībnieki, 187 apmeklējumi 11 nodarbībās 4 centros" in cards
    assert "58 dalībnieki no 39 iestādēm, 112 apmeklējumi 4 reizēs" in cards
    assert "81 dalībnieks no 40 iestādēm, 104 apmeklējumi 8 reizēs" in cards
    for book in (BytesIO(register.content), workbook):
        rows = sheet_of(load_workbook(book), "Dalībnieki")
        assert told(rows) == EXPECTED
    for content in (paper.content, year.content):
        text = text_of(content, "-raw")
        for title, numbers in EXPECTED.items():
            row = " ".join("–" if one is None else str(one) for one in numbers)
            assert f"{title}, viss projekts {row}" in text
        assert_accessible(content)


def test_people_and_attendances_are_two_numbers_of_the_year_and_never_one(entered):
    keys = ("events", "attendances", "participants", "represented")

    values = compute(Scope(YEAR.first, YEAR.last), [BY_KEY[key] for key in keys])

    assert values == {
        "events": 31,
        "attendances": 531,
        "participants": 327,
        "represented": 79,
    }


def test_the_long_sheet_adds_up_to_both_numbers_apart(client, entered, project_staff):
    client.force_login(project_staff)
    answer = client.post("/dokumenti/pasakumi/", {"period": "2026", "format": "xlsx"})

    sums = {}
    for row in sheet_of(load_workbook(BytesIO(answer.content)), "Ko skaita"):
        sums[row["Ko skaita"]] = sums.get(row["Ko skaita"], 0) + row["Cik"]

    assert sums == {"dalībnieki": 327, "apmeklējumi": 531}


def test_the_summary_of_a_municipality_tells_its_own_sessions_of_a_series(
    client, entered, coordinator
):
    client.force_login(coordinator)
    place = Municipality.objects.get(prefix="UPC")
    answer = client.post(
        "/dokumenti/pasvaldiba/",
        {"municipality": place.slug, "period": "2026", "format": "pdf"},
    )

    # Three of the eleven sessions; who came to several is told of the whole series alone
    told = "Resursu centru nodarbības, viss projekts 1 3 – 51 –"
    assert told in text_of(answer.content, "-raw")


def test_a_series_of_the_project_with_sessions_in_one_place_stays_the_projects(
    client, municipality, project_staff, coordinator
):
    load_vocabularies()
    client.force_login(project_staff)
    typed(
        client,
        "/pasakumi/jauna-serija/",
        title="Nodarbības",
        kind="event_type.SESSION",
        held_on="2026-02-01",
        count_CHILDREN=108,
    )
    typed(
        client,
        "/pasakumi/jauns/",
        title="Pirmā",
        kind="event_type.SESSION",
        held_on="2026-02-03",
        series=Event.objects.get().pk,
        municipality=municipality.pk,
        count_CHILDREN=225,
    )

    whole = client.post("/dokumenti/pasakumi/", {"period": "2026", "format": "pdf"})
    client.force_login(coordinator)
    own = client.post(
        "/dokumenti/pasvaldiba/",
        {"municipality": municipality.slug, "period": "2026", "format": "pdf"},
    )

    told = text_of(whole.content, "-raw")
    assert "Nodarbības, viss projekts 0 1 108 225 –" in told
    assert f"03.02.2026. {municipality}" in told
    assert "Nodarbības, viss projekts 0 1 – 225 –" in text_of(own.content, "-raw")


def test_small_counts_are_told_as_few_and_cannot_be_worked_out(
    client, entered, project_staff
):
    client.force_login(project_staff)
    typed(
        client,
        "/pasakumi/jauns/",
        title="Talka",
        kind="event_type.CLEANUP",
        held_on="2026-09-05",
        count_CHILDREN=3,
        count_ADULTS=20,
        count_SENIORS=9,
    )

    answer = client.post("/dokumenti/pasakumi/", {"period": "2026", "format": "xlsx"})

    book = load_workbook(BytesIO(answer.content))
    code = Event.objects.get(title="Talka").code
    found = {
        row["Kategorija"]: row["Cik"]
        for row in sheet_of(book, "Ko skaita")
        if row["Pasākuma numurs"] == code and row["Ko skaita"] == "apmeklējumi"
    }
    assert found["Bērni (līdz 13 gadiem)"] == "<5"
    assert "•" in found.values()
