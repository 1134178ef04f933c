"""What was approved stays, word for word, whatever changes afterwards."""

import hashlib
import json
import re
from datetime import UTC, datetime

import pytest
import rfc8785
import time_machine
from django.utils import translation

from cases.models import Visit
from municipalities.models import Institution, Municipality
from reports.models import ReportVersion
from reports.pdf import report_html
from reports.services import delivery, review
from reports.services.review import figures_for
from reports.snapshot import Snapshot, take
from reports.workflow import Status
from tests.factories import AchievementFactory
from tests.reports.october import NAMES, approved, draft, log_october, submitted


@pytest.fixture
def version(mediator, coordinator):
    log_october(mediator)
    with time_machine.travel(datetime(2026, 11, 13, 8, 42, tzinfo=UTC), tick=False):
        return approved(mediator, coordinator).versions.get()


def test_a_snapshot_survives_the_way_through_json(version):
    snapshot = Snapshot.from_json(version.snapshot)

    assert Snapshot.from_json(snapshot.as_json()) == snapshot
    assert snapshot.as_json() == version.snapshot


def test_the_stored_snapshot_is_canonical_json_with_its_hash(version):
    content = json.loads(version.snapshot)

    assert rfc8785.dumps(content).decode() == version.snapshot
    assert hashlib.sha256(version.snapshot.encode()).hexdigest() == version.sha256


def test_a_snapshot_says_who_where_and_when(version):
    snapshot = Snapshot.from_json(version.snapshot)

    assert snapshot.place.addressee == "Upesciema novada pašvaldībai"
    assert snapshot.place.genitive == "Upesciema novada"
    assert (snapshot.mediator.name, snapshot.coordinator.name) == (
        "Sanita Vītola",
        "Ilze Kronberga",
    )
    assert (snapshot.number, snapshot.version) == ("UPC-2026-10", 1)
    assert snapshot.approved == datetime(2026, 11, 13, 8, 42, tzinfo=UTC)
    assert snapshot.file_name == "Atskaite_Upesciems_2026-10_v1.pdf"


def test_the_numbers_of_a_snapshot_are_the_frozen_figures(version):
    snapshot = Snapshot.from_json(version.snapshot)
    figures = version.report.figures

    assert snapshot.values == figures["values"]
    assert [row.values for row in snapshot.trend] == figures["trend"]
    assert [row.month for row in snapshot.trend] == [
        f"2026-{month:02}" for month in range(5, 11)
    ]
    assert [(row.entries, row.hours) for row in snapshot.areas] == [
        (row["entries"], row["hours"]) for row in figures["areas"]
    ]
    assert (snapshot.count("families"), snapshot.count("entries")) == (3, 5)


def test_nothing_that_changes_later_reaches_a_snapshot(version, mediator):
    before = report_html(Snapshot.from_json(version.snapshot), seal=version.sha256)

    Visit.objects.update(minutes=500)
    Visit.objects.first().delete()
    Municipality.objects.update(full_name_lv="Cita pašvaldība", label_lv="Cits novads")
    Institution.objects.filter(name="Upesciema pamatskola").update(
        name="Cits nosaukums"
    )
    mediator.last_name = "Jaunuzvārde"
    mediator.save()
    for section in version.report.sections.all():
        section.text = "Pārrakstīts"
        section.save()
    version.report.asks.all().delete()
    stored = ReportVersion.objects.get(pk=version.pk)
    with translation.override("en"):
        after = report_html(Snapshot.from_json(stored.snapshot), seal=stored.sha256)

    assert stored.snapshot == version.snapshot
    assert after == before


def test_a_snapshot_holds_no_name_phone_address_or_note_of_a_family(version):
    for secret in [
        *NAMES,
        *(name.split()[0] for name in NAMES),
        "26123456",
        "Skolas iela",
        "Piezīme",
        "Paraudziņa",
    ]:
        assert secret not in version.snapshot


def test_versions_count_up_and_each_has_a_code_of_its_own(version, coordinator):
    second = delivery.freeze(version.report, by=coordinator)

    assert (version.number, second.number) == (1, 2)
    assert version.code != second.code
    assert all(
        re.fullmatch(r"[2-9A-HJ-NP-TV-Z]{4}-[2-9A-HJ-NP-TV-Z]{4}", code)
        for code in (version.code, second.code)
    )
    assert version.report.versions.first() == second


def test_labels_are_latvian_whoever_approves(mediator, coordinator):
    log_october(mediator)
    with translation.override("en"):
        version = approved(mediator, coordinator).versions.get()

    snapshot = Snapshot.from_json(version.snapshot)
    assert snapshot.areas[0].label == "Izglītība"
    assert snapshot.sections[0].title == "Galvenie darba virzieni"


def test_the_preview_of_a_draft_has_neither_version_nor_code(mediator):
    report = draft(mediator)
    snapshot = take(report, figures_for(report))

    assert snapshot.is_draft
    assert (snapshot.version, snapshot.code, snapshot.approved) == (0, "", None)
    assert snapshot.file_name == "Atskaite_Upesciems_2026-10_melnraksts.pdf"


def test_the_coordinators_note_is_shown_from_handing_in_to_approval(
    mediator, coordinator
):
    report = submitted(mediator)
    report.coordinator_note = "Runāšu ar Dzīvokļu daļu."
    report.save()
    assert take(report, figures_for(report)).coordinator_note

    report.comments.create(section="hardest", author=coordinator, text="Kuras divas?")
    review.return_for_correction(report, by=coordinator)

    assert report.status == Status.RETURNED
    assert take(report, figures_for(report)).coordinator_note == ""


def test_a_municipality_that_wants_it_brief_gets_front_page_and_signatures(
    mediator, coordinator
):
    log_october(mediator)
    place = mediator.factory_municipality
    place.report_template = Municipality.ReportTemplate.BRIEF
    place.save()
    version = approved(mediator, coordinator).versions.get()

    brief = report_html(Snapshot.from_json(version.snapshot))
    place.report_template = Municipality.ReportTemplate.FULL
    place.save()

    assert "Mēnesis skaitļos" not in brief
    assert "Visvairāk darba bija ar skolu" not in brief
    assert "Paraksti" in brief
    assert report_html(Snapshot.from_json(version.snapshot)) == brief


def test_what_was_achieved_is_printed_and_older_reports_know_nothing_of_it(
    mediator, coordinator
):
    log_october(mediator)
    for what in ("EMP_JOB_OBTAINED", "EMP_SUMMER_JOB"):
        AchievementFactory(
            case=mediator.cases.first(),
            what__code=what,
            achieved_on=datetime(2026, 10, 9, tzinfo=UTC).date(),
        )
    snapshot = Snapshot.from_json(
        approved(mediator, coordinator).versions.get().snapshot
    )

    told = {row.label: row.value for row in snapshot.results}
    assert told == {"Iegūtas darba vietas": 2, "Cilvēki, kas ieguva darbu": 1}
    assert told.keys() <= {row.label for row in snapshot.definitions}
    assert "Cilvēki, kas ieguva darbu" in report_html(snapshot)
    older = json.loads(snapshot.as_json())
    del older["results"]
    assert Snapshot.from_json(json.dumps(older)).results == ()
