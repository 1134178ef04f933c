"""An approved report on paper: the counted numbers, and the same bytes whatever follows."""

import re
import time
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.db import connection
from django.db.models import Value
from django.db.models.functions import Concat
from django.utils import timezone

from cases.models import Case, Visit
from config.funding import Funding
from municipalities.models import Institution, Municipality
from privacy.models import AuditEntry
from reports import pdf
from reports.figures import month_figures
from reports.models import ReportVersion
from reports.services import delivery
from reports.services.review import figures_for
from reports.snapshot import Snapshot, take
from tests.factories import VisitFactory
from tests.reports.october import approved, draft, log_october
from tests.reports.paper import Paper

pytestmark = pytest.mark.slow

FUNDING = Funding("Projektu atbalsta Ziemeļvēja fonds.", ({"name": "F", "logo": ""},))
RIGA = ZoneInfo("Europe/Riga")


@pytest.fixture
def version(mediator, coordinator, settings):
    settings.FUNDING = FUNDING
    log_october(mediator)
    return approved(mediator, coordinator).versions.get()


def asked(query, *values):
    """One number, counted by the database without the code of the reports."""
    with connection.cursor() as cursor:
        cursor.execute(query, values)
        return cursor.fetchone()[0]


def test_an_approved_report_gets_its_pdf_in_the_background(version, run_tasks):
    assert not version.has_pdf

    run_tasks()

    version.refresh_from_db()
    assert version.pdf.read().startswith(b"%PDF-1.7")
    assert len(version.pdf_sha256) == 64
    assert (version.pdf_pages, version.pdf_error) == (2, "")
    assert re.fullmatch(r"reports/\d{4}/\d\d/[\w-]{30,}\.pdf", version.pdf.name)


def test_the_numbers_on_paper_are_those_that_plain_sql_counts(version):
    month = ("2026-10-01", "2026-10-31")
    entries = asked(
        "SELECT count(*) FROM cases_visit WHERE visited_on BETWEEN %s AND %s", *month
    )
    minutes = asked(
        "SELECT sum(minutes) FROM cases_visit WHERE visited_on BETWEEN %s AND %s",
        *month,
    )
    families = asked(
        "SELECT count(DISTINCT f.family_id) FROM cases_visitfamily f "
        "JOIN cases_visit v ON v.id = f.visit_id WHERE v.visited_on BETWEEN %s AND %s",
        *month,
    )
    solved = asked(
        "SELECT count(*) FROM cases_case "
        "WHERE closed_on BETWEEN %s AND %s AND outcome = 'solved'",
        *month,
    )
    about_school = asked(
        "SELECT count(*) FROM cases_visitarea a JOIN cases_visit v ON v.id = a.visit_id "
        "WHERE a.area = 'education' AND v.visited_on BETWEEN %s AND %s",
        *month,
    )
    opened = asked(
        "SELECT count(*) FROM cases_case WHERE opened_on BETWEEN %s AND %s", *month
    )
    still_open = asked(
        "SELECT count(*) FROM cases_case "
        "WHERE opened_on <= %s AND (closed_on IS NULL OR closed_on > %s)",
        month[1],
        month[1],
    )
    hours = Decimal(minutes) / 60
    hours = f"{hours.quantize(Decimal('0.1'), ROUND_HALF_UP)}".replace(".", ",")

    text = Paper(pdf.report_pdf(Snapshot.from_json(version.snapshot))).text("-raw")

    assert (entries, families, solved) == (5, 3, 1), (
        "the month that was counted by hand"
    )
    assert f"strādāja ar {families} ģimenēm" in text
    assert f"palīdzēja atrisināt {solved} jautājumu" in text
    assert f"izglītība: {about_school} no {entries} ierakstiem" in text
    assert f"{hours} darba stundas" in text
    assert "Mājas apmeklējums 1 0,5" in text
    assert "Upesciema pamatskola, sociālā pedagoģe 2" in text
    assert f"Oktobris {families} {entries} {hours} {solved}" in text
    assert f"Darbā mēneša beigās {opened} {solved} {still_open}" in text


