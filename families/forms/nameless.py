"""Words that others read, as the rooms about families know the rule."""

from privacy.nameless import Nameless

__all__ = ["Nameless"]
