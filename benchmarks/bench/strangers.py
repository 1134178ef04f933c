"""Publishes a survey and sends reports; run with the settings of a site.

Prints an object with the path of the survey, answers that were not given yet, and the paths
of the reports.
"""

import json
import sys

import django
from django.conf import settings


def links(answers, reports):
    from bench.links import publish_survey, send_report  # noqa: PLC0415 -- models exist once Django is set up
    from bench.site import Site  # noqa: PLC0415
    from evaluation.forms.answer import AnswerForm  # noqa: PLC0415
    from evaluation.models import SurveyLink  # noqa: PLC0415
    from evaluation.services.answering import revision_of  # noqa: PLC0415
    from reports.models import MonthlyReport  # noqa: PLC0415

    site = Site()
    survey = publish_survey(site)
    link = SurveyLink.objects.latest("pk")
    revision = revision_of(link)
    asked = [one for one in link.questions if not one.is_text]
    said = {one.code: one.choices[0][0] for one in asked}
    sent = MonthlyReport.objects.exclude(figures=None).order_by("pk")[:reports]
    return {
        "survey": survey,
        "answers": [
            {
                "key": AnswerForm(questions=[], revision=revision)["key"].initial,
                "revision": revision,
                **said,
            }
            for _ in range(answers)
        ],
        "reports": [send_report(report) for report in sent],
    }


if __name__ == "__main__":
    django.setup()
    settings.LOGGING_CONFIG = None
    print(json.dumps(links(*map(int, sys.argv[1:]))))
