"""The PDF of a given snapshot: for people, screen readers and archives. No database."""

import functools
import multiprocessing
import re
import tempfile
from dataclasses import replace

import pytest
from django.utils import translation

from interface import drawing
from reports import pdf
from reports.sections import NARRATIVE
from reports.snapshot import AskRow, PartnerRow, SectionText, Snapshot
from tests.reports import obstacles, papers
from tests.reports.paper import Paper

pytestmark = [pytest.mark.slow, pytest.mark.paper]

SEAL = "0123456789abcdef" * 4
MONTHS = {
    "of no entry": lambda: papers.month(0, full=False),
    "of 5 entries": lambda: papers.month(5, areas=4, partners=2),
    "of 60 entries": lambda: papers.month(60),
    "of 600 entries": papers.long_month,
    "not yet approved": papers.draft,
}


@functools.cache
def printed(name):
    return Paper(pdf.report_pdf(MONTHS[name](), seal=SEAL))


def paper_of(html, **how):
    return Paper(pdf.Pdf(*pdf.drawn(html, pdf.SECONDS, **how)))


every_month = pytest.mark.parametrize("name", MONTHS)


@pytest.mark.parametrize(
    ("name", "pages"),
    [("of no entry", 2), ("of 5 entries", 3), ("of 60 entries", 3)],
)
def test_a_month_with_every_part_written_to_its_limit_is_three_pages(name, pages):
    assert printed(name).pages == pages


def test_long_asks_and_long_names_of_offices_leave_the_first_page_whole():
    usual = papers.month(60)
    longest = replace(
        usual,
        asks=tuple(
            replace(
                ask,
                text=papers.words(200),
                owner="Dienvidkurzemes novada pašvaldības Izglītības pārvalde",
            )
            for ask in usual.asks
        ),
    )

    paper = Paper(pdf.report_pdf(longest, seal=SEAL))

    assert paper.pages == 3
    assert "Novembrī plānots" in paper.text_of_page(1)


@every_month
def test_every_month_is_accessible_and_fit_for_the_archive(name):
    paper = printed(name)

    assert paper.faults("PDF_UA_1") == set()
    # A rule of PDF/A-1, where metadata may not be compressed; veraPDF knows better
    assert {rule for rule, _message in paper.faults("PDF_A_2A")} == {
        "PDFA2A-METADATA-FILTER-001"
    }


@every_month
def test_only_the_fonts_of_the_house_are_used_and_all_are_in_the_file(name):
    assert printed(name).fonts() <= {
        ("Tilts-Sans", "yes"),
        ("Tilts-Sans-Bold", "yes"),
        ("Tilts-Sans-Semi-Bold", "yes"),
    }


@every_month
def test_nothing_is_cut_off_or_runs_into_the_foot(name):
    for words in printed(name).words:
        foot = next(word for word in words if word.text in ("lapa", "Vai"))
        for word in words:
            assert 42 < word.left < word.right < 553, word
            assert 9 < word.top < word.bottom < 829, word
        body = [word for word in words if word.top < foot.top - 40]
        assert max(word.bottom for word in body) < foot.top


@every_month
def test_no_heading_is_left_behind_at_the_end_of_a_page(name):
    """Below each heading, on the same page and in its column, something follows."""
    paper = printed(name)
    assert paper.headings
    for number, text in paper.headings:
        places = list(paper.places(number, text))
        assert places, text
        for place in places:
            assert any(
                2 < word.top - place.top < 60 and abs(word.left - place.left) < 45
                for word in paper.words[number - 1]
            ), text


def test_a_long_table_repeats_its_head_and_splits_no_row():
    paper = printed("of 600 entries")
    number = dict.fromkeys(range(120))

    for page in range(paper.pages):
        text = paper.text_of_page(page + 1)
        rows = re.findall(r"(?<!\d)(\d{1,3})\. Latvijas", text)
        if rows:
            assert "Iestāde un amats Ieraksti" in text
        for row in rows:
            number[int(row)] = page
        # A row that went on over the page would have one end without the other
        assert len(rows) == len(re.findall(r"sociālā pedagoģesociālā pedagoģe", text))

    assert None not in number.values()


