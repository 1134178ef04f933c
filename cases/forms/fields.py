"""Choices by code, texts without traps, days as people write them."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from interface.days import is_near_enough
from interface.latvian import full_date
from interface.widgets import DateInput

NONE = "none"
"""An answer, unlike no answer at all."""


class OneOf(forms.Field):
    """One of the objects a person may choose, told by its code or id.

    ``objects`` is set by the form, and so is ``why_refused``, which tells of a code that
    is none of them a better reason than that. The answer “none” is kept as it is where
    the field allows it, so that it differs from no answer at all.
    """

    default_error_messages = {"invalid_choice": _("Choose one from the list.")}

    def __init__(self, *, allows_none=False, **kwargs):
        super().__init__(**kwargs)
        self.allows_none = allows_none
        self.objects = {}
        self.why_refused = lambda value: None

    def to_python(self, value):
        if value in self.empty_values:
            return None
        if value == NONE and self.allows_none:
            return NONE
        if value in self.objects:
            return self.objects[value]
        reason = self.why_refused(value)
        if reason:
            raise forms.ValidationError(reason, code="refused")
        raise forms.ValidationError(
            self.error_messages["invalid_choice"], code="invalid_choice"
        )


class Text(forms.CharField):
    """A text of a person: no control characters, not too long."""

    default_error_messages = {
        "max_length": _(
            "The text is too long: %(show_value)d characters, at most %(limit_value)d fit."
        ),
        "null_characters_not_allowed": _(
            "The text contains a character that cannot be stored. Write it anew."
        ),
    }

    def to_python(self, value):
        """Line ends count once, as in the browser."""
        return super().to_python(value).replace("\r\n", "\n")


class DayField(forms.DateField):
    """A day, as the calendar sends it or as people write it in Latvia; near enough to be meant."""

    default_validators = (is_near_enough,)

    def __init__(self, **kwargs):
        kwargs.setdefault("input_formats", ["%Y-%m-%d", "%d.%m.%Y", "%d.%m.%Y."])
        super().__init__(**kwargs)

    def to_python(self, value):
        return super().to_python(None if value == NONE else value)


class PastDay(DayField):
    """The day of a fact: today by default, never one to come."""

    widget = DateInput

    def __init__(self, **kwargs):
        super().__init__(
            initial=timezone.localdate,
            error_messages={
                "required": _("Choose the day"),
                "invalid": _("Write the day as 12.11.2026."),
            },
            **kwargs,
        )

    def validate(self, value):
        super().validate(value)
        if value and value > timezone.localdate():
            raise ValidationError(_("The date cannot be in the future"), code="future")


def month_is_handed_in(first_day):
    """Why a day does not do, and from which day on the next report counts."""
    return ValidationError(
        _(
            "The report of that month has been handed in and does not change. "
            "Choose %(day)s or a later day, and the next report will count it."
        ),
        code="closed",
        params={"day": full_date(first_day)},
    )
