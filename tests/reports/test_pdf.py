"""The PDF: readable by people, screen readers and machines, the same bytes each time."""

import hashlib
import socket
import subprocess
from dataclasses import replace

import page
import pytest
from django.utils import translation

from reports import pdf
from reports.services.review import figures_for
from reports.snapshot import AskRow, PartnerRow, SectionText, Snapshot, take
from tests.reports.october import approved, draft, log_october

pytestmark = pytest.mark.slow


@pytest.fixture
def snapshot(mediator, coordinator):
    log_october(mediator)
    version = approved(mediator, coordinator).versions.get()
    return Snapshot.from_json(version.snapshot)


def drawn(snapshot):
    return pdf.report_pdf(snapshot, seal="0123456789abcdef" * 4)


def read(content, *options):
    """What ``pdftotext`` finds, each run of white space as one space."""
    text = subprocess.run(
        ["pdftotext", *options, "-", "-"],
        input=content,
        capture_output=True,
        check=True,
    ).stdout.decode()
    return " ".join(text.split())


def assert_accessible(content):
    """PDF/UA-1: tagged, titled, with a language and words for each picture."""
    report = page.validate_pdf_bytes(content, profile=page.ValidationProfile.PDF_UA_1)
    assert [(failure.rule_id, failure.message) for failure in report.failures] == []


def test_the_same_snapshot_gives_the_same_bytes(snapshot):
    first, second = drawn(snapshot), drawn(Snapshot.from_json(snapshot.as_json()))

    assert first.content == second.content
    assert first.sha256 == hashlib.sha256(second.content).hexdigest()


def test_the_pdf_is_accessible_and_carries_its_fonts(snapshot):
    document = drawn(snapshot)
    fonts = subprocess.run(
        ["pdffonts", "-"], input=document.content, capture_output=True, check=True
    ).stdout.decode()

    assert_accessible(document.content)
    rows = [line.split() for line in fonts.splitlines()[2:]]
    assert {row[0].split("+")[1] for row in rows} <= {
        "Tilts-Sans",
        "Tilts-Sans-Bold",
        "Tilts-Sans-Semi-Bold",
    }
    assert {row[-5] for row in rows} == {"yes"}, "embedded"


def test_the_numbers_on_paper_are_the_hand_count(snapshot):
    text = read(drawn(snapshot).content, "-raw")

    assert "strādāja ar 3 ģimenēm un palīdzēja atrisināt 1 jautājumu" in text
    assert "Visbiežāk izglītība: 3 no 5 ierakstiem" in text
    assert "5,3 darba stundas" in text
    assert "Mājas apmeklējums 1 0,5" in text
    assert "Pavadīšana 1 1,5" in text
    assert "Upesciema pamatskola, sociālā pedagoģe 2" in text
    assert "Oktobris 3 5 5,3 1" in text
    assert "Sāktas Atrisinātas Darbā mēneša beigās 1 1 1" in text


def test_the_pdf_is_read_in_the_order_of_its_meaning(snapshot):
    text = read(drawn(snapshot).content)

    places = [
        text.index(words)
        for words in (
            "Romu mediatora darba atskaite",
            "Oktobrī mediatore strādāja",
            "Vajadzīgs jūsu atbalsts",
            "Lūgums numur 1",
            "Labākais rezultāts",
            "Novembrī plānots",
            "Galvenie darba virzieni",
            "Mēnesis skaitļos",
            "Kā skaitām",
            "Paraksti",
        )
    ]
    assert places == sorted(places)


def test_the_pdf_says_its_number_code_and_fingerprint(snapshot):
    text = read(drawn(snapshot).content)

    assert "UPC-2026-10, 1. redakcija" in text
    assert text.count(snapshot.code) >= 3
    assert "0123456789abcdef" in text
    assert "1. lapa no 3" in text
    assert "3. lapa no 3" in text
    assert "MELNRAKSTS" not in text


