"""What is said about a form that was not accepted: its error summary, an answer to a phone."""

from collections import Counter
from typing import NamedTuple

from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext as _

from interface.stock_messages import SENTENCES


class ErrorLink(NamedTuple):
    """A message and the id of the control it is about ("" for the whole form)."""

    target: str
    message: str


QUESTIONS = {"duplicate", "similar"}
"""Codes of what is perhaps right as it is: the person is asked, not corrected."""


def title(form):
    """How much is missing; or, when answers are there but wrong, how much to correct."""
    errors = [error for found in form.errors.as_data().values() for error in found]
    count = len(errors)
    codes = {error.code for error in errors}
    if codes == {"required"}:
        return _missing(count)
    if codes <= QUESTIONS:
        return (
            _("One thing to make clear")
            if count == 1
            else _("Some things to make clear")
        )
    return ngettext(
        "%(count)d thing to correct", "%(count)d things to correct", count
    ) % {"count": count}


def _missing(count):
    """Latvian writes one and two as words here, which no plural rule can say."""
    if count == 1:
        return _("One answer is missing")
    if count == 2:
        return _("Two answers are missing")
    return ngettext(
        "%(count)d answer is missing", "%(count)d answers are missing", count
    ) % {"count": count}


def links(form):
    """Messages in the order of the fields, each with the control to jump to.

    One that does not say itself which field is meant begins with its name.
    """
    found = [ErrorLink("", str(message)) for message in form.non_field_errors()]
    times = Counter(str(message) for field in form for message in field.errors)
    unnamed = {gettext(words) for words in SENTENCES if isinstance(words, str)}
    unnamed |= {message for message, count in times.items() if count > 1}
    for field in form:
        target = _first_control(field)
        name = str(field.label).rstrip("?:")
        for message in map(str, field.errors):
            text = f"{name}: {message}" if message in unnamed else message
            found.append(ErrorLink(target, text))
    return found


def in_order(form):
    """As plain data for a phone, in the order of the questions: ``[{field, code, message}]``."""
    found = form.errors.get_json_data()
    order = [*form.fields, "__all__"]
    return [
        {"field": name, "code": error["code"], "message": error["message"]}
        for name in sorted(found, key=order.index)
        for error in found[name]
    ]


def _first_control(field):
    """A group is reached at its first choice, where the answer is given."""
    return f"{field.auto_id}_0" if field.use_fieldset else field.id_for_label
