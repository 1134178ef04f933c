"""A number of children that somebody else counted, typed with its source."""

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from families.models import CountSource, Division, YearlyCount
from families.models.yearly_count import MOST, parts
from interface.widgets import Chips
from municipalities.models import Municipality
from privacy import audit

WHOLE = _("Write a whole number")


class CountField(forms.IntegerField):
    """A number of children, or nothing."""

    def __init__(self, label, **kwargs):
        super().__init__(
            label=label,
            required=False,
            widget=forms.TextInput(
                attrs={"inputmode": "numeric", "autocomplete": "off", "size": 6}
            ),
            validators=[
                MinValueValidator(0, _("The number cannot be below nought")),
                MaxValueValidator(MOST, _("The number cannot be above 9999")),
            ],
            error_messages={"invalid": WHOLE},
            **kwargs,
        )


class YearlyCountForm(forms.Form):
    """One number; the same question once more corrects it, an empty one takes it out."""

    whom = forms.ChoiceField(
        choices=YearlyCount.Whom.choices,
        label=_("Which children?"),
        initial=YearlyCount.Whom.ROMA,
        widget=Chips,
        error_messages={"required": _("Choose which children were counted")},
    )
    source = forms.ChoiceField(
        choices=CountSource.choices,
        label=_("Where is the number from?"),
        widget=Chips,
        error_messages={"required": _("Choose where the number is from")},
    )
    part = forms.ChoiceField(
        label=_("What was counted?"),
        error_messages={
            "required": _("Choose what was counted"),
            "invalid_choice": _("Choose from the list"),
        },
    )
    number = CountField(
        _("How many?"), help_text=_("Leave empty to take the number out.")
    )
    girls = CountField(_("Of them girls"))
    boys = CountField(_("Of them boys"))

    def __init__(self, *args, municipality, year, **kwargs):
        super().__init__(*args, **kwargs)
        self.municipality, self.year = municipality, year
        self.fields["part"].choices = [
            (
                str(division.label),
                [(part.key, part.label) for part in parts(division)],
            )
            for division in Division
        ]

    def clean(self):
        data = super().clean()
        number = data.get("number")
        split = [data.get(name) or 0 for name in ("girls", "boys")]
        if number is None and any(split) and "number" not in self.errors:
            self.add_error("number", _("Write how many they are together"))
        elif number is not None and sum(split) > number:
            raise ValidationError(
                _("Girls and boys are more than all together."), code="split"
            )
        return data

    @transaction.atomic
    def save(self, *, by):
        """Store, correct or take out the number; False if there was nothing to take out."""
        Municipality.objects.select_for_update(no_key=True).get(pk=self.municipality.pk)
        data = self.cleaned_data
        division, _colon, value = data["part"].partition(":")
        key = {
            "municipality": self.municipality,
            "school_year": self.year,
            "whom": data["whom"],
            "source": data["source"],
            "division": division,
            "value": value,
        }
        if data["number"] is None:
            known = YearlyCount.objects.filter(**key).first()
            if known is None:
                return False
            self._record(audit.Verb.DELETE, known, by)
            known.delete()
            return True
        numbers = {name: data[name] for name in ("number", "girls", "boys")}
        row, is_new = YearlyCount.objects.update_or_create(
            **key, defaults={**numbers, "by": by, "noted_on": timezone.localdate()}
        )
        self._record(audit.Verb.CREATE if is_new else audit.Verb.UPDATE, row, by)
        return True

    def _record(self, verb, row, by):
        audit.record(by, verb, row, municipality=self.municipality.slug, year=self.year)