def test_a_person_who_reads_english_gets_the_same_latvian_pdf(snapshot):
    with translation.override("en"):
        in_english = drawn(snapshot)

    assert in_english.content == drawn(snapshot).content


def test_latvian_and_romani_letters_survive(mediator):
    letters = "āčēģīķļņšūž ĀČĒĢĪĶĻŅŠŪŽ ćśźǎǐǒǔǒ „pēdiņas” – 5 €"
    report = draft(mediator, directions=letters)

    text = read(pdf.report_pdf(take(report, figures_for(report))).content)

    assert letters in text


HOSTILE = (
    "{% url 'home' %} {{ settings.SECRET_KEY }} <script>alert(1)</script> "
    '<img src="http://127.0.0.1:9/x"> <style>*{color:red}</style> '
    "url(file:///etc/passwd) &amp; ]]>"
)


def test_code_in_a_text_is_printed_as_text_and_fetches_nothing(snapshot, monkeypatch):
    def refuse(*args, **kwargs):
        raise AssertionError("The PDF asked the network")

    monkeypatch.setattr(socket, "socket", refuse)
    monkeypatch.setattr(socket, "create_connection", refuse)
    hostile = replace(
        snapshot,
        sections=tuple(
            SectionText(part.key, HOSTILE, HOSTILE) for part in snapshot.sections
        ),
        asks=(AskRow(HOSTILE, HOSTILE, None),),
        partners=(PartnerRow(HOSTILE, HOSTILE, 1),),
        coordinator_note=HOSTILE,
    )

    text = read(drawn(hostile).content)

    assert text.replace(" ", "").count(HOSTILE.replace(" ", "")) >= 8


@pytest.mark.parametrize(
    "address",
    ["http://127.0.0.1:9/x.png", "https://tilts.example/x.png", "file:///etc/hostname"],
)
def test_a_document_that_asks_for_something_from_outside_is_not_drawn(
    snapshot, monkeypatch, address
):
    monkeypatch.setattr(
        pdf, "report_html", lambda *_args, **_kwargs: f'<img alt="x" src="{address}">'
    )

    with pytest.raises(pdf.PdfFailed, match="from outside"):
        drawn(snapshot)


def test_a_draft_says_so_on_every_page(mediator):
    log_october(mediator)
    report = draft(mediator)

    document = pdf.report_pdf(take(report, figures_for(report)))

    for number in range(1, document.pages + 1):
        text = read(document.content, "-f", str(number), "-l", str(number))
        assert "MELNRAKSTS" in text
    assert_accessible(document.content)


def test_an_empty_month_is_two_calm_pages(mediator):
    report = draft(
        mediator, asks=0, directions="Atvaļinājums", hardest="", positive="", plans=""
    )

    document = pdf.report_pdf(take(report, figures_for(report)))

    text = read(document.content)
    assert "Oktobrī žurnālā nav neviena ieraksta." in text
    assert "Šomēnes pašvaldības lēmums nav vajadzīgs." in text
    assert document.pages == 2
    assert_accessible(document.content)


@pytest.mark.parametrize("partners", [5, 120])
def test_many_rows_and_long_names_run_on_over_pages(snapshot, partners):
    name = ("Ļoti gara iestādes nosaukuma vārdi " * 9)[:299].strip() + "."
    crowded = replace(
        snapshot,
        place=replace(snapshot.place, addressee=name),
        mediator=replace(snapshot.mediator, name="Annemarija" * 15),
        asks=tuple(AskRow(name[:200], name, "2026-11-20") for _number in range(3)),
        partners=tuple(
            PartnerRow(f"{number}. {name if number < 5 else 'skola'}", "amats", number)
            for number in range(partners)
        ),
    )

    document = drawn(crowded)

    text = read(document.content)
    assert f"{partners - 1}." in text
    assert "Paraksti" in text
    assert document.pages < 40
    assert_accessible(document.content)
