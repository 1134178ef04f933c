"""What a person reads whose text says too much to be read outside the team."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from privacy.name_check import What


def said_too_much(hit):
    """What was found, with the words around it, and what to write instead."""
    advice = _(
        "“…%(before)s%(found)s%(after)s…” says too much about a family. "
        "Delete “%(found)s”."
    )
    if hit.what is What.NAME:
        advice = _(
            "“…%(before)s%(found)s%(after)s…” names a family. "
            "Write “family %(code)s” instead of “%(found)s”."
        )
    found = {"before": hit.before, "found": hit.found, "after": hit.after}
    return ValidationError(advice % {**found, "code": hit.code}, code="name")
