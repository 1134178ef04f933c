"""The library: PDFs that only show pages, links, and copies counted in two taps."""

import zlib
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from privacy.pdf_gate import why_not
from stories import sheets
from stories.models import Handout, Material
from stories.pdf import sheet_page
from tests.factories import HandoutFactory, MaterialFactory
from tests.stories.test_leaflet import PATIENCE

PLAIN = b"%PDF-1.7\n1 0 obj <</Type /Catalog>> endobj\ntrailer <<>>\n%%EOF\n"


def packed(content):
    return (
        b"%PDF-1.7\n1 0 obj <</Filter /FlateDecode>> stream\n"
        + zlib.compress(content)
        + b"\nendstream endobj\n%%EOF"
    )


@pytest.fixture
def typed():
    return {
        "client_uuid": "0198f000-0000-7000-8000-00000000000c",
        "title": "Bērns iet skolā",
        "kind": "leaflet",
        "language": "lv",
        "target_group": "families",
        "link": "",
    }


def pdf(content=PLAIN):
    return SimpleUploadedFile("lapa.pdf", content, "application/pdf")


@pytest.mark.once
@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (PLAIN, ""),
        (packed(b"<</Type /Page>>"), ""),
        (b"<svg/>", "kind"),
        (b"%PDF-1.7 cut off", "kind"),
        (PLAIN.replace(b"/Catalog", b"/Catalog /OpenAction 3 0 R"), "active"),
        (PLAIN.replace(b"/Catalog", b"/Catalog /J#61vaScript (x)"), "active"),
        (packed(b"<</S /JavaScript /JS (app.alert(1))>>"), "active"),
        (packed(b"<</Type /EmbeddedFile>>"), "active"),
        (PLAIN.replace(b"trailer <<", b"trailer <</Encrypt 5 0 R"), "protected"),
    ],
)
def test_a_pdf_that_could_do_something_is_refused(content, reason):
    assert why_not(content) == reason


@pytest.mark.once
def test_a_pdf_that_unpacks_to_far_more_than_it_seems_is_refused():
    assert why_not(packed(b"\0" * (101 * 1024 * 1024))) == "heavy"


def test_what_the_house_draws_itself_would_be_taken(db):
    assert (
        why_not(sheet_page(sheets.sheet_of("iestadem"), seconds=PATIENCE).content) == ""
    )


def test_a_coordinator_adds_a_pdf_and_the_team_fetches_it(
    client, coordinator, mediator, typed
):
    client.force_login(coordinator)
    client.post("/materiali/jauns/", typed | {"file": pdf()})
    material = Material.objects.get()
    client.force_login(mediator)

    answer = client.get(f"/materiali/{material.pk}/pdf/")

    assert answer.content == PLAIN
    assert answer["Content-Disposition"].startswith("attachment")


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"link": "javascript:alert(1)"},
        {"link": "http://materiali.example"},
        {"file": pdf(b"<html>")},
        {"file": pdf(b"%PDF-" + b"0" * (5 * 1024 * 1024))},
        {"title": "x" * 300, "link": "https://materiali.example"},
        {
            "link": "https://materiali.example",
            "valid_from": "2026-02-01",
            "valid_to": "2026-01-01",
        },
    ],
)
def test_a_material_is_a_sound_pdf_or_a_safe_link(client, coordinator, typed, changes):
    client.force_login(coordinator)

    assert client.post("/materiali/jauns/", typed | changes).status_code == 422
    assert not Material.objects.exists()


def test_copies_are_written_down_once_with_a_number_alone(
    client, mediator, municipality
):
    material = MaterialFactory()
    client.force_login(mediator)
    typed = {
        "client_uuid": "0198f000-0000-7000-8000-00000000000d",
        "copies": "12",
        "handed_on": timezone.localdate().isoformat(),
    }

    for _click in range(2):
        client.post(f"/materiali/{material.pk}/izdalits/", typed)

    handout = Handout.objects.get()
    assert (handout.copies, handout.municipality) == (12, municipality)


@pytest.mark.parametrize("copies", ["0", "-3", "5001", "", "desmit"])
def test_a_number_of_copies_that_makes_no_sense_is_refused(client, mediator, copies):
    material = MaterialFactory()
    client.force_login(mediator)

    response = client.post(
        f"/materiali/{material.pk}/izdalits/",
        {"copies": copies, "handed_on": timezone.localdate().isoformat()},
    )

    assert response.status_code == 422


def test_the_list_counts_copies_of_a_time(client, coordinator, municipality):
    material = MaterialFactory()
    for day in ("2026-09-30", "2026-10-01", "2026-10-31", "2026-11-01"):
        HandoutFactory(
            material=material, municipality=municipality, handed_on=day, copies=7
        )
    HandoutFactory(material=material, handed_on="2026-10-05", copies=100)
    client.force_login(coordinator)

    page = client.get("/materiali/", {"first": "2026-10-01", "last": "2026-10-31"})

    assert page.context["total"] == 14
    assert [row.copies for row in page.context["materials"]] == [14]


def test_what_is_no_longer_valid_is_folded_away(client, mediator):
    gone = MaterialFactory(valid_to=timezone.localdate() - timedelta(days=1))
    client.force_login(mediator)

    context = client.get("/materiali/").context

    assert list(context["over"]) == [gone]
    assert not context["materials"]


def test_a_mistake_is_taken_back_on_the_same_day_alone(client, mediator, municipality):
    facts = {"municipality": municipality, "by": mediator}
    today = HandoutFactory(**facts)
    before = HandoutFactory(noted_on=timezone.localdate() - timedelta(days=1), **facts)
    client.force_login(mediator)

    for handout in (today, before):
        client.post(f"/materiali/izdalits/{handout.pk}/dzest/")

    assert set(Handout.objects.all()) == {before}


def test_the_sheets_of_the_house_are_loaded_once(db):
    assert sheets.load() == len(sheets.sheets())
    assert sheets.load() == 0


def test_nobody_edits_a_sheet_of_the_house(client, project_staff):
    sheets.load()
    client.force_login(project_staff)

    sheet = Material.objects.exclude(sheet=None).first()

    assert client.get(f"/materiali/{sheet.pk}/").status_code == 404


@pytest.mark.paper
@pytest.mark.parametrize("key", sheets.sheets())
def test_each_sheet_of_the_house_is_one_side_of_paper(key):
    assert sheet_page(sheets.sheet_of(key), seconds=PATIENCE).pages == 1
