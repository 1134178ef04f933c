"""What a list offers to choose from, in the order in which people look for it."""

from django import forms
from django.core.exceptions import ValidationError
from django.forms.models import ModelChoiceIterator

from interface.latvian import latvian_order


class InLatvianOrder(ModelChoiceIterator):
    """Rows by their label; the empty choice stays the first."""

    def __iter__(self):
        choices = list(super().__iter__())
        empty = choices[:1] if self.field.empty_label is not None else []
        rows = choices[len(empty) :]
        return iter(empty + sorted(rows, key=lambda row: latvian_order(str(row[1]))))


class RowField(forms.ModelChoiceField):
    """One of the rows, by a key that stands in the address.

    What can be no key at all is no row either: Django tells of a “UUID” there.
    """

    def to_python(self, value):
        try:
            return super().to_python(value)
        except ValidationError:
            raise ValidationError(
                self.error_messages["invalid_choice"],
                code="invalid_choice",
                params={"value": value},
            ) from None


def put_in_order(*fields):
    """Let fields offer their rows in the Latvian order, whichever queryset they get."""
    for field in fields:
        field.iterator = InLatvianOrder
        field.widget.choices = field.choices
