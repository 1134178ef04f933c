"""The time sheet: by day, kind and source of funding, for whoever pays the hours."""

import re
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from io import BytesIO

import pytest
import time_machine
from django.db import connection
from django.utils.translation import gettext as _
from openpyxl import load_workbook

from cases.models import Kind
from municipalities.models import Municipality, Vocabulary
from privacy.models import AuditEntry, Verb
from reports import paid_hours
from reports.documents.work_time import time_sheet
from reports.indicators import Scope, compute, hours_of
from reports.models import ExportLog
from reports.working_days import contracted_hours
from tests.factories import (
    AppointmentFactory,
    MunicipalityFactory,
    TermFactory,
    VisitFactory,
)
from tests.held_rows import held_rows
from tests.reports.october import NAMES, log_october
from tests.reports.paper import assert_accessible, text_of

pytestmark = pytest.mark.django_db

OCTOBER = date(2026, 10, 1)
URL = "/dokumenti/darba-laiks/"


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel(datetime(2026, 11, 12, 8, 15, tzinfo=UTC), tick=False):
        yield


def source(code, label):
    return TermFactory(
        vocabulary=Vocabulary.FUNDING_SOURCE, code=code, label_lv=label, label_en=label
    )


def paid_by(mediator, label="Pašvaldības budžets", **facts):
    """The mediator's appointment, paid by a source."""
    appointment = mediator.appointments.get()
    for name, value in (facts | {"funding": source("MUNICIPALITY", label)}).items():
        setattr(appointment, name, value)
    appointment.save()
    return appointment


def of_october(mediator):
    return time_sheet(mediator, mediator.factory_municipality, OCTOBER)


def total_minutes(mediator):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT SUM(v.minutes) FROM cases_visit v "
            "JOIN mediators_user u ON u.id = v.mediator_id WHERE u.email = %s "
            "AND v.visited_on BETWEEN '2026-10-01' AND '2026-10-31'",
            [mediator.email],
        )
        return cursor.fetchone()[0]


def test_the_sheet_is_the_log_and_the_contract_of_the_month(mediator):
    appointment = paid_by(mediator, hours_per_day=Decimal(6))
    log_october(mediator)

    sheet = of_october(mediator)

    assert sheet.total.minutes == total_minutes(mediator) == 315
    place = Municipality.objects.filter(pk=sheet.municipality.pk)
    values = compute(Scope(OCTOBER, date(2026, 10, 31), place, mediator))
    assert values["hours"] == Decimal("5.3")
    assert sheet.working_days == 22
    assert sheet.total.contracted == contracted_hours([appointment], OCTOBER) == 132
    assert sheet.total.contracted == sum(day.contracted for day in sheet.days)
    assert sheet.total.lacking == 132 - values["hours"]
    assert [(row.label, row.minutes) for row in sheet.by_funding] == [
        ("Pašvaldības budžets", 315)
    ]
    assert len(sheet.days) == 31
    assert [
        (day.day.day, line.kind, line.minutes)
        for day in sheet.days
        for line in day.lines
    ] == [
        (5, Kind.HOME_VISIT, 30),
        (6, Kind.INSTITUTION_MEETING, 60),
        (7, Kind.CALL, 15),
        (8, Kind.ACCOMPANIMENT, 90),
        (9, Kind.GROUP, 120),
    ]


def test_public_holidays_are_named_and_ask_for_no_hours(mediator):
    sheet = time_sheet(mediator, mediator.factory_municipality, date(2026, 11, 1))

    [day] = [day for day in sheet.days if day.day == date(2026, 11, 18)]
    assert (day.is_working, day.contracted) == (False, 0)
    assert "Republikas" in day.mark
    assert sheet.days[13].mark, "a Saturday"
    assert not sheet.days[11].mark, "a Thursday"


def test_a_contract_for_groups_pays_them_and_nothing_else(mediator):
    paid_by(mediator)
    log_october(mediator)
    AppointmentFactory(
        user=mediator,
        municipality=mediator.factory_municipality,
        funding=source("KM_CERV", "CERV"),
        pays_groups_only=True,
        hours_per_day=Decimal(2),
        starts_on=date(2026, 10, 5),
        ends_on=date(2026, 10, 9),
    )

    sheet = of_october(mediator)

    assert [(row.label, row.minutes, row.contracted) for row in sheet.by_funding] == [
        ("Pašvaldības budžets", 195, 88),
        ("CERV", 120, 10),
    ]
    assert sheet.total.contracted == 98


