"""Where a page ends, a table is not torn so that a row stands alone."""

import re
from datetime import date
from types import SimpleNamespace

import pytest
from django.template.loader import render_to_string
from django.utils import translation

from reports.pdf import SECONDS, Pdf, drawn
from tests.reports.paper import Paper

PAGE = (
    '<!doctype html><html lang="lv"><head><title>Lapas</title></head><body>'
    '<main class="document">{}<section class="tables">{}</section></main></body></html>'
)


def cooperation(rows):
    """A table of ``rows`` rows and a total."""
    return render_to_string(
        "reports/documents/_cooperation.html",
        {
            "table": SimpleNamespace(
                heads=["jūl."],
                rows=[
                    SimpleNamespace(label=f"Rinda {number}", values=[1], total=1)
                    for number in range(1, rows + 1)
                ],
                totals=[rows],
                total=rows,
            )
        },
    )


def months(rows):
    """A table of months without a total."""
    return render_to_string(
        "reports/documents/_months.html",
        {
            "months": [
                SimpleNamespace(
                    month=date(2026, number, 1), families=1, entries=1, hours=1
                )
                for number in range(1, rows + 1)
            ]
        },
    )


def events(count):
    """So many events of one day, each with a heading and a table of one row."""
    return "".join(
        render_to_string(
            "reports/documents/_event.html",
            {
                "whole": SimpleNamespace(
                    shown_title=f"Turnīrs {number}",
                    event=SimpleNamespace(kind="Sporta pasākums"),
                    place="viss projekts",
                    attendances=SimpleNamespace(total=9),
                    sessions=[
                        SimpleNamespace(
                            event=SimpleNamespace(held_on=date(2026, 5, number)),
                            counts=SimpleNamespace(total=9, by_category=[("Bērni", 9)]),
                        )
                    ],
                )
            },
        )
        for number in range(1, count + 1)
    )


def survey():
    """One question that one municipality answered."""
    row = SimpleNamespace(
        place="Upesciema novads",
        counts=SimpleNamespace(no=1, some=2, yes=3, cannot_say=4),
        left_out=5,
        sheets=15,
    )
    return render_to_string(
        "reports/documents/_survey.html",
        {
            "answered": SimpleNamespace(
                survey=SimpleNamespace(
                    opens_on=date(2026, 5, 1), closes_on=date(2026, 5, 9)
                ),
                results=SimpleNamespace(sheets=15),
                questions=[
                    (SimpleNamespace(code="q2"), [(row, "Upesciema novads", "")])
                ],
            )
        },
    )


def paper_with(tables, lines=0):
    """The tables on paper, with so many lines above them."""
    html = PAGE.format("<p>Virs tabulas.</p>" * lines, tables)
    return Paper(Pdf(*drawn(html, SECONDS)))


def pages_with(tables, lines=0):
    """The words of each page when so many lines stand above the tables."""
    paper = paper_with(tables, lines)
    with paper.file:
        return [paper.text_of_page(number + 1) for number in range(paper.pages)]


@pytest.mark.parametrize("lines", range(28, 44, 2))
@pytest.mark.parametrize(
    ("make", "row", "last"),
    [
        (cooperation, r"Rinda \d+", "Kopā \\d"),
        (months, r"2026\. gada \w+", "Ģimene, ar kuru"),
    ],
    ids=["with a total", "without one"],
)
def test_first_and_last_rows_stand_with_others(make, row, last, lines):
    with translation.override("lv"):
        table = make(8)

    pages = pages_with(table, lines)

    rows = [len(re.findall(row, page)) for page in pages]
    assert sum(rows) == 8
    assert all(number == 0 or number >= 2 for number in rows), rows
    [of_the_end] = [
        n for page, n in zip(pages, rows, strict=True) if re.search(last, page)
    ]
    assert of_the_end >= 2


def test_short_tables_after_each_other_fill_their_pages_each_with_its_heading():
    with translation.override("lv"):
        tables = events(28)

    *full, last = pages_with(tables)

    assert all(page.count("Turnīrs") >= 9 for page in full)
    for page in (*full, last):
        assert page.count("Turnīrs") == len(re.findall(r"\d\d\.05\.2026", page))


def test_no_heading_of_a_column_of_a_survey_runs_beyond_the_table():
    with translation.override("lv"):
        paper = paper_with(survey())

    with paper.file:
        [words] = paper.words
    right_margin = (210 - 16) / 25.4 * 72

    assert "Aptaujāto" in {word.text for word in words}
    assert max(word.right for word in words) <= right_margin + 0.5
