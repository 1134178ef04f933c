"""Accepting the code of ethics, and loading the versions that come with the product."""

import tomllib
from pathlib import Path

from django.db import transaction

from mediators.models import CASE_WORK, EthicsAcceptance, EthicsCode
from municipalities.reference_data import BrokenReferenceData, Loaded, store_checked
from privacy import audit

ETHICS_CODES = Path(__file__).resolve().parent / "reference" / "ethics_codes.toml"


def code_in_force():
    """The version that everybody reads today; None where none is loaded."""
    return EthicsCode.objects.in_force()


def has_to_accept(user):
    """Whether a person who works with cases has not accepted the version in force yet.

    ``user`` is as ``AccountBackend`` recognises it.
    """
    version = user.code_in_force
    return (
        user.has_role(*CASE_WORK)
        and version is not None
        and version != user.ethics_version
    )


@transaction.atomic
def accept(code, *, by):
    """Write the acceptance down, once for each version."""
    _acceptance, is_new = EthicsAcceptance.objects.get_or_create(user=by, code=code)
    by.ethics_version = code.version
    by.save(update_fields=["ethics_version"])
    if is_new:
        audit.record(by, audit.Verb.ACKNOWLEDGE, code, version=code.version)


def load_codes():
    """Add versions that are new; one that may have been accepted stays as it is."""
    result = Loaded(ETHICS_CODES.name, EthicsCode)
    with ETHICS_CODES.open("rb") as file:
        rows = tomllib.load(file)["code"]
    known = {code.version: code for code in EthicsCode.objects.all()}
    for row in rows:
        row |= {name: row[name].strip() for name in ("text_lv", "text_en")}
        if row["version"] in known:
            _refuse_change(known[row["version"]], row)
            result.unchanged += 1
        else:
            store_checked(EthicsCode(**row), row["version"])
            result.added += 1
    return result


def _refuse_change(code, row):
    if any(getattr(code, name) != value for name, value in row.items()):
        raise BrokenReferenceData(
            f"{code.version}: a code that people accepted stays as it is. "
            "Give the new code a new version."
        )
