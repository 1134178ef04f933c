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
    floor_is = "WeasyPrint in this process on the same HTML, stylesheet and fonts"

    def __init__(self, site):
        report = MonthlyReport.objects.filter(mediator=site.mediator)[0]
        self.snapshot = take(report, MonthFigures.from_json(report.figures))

    def run(self):
        return report_pdf(self.snapshot)

    def run_floor(self):
        fetcher = drawing._fetcher()
        style = CSS(string=drawing._stylesheet(drawing.REPORT), url_fetcher=fetcher)
        html = HTML(string=report_html(self.snapshot), url_fetcher=fetcher)
        return html.write_pdf(stylesheets=[style])
