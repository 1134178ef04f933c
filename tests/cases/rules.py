"""The list of cases that the log form and the phone have to judge alike."""

import json
from pathlib import Path

CASES = json.loads((Path(__file__).parent / "rule_cases.json").read_text("utf-8"))


def pairs_of(changes):
    """What the form sends: the complete entry with some answers changed or left out."""
    kept = [pair for pair in CASES["complete"] if pair[0] not in changes]
    added = [
        [name, value]
        for name, given in changes.items()
        for value in (given if isinstance(given, list) else [given])
        if value is not None
    ]
    return kept + added
