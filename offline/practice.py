"""Practice: the same form with invented people, in the browser alone.

Nothing is sent and nothing is kept, so nothing can count.
"""

from datetime import timedelta

from django.utils.translation import gettext as _

from cases.models import Area, Kind

FAMILY, CASE, SCHOOL, PERSON, PLACE = (
    "PAR-001",
    "PAR-L001",
    "school",
    "person",
    "sample",
)


def copy_to_practise(today):
    """What a phone would keep of a mediator with one family, without the person."""
    label = _("Ābele family (sample)")
    school = _("Sample school")
    return {
        "families": [
            {
                "code": FAMILY,
                "label": label,
                "dueOn": today.isoformat(),
                "dueAt": None,
                "lastOn": (today - timedelta(days=1)).isoformat(),
                "timesThisMonth": 2,
                "place": PLACE,
            }
        ],
        "cases": [
            {
                "code": CASE,
                "family": FAMILY,
                "title": _("School things"),
                "area": Area.EDUCATION,
            }
        ],
        "people": [
            {
                "id": PERSON,
                "name": _("Ieva Priede (sample)"),
                "post": _("class teacher"),
                "institution": SCHOOL,
                "office": school,
                "isRecent": True,
                "cases": [CASE],
                "areas": [Area.EDUCATION],
            }
        ],
        "institutions": [{"id": SCHOOL, "name": school}],
        "places": [
            {
                "slug": PLACE,
                "label": _("Sample municipality"),
                "terms": [{"from": "2000-01-01", "until": None}],
            }
        ],
        "steps": [
            {
                "id": "step",
                "family": FAMILY,
                "case": CASE,
                "kind": Kind.CALL,
                "contact": PERSON,
                "institution": SCHOOL,
            }
        ],
        "last": None,
        "logged": [],
    }
