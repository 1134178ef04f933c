"""How many people came how far in each programme of a year."""

from typing import NamedTuple

from municipalities.models import Term, Vocabulary


class Line(NamedTuple):
    """One programme: different people who were informed, applied, were accepted …"""

    programme: Term
    informed: int
    applied: int
    accepted: int
    finished: int
    dropped: int


def funnel_of(steps, year):
    """``Line``s of the programmes in which somebody took a step in that year."""
    counts = steps.filter(stepped_on__year=year).funnel()
    terms = Term.objects.of(Vocabulary.PROGRAMME).filter(pk__in=counts)
    return [Line(programme=term, **counts[term.pk]) for term in terms]
