"""One module for each kind of trouble; importing them makes the scenarios known."""

from tests.faults.scenarios import background, databases, kills

ALL = (kills, databases, background)
