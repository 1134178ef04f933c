"""What a column of an imported list is: declared once, for template, matching and check."""

import copy
from datetime import date, timedelta

from django import forms
from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext_lazy as _
from import_export import fields, widgets
from openpyxl.cell.cell import ERROR_CODES

from cases.forms.fields import DayField
from privacy.fold import fold
from privacy.forms import NoPersonalCodes
from privacy.personal_code import no_personal_code

DAY_ZERO = date(1899, 12, 30)
SERIAL_DAYS = range(30_000, 80_000)
"""Numbers in which spreadsheets keep the days of the years 1982 to 2119."""
SHORTEST_BEGINNING = 4
"""Letters by which a word of a list is known."""
PERSONAL_CODE = _(
    "The cell contains a personal code. Delete it from the file: personal codes are not "
    "kept here."
)


class Cell(widgets.Widget):
    """Reads a cell as the field of a form would, whose limits and messages hold here too."""

    def __init__(self, field):
        super().__init__()
        self.field = field

    def clean(self, value, row=None, **kwargs):
        text = as_text(value)
        if text in ERROR_CODES:
            raise forms.ValidationError(
                _("The spreadsheet says that this is an error.")
            )
        return self.field.clean(text)


def as_text(value):
    """A cell as a person would type it: 20000000.0 is a phone number."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return str(value).strip()


class Column(fields.Field):
    """One column: heading, the field of a form that reads it, and what to write.

    Texts refuse personal codes, as they do in every form.
    """

    def __init__(self, heading, field, *, note="", validators=()):
        field = copy.deepcopy(field)
        field.validators = [*field.validators, *validators]
        if isinstance(field, forms.CharField) and not isinstance(
            field, NoPersonalCodes.NOT_TEXTS
        ):
            field.validators.append(no_personal_code)
            field.error_messages["personal_code"] = PERSONAL_CODE
        super().__init__(column_name=heading, widget=Cell(field), readonly=True)
        self.note = note

    @property
    def field(self):
        return self.widget.field

    @property
    def is_needed(self):
        return self.field.required

    def shown(self, value):
        """What was read, as people write it."""
        if isinstance(value, date):
            return f"{value:%d.%m.%Y}."
        words = {key: str(label) for key, label in getattr(self.field, "choices", ())}
        if isinstance(value, list):
            return ", ".join(words.get(one, one) for one in value)
        return words.get(value, value)

    @property
    def words(self):
        """What may be written here, where that is a list."""
        return getattr(self.field, "labels", [])


class OneOfWords(forms.Field):
    """One of a list, by its word in either language or by its code."""

    default_error_messages = {"invalid": _("Write one of these: %(words)s")}

    def __init__(self, choices=(), **kwargs):
        super().__init__(**kwargs)
        self.choices = choices

    @property
    def labels(self):
        return [str(label) for _value, label in self.choices]

    def values_by_word(self):
        found = {}
        for language, _name in settings.LANGUAGES:
            with translation.override(language):
                for value, label in self.choices:
                    found[fold(label)] = found[fold(value)] = value
        return found

    def offer(self, choices):
        """What there is to choose depends on the database."""
        self.choices = choices
        self.__dict__.pop("_words", None)

    def find(self, word):
        if "_words" not in self.__dict__:
            self._words = self.values_by_word()
        value = self._words.get(fold(word)) or self._begun(fold(word))
        if value is None:
            raise forms.ValidationError(
                self.error_messages["invalid"],
                params={"words": " / ".join(self.labels)},
                code="invalid",
            )
        return value

    def _begun(self, word):
        """“Zvans” is enough for “Zvans vai ziņa” if nothing else begins so."""
        values = {
            value
            for known, value in self._words.items()
            if len(word) >= SHORTEST_BEGINNING and known.startswith(word)
        }
        return values.pop() if len(values) == 1 else None

    def to_python(self, value):
        return self.find(value) if value not in self.empty_values else ""


class SomeOfWords(OneOfWords):
    """Several of a list, with commas or semicolons between them."""

    def to_python(self, value):
        words = str(value or "").replace("\n", ";").replace(",", ";").split(";")
        return [self.find(word) for word in words if word.strip()]


class Day(DayField):
    """A day as text, or as the bare number in which a spreadsheet keeps it."""

    default_error_messages = {
        "invalid": _("Write the day as 31.12.2026."),
        "future": _("The date cannot be in the future"),
    }

    def __init__(self, *, latest=None, **kwargs):
        super().__init__(**kwargs)
        self.latest = latest

    def to_python(self, value):
        if value and value.isdecimal() and int(value) in SERIAL_DAYS:
            return DAY_ZERO + timedelta(days=int(value))
        return super().to_python(value)

    def validate(self, value):
        super().validate(value)
        if value and self.latest and value > self.latest():
            raise forms.ValidationError(self.error_messages["future"], code="future")


class Minutes(forms.IntegerField):
    """45, or 0:45."""

    def to_python(self, value):
        hours, colon, minutes = (value or "").partition(":")
        if colon and hours.isdecimal() and minutes.isdecimal():
            value = str(int(hours) * 60 + int(minutes)) if len(hours) < 4 else value
        return super().to_python(value)
