"""Saving a visit as the log form does, beside a bare view that inserts one row."""

import uuid
from itertools import count, cycle

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, HttpResponseRedirect
from django.middleware.csrf import get_token
from django.utils import timezone

from bench import bare
from cases.models import Case, CaseStatus, Visit

NOTE = "Runājām par rīta režīmu. Ja bērns būs slims, mamma skolai zvanīs pati."


class SaveVisit:
    name = "save a visit"
    goal, growth, most_queries = 2.5, 1.1, None
    floor_is = "a bare Django view that inserts one row into the same table"

    def __init__(self, site):
        self.site, self.user = site, site.mediator
        cases = Case.objects.filter(mediator=self.user).exclude(
            status=CaseStatus.CLOSED
        )
        self.cases = cycle(list(cases.select_related("family", "municipality")))
        self.place = next(self.cases).municipality
        self.browser = site.sign_in(self.user)
        self.token = self.browser.token_of("/ieraksti/jauns/")
        self.numbers = count(1)
        self.bare = bare.browser(self._view, self.user)
        self.bare.get("/bare/")

    def run(self):
        case = next(self.cases)
        self.browser.post(
            "/ieraksti/jauns/",
            {
                "client_uuid": str(uuid.uuid4()),
                "family": case.family.code,
                "case": case.code,
                "kind": "home_visit",
                "visited_on": timezone.localdate().isoformat(),
                "minutes": 1 + next(self.numbers) % 600,
                "areas": [case.area],
                "note": NOTE,
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
