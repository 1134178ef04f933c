"""Sentences that say what a missing or withdrawn consent stops, and what to do instead."""

from django.utils.translation import gettext as _


def why_no_personal_data(family):
    """Why people, needs, phone, address and note may not be added; "" if they may."""
    if family.has_withdrawn:
        return _(
            "The family has withdrawn its consent, so nothing new may be written about "
            "it. You can still read what is here and close cases."
        )
    if not family.may_add_personal_data:
        return _(
            "The family has not agreed yet and 14 days have passed. Ask for its consent "
            "and record it, then you can write here. Log entries are still possible."
        )
    return ""


def why_only_stored(family):
    """Why nobody works with the family's data now; "" if they may be used."""
    if not family.restricted_on:
        return ""
    return _(
        "The processing of this family's data is restricted: they are only stored, and "
        "nothing new may be written. The data-protection officer ends the restriction."
    )


def why_no_entry(family):
    """Why the log may not name the family; "" if it may."""
    if family.has_withdrawn:
        return _(
            "This family has withdrawn its consent. Choose “No family” and “A family "
            "that I do not record”: your help still counts."
        )
    return ""


def why_no_share(family):
    """Why no case of the family is shown to the coordinators; "" if it may be."""
    if family.lets_others_read:
        return ""
    return _(
        "The family has withdrawn its consent. This case is not shared, and it cannot "
        "be shared."
    )


def why_no_case(family):
    """Why nothing may be written into cases of the family; "" if it may."""
    if family.has_withdrawn:
        return _(
            "This family has withdrawn its consent, so its cases can only be read and "
            "closed. Log further help as “A family that I do not record”."
        )
    return ""
