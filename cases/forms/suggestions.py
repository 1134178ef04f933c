"""What is often done next, by kind of contact: four taps instead of typing.

The first one stands in for an empty line.
"""

from django.utils.translation import gettext_lazy as _

from cases.models import Kind

NEXT_STEPS = {
    Kind.HOME_VISIT: (
        _("Visit again"),
        _("Call the family"),
        _("Help with an application"),
        _("Talk to the institution"),
    ),
    Kind.INSTITUTION_MEETING: (
        _("Find out the answer of the institution"),
        _("Tell the family what was agreed"),
        _("Bring the missing documents"),
        _("Meet again"),
    ),
    Kind.CALL: (
        _("Call again"),
        _("Visit the family"),
        _("Arrange a meeting at the institution"),
        _("Check whether it is done"),
    ),
    Kind.ACCOMPANIMENT: (
        _("Find out how it ended"),
        _("Go along again"),
        _("Call the family"),
        _("Bring the missing documents"),
    ),
    Kind.OFFICE_TALK: (
        _("Visit the family"),
        _("Talk to the institution"),
        _("Help with an application"),
        _("Meet again"),
    ),
    Kind.GROUP: (
        _("Thank the participants and ask what they think"),
        _("Prepare the next time"),
        _("Invite further families"),
        _("Talk to the parents"),
    ),
}


def first_for(kind):
    return str(NEXT_STEPS[Kind(kind)][0])


def all_texts():
    """Every text once with the kinds it belongs to: ``[(text, "call group")]``."""
    found = {}
    for kind, texts in NEXT_STEPS.items():
        for text in texts:
            found.setdefault(str(text), []).append(kind.value)
    return [(text, " ".join(kinds)) for text, kinds in found.items()]