@every_month
def test_the_signatures_stay_together_and_never_stand_alone(name):
    paper = printed(name)

    text = paper.text_of_page(paper.pages)

    for words in ("Pēdējie seši mēneši", "Kā skaitām", "Paraksti", "Saņēma"):
        assert words in text


def test_the_report_is_read_in_the_order_of_its_meaning():
    wanted = [
        "2026. gada oktobris",
        "Vajadzīgs jūsu atbalsts",
        "Visbiežāk izglītība: 30 no 60 ierakstiem",
        "Labākais rezultāts",
        "Sarežģītākais",
        "Novembrī plānots",
        "Galvenie darba virzieni",
        "Sarežģītākais",
        "Inovācija",
        "Pozitīvais rezultāts",
        "Plāni nākamajam mēnesim",
        "Koordinatores piezīme",
        "Kas noticis ar iepriekšējiem lūgumiem",
        "Mēnesis skaitļos",
        "Pēc saziņas veida",
        "Lietas",
        "Pēc darba jomas",
        "Iestādes un amati",
        "Ieplānots un izdarīts",
        "Pēdējie seši mēneši",
        "Kā skaitām",
        "Personas datu aizsardzība",
        "Paraksti",
        "Sagatavoja",
        "Apstiprināja",
        "Saņēma",
    ]
    paper = printed("of 60 entries")

    assert [words for _page, words in paper.headings] == wanted
    text, at = paper.text("-raw"), 0
    for heading in wanted:
        at = text.index(heading, at) + len(heading)


def test_pictures_are_told_in_words_and_tables_have_heads():
    tags = printed("of 60 entries").tags()

    assert tags.count("H1") == 1
    # Four figures by month, the areas, the code to scan, two logos
    assert tags.count("Figure") >= 7
    assert tags.count("Table") >= 8
    assert tags.count("TH") > 40


def test_the_pdf_says_its_number_code_and_fingerprints():
    text = printed("of 60 entries").text()

    assert "UPC-2026-10, 1. redakcija" in text
    assert text.count("8KQ2-M4TF") >= 3
    assert f"sākums {SEAL[:16]} un audita ķēdes beigas" in text
    assert "12345. ieraksts, fedcba9876543210." in text
    assert "1. lapa no 3" in text
    assert "3. lapa no 3" in text
    assert "MELNRAKSTS" not in text


def test_who_pays_for_the_project_stands_on_the_last_page():
    paper = printed("of 60 entries")

    assert "Ziemeļvēja fonds un Piecu upju iniciatīva." in paper.text_of_page(3)
    assert paper.images() == 2


def test_a_draft_says_so_on_every_page():
    paper = printed("not yet approved")

    for number in range(1, paper.pages + 1):
        assert "MELNRAKSTS" in paper.text_of_page(number).replace(" ", "")
    assert "Pārbaudīt:" not in paper.text()


def test_an_empty_month_is_calm():
    text = printed("of no entry").text()

    assert "Oktobrī žurnālā nav neviena ieraksta." in text
    assert "Šomēnes pašvaldības lēmums nav vajadzīgs." in text


def test_the_same_snapshot_gives_the_same_bytes_in_every_process_and_language():
    snapshot = MONTHS["of 60 entries"]()
    with translation.override("en"):
        html = pdf.report_html(Snapshot.from_json(snapshot.as_json()), seal=SEAL)

    assert paper_of(html).content == printed("of 60 entries").content


# What people may write

HOSTILE = (
    "{% url 'home' %} {{ settings.SECRET_KEY }} <script>alert(1)</script> "
    '<img src="http://127.0.0.1:9/x"> <style>*{color:red}</style> '
    "url(file:///etc/passwd) &amp; ]]>"
)


def written(text):
    """A month in which everything that people type says the same."""
    usual = papers.month(60)
    return replace(
        usual,
        sections=tuple(SectionText(part.key, text, text) for part in usual.sections),
        asks=(AskRow(text, text, None),),
        partners=(PartnerRow(text, text, 1),),
        coordinator_note=text,
    )


