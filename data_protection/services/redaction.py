"""Take other people out of texts that are handed to one person."""

from data_protection.services import texts
from families.names import known_to, may_be_named
from privacy.name_check import Known, NameCheck

SOMEBODY_ELSE = "[cita persona]"
"""In the copy that a person gets, which is in Latvian."""


class Redactor:
    """Replaces the names, phones and addresses of everybody but those it is made for.

    A name that may be theirs stays; officials and the team may be named. Mails and
    personal codes are nobody's that we know, and go as well.
    """

    def __init__(self, family, member=None):
        own = _own(family, member)
        self.code = own.code
        mediators = list(texts.mediators_of(family))
        known = {}
        for mediator in mediators:
            known.update({one.code: one for one in known_to(mediator)})
        known.pop(family.code, None)
        allowed = [
            name
            for mediator in mediators
            for name in may_be_named(mediator, family.municipality)
        ]
        self.check = NameCheck(
            [own, *_others_at_home(family, member), *known.values()], allowed=allowed
        )

    def __call__(self, text):
        found = [hit for hit in self.check.find(text) if self.code not in hit.codes]
        return texts.without(text, found, SOMEBODY_ELSE) if found else text


def _own(family, member):
    people = [member] if member else family.members.all()
    return Known(
        family.code,
        family.label,
        family.phone,
        family.address,
        people=tuple(person.name for person in people),
    )


def _others_at_home(family, member):
    """The rest of the household, if one person of it asks."""
    if member is None:
        return []
    others = family.members.exclude(pk=member.pk)
    return [Known("-", "", people=tuple(person.name for person in others))]
