"""Saving a visit as the log form does, beside a bare view that inserts one row."""

import uuid
from itertools import count, product

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, HttpResponseRedirect
from django.middleware.csrf import get_token
from django.utils import timezone

from bench import bare
from cases.forms.visit import DURATIONS
from cases.models import Case, CaseStatus, Visit

NOTE = "Runājām par rīta režīmu. Ja bērns būs slims, mamma skolai zvanīs pati."
KINDS = ("home_visit", "call", "office_talk")


def _days():
    """From today back to the first of the month: earlier ones would be late."""
    today = timezone.localdate()
    return [today.replace(day=day) for day in range(today.day, 0, -1)]


class SaveVisit:
    name = "save a visit"
    goal, growth, most_queries = 2.5, {1_000_000: 1.1, 10_000_000: 1.2}, None
    floor_is = "a bare Django view that inserts one row into the same table"

    def __init__(self, site):
        self.site, self.user = site, site.mediator
        cases = Case.objects.filter(mediator=self.user).exclude(
            status=CaseStatus.CLOSED
        )
        cases = list(cases.select_related("family", "municipality"))
        self.place = cases[0].municipality
        self.contacts = product(DURATIONS, _days(), KINDS, cases)
        self.browser = site.sign_in(self.user)
        self.token = self.browser.token_of("/ieraksti/jauns/")
        self.numbers = count(1)
        self.bare = bare.browser(self._view, self.user)
        self.bare.get("/bare/")

    def run(self):
        minutes, day, kind, case = next(self.contacts)
        self.browser.post(
            "/ieraksti/jauns/",
            {
                "client_uuid": str(uuid.uuid4()),
                "family": case.family.code,
                "case": case.code,
                "kind": kind,
                "visited_on": day.isoformat(),
                "minutes": minutes,
                "areas": [case.area],
                "note": NOTE,
                # A family may have two cases, and the log knew of some of its visits before
                "confirm_duplicate": "on",
            },
            self.token,
        )

    def run_floor(self):
        self.bare.post("/bare/", {"minutes": 45}, self.bare.cookies["csrftoken"])

    @property
    def _view(self):
        place = self.place

        @login_required
        def view(request):
            if request.method == "POST":
                number = next(self.numbers)
                Visit.objects.create(
                    code=f"X-{number}-{uuid.uuid4().hex[:8]}",
                    client_uuid=uuid.uuid4(),
                    fingerprint="0" * 64,
                    mediator=request.user,
                    municipality=place,
                    kind="home_visit",
                    minutes=request.POST["minutes"],
                )
                return HttpResponseRedirect("/bare/")
            get_token(request)
            return HttpResponse("")

        return view
