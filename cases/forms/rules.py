"""The rules of the log form for the phone, which checks an entry before it keeps it.

The server checks again what arrives; ``tests/cases/rule_cases.json`` holds for both.
"""

from django.utils.translation import gettext as _

from cases.forms.visit import MAX_AREAS
from cases.models import Kind
from cases.models.choices import NO_TRANSPORT
from privacy.personal_code import REFUSAL

REQUIRED = ("family", "kind", "visited_on", "minutes", "areas")


def rules_of(form):
    """Limits and messages as the form declares them, ready for JSON."""
    said = {name: form.fields[name].error_messages for name in REQUIRED}
    return {
        "required": {name: str(said[name]["required"]) for name in REQUIRED},
        "missing": {
            "family": _("It is missing with whom."),
            "kind": _("It is missing what it was."),
            "visited_on": _("The day is missing."),
            "minutes": _("It is missing how long."),
            "areas": _("The area is missing."),
            "institution": _("The institution is missing."),
        },
        "minutes": {
            "least": form.fields["minutes"].min_value,
            "most": form.fields["minutes"].max_value,
            "message": str(said["minutes"]["max_value"]),
        },
        "areas": {"most": MAX_AREAS, "message": str(form.TOO_MANY_AREAS)},
        "future": str(form.IN_THE_FUTURE),
        "personal_code": str(REFUSAL),
        "appointment": str(form.NOT_APPOINTED),
        "municipality": str(form.MUNICIPALITY_IS_MISSING),
        "institution": {
            "kinds": [kind.value for kind in Kind if kind.needs_institution],
            "message": str(form.INSTITUTION_IS_MISSING),
        },
        "people": {"kind": Kind.GROUP.value, "message": str(form.PEOPLE_ARE_MISSING)},
        "interpreting": {
            "kinds": [kind.value for kind in Kind if kind.may_be_interpreted],
            "message": str(form.TOO_LONG),
        },
        "kilometres": {
            "kinds": [kind.value for kind in Kind if kind.takes_place_somewhere],
            "no_transport": NO_TRANSPORT,
            "most": form.fields["kilometres"].max_value,
            "message": str(form.fields["kilometres"].error_messages["max_value"]),
        },
        "next_step_day": str(form.DAY_IS_MISSING),
        "next_step_past": str(form.IN_THE_PAST),
        "duplicate": str(form.SIMILAR_ON_ANOTHER_DAY),
        "duplicate_today": str(form.SIMILAR_TODAY),
    }
