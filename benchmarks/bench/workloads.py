"""Everything that is measured, in the order of the table."""

import os
from importlib import import_module

from bench.databases import OLDER


def of(module, *names):
    """Workloads of a module of ours; none where an older tree has not what they measure."""
    try:
        found = import_module(f"bench.{module}")
    except ImportError:
        if os.environ.get(OLDER):
            return ()
        raise
    return [getattr(found, name) for name in names]


WORKLOADS = (
    *of("saving", "SaveVisit"),
    *of("pages", "Today", "EntryForm", "Families", "Journal", "OneCase", "OneFamily"),
    *of("pages", "CopyOfAPhone"),
    *of("searching", "Search"),
    *of("counting", "MonthFigures"),
    *of("results", "YearOfTheCountry"),
    *of("links", "Survey", "LetterWithReport"),
    *of("papers", "ReportPdf", "ReportOfManyRows", "ReportBesideBrowser"),
    *of("months", "MonthOfPdfs"),
    *of("sheets", "SheetOfVisits"),
    *of("importing", "ImportOfFamilies"),
)
