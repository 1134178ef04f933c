"""One module for each kind of trouble; importing them makes the scenarios known."""

from tests.faults.scenarios import databases, kills

ALL = (kills, databases)
