"""One module for each kind of trouble; importing them makes the scenarios known."""

from tests.faults.scenarios import background, clocks, databases, kills, upgrades

ALL = (kills, databases, background, clocks, upgrades)
