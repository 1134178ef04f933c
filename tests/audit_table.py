"""Address × method: what an answer that shows or does something leaves in the audit.

Each entry is ``verb model``; “— reason” says why an answer leaves none.
"""

from tests.audit_rows import accounts, casework, oversight, results
from tests.audit_rows.words import ELSEWHERE

__all__ = ["AUDITED", "BY", "ELSEWHERE"]

AUDITED = accounts.ROWS | casework.ROWS | results.ROWS | oversight.ROWS


BY = {
    ("POST", "reports:ask"): "coordinator",
    ("GET", "stories:list"): "mediator",
    ("GET", "account_logout"): "mediator",
    ("POST", "account_logout"): "mediator",
}
"""Who opens it, where that is not the first one whom the access table lets in."""
