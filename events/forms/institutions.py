"""Which institutions the form of an event offers: never those of the whole country at once."""

import uuid

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from interface.latvian import latvian_order
from municipalities.models import Institution
from privacy.fold import best_first

LISTS = ("institutions", "co_organisers")
FOUND_AT_ONCE = 20
LONGEST_WORD = 100


class OffersInstitutions:
    """Mixin: those of the place are to be ticked; staff find any others by a word.

    A word is asked about once: the form comes back with what fits, and without the word.
    """

    def offer_institutions(self):
        """Those of the person's places and of the country; staff may tick any."""
        everything = Institution.objects.visible_to(self.by).active()
        everything = everything | Institution.objects.filter(pk__in=self._listed())
        offered = self._near(everything) if self.of_project else everything
        choices = [
            (row.pk, self._label_of(row))
            for row in sorted(offered, key=lambda row: latvian_order(row.name))
        ]
        for name in LISTS:
            self.fields[name].queryset = everything
            self.fields[name].choices = choices

    def _listed(self):
        """Those of the event as it is stored, active or not."""
        if self.instance._state.adding:
            return Institution.objects.none()
        listed = Q(events=self.instance) | Q(co_organised_events=self.instance)
        return Institution.objects.filter(listed).values("pk")

    def _near(self, everything):
        """Of the place and of the country, those ticked already, and those looked for."""
        self.fields["institutions_sought"] = forms.CharField(
            label=_("Find institutions of other municipalities"),
            help_text=_(
                "Write a part of the name and save: those that fit are then to be ticked."
            ),
            max_length=LONGEST_WORD,
            required=False,
            widget=forms.TextInput(attrs={"autocomplete": "off"}),
        )
        near = Q(municipality=None) | Q(municipality=self._place_so_far())
        near |= Q(pk__in=[*self._ticked(), *self._found(everything)])
        near |= Q(pk__in=self._listed())
        return everything.filter(near).select_related("municipality")

    def _label_of(self, institution):
        if self.of_project and institution.municipality_id:
            return f"{institution.name}, {institution.municipality}"
        return institution.name

    def _place_so_far(self):
        """The municipality that is chosen in what was sent, or else that of the event."""
        if not self.is_bound or "municipality" not in self.fields:
            return self.instance.municipality
        try:
            return self.fields["municipality"].clean(self.data.get("municipality"))
        except ValidationError:
            return None

    def _ticked(self):
        for name in LISTS:
            for key in self.data.getlist(name) if self.is_bound else ():
                try:
                    yield uuid.UUID(key)
                except ValueError:
                    continue

    def _found(self, everything):
        word = self.data.get("institutions_sought", "")[:LONGEST_WORD].strip()
        self._fitting = []
        if word:
            rows = everything.only("name")
            fitting = best_first(word, rows, lambda row: [row.name])[:FOUND_AT_ONCE]
            self._fitting = [row.pk for row in fitting]
        return self._fitting

    def ask_about_found(self, data):
        """Bring the form back with those that fit the word, if there is one."""
        if not data.get("institutions_sought"):
            return
        self.data = self.data.copy()
        self.data["institutions_sought"] = ""
        count = len(self._fitting)
        message = (
            ngettext(
                "%(count)d institution fits. Tick it below if it took part, and save again.",
                "%(count)d institutions fit. Tick below those that took part, and save "
                "again.",
                count,
            )
            % {"count": count}
            if count
            else _(
                "No institution fits. Write another part of the name, or save again."
            )
        )
        self.add_error("institutions_sought", ValidationError(message, code="asked"))
