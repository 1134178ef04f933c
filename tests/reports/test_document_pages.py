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


def pages_with(table, lines):
    """The words of each page when so many lines stand above the table."""
    html = PAGE.format("<p>Virs tabulas.</p>" * lines, table)
    paper = Paper(Pdf(*drawn(html, SECONDS)))
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
