"""Who stands in for whom: a substitute for a time, a successor for good."""

from datetime import timedelta

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Count
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from families.models import FamilyAssignment, HandOver, Substitution
from families.models.substitution import FARTHEST, LONGEST
from families.services import conflicts
from interface.widgets import Chips, DateInput, Tiles
from mediators.models import COORDINATING, Appointment, Role, User
from municipalities.forms import MadeOnce

LATELY = timedelta(days=31)
"""How far back the last day of a mediator who left may lie."""
INVALID_DAY = {"invalid": _("Write the day as 12.11.2026.")}
FIRST_DAY = {"required": _("Choose the first day"), **INVALID_DAY}
LAST_DAY = {"required": _("Choose the last day"), **INVALID_DAY}


def mediators_in(places, on=None):
    """Appointments of mediators in municipalities, one for each person and place."""
    return (
        Appointment.objects.current(on)
        .filter(role=Role.MEDIATOR, municipality__in=places)
        .select_related("user", "municipality")
        .order_by("user__last_name", "user__first_name")
    )


class AsksAboutConflicts(forms.Form):
    """A colleague who said that she knows one of the families: the person decides."""

    confirm_conflict = forms.BooleanField(
        required=False, label=_("Arrange it all the same")
    )
    related = ()

    def warn_of_conflicts(self, colleague, families):
        self.related = conflicts.between(colleague, families)
        if self.related and not self.cleaned_data.get("confirm_conflict"):
            self.add_error(
                "confirm_conflict",
                _("%(name)s knows some of the families privately: %(families)s.")
                % {
                    "name": colleague,
                    "families": ", ".join(
                        f"{row.code} ({row.kind})" for row in self.related
                    ),
                },
            )


class StandInForm(AsksAboutConflicts, MadeOnce):
    """Asks for whom, where the person may decide for several, and which colleague."""

    colleague_name = ""
    """The field of the model that holds the colleague."""

    post = forms.ChoiceField(widget=Tiles(columns=1))

    def __init__(self, *args, person, **kwargs):
        super().__init__(*args, **kwargs)
        self.person = person
        self.posts = self._posts_of(person)
        colleagues = mediators_in({place.pk for _user, place in self.posts.values()})
        if set(self._people()) == {person}:
            colleagues = colleagues.exclude(user=person)
        self._ask_for_whom()
        self._ask_which_colleague(list(colleagues))

    def _posts_of(self, person):
        """``{key: (mediator, municipality)}``: one's own, and those one coordinates."""
        own = [(person, place) for place in person.municipalities_as(Role.MEDIATOR)]
        coordinated = person.municipalities_as(*COORDINATING)
        others = [(row.user, row.municipality) for row in mediators_in(coordinated)]
        return {
            f"{place.prefix}.{user.pk}": (user, place)
            for user, place in [*own, *others, *self._others_in(coordinated)]
        }

    def _others_in(self, places):
        return []

    def _people(self):
        return [user for user, _place in self.posts.values()]

    def _ask_for_whom(self):
        if len(self.posts) == 1:
            del self.fields["post"]
            return
        field = self.fields["post"]
        field.choices = [(key, user) for key, (user, _place) in self.posts.items()]
        families = _number_of_families({place for _user, place in self.posts.values()})
        field.widget.hints = {
            key: f"{place}, {_in_words(families.get((user.pk, place.pk), 0))}"
            for key, (user, place) in self.posts.items()
        }

    def _ask_which_colleague(self, rows):
        """The chosen one may turn out to work elsewhere; ``clean`` sees to that."""
        field = self.fields[self.colleague_name]
        field.queryset = User.objects.filter(pk__in=[row.user_id for row in rows])
        field.empty_label = None
        if len({row.municipality_id for row in rows}) > 1:
            field.widget.hints = {row.user_id: row.municipality for row in rows}
        self.is_possible = any(
            row.user != user and row.municipality == place
            for user, place in self.posts.values()
            for row in rows
        )

    def _post(self):
        """The mediator and the municipality that were chosen."""
        key = self.cleaned_data.get("post") or next(iter(self.posts), None)
        return self.posts[key]

    def _check_colleague(self, user, place, first, last):
        """The colleague works in the same municipality, on the first and the last day."""
        colleague = self.cleaned_data[self.colleague_name]
        if colleague == user:
            self.add_error(self.colleague_name, _("Choose another person"))
            return
        if colleague == self.person:
            self.add_error(
                self.colleague_name,
                _(
                    "Nobody takes on the families of others alone: the mediator or "
                    "another coordinator arranges it."
                ),
            )
            return
        for day in (first, last):
            if not mediators_in([place], day).filter(user=colleague).exists():
                self.add_error(
                    self.colleague_name,
                    _(
                        "This person is not a mediator of the municipality on those days"
                    ),
                )
                return
        own = FamilyAssignment.objects.own_of(user, place).current()
        self.warn_of_conflicts(colleague, own.values("family"))


