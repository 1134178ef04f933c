"""The PDF of a report, beside WeasyPrint alone and a browser on the same finished HTML."""

import subprocess
import sys
import tempfile
from dataclasses import replace
from pathlib import Path

from weasyprint import CSS, HTML  # noqa: TID253 -- what is measured

from interface import drawing
from reports.figures import MonthFigures
from reports.models import MonthlyReport
from reports.pdf import report_html, report_pdf
from reports.snapshot import take
from reports.snapshot_rows import PartnerRow


class ReportPdf:
    name = "PDF of a report"
    goal, growth, most_queries = 1.1, None, None
    is_long = True
    floor_is = (
        "WeasyPrint in this process on the same finished HTML, stylesheet and fonts, asked "
        "for the same kind of file (PDF/A-2a)"
    )

    def __init__(self, site):
        report = MonthlyReport.objects.filter(mediator=site.mediator)[0]
        self.snapshot = take(report, MonthFigures.from_json(report.figures))
        self.html = report_html(self.snapshot)

    def run(self):
        return report_pdf(self.snapshot)

    def run_floor(self):
        fetcher = drawing._fetcher()
        style = CSS(string=drawing._stylesheet(drawing.REPORT), url_fetcher=fetcher)
        html = HTML(string=self.html, url_fetcher=fetcher)
        return html.write_pdf(stylesheets=[style], pdf_variant="pdf/a-2a")


class ReportOfManyRows(ReportPdf):
    """Entries themselves stand in no report; with them grow the rows of its tables."""

    name = "PDF of a report, 400 rows more"
    goal = 2
    floor_is = "the same with 200 rows more: a row costs no more in a long report"

    def __init__(self, site):
        super().__init__(site)
        row = PartnerRow("Vidusskola", "sociālā pedagoģe", 3)
        self.longer = {
            more: replace(
                self.snapshot, partners=(*self.snapshot.partners, *[row] * more)
            )
            for more in (200, 400)
        }

    def run(self):
        return report_pdf(self.longer[400])

    def run_floor(self):
        return report_pdf(self.longer[200])


class ReportBesideBrowser(ReportPdf):
    name = "PDF of a report, beside a browser"
    goal = 0.85
    is_very_long = True
    floor_is = "Chromium that is open, printing the same page, tagged, in a new tab"

    def __init__(self, site):
        super().__init__(site)
        self.folder = tempfile.TemporaryDirectory()
        page = Path(self.folder.name) / "report.html"
        page.write_text(self._page())
        self.address = page.as_uri()
        self.browser = subprocess.Popen(
            [sys.executable, "-m", "bench.browser"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def _page(self):
        style = drawing._stylesheet(drawing.REPORT)
        for name, file in drawing.FONTS.items():
            style = style.replace(name, drawing._font(file).as_uri())
        return self.html.replace("</head>", f"<style>{style}</style></head>")

    def run_floor(self):
        self.browser.stdin.write(f"{self.address}\n")
        self.browser.stdin.flush()
        if int(self.browser.stdout.readline()) < 1000:
            raise RuntimeError("The browser printed nothing.")
