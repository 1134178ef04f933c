"""Institutions of one municipality, or of the whole country."""

import copy

from django.utils.translation import gettext as _

from imports.resources.columns import Column, OneOfWords
from imports.resources.table import Table, ids_of
from municipalities import services
from municipalities.forms import InstitutionForm, phone_number
from municipalities.models import Institution, Term, Vocabulary
from privacy.fold import fold

ASKED = InstitutionForm.base_fields


def asked(name, **more):
    return Column(ASKED[name].label, ASKED[name], **more)


class InstitutionTable(Table):
    """One row for each institution."""

    model = Institution

    name = asked("name")
    type = Column(
        ASKED["type"].label, OneOfWords(error_messages=ASKED["type"].error_messages)
    )
    phone = asked("phone", validators=[phone_number])
    email = asked("email")

    def prepare(self):
        here = Institution.objects.of([self.place] if self.place else [])
        rows = list(here)
        self.similar = services.Known(rows)
        self.by_name = {fold(row.name): row for row in rows}
        terms = Term.objects.of(Vocabulary.INSTITUTION_TYPE).valid()
        self.types = {term.code: term for term in terms}
        self.fields["type"].field.offer(list(self.types.items()))

    @classmethod
    def for_template(cls):
        columns = copy.deepcopy(cls.declared())
        terms = Term.objects.of(Vocabulary.INSTITUTION_TYPE).valid()
        columns["type"].field.offer([(term.code, term) for term in terms])
        return columns

    def judge(self, row):
        row.name = row.values["name"] or ""

    def compare(self, rows):
        """Capitals and diacritics make no other institution."""
        seen = {}
        for row in rows:
            name = fold(row.name)
            if not name:
                continue
            if name in self.by_name:
                row.known = _("This institution is already on the list.")
            elif name in seen:
                row.known = _("as in row %(number)d of the file") % {
                    "number": seen[name]
                }
            else:
                said = (row.values["phone"] or "", row.values["email"] or "")
                alike = self.similar.similar(row.name, *said)
                row.like = ", ".join(one.name for one in alike[:3])
            seen.setdefault(name, row.number)

    def add(self, rows, *, actor):
        institutions = [
            Institution(
                municipality=self.place,
                name=row.values["name"],
                type=self.types[row.values["type"]],
                phone=row.values["phone"],
                email=row.values["email"],
            )
            for row in rows
        ]
        services.add_all(institutions, by=actor)
        return ids_of(institutions)