def test_contracts_side_by_side_share_the_time_by_their_hours(mediator):
    paid_by(mediator)
    log_october(mediator)
    AppointmentFactory(
        user=mediator,
        municipality=mediator.factory_municipality,
        funding=source("ESF_PLUS", "ESF+"),
        hours_per_day=Decimal(2),
    )

    rows = {row.label: row for row in of_october(mediator).by_funding}

    assert (rows["Pašvaldības budžets"].minutes, rows["ESF+"].minutes) == (210, 105)
    assert rows["Pašvaldības budžets"].contracted == 88
    assert rows["ESF+"].contracted == 44


def test_shares_of_one_contract_divide_each_month_to_the_minute(mediator):
    contract = paid_by(mediator)
    log_october(mediator)
    for code, label, percent in (
        ("NGO", "NVO", 33),
        ("EEA", "EEZ", 33),
        ("OTHER", "Cits", 34),
    ):
        contract.shares.create(source=source(code, label), percent=percent)

    sheet = of_october(mediator)

    minutes = {row.label: row.minutes for row in sheet.by_funding}
    # 315 minutes: 103.95, 103.95 and 107.1
    assert minutes == {"Cits": 107, "NVO": 104, "EEZ": 104}
    assert sum(minutes.values()) == sheet.total.minutes == 315
    assert sum(row.contracted for row in sheet.by_funding) == sheet.total.contracted
    assert sheet.contracts[0].funding == "Cits 34 %, EEZ 33 %, NVO 33 %"


def test_a_share_that_nobody_states_is_told_as_such(mediator):
    contract = paid_by(mediator)
    log_october(mediator)
    contract.shares.create(source=source("NGO", "NVO"), percent=60)

    minutes = {row.label: row.minutes for row in of_october(mediator).by_funding}

    assert minutes["NVO"] == 189
    assert sum(minutes.values()) == 315


@pytest.mark.parametrize("minutes", [0, 1, 2, 100, 315, 9999])
def test_parts_of_any_time_add_up_to_it(minutes):
    weights = {
        "a": Decimal("1.3"),
        "b": Decimal("2.7"),
        "c": Decimal(3),
        "d": Decimal(0),
    }

    parts = paid_hours.divided(minutes, weights)

    assert sum(parts.values()) == minutes
    assert parts["d"] == 0
    assert all(abs(parts[k] - minutes * w / 7) < 1 for k, w in weights.items())
    assert paid_hours.divided(minutes, weights) == parts


def test_work_after_the_last_day_of_a_contract_is_told_as_such(mediator):
    paid_by(mediator, ends_on=date(2026, 10, 7))
    log_october(mediator)

    rows = {row.label: row for row in of_october(mediator).by_funding}

    assert rows.pop("Pašvaldības budžets").minutes == 105
    [without] = rows.values()
    assert (without.minutes, without.contracted) == (210, 0)


def take_out(client, user, desk, *, month="2026-10", form="pdf"):
    client.force_login(user)
    return client.post(URL, {"desk": desk.pk, "month": month, "format": form})


def test_the_pdf_is_accessible_and_names_no_family(client, mediator, coordinator):
    desk = paid_by(mediator)
    log_october(mediator)

    response = take_out(client, coordinator, desk)

    assert_accessible(response.content)
    text = text_of(response.content, "-raw")
    assert "Nostrādāts: 5,3 h, pēc līguma 88 h. Tas ir par 82,7 h mazāk." in text
    assert "09.10. piektdiena Pasākums, grupa 2 h 4 h" in text
    assert "03.10. sestdiena brīvdiena" in text
    assert not re.search(r"\d\s+min\b", text)
    assert "Sanita Vītola" in text
    assert not any(name in text for name in NAMES)
    assert f"{mediator.factory_municipality.prefix}-0" not in text
    assert response["Content-Disposition"] == (
        'attachment; filename="Darba-laiks_UPC_2026-10.pdf"'
    )
    [export] = ExportLog.objects.all()
    assert (export.by, export.sheets, export.file_type) == (
        coordinator,
        {"work_time.pdf": 31},
        "PDF",
    )
    [entry] = AuditEntry.objects.filter(verb=Verb.EXPORT)
    assert entry.detail["mediator"] == str(mediator.pk)