def test_code_in_a_text_is_printed_as_text_and_fetches_nothing():
    html = pdf.report_html(written(HOSTILE))

    text = paper_of(html, draw=obstacles.without_network).text("-raw")

    assert text.replace(" ", "").count(HOSTILE.replace(" ", "")) >= 8


@pytest.mark.parametrize(
    "address",
    ["http://127.0.0.1:9/x.png", "https://tilts.example/x.png", "file:///etc/hostname"],
)
def test_a_document_that_asks_for_something_from_outside_is_not_drawn(address):
    with pytest.raises(pdf.PdfFailed, match="from outside"):
        paper_of(f'<img alt="x" src="{address}">')


def test_latvian_romani_and_russian_letters_survive():
    letters = "āčēģīķļņšūž ĀČĒĢĪĶĻŅŠŪŽ ćśźǎǐǒǔǒ жщъыэюя „pēdiņas” – 5 €"

    assert letters in paper_of(f"<p>{letters}").text()


@pytest.mark.parametrize(
    ("typed", "on_paper"),
    [
        ("Paldies 😊 visiem", "Paldies 😊 visiem"),
        ("👩‍👩‍👧 un ❤️", "[…] un ❤"),
        ("šalom שלום, mir 平和", "šalom שלום, mir […]"),
        ("ﬁnanses", "finanses"),
        ("a\u202eb\u200ec", "abc"),
        ("ga\u0304ja", "gāja"),
    ],
)
def test_signs_that_our_fonts_lack_are_shown_as_left_out(typed, on_paper):
    assert drawing.printable(typed).replace(drawing.AS_TEXT, "") == on_paper


def test_signs_that_our_fonts_lack_bring_no_font_of_the_machine():
    paper = paper_of("<p>Paldies 😊 שלום 平和 → ✓ <b>visiem ☎</b>")

    assert {name.removesuffix("-Bold") for name, _embedded in paper.fonts()} == {
        "Tilts-Sans",
        "Tilts-Signs",
    }


def test_emoji_and_scripts_from_right_to_left_are_printed_as_they_were_written():
    typed = "Paldies 😊 ❤ par שלום visiem"

    paper = paper_of(f"<p>{typed}")

    assert [sign for sign in "😊❤שלום" if sign not in paper.text()] == []
    rules = {rule for rule, _message in paper.faults("PDF_UA_1")}
    assert "PDFUA1-NOTDEF-GLYPH-001" not in rules


def test_texts_of_3000_characters_run_on_over_pages():
    usual = papers.month(60)
    endless = replace(
        usual,
        sections=tuple(
            SectionText(part.key, str(part.title), f"{papers.words(2990)} Beigas.")
            for part in NARRATIVE
        ),
        coordinator_note=papers.words(3000),
    )

    paper = Paper(pdf.report_pdf(endless, seal=SEAL))

    assert paper.text("-raw").count("Beigas.") == len(NARRATIVE)
    assert paper.pages < 10
    assert paper.faults("PDF_UA_1") == set()


def test_a_drawing_leaves_no_file_behind(tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))

    pdf.drawn("<p>Teksts", pdf.SECONDS)

    assert list(tmp_path.iterdir()) == []


# A renderer that goes wrong


@pytest.mark.parametrize(
    ("draw", "told"),
    [
        (obstacles.hanging, "Drawing took longer than 1 seconds."),
        (obstacles.crashing, "The renderer ended with -11."),
        (obstacles.greedy, "MemoryError at obstacles.py:"),
        (obstacles.stumbling, "ZeroDivisionError at obstacles.py:"),
    ],
)
def test_a_drawing_that_goes_wrong_is_ended_and_told(draw, told):
    seconds = 1 if draw is obstacles.hanging else pdf.SECONDS

    with pytest.raises(pdf.PdfFailed, match=re.escape(told)) as failed:
        pdf.drawn("<p>Teksts", seconds, draw=draw)

    assert "Kārkliņu" not in str(failed.value)
    assert multiprocessing.active_children() == []
