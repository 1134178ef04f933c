"""The page of a year's results of the whole country, beside one aggregate over the same rows.

Of a large log the page is what the worker counted; that count is not part of opening it.
"""

from dataclasses import asdict

from django.db.models import Count, Sum
from django.db.models.functions import TruncMonth
from django.utils import timezone

from cases.models import VisitArea
from mediators.models import Role, User
from reports.periods import Period
from reports.results_page import ResultsPage
from reports.services import recounting


class YearOfTheCountry:
    name = "results of a year, all municipalities"
    goal, growth, most_queries = 0.05, None, None
    is_long = True
    floor_is = "one aggregate: entries and hours by municipality, area and month"

    def __init__(self, site):
        staff = User.objects.filter(appointments__role=Role.PROJECT_STAFF)
        reader = staff.order_by("email")[0]
        self.browser = site.sign_in(reader)
        self.year = timezone.localdate().year
        page = ResultsPage.of(Period.parse(f"{self.year}"))
        if recounting.is_large(page.scope):
            recounting.count.func(asdict(page), reader.language)

    def run(self):
        self.browser.get(f"/rezultati/?period={self.year}")

    def run_floor(self):
        rows = VisitArea.objects.filter(visit__visited_on__year=self.year).order_by()
        by = rows.values(
            "visit__municipality", "area", month=TruncMonth("visit__visited_on")
        )
        return list(by.annotate(entries=Count("pk"), time=Sum("visit__minutes")))