def _number_of_families(places):
    """``{(mediator, municipality): open families}`` by keys, where there are any."""
    own = FamilyAssignment.objects.own().current()
    counted = (
        own.filter(family__closed_on=None, family__municipality__in=places)
        .order_by()
        .values_list("mediator", "family__municipality")
        .annotate(families=Count("pk"))
    )
    return {(mediator, place): number for mediator, place, number in counted}


def _in_words(count):
    return ngettext("%(count)d family", "%(count)d families", count) % {"count": count}


class SubstitutionForm(StandInForm):
    """Who covers, from when until when, and why in one word."""

    colleague_name = "substitute"

    class Meta:
        model = Substitution
        fields = ("substitute", "starts_on", "ends_on", "reason")
        labels = {
            "substitute": _("Who covers?"),
            "starts_on": _("First day"),
            "ends_on": _("Last day"),
            "reason": _("Why?"),
        }
        widgets = {
            "substitute": Tiles(columns=1),
            "starts_on": DateInput,
            "ends_on": DateInput,
            "reason": Chips,
        }
        error_messages = {
            "substitute": {
                "required": _("Choose who covers"),
                "invalid_choice": _("Choose who covers"),
            },
            "starts_on": FIRST_DAY,
            "ends_on": LAST_DAY,
            "reason": {"required": _("Choose why")},
        }

    field_order = ("post", "substitute", "starts_on", "ends_on", "reason")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "post" in self.fields:
            self.fields["post"].label = _("Who is away?")
            self.fields["post"].error_messages["required"] = _("Choose who is away")

    def clean_starts_on(self):
        day, today = self.cleaned_data["starts_on"], timezone.localdate()
        if day < today:
            raise ValidationError(_("The first day cannot be in the past"))
        if day > today + FARTHEST:
            raise ValidationError(_("Choose a day within a year"))
        return day

    def clean(self):
        cleaned = super().clean()
        if self.errors:
            return cleaned
        first, last = cleaned["starts_on"], cleaned["ends_on"]
        if last < first:
            self.add_error("ends_on", _("The last day is before the first day"))
        elif last > first + LONGEST:
            self.add_error(
                "ends_on",
                _("At most three months. For longer, hand the families over."),
            )
        user, place = self._post()
        self.instance.absent, self.instance.municipality = user, place
        self._check_colleague(user, place, first, last)
        return cleaned


class HandOverForm(StandInForm):
    """Who goes on with the families, and the last day of who leaves."""

    colleague_name = "successor"

    class Meta:
        model = HandOver
        fields = ("successor", "last_day")
        labels = {"successor": _("Who goes on?"), "last_day": _("Last day")}
        help_texts = {
            "last_day": _("From the next day on the families are with the successor.")
        }
        widgets = {"successor": Tiles(columns=1), "last_day": DateInput}
        error_messages = {
            "successor": {
                "required": _("Choose who goes on"),
                "invalid_choice": _("Choose who goes on"),
            },
            "last_day": LAST_DAY,
        }

    field_order = ("post", "successor", "last_day")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "post" in self.fields:
            self.fields["post"].label = _("Who leaves?")
            self.fields["post"].error_messages["required"] = _("Choose who leaves")

    def _others_in(self, places):
        """Whoever left before handing over: the appointment is over, the families wait."""
        waiting = FamilyAssignment.objects.own().filter(
            family__municipality__in=places, ends_on=None
        )
        by_name = waiting.order_by("mediator__last_name", "mediator__first_name")
        pairs = by_name.values_list("mediator", "family__municipality")
        found = list(pairs.distinct())
        people = User.objects.in_bulk([mediator for mediator, _place in found])
        by_key = {place.pk: place for place in places}
        return [(people[mediator], by_key[place]) for mediator, place in found]

    def clean_last_day(self):
        day, today = self.cleaned_data["last_day"], timezone.localdate()
        if not today - LATELY <= day <= today + FARTHEST:
            raise ValidationError(
                _("Choose a day of the last month or of the coming year")
            )
        return day

    def clean(self):
        cleaned = super().clean()
        if self.errors:
            return cleaned
        user, place = self._post()
        self.instance.mediator, self.instance.municipality = user, place
        begins = max(
            cleaned["last_day"] + timedelta(days=1),
            timezone.localdate(),
        )
        self._check_colleague(user, place, begins, begins)
        return cleaned