def test_several_sources_are_explained_once_and_lines_name_their_number(
    client, mediator
):
    paid_by(mediator)
    log_october(mediator)
    desk = AppointmentFactory(
        user=mediator,
        municipality=mediator.factory_municipality,
        funding=source("KM_CERV", "CERV"),
        pays_groups_only=True,
        starts_on=date(2026, 10, 1),
    )

    text = text_of(take_out(client, mediator, desk).content, "-raw")

    assert "Finansējuma avots: 1 – Pašvaldības budžets; 2 – CERV." in text
    assert "09.10. piektdiena Pasākums, grupa 2 2 h 8 h" in text
    assert "08.10. ceturtdiena Pavadīšana 1 1,5 h 8 h" in text
    assert text.count("CERV") == 3, "in the contracts, by source, and once by day"


def test_a_month_without_a_contract_says_so(client, mediator):
    desk = paid_by(mediator, starts_on=date(2026, 11, 1))
    log_october(mediator)

    text = text_of(take_out(client, mediator, desk).content, "-raw")

    assert "Nostrādāts: 5,3 h. Šajā mēnesī nebija spēkā neviena līguma." in text
    assert "tieši" not in text


def test_the_workbook_has_each_day_and_the_hours_by_source(client, mediator):
    desk = paid_by(mediator)
    log_october(mediator)

    response = take_out(client, mediator, desk, form="xlsx")

    book = load_workbook(BytesIO(response.content))
    about, days, sources, _dictionary = book.worksheets
    assert "Sanita Vītola" in [row[1] for row in about.iter_rows(values_only=True)]
    header, *rows = days.iter_rows(values_only=True)
    assert header[0] == "Diena"
    assert len(rows) == 31
    assert sum(row[5] or 0 for row in rows) == 315
    assert sum(row[7] or 0 for row in rows) == 88
    assert rows[8][3:] == ("Pasākums, grupa", "Pašvaldības budžets", 120, 2, 4)
    assert list(sources.iter_rows(min_row=2, values_only=True)) == [
        ("Upesciema novads", "Pašvaldības budžets", 315, 5.25, 88)
    ]
    cells = str([list(page.iter_rows(values_only=True)) for page in book])
    assert not any(name in cells for name in NAMES)


def test_an_unknown_kind_of_file_does_not_exist(client, mediator):
    response = take_out(client, mediator, mediator.appointments.get(), form="docx")

    assert response.status_code == 404


def test_somebody_who_mediates_no_longer_takes_nothing_out(client, mediator):
    desk = paid_by(mediator, ends_on=date(2026, 11, 11))

    assert take_out(client, mediator, desk).status_code == 404


def by_source(mediator, first=OCTOBER, last=date(2026, 10, 31), **narrowed):
    return paid_hours.hours_by_source(Scope(first, last, **narrowed))


def test_hours_by_source_add_up_to_the_indicator(mediator):
    contract = paid_by(mediator, ends_on=date(2026, 10, 7))
    contract.shares.create(source=source("NGO", "NVO"), percent=50)
    contract.shares.create(source=source("EEA", "EEZ"), percent=50)
    log_october(mediator)
    place = mediator.factory_municipality

    found = by_source(mediator)

    assert found == {
        (place.pk, OCTOBER, "EEZ"): 53,
        (place.pk, OCTOBER, "NVO"): 52,
        (place.pk, OCTOBER, _("no contract")): 210,
    }
    values = compute(Scope(OCTOBER, date(2026, 10, 31)))
    assert values["hours"] == hours_of(sum(found.values()))
    assert by_source(mediator, approved_only=True) == {}
    nowhere = Municipality.objects.none()
    assert by_source(mediator, municipalities=nowhere) == {}


def test_of_a_year_of_a_country_no_more_than_a_month_of_somebody_is_held(
    mediator, monkeypatch
):
    for number in range(30):
        VisitFactory(
            mediator=mediator,
            municipality=mediator.factory_municipality,
            visited_on=OCTOBER + timedelta(days=number),
            minutes=10,
        )

    with held_rows() as held:
        found = by_source(mediator)

    assert sum(found.values()) == 300
    assert held.most < 5, held.sql


def test_who_works_in_two_municipalities_is_paid_in_each_by_its_own_contract(mediator):
    paid_by(mediator)
    log_october(mediator)
    elsewhere = AppointmentFactory(
        user=mediator,
        municipality=MunicipalityFactory(),
        funding=source("ESF_PLUS", "ESF+"),
    )
    VisitFactory(
        mediator=mediator,
        municipality=elsewhere.municipality,
        visited_on=date(2026, 10, 12),
        minutes=45,
    )

    found = by_source(mediator)

    assert found == {
        (mediator.factory_municipality.pk, OCTOBER, "Pašvaldības budžets"): 315,
        (elsewhere.municipality.pk, OCTOBER, "ESF+"): 45,
    }
