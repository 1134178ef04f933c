"""The access matrix: address and method × what each person gets.

The one reviewed table. ``tests/test_access.py`` asks every address for every person and
holds it against this; ``scripts/access-matrix`` prints it for people who read no Python
(``docs/access-matrix.md``), and a test keeps the two the same.
"""

from tests.access_rows import accounts, casework, oversight, results
from tests.access_rows.words import LOGIN

__all__ = ["ACCESS", "LOGIN", "PEOPLE"]

PEOPLE = {
    "anonymous": "nobody is signed in",
    "mediator": "the mediator to whom the family, case, entry or report belongs",
    "colleague": "another mediator of the same municipality",
    "coordinator": "the coordinator of that municipality, or the deputy",
    "lead_mediator": "the lead mediator",
    "project_staff": "staff of the project",
    "administrator": "an administrator",
    "data_protection_officer": "a data-protection officer",
    "outsider": "a mediator of another municipality",
}

ACCESS = accounts.ROWS | casework.ROWS | results.ROWS | oversight.ROWS
