"""Everything that is measured, in the order of the table."""

from bench.counting import MonthFigures
from bench.months import MonthOfPdfs
from bench.pages import PAGES
from bench.papers import ReportPdf
from bench.results import YearOfTheCountry
from bench.saving import SaveVisit
from bench.searching import Search

WORKLOADS = (
    *(SaveVisit, *PAGES, MonthFigures, Search, YearOfTheCountry),
    *(ReportPdf, MonthOfPdfs),
)
