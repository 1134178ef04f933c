"""The documents that a case needs, declared once, and which of them have been obtained.

An obtained document is an achievement that says which document it was, so nothing is
written down twice and every number stays one number.
"""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from cases.models import Achievement
from municipalities.models import Term, Vocabulary

FILE = Path(__file__).parent.parent / "reference/documents.toml"
ISSUED, FILED = "DOC_ISSUED", "JUS_DOCS_FILED"
PREPARED = ("APPLICATION", "CONTEST_APPLICATION", "CV", "PROPERTY_DECLARATION")
"""What families write with the mediator's help, and what nobody issues to them."""


@cache
def needed_by_category():
    """``{code of a case category: [codes of documents]}``."""
    return tomllib.loads(FILE.read_text())


@dataclass(frozen=True)
class Paper:
    """One document of a case: needed, or obtained on a day."""

    document: Term
    obtained: Achievement | None = None


def papers_of(case, achievements):
    """What the category asks for, in its order, then what was obtained besides."""
    obtained = {row.document_id: row for row in reversed(achievements) if row.document}
    codes = needed_codes(case)
    rows = Term.objects.of(Vocabulary.DOCUMENT).filter(code__in=codes)
    terms = {term.code: term for term in rows}
    needed = [terms[code] for code in codes if code in terms]
    others = [row.document for row in obtained.values() if row.document not in needed]
    return [Paper(term, obtained.get(term.pk)) for term in [*needed, *others]]


def needed_codes(case):
    category = (case.category_id or "").partition(".")[2]
    return needed_by_category().get(category, [])


def achieved_by(document):
    """What it means to have that document: it was issued, or written and filed."""
    code = FILED if document.code in PREPARED else ISSUED
    return Term.objects.of(Vocabulary.ACHIEVEMENT).get(code=code)
