"""The register of processing: one activity for each purpose, read from the inventory."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from data_protection.classes import Class, Purpose, Storage
from data_protection.inventory import TABLES
from data_protection.legal import basis_of
from data_protection.periods import PERIODS

# purpose: (whose data, who receives them)
PEOPLE = {
    Purpose.HELP: (
        _("Families and their people, children among them"),
        _(
            "the family's mediator and whoever covers for that person; for 24 hours a "
            "coordinator or lead mediator to whom its name was shown; a coordinator with "
            "whom it agreed to share a case; the data-protection officer in a copy that was "
            "asked for; an institution, if the family agreed"
        ),
    ),
    Purpose.RIGHTS: (
        _("Families and their people"),
        _("the mediator and the data-protection officer"),
    ),
    Purpose.REPORTS: (
        _("Mediators and contact people; families by codes and counts"),
        _("the municipality, the project staff, the funders"),
    ),
    Purpose.PARTICIPANTS: (
        _("People who take part in a programme and agreed to answer"),
        _("the mediator; by number the project staff and the fund"),
    ),
    Purpose.STORIES: (
        _("Families who agreed to their story; people on photos who signed for it"),
        _("the mediator and the editors; once it is published, everybody"),
    ),
    Purpose.COOPERATION: (
        _("Officials of institutions, in their office"),
        _("the team of the municipality"),
    ),
    Purpose.TEAM: (
        _("People of the team, supervisors"),
        _("the employer, the funders"),
    ),
    Purpose.SECURITY: (_("People who sign in"), _("the data-protection officer")),
}
MEASURES = _(
    "Texts about families are encrypted in the database; access by dated appointments, "
    "each read and write in a chained audit trail; codes in place of names outside the "
    "team; encrypted connections; nothing is loaded from other sites; data stay in the "
    "European Union."
)


@dataclass(frozen=True)
class Activity:
    """One row of the register (GDPR 30(1))."""

    purpose: Purpose
    people: Promise
    recipients: Promise
    basis: str
    kinds: list
    has_special: bool
    columns: int
    encrypted: int
    periods: list


def activities():
    return [_activity(purpose, *facts) for purpose, facts in PEOPLE.items()]


def _activity(purpose, people, recipients):
    tables = [row for row in TABLES if row.purpose == purpose]
    columns = [(row, name) for row in tables for name in row.classes]
    kept = {row.kept for row in tables}
    return Activity(
        purpose=purpose,
        people=people,
        recipients=recipients,
        basis=basis_of(purpose),
        kinds=_kinds(tables),
        has_special=any(row.of_class(Class.SPECIAL) for row in tables),
        columns=len(columns),
        encrypted=sum(row.storage(name) == Storage.ENCRYPTED for row, name in columns),
        periods=[period for period in PERIODS if period.key in kept],
    )


def _kinds(tables):
    """Names for readers; links between two tables are told as the one that owns them."""
    owners = [row.model_class._meta.auto_created or row.model_class for row in tables]
    return list(dict.fromkeys(str(one._meta.verbose_name_plural) for one in owners))
