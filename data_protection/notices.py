"""Versions of the privacy notice: the newest is read, the others stay readable.

A change of words is a new template and a new line here; what an old one says stays.
"""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Notice:
    number: int
    valid_from: date

    @property
    def template(self):
        return f"data_protection/notices/{self.number}.html"


NOTICES = (
    Notice(3, date(2026, 11, 27)),
    Notice(2, date(2026, 11, 26)),
    Notice(1, date(2026, 9, 1)),
)
"""The newest first."""
BY_NUMBER = {notice.number: notice for notice in NOTICES}