def test_nothing_that_happens_later_changes_a_byte(
    version, mediator, coordinator, settings
):
    assert delivery.make_pdf(version)
    before = version.pdf.read()

    Visit.objects.update(minutes=500)
    Visit.objects.first().delete()
    Case.objects.all().delete()
    Institution.objects.update(name=Concat("name", Value(", pārdēvēta")))
    log_october(mediator)
    Municipality.objects.update(full_name_lv="Cita pašvaldība", label_lv="Cits novads")
    for person in (mediator, coordinator):
        person.last_name = "Jaunuzvārde"
        person.save()
    settings.FUNDING = Funding("Cits teikums.")
    stored = ReportVersion.objects.get(pk=version.pk)

    assert stored.snapshot == version.snapshot
    assert delivery.make_pdf(stored)
    assert stored.pdf.read() == before
    drawn_anew = pdf.report_pdf(Snapshot.from_json(stored.snapshot), seal=stored.sha256)
    assert drawn_anew.content == before
    assert drawn_anew.sha256 == stored.pdf_sha256


def test_who_pays_and_the_end_of_the_audit_are_frozen_with_the_report(version):
    snapshot = Snapshot.from_json(version.snapshot)

    entry = AuditEntry.objects.get(seq=snapshot.chain_end.number)
    assert entry.hash.startswith(snapshot.chain_end.hash)
    assert len(snapshot.chain_end.hash) == 16
    approval = AuditEntry.objects.get(verb="approve")
    assert entry.seq == approval.seq - 1
    assert snapshot.funding == FUNDING.sentence
    assert [funder.name for funder in snapshot.funders] == ["F"]


def test_a_report_from_before_there_were_funders_is_still_read(version):
    old = version.snapshot.replace(f'"funding":"{FUNDING.sentence}",', "")

    assert Snapshot.from_json(old).funding == ""


@pytest.fixture(params=["UTC", "America/New_York", "Asia/Tokyo"])
def elsewhere(request, monkeypatch):
    """The process runs as if the machine stood in another part of the world."""
    monkeypatch.setenv("TZ", request.param)
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


# Minutes around midnight: both nights of the change of clocks, both ends of months
MIDNIGHTS = [(2026, 3, 29), (2026, 4, 1), (2026, 10, 25), (2026, 11, 1)]


def test_the_month_of_an_entry_is_that_of_riga_wherever_the_machine_stands(
    mediator, elsewhere
):
    place = mediator.factory_municipality
    for midnight in MIDNIGHTS:
        after = datetime(*midnight, 0, 1, tzinfo=RIGA).timestamp()
        for instant in (after - 120, after):
            with time_machine.travel(instant, tick=False):
                VisitFactory(
                    mediator=mediator,
                    municipality=place,
                    visited_on=timezone.localdate(),
                    minutes=60,
                )
    report = draft(mediator)

    days = [
        f"{day:%m-%d}" for day in Visit.objects.values_list("visited_on", flat=True)
    ]
    assert sorted(days) == [
        *("03-28", "03-29", "03-31", "04-01"),
        *("10-24", "10-25", "10-31", "11-01"),
    ]
    for month, entries in ((3, 3), (4, 1), (10, 3), (11, 1)):
        first = report.month.replace(month=month)
        assert month_figures(mediator, place, first).number("entries") == entries
    snapshot = take(report, figures_for(report))
    assert (snapshot.values["entries"], snapshot.values["hours"]) == (3, "3.0")
    assert [row.values["entries"] for row in snapshot.trend] == [0, 0, 0, 0, 0, 3]


def test_the_hour_of_the_approval_is_that_of_riga_wherever_the_machine_stands(
    mediator, coordinator, elsewhere
):
    with time_machine.travel(
        datetime(2026, 10, 31, 23, 59, tzinfo=RIGA).timestamp(), tick=False
    ):
        version = approved(mediator, coordinator).versions.get()

    html = pdf.report_html(Snapshot.from_json(version.snapshot)).replace("\xa0", " ")
    assert "Apstiprināta sistēmā 31.10.2026. 23.59" in html
    assert 'content="2026-10-31T21:59:00Z"' in html
