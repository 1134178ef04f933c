"""Everything that is measured, in the order of the table."""

from bench.counting import MonthFigures
from bench.importing import ImportOfFamilies
from bench.links import PAGES_BEHIND_LINKS
from bench.months import MonthOfPdfs
from bench.pages import PAGES
from bench.papers import ReportBesideBrowser, ReportOfManyRows, ReportPdf
from bench.results import YearOfTheCountry
from bench.saving import SaveVisit
from bench.searching import Search
from bench.sheets import SheetOfVisits

WORKLOADS = (
    *(SaveVisit, *PAGES, Search, MonthFigures, YearOfTheCountry),
    *PAGES_BEHIND_LINKS,
    *(ReportPdf, ReportOfManyRows, ReportBesideBrowser, MonthOfPdfs),
    *(SheetOfVisits, ImportOfFamilies),
)
