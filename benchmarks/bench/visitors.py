"""Signs mediators in and tells what each of them asks for; run with the settings of a site.

Prints a list with one object for each: cookies, token, addresses, and what she may save.
"""

import json
import sys

import django
from django.conf import settings

EACH = 10
"""One in so many has a PDF to fetch."""


def visitors(count):
    from bench.site import Site  # noqa: PLC0415 -- models exist once Django is set up
    from cases.models import Case, CaseStatus  # noqa: PLC0415
    from families.models import Family  # noqa: PLC0415
    from mediators.models import User  # noqa: PLC0415
    from reports.models import MonthlyReport  # noqa: PLC0415
    from reports.services import delivery  # noqa: PLC0415

    site = Site()
    mediators = User.objects.filter(email__startswith="mediator-").order_by("pk")
    for number, user in enumerate(mediators[:count]):
        browser = site.sign_in(user)
        token = browser.token_of("/ieraksti/jauns/")
        families = Family.objects.visible_to(user).order_by("code")[:3]
        open_cases = Case.objects.filter(mediator=user).exclude(
            status=CaseStatus.CLOSED
        )
        cases = list(open_cases.select_related("family")[:8])
        report = MonthlyReport.objects.filter(mediator=user).order_by("-month")[1]
        report_page, pdf = report.get_absolute_url(), None
        # One drawing takes as long as fifty pages: what is fetched is drawn before
        if number % EACH == 0:
            version = report.versions.first() or delivery.freeze(report, by=user)
            delivery.make_pdf(version)
            pdf = f"{report_page}pdf/v{version.number}.pdf"
        yield {
            "cookies": browser.cookies,
            "token": token,
            "read": [
                *("/sodien/", "/gimenes/", "/ieraksti/", "/lietas/"),
                *(family.get_absolute_url() for family in families),
                *(case.get_absolute_url() for case in cases[:3]),
            ],
            "search": browser.post("/gimenes/", {"q": "ozolu"}, token),
            "report": report_page,
            "pdf": pdf,
            "copy": "/ierice/dati/",
            "save": [
                {"family": case.family.code, "case": case.code, "areas": case.area}
                for case in cases
            ],
        }


if __name__ == "__main__":
    django.setup()
    settings.LOGGING_CONFIG = None
    print(json.dumps(list(visitors(int(sys.argv[1])))))
