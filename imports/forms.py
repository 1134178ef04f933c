"""Handing a list over, saying which column is which, and what is another one after all."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from imports.resources import TABLES
from imports.services import matching, reading
from interface.widgets import ChipBoxes, Chips
from municipalities.models import Municipality
from privacy.workbook_gate import NotReadable

LEFT_OUT = "-"
ASKED_AT_ONCE = 100
"""Rows about which somebody is asked on one page."""


class UploadForm(forms.Form):
    """The file, and where its rows belong if there is more than one place."""

    municipality = forms.ModelChoiceField(
        Municipality.objects.none(),
        label=gettext_lazy("In which municipality?"),
        widget=Chips,
        empty_label=None,
        error_messages={"required": gettext_lazy("Choose the municipality")},
    )
    file = forms.FileField(
        label=gettext_lazy("The filled-in file"),
        help_text=gettext_lazy(
            "Excel (.xlsx) or CSV, up to 5 MB and 5000 rows. The first sheet counts."
        ),
        error_messages={
            "required": gettext_lazy("Choose the file"),
            "invalid": gettext_lazy("Choose the file"),
            "empty": reading.EMPTY,
            "max_length": gettext_lazy("Give the file a shorter name"),
        },
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv"}),
    )

    def __init__(self, *args, kind, places, **kwargs):
        super().__init__(*args, **kwargs)
        self.kind, self.places = kind, places
        self.sheet = None
        if len(places) > 1:
            self.fields["municipality"].queryset = places
        else:
            del self.fields["municipality"]

    def clean_file(self):
        file = self.cleaned_data["file"]
        try:
            self.sheet = reading.read(file, self.kind)
        except (NotReadable, reading.NothingToRead) as problem:
            raise forms.ValidationError(str(problem), code="file") from problem
        return file

    @property
    def place(self):
        """None for what belongs to the whole project."""
        chosen = self.cleaned_data.get("municipality")
        return chosen or next(iter(self.places), None)


class ColumnsForm(forms.Form):
    """One question for each column of the file; what is known is answered already."""

    def __init__(self, data=None, *, kind, sheet, positions):
        super().__init__(data)
        self.kind = kind
        names = {position: name for name, position in positions.items()}
        choices = [
            (LEFT_OUT, _("Leave out")),
            *(
                (name, str(column.column_name))
                for name, column in TABLES[kind].declared().items()
            ),
        ]
        for position in matching.used(sheet):
            self.fields[f"column-{position}"] = forms.ChoiceField(
                label=sheet.headings[position]
                or _("Column %(number)d without a heading") % {"number": position + 1},
                choices=[("", _("Choose")), *choices],
                initial=names.get(position, ""),
                error_messages={"required": _("Choose what it is, or leave it out")},
            )

    @property
    def positions(self):
        chosen = {
            name: int(key.partition("-")[2]) for key, name in self.cleaned_data.items()
        }
        chosen.pop(LEFT_OUT, None)
        return chosen

    def clean(self):
        cleaned = super().clean()
        chosen = [name for name in cleaned.values() if name != LEFT_OUT]
        for key, name in cleaned.items():
            if chosen.count(name) > 1:
                self.add_error(key, _("Two columns cannot be the same"))
                break
        if not self.errors:
            self._miss(matching.missing(self.kind, cleaned.values()))
        return cleaned

    def _miss(self, columns):
        if columns:
            names = ", ".join(f"“{column.column_name}”" for column in columns)
            text = _(
                "No column tells this: %(names)s. Choose it, or add it to the file."
            )
            raise forms.ValidationError(text % {"names": names}, code="missing")


class ConfirmForm(forms.Form):
    """How many new rows the person saw, and which of the doubtful ones are others."""

    expected = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    anyway = forms.TypedMultipleChoiceField(
        coerce=int,
        label=gettext_lazy("Import all the same"),
        required=False,
        widget=ChipBoxes,
    )

    def __init__(self, data=None, *, verdict):
        super().__init__(data, initial={"expected": len(verdict.new)})
        field = self.fields["anyway"]
        field.choices = [
            (row.number, _("Row %(number)d") % {"number": row.number} + f": {row.name}")
            for row in verdict.alike[:ASKED_AT_ONCE]
        ]
        field.widget.hints = {
            row.number: row.like for row in verdict.alike[:ASKED_AT_ONCE]
        }
