"""A new institution or person in the log form that may be one of those already known."""

from django import forms
from django.utils.translation import gettext as _

from municipalities.services import similar

NEW_CONTACT = ("new_contact_name", "new_contact_post")
NEW_INSTITUTION = ("new_institution_name", "new_institution_type")


def with_known(data):
    """The answers, where “It is the same one” names the known one instead of a new one."""
    if not data or data.keys().isdisjoint({"same_institution", "same_contact"}):
        return data
    data = data.copy()
    if data.get("same_institution"):
        data["institution"] = data["same_institution"]
        _empty(data, NEW_INSTITUTION)
    if data.get("same_contact"):
        data["contact_other"] = data["same_contact"]
        _empty(data, ("institution", *NEW_INSTITUTION, *NEW_CONTACT))
    return data


def _empty(data, names):
    for name in names:
        data[name] = ""


def similar_institutions(name, options, place):
    """Those of the place and the national ones; one of exactly this name is simply taken."""
    rows = [row for row in options.institutions.values() if _is_here(row, place)]
    if any(row.name == name for row in rows):
        return []
    return similar(rows, name=name)


def similar_people(name, options, place):
    """Officials of the place and of national institutions."""
    rows = options.contacts.values()
    return similar((row for row in rows if _is_here(row.institution, place)), name=name)


def _is_here(institution, place):
    return institution.municipality_id in (None, place.pk)


def perhaps_known():
    return forms.ValidationError(
        _("Perhaps this is on the list already."), code="similar"
    )
