"""What a column of the inventory is: its class, purpose, and how it is stored."""

from dataclasses import dataclass
from enum import StrEnum

from django.apps import apps
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from data_protection.periods import BY_KEY
from privacy.fields import EncryptedTextField


class Class(models.TextChoices):
    """How much harm a value can do. Who is in this database is known to be Roma:
    what tells who it is, or says something of a family, is special (GDPR 9)."""

    PUBLIC = "public", pgettext_lazy("class of data", "public")
    INTERNAL = "internal", pgettext_lazy("class of data", "internal")
    PERSONAL = "personal", pgettext_lazy("class of data", "personal")
    SPECIAL = "special", pgettext_lazy("class of data", "special category")


class Purpose(models.TextChoices):
    """What data are for."""

    HELP = "help", _("Help for families by the mediator")
    RIGHTS = "rights", _("Proof of consents and answers to people about their data")
    REPORTS = "reports", _("Reports to the municipality and results of the project")
    PARTICIPANTS = "participants", _("Answers of participants for a fund")
    STORIES = "stories", _("Stories of success that others read")
    COOPERATION = "cooperation", _("Cooperation with institutions")
    TEAM = "team", _("Work of the team: accounts, working time, supervision")
    SECURITY = "security", _("Security: who did or saw what")
    SYSTEM = "system", _("Running the system")


class Storage(StrEnum):
    ENCRYPTED = "encrypted"
    PLAIN = "plain"


@dataclass(frozen=True)
class Table:
    """One model: what each of its columns is, for what and how long it is kept.

    ``classes`` is {column: Class}; ``logged`` are the columns whose values may stand
    in audit and log, all others may not.
    """

    model: str
    purpose: Purpose
    kept: str
    classes: dict
    logged: frozenset

    @property
    def model_class(self):
        return apps.get_model(self.model)

    @property
    def period(self):
        return BY_KEY[self.kept]

    def of_class(self, *wanted):
        return [name for name, kind in self.classes.items() if kind in wanted]

    def storage(self, column):
        field = self.model_class._meta.get_field(column)
        is_sealed = isinstance(field, EncryptedTextField)
        return Storage.ENCRYPTED if is_sealed else Storage.PLAIN

    @property
    def encrypted(self):
        return [name for name in self.classes if self.storage(name) == "encrypted"]


def table(model, purpose, kept, *, logged="id", **columns):
    """``columns`` are the classes with their columns, separated by spaces."""
    classes = {
        name: Class(kind) for kind, names in columns.items() for name in names.split()
    }
    return Table(model, purpose, kept, classes, frozenset(logged.split()))
