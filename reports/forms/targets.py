"""The targets of the years as one table: an indicator a row, a year a column."""

from django import forms
from django.db import transaction
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from privacy import audit
from reports.models import Target
from reports.targets import PLANNABLE

LARGEST = 1_000_000


class TargetField(forms.IntegerField):
    """A whole number above nought, or nothing."""

    default_error_messages = {
        "invalid": _("Write a whole number, or leave it empty"),
        "min_value": _("The target has to be above nought, or leave it empty"),
        "max_value": _("The target cannot be above a million"),
    }

    def __init__(self, **kwargs):
        # What was seen goes along, so that only what is changed is stored
        super().__init__(
            min_value=1,
            max_value=LARGEST,
            required=False,
            show_hidden_initial=True,
            widget=forms.NumberInput({"class": "form-control", "inputmode": "numeric"}),
            error_messages=self.default_error_messages,
            **kwargs,
        )
        for validator in self.validators:
            validator.message = self.error_messages[validator.code]


class TargetsForm(forms.Form):
    """All targets of one municipality, or without one those of the whole project."""

    def __init__(self, *args, place, **kwargs):
        super().__init__(*args, **kwargs)
        self.place = place
        stored = {(row.indicator, row.year): row.value for row in self._stored()}
        for indicator in PLANNABLE:
            for year in self.years:
                self.fields[f"{indicator.key}-{year}"] = TargetField(
                    label=f"{indicator.label}, {year}",
                    initial=stored.get((indicator.key, year)),
                )

    @cached_property
    def years(self):
        """The year before, this one and the next."""
        year = timezone.localdate().year
        return [year - 1, year, year + 1]

    def _stored(self):
        return Target.objects.of(self.place).filter(year__in=self.years)

    @cached_property
    def rows(self):
        """Each indicator with its fields, a year and a field each."""
        return [
            (i, [(year, self[f"{i.key}-{year}"]) for year in self.years])
            for i in PLANNABLE
        ]

    @property
    def planned(self):
        """The rows with a target or a mistake; without any, all rows."""
        return [row for row in self.rows if self._is_planned(row)] or self.rows

    @property
    def unplanned(self):
        shown = [indicator for indicator, _fields in self.planned]
        return [row for row in self.rows if row[0] not in shown]

    @staticmethod
    def _is_planned(row):
        return any(field.value() or field.errors for _year, field in row[1])

    @transaction.atomic
    def save(self, *, by):
        """Stores what was changed; says how many targets that were."""
        for name in self.changed_data:
            key, year = name.rsplit("-", 1)
            self._store(by, key, int(year), self.cleaned_data[name])
        return len(self.changed_data)

    def _store(self, by, key, year, value):
        known = Target.objects.of(self.place).filter(indicator=key, year=year)
        verb = audit.Verb.UPDATE
        if value is None:
            target, verb = known.first(), audit.Verb.DELETE
        else:
            target, is_new = Target.objects.update_or_create(
                indicator=key,
                year=year,
                municipality=self.place,
                defaults={"value": value},
            )
            verb = audit.Verb.CREATE if is_new else verb
        if target is None:
            return
        place = self.place.slug if self.place else None
        audit.record(
            by, verb, target, indicator=key, year=year, municipality=place, value=value
        )
        if value is None:
            known.delete()
