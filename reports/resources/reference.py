"""The words and columns of the workbook, so that it explains itself."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cases.models import (
    Area,
    CaseStatus,
    InvolvementStep,
    Kind,
    LanguagePair,
    Outcome,
    ProgrammeStep,
    Referral,
    Visit,
)
from municipalities.models import Term, Vocabulary
from reports.models import Ask
from reports.resources.columns import Column, Sheet, Type
from reports.resources.numbers import IndicatorResource, dictionary_of_indicators
from reports.workflow import Status

LISTS = (
    (pgettext_lazy("list of words", "Kind of contact"), Kind),
    (pgettext_lazy("list of words", "Area"), Area),
    (pgettext_lazy("list of words", "Result of an entry"), Visit.Change),
    (pgettext_lazy("list of words", "Case status"), CaseStatus),
    (pgettext_lazy("list of words", "Case outcome"), Outcome),
    (pgettext_lazy("list of words", "Answer to a referral"), Referral.Answer),
    (pgettext_lazy("list of words", "Step in a programme"), ProgrammeStep),
    (pgettext_lazy("list of words", "Reason to drop out"), InvolvementStep.Reason),
    (pgettext_lazy("list of words", "Interpreting"), LanguagePair),
    (pgettext_lazy("list of words", "Report status"), Status),
    (pgettext_lazy("list of words", "Kind of ask"), Ask.Kind),
    (pgettext_lazy("list of words", "Ask status"), Ask.Status),
)


class ClassifierResource(Sheet):
    """One row for each word that a column of the type “classifier” may hold."""

    title = pgettext_lazy("sheet", "Classifiers")
    table = "tbl_klasifikatori"

    list = Column(
        pgettext_lazy("column", "List"),
        Type.CHOICE,
        "list",
        width=32,
        description=_("Which list the word belongs to."),
    )
    code = Column(
        pgettext_lazy("column", "Code"),
        Type.IDENTIFIER,
        "code",
        width=32,
        description=_("What the system stores; it never changes."),
    )
    label = Column(
        pgettext_lazy("column", "Name"),
        Type.TEXT,
        "label",
        width=38,
        description=_("The word in Latvian."),
    )
    valid_from = Column(
        pgettext_lazy("column", "Valid from"),
        Type.DATE,
        "valid_from",
        description=_("Empty if it was always valid."),
    )

    def __init__(self, scope=None, places=(), **kwargs):
        super().__init__(scope, **kwargs)
        self.places = places

    def get_queryset(self):
        return [*self._fixed(), *self._extendable(), *self._places()]

    def _fixed(self):
        for name, choices in LISTS:
            for code, label in choices.choices:
                yield self._row(name, code, label)

    def _extendable(self):
        for term in Term.objects.all():
            name = Vocabulary(term.vocabulary).label.capitalize()
            yield self._row(name, term.code, term.label_lv, term.valid_from)

    def _places(self):
        for place in self.places:
            yield self._row(
                pgettext_lazy("column", "Municipality"),
                place.prefix,
                place.label_lv,
                place.valid_from,
            )

    @staticmethod
    def _row(name, code, label, valid_from=None):
        return {
            "list": str(name),
            "code": code,
            "label": str(label),
            "valid_from": valid_from,
        }


class DictionaryResource(Sheet):
    """One row for each column of the other sheets, and for each indicator."""

    title = pgettext_lazy("sheet", "Data dictionary")
    table = "tbl_vardnica"
    wraps = True

    sheet = Column(
        pgettext_lazy("column", "Sheet"),
        Type.TEXT,
        "sheet",
        width=15,
        description=_("The sheet of the workbook."),
    )
    column = Column(
        pgettext_lazy("column", "Column"),
        Type.TEXT,
        "column",
        width=26,
        description=_("The words at the top of the column."),
    )
    technical_name = Column(
        pgettext_lazy("column", "Technical name"),
        Type.IDENTIFIER,
        "name",
        width=25,
        description=_("The same in every language and version."),
    )
    type = Column(
        pgettext_lazy("column", "Type"),
        Type.TEXT,
        "type",
        width=12,
        description=_("How the values are written."),
    )
    description = Column(
        pgettext_lazy("column", "Description"),
        Type.TEXT,
        "description",
        width=42,
        description=_("What the values mean."),
    )
    note = Column(
        pgettext_lazy("column", "Note"),
        Type.TEXT,
        "note",
        width=28,
        description=_("What to mind."),
    )

    def __init__(self, sheets=(), **kwargs):
        super().__init__(**kwargs)
        self.sheets = sheets

    def get_queryset(self):
        rows = [
            {
                "sheet": str(sheet.title),
                "column": str(column.column_name),
                "name": name,
                "type": str(column.type.label),
                "description": str(column.description),
                "note": str(column.note),
            }
            for sheet in [*self.sheets, self]
            for name, column in sheet.columns.items()
        ]
        if any(isinstance(sheet, IndicatorResource) for sheet in self.sheets):
            rows += dictionary_of_indicators()
        return rows
