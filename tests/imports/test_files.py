"""Whatever file somebody chooses: the right answer or a clear sentence, and never half of it."""

import csv
import io
import random
import re
import zipfile
import zlib
from xml.etree import ElementTree

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import translation

from families.models import Family
from imports.models import Import, Kind
from imports.resources import TABLES
from imports.services import matching, reading, templates
from privacy.uploads import NeverOnDisk
from privacy.workbook_gate import LARGEST_FILE, REASONS, NotReadable
from privacy.workbooks import MOST_ROWS, rows_in
from tests.imports.lists import csv_of, text_of, xlsx

HEADINGS = ("Ģimene", "Pieaugušie", "Bērni")
ONE = (HEADINGS, ("Ķiršu ģimene", 2, 3))


@pytest.mark.parametrize(
    "content",
    [
        xlsx(*ONE),
        xlsx(("Ģimeņu saraksts 2026",), (), *ONE),
        csv_of(*ONE),
        csv_of(*ONE, encoding="cp1257", delimiter=","),
        csv_of(*ONE, encoding="utf-8", delimiter="\t"),
    ],
    ids=["xlsx", "title above", "utf-8 with mark", "windows-1257", "tabs"],
)
def test_a_list_is_understood_as_programs_write_it(content):
    sheet = reading.sheet_of(rows_in(content), Kind.FAMILIES)

    [(_number, row)] = sheet.numbered
    assert row[0] == "Ķiršu ģimene"
    positions = matching.matched(Kind.FAMILIES, sheet.headings)
    assert positions == {"label": 0, "adults": 1, "children": 2}


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b" ", "Fails ir tukšs"),
        (b"", "Fails ir tukšs"),
        (csv_of(HEADINGS), "Zem virsrakstiem nav nevienas rindas"),
        (b'"\xc4\xa2imene;Pieaugu', "CSV failu nevar izlasīt"),
        (b"\x00\x01\x02", "ne darbgrāmata, ne CSV fails"),
        (b"%PDF-1.7\n1 0 obj\nBT (Vards) Tj ET", "ne darbgrāmata, ne CSV fails"),
        (b"\xd0\xcf\x11\xe0old", "bez paroles"),
        (csv_of(HEADINGS, *[("A", 1, 1)] * (MOST_ROWS + 1)), "vairāk par 5000 rindām"),
        (b"a" * (LARGEST_FILE + 1), "5 MB"),
    ],
    ids=[
        "blank",
        "empty",
        "headings only",
        "csv",
        "bytes",
        "pdf",
        "xls",
        "long",
        "large",
    ],
)
def test_a_file_that_cannot_be_imported_gets_a_clear_sentence(
    upload, content, sentence
):
    page = upload(content)

    assert page.status_code == 422
    assert sentence in text_of(page)
    assert not Import.objects.exists()


@pytest.mark.parametrize("name", ["saraksts.xlsx", "Saraksts.XLSX", "saraksts.xls"])
@pytest.mark.parametrize(
    "content",
    [csv_of(*ONE), b"<html><table><tr><td>A</td></tr></table></html>", b'"A;1\n'],
    ids=["csv", "web page", "broken csv"],
)
def test_a_text_that_is_called_a_workbook_is_told_and_not_read(upload, content, name):
    page = upload(content, name=name)

    assert page.status_code == 422
    assert "Pēc nosaukuma tā ir darbgrāmata, bet failā ir tikai teksts" in text_of(page)
    assert not Import.objects.exists()


def test_an_empty_file_is_told_as_that_whatever_it_is_called(upload):
    assert "Fails ir tukšs" in text_of(upload(b" ", name="saraksts.xlsx"))


def test_a_workbook_that_is_called_csv_is_a_workbook(upload):
    assert upload(xlsx(*ONE), name="saraksts.csv").status_code == 200
    assert Import.objects.exists()


def test_five_thousand_rows_fit_below_their_headings():
    rows = rows_in(
        csv_of(HEADINGS, *[("A", 1, 1)] * MOST_ROWS), most_rows=MOST_ROWS + 1
    )

    assert len(reading.sheet_of(rows, Kind.FAMILIES).numbered) == MOST_ROWS


def test_columns_nobody_knows_are_asked_about_and_forgotten_when_left_out(
    bring, confirm, client
):
    page = bring(
        ("Saimes galva", "Adults", "Bērni", "Tautība", ""),
        ("Ķirši", 1, 2, "noslēpums", "bez virsraksta"),
    )
    imported = Import.objects.get()
    address = f"/ielasit/{imported.pk}/kolonnas/"
    assert page.redirect_chain[-1][0] == address
    for label in ("Saimes galva", "Tautība", "5. kolonna bez virsraksta"):
        assert label in text_of(page)
    chosen = {"column-1": "adults", "column-2": "children"}

    refused = client.post(address, chosen | {"column-0": "-"})
    assert refused.status_code == 422
    twice = chosen | {"column-0": "label", "column-3": "label", "column-4": "-"}
    assert client.post(address, twice).status_code == 422
    without = chosen | {f"column-{n}": "-" for n in (0, 3, 4)}
    assert "Ģimenes vārds vai iesauka" in text_of(client.post(address, without))

    client.post(address, without | {"column-0": "label"})
    imported.refresh_from_db()
    assert "noslēpums" not in imported.content
    confirm(1)
    assert Family.objects.get().label == "Ķirši"


