"""The PDF of a report, beside WeasyPrint alone on the same finished HTML."""

from weasyprint import CSS, HTML  # noqa: TID253 -- what is measured

from interface import drawing
from reports.figures import MonthFigures
from reports.models import MonthlyReport
from reports.pdf import report_html, report_pdf
from reports.snapshot import take


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
