"""A list of recommendations with thematic headings, from Excel or CSV (R264)."""

import copy

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from evaluation.forms.recommendations import RecommendationForm
from evaluation.models import Recommendation
from families.services.everybody import checks_of_everybody
from imports.resources.columns import Column, OneOfWords
from imports.resources.table import Table, ids_of
from municipalities.models import Term, Vocabulary
from privacy import audit
from privacy.fold import fold
from privacy.name_check import StillLooking

NAMED = gettext_lazy("This may tell which family is meant. Write without names.")
STILL_LOOKING = gettext_lazy(
    "These words are being held against the names of all families. Open this page again "
    "in some minutes."
)
ASKED = RecommendationForm.base_fields
LISTS = {
    "heading": Vocabulary.RECOMMENDATION_HEADING,
    "addressee": Vocabulary.ADDRESSEE,
}


def asked(name, note):
    return Column(ASKED[name].label, ASKED[name], note=note)


def listed(name, note):
    field = OneOfWords(error_messages=ASKED[name].error_messages)
    return Column(ASKED[name].label, field, note=note)


class RecommendationTable(Table):
    """One row for each recommendation; one that is in the register already is left out."""

    model = Recommendation

    heading = listed("heading", gettext_lazy("One of these headings:"))
    text = asked(
        "text",
        gettext_lazy(
            "What is recommended, up to 1000 signs, without names of families."
        ),
    )
    addressee = listed(
        "addressee", gettext_lazy("Who is to carry it out, one of these:")
    )
    source = asked("source", ASKED["source"].help_text)

    def prepare(self):
        self.terms = {}
        for name, vocabulary in LISTS.items():
            terms = {term.code: term for term in Term.objects.of(vocabulary).valid()}
            self.terms[name] = terms
            self.fields[name].field.offer(list(terms.items()))
        rows = Recommendation.objects.values_list("text", "source")
        self.known = {(fold(text), fold(source)) for text, source in rows}

    @classmethod
    def for_template(cls):
        columns = copy.deepcopy(cls.declared())
        for name, vocabulary in LISTS.items():
            terms = Term.objects.of(vocabulary).valid()
            columns[name].field.offer([(term.code, term) for term in terms])
        return columns

    def judge(self, row):
        row.name = (row.values["text"] or "")[:60]

    def compare(self, rows):
        self._refuse_names(rows)
        seen = {}
        for row in rows:
            key = fold(row.values["text"] or ""), fold(row.values["source"] or "")
            if key in self.known:
                row.known = _("This recommendation is in the register already.")
            elif key in seen:
                row.known = _("as in row %(number)d of the file") % {
                    "number": seen[key]
                }
            seen.setdefault(key, row.number)

    def _refuse_names(self, rows):
        """All at once: what is not known yet of any of them is asked for together."""
        cells = [(row, name) for row in rows for name in ("text", "source")]
        checks = checks_of_everybody([row.values[name] or "" for row, name in cells])
        for row, name in cells:
            text = row.values[name] or ""
            try:
                if any(check.hits(text) for check in checks):
                    self.blame(row, name, NAMED)
            except StillLooking:
                self.blame(row, name, STILL_LOOKING)

    def add(self, rows, *, actor):
        made = Recommendation.objects.bulk_create(
            Recommendation(
                heading=self.terms["heading"][row.values["heading"]],
                text=row.values["text"],
                addressee=self.terms["addressee"][row.values["addressee"]],
                source=row.values["source"],
                made_by=self.person,
            )
            for row in rows
        )
        audit.record_all(actor, audit.Verb.CREATE, [(row, {}) for row in made])
        return ids_of(made)