@pytest.mark.parametrize("kind", Kind)
@pytest.mark.parametrize("language", ["lv", "en"])
def test_every_template_matches_itself_in_both_languages(db, kind, language):
    declared = set(TABLES[kind].declared())
    for write in templates.WRITERS.values():
        with translation.override(language):
            content = write(kind).getvalue()
        headings = rows_in(content)[0]
        assert set(matching.matched(kind, headings)) == declared


def test_the_template_offers_the_words_that_may_be_chosen(client, mediator):
    client.force_login(mediator)

    response = client.get("/ielasit/visits/sagatave/xlsx/")

    assert 'filename="ieraksti-sagatave.xlsx"' in response["Content-Disposition"]
    book = openpyxl.load_workbook(io.BytesIO(response.getvalue()))
    assert book.sheetnames == ["Ieraksti", "Ko rakstīt", "Ko izvēlēties"]
    lists = book.worksheets[0].data_validations.dataValidation
    assert len(lists) == 2
    words = {cell.value for row in book["Ko izvēlēties"].iter_rows() for cell in row}
    assert {"Mājas apmeklējums", "Mājoklis"} <= words


PARSERS_RAISE = (
    *(csv.Error, zlib.error, ElementTree.ParseError, LookupError, ValueError),
    *(TypeError, AttributeError, KeyError),
)


def broken(seed):
    """A CSV file, a workbook or the XML of its sheet, with bytes changed, cut out, doubled."""
    chance = random.Random(seed)
    strange = [
        "=1+1",
        "\x07",
        "a" * 40_000,
        "1e999",
        "NaN",
        "\u202e",
        "-",
        "31.13.2026",
    ]
    cells = [chance.choice([*strange, None, -1, 2.5, "Ķirši"]) for _ in range(6)]
    whole = xlsx(HEADINGS, (1, 2, 3))
    if seed % 3 == 0:
        return changed(chance, csv_of(HEADINGS, cells[:3], cells[3:]))
    if seed % 3 == 1:
        return changed(chance, whole)
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(whole)) as old, zipfile.ZipFile(file, "w") as new:
        for name in old.namelist():
            part = old.read(name)
            is_hit = name in ("xl/worksheets/sheet1.xml", "xl/workbook.xml")
            new.writestr(name, changed(chance, part) if is_hit else part)
    return file.getvalue()


def changed(chance, content):
    content = bytearray(content)
    for _change in range(chance.randrange(4)):
        at = chance.randrange(len(content))
        deed = chance.randrange(3)
        if deed == 0:
            content[at] = chance.randrange(256)
        elif deed == 1:
            del content[at : at + chance.randrange(1, 50)]
        else:
            content[at:at] = content[at : at + 20]
    return bytes(content)


@pytest.mark.once
@pytest.mark.filterwarnings("ignore::UserWarning")
def test_broken_files_are_read_or_refused_and_nothing_else(db, mediator, municipality):
    """In the process of the test; whatever a parser raises ends the child in production."""
    outcomes = {outcome_of(broken(seed), mediator, municipality) for seed in range(120)}

    assert outcomes == {"read", "refused", "stumbled"}


def outcome_of(content, mediator, municipality):
    try:
        sheet = reading.sheet_of(rows_in(content), Kind.FAMILIES)
    except (NotReadable, reading.NothingToRead):
        return "refused"
    except PARSERS_RAISE:
        return "stumbled"
    positions = matching.matched(Kind.FAMILIES, sheet.headings)
    table = TABLES[Kind.FAMILIES](mediator, municipality, positions)
    rows = [table.read(*numbered) for numbered in sheet.numbered]
    table.compare(rows)
    return "read"


@pytest.mark.parametrize("seed", [6, 8, 13])
def test_a_broken_file_in_the_real_reader_gives_a_page(upload, seed):
    page = upload(broken(seed))

    assert page.status_code in (200, 422)
    assert not Family.objects.exists()


def test_nothing_of_an_upload_is_written_to_the_disk(rf):
    file = SimpleUploadedFile("liels.xlsx", b"x" * (LARGEST_FILE + 3 * 2**20))

    request = rf.post("/", {"file": file})

    [received] = request.FILES.values()
    assert not hasattr(received, "temporary_file_path")
    assert LARGEST_FILE < len(received.read()) < LARGEST_FILE + 2**20
    assert [type(handler) for handler in request.upload_handlers] == [NeverOnDisk]


def test_names_of_a_list_do_not_reach_the_log(upload, caplog):
    upload(xlsx(HEADINGS, ("Slepeno ģimene", "daudz", 3)))
    upload(b"PK\x03\x04Slepeno")

    assert "Slepeno" not in caplog.text


@pytest.mark.once
def test_each_reason_of_the_gate_is_said_in_latvian():
    with translation.override("lv"):
        assert all(re.search("[āčēģīķļņšūž]", str(text)) for text in REASONS.values())
