"""The short name of ``seed_demo``."""

from agenda.management.commands.seed_demo import Command

__all__ = ["Command"]
