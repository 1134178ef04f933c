"""Reference data of the lower rooms and the texts that are read to families.

The texts stand in ``families/reference/consent_texts.toml``. A version never changes
once it is loaded, because consents point at what was read; only a language that was
missing may be added.
"""

import tomllib
from pathlib import Path

from django.db import transaction

from families.models import ConsentText
from mediators import ethics
from municipalities import reference_data
from municipalities.reference_data import BrokenReferenceData, Loaded, store_checked

CONSENT_TEXTS = Path(__file__).resolve().parent / "reference" / "consent_texts.toml"


@transaction.atomic
def load():
    """Everything that comes with the product, in one transaction."""
    texts = [load_consent_texts(), ethics.load_codes()]
    results = [*reference_data.load(), *texts]
    reference_data.record(texts)
    return results


def load_consent_texts():
    result = Loaded(CONSENT_TEXTS.name, ConsentText)
    with CONSENT_TEXTS.open("rb") as file:
        rows = tomllib.load(file)["text"]
    known = {text.version: text for text in ConsentText.objects.all()}
    for row in rows:
        row = {name: _trimmed(value) for name, value in row.items()}
        text = known.get(row["version"])
        if text is None:
            store_checked(ConsentText(**row), row["version"])
            result.added += 1
        elif _complete(text, row):
            result.changed += 1
        else:
            result.unchanged += 1
    return result


def _trimmed(value):
    return value.strip() if isinstance(value, str) else value


def _complete(text, row):
    """Fill languages that were empty; refuse to change what may have been read."""
    new = {name: value for name, value in row.items() if getattr(text, name) != value}
    if any(getattr(text, name) for name in new):
        raise BrokenReferenceData(
            f"{text.version}: a text that was read to families stays as it is. "
            "Give the new text a new version."
        )
    for name, value in new.items():
        setattr(text, name, value)
    if new:
        text.save(update_fields=list(new))
    return bool(new)
