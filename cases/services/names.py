"""Names of families in the texts of a case that are read outside the team."""

from families.names import known_to, may_be_named
from privacy.name_check import find


def names_in(text, *, case, mediator, may_name_own):
    """Hits of every family the mediator knows; of the own one only if it did not agree."""
    known = [
        family
        for family in known_to(mediator)
        if not (may_name_own and family.code == case.family.code)
    ]
    return find(text, known, allowed=may_be_named(mediator, case.municipality))
