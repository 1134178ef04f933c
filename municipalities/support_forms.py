"""What coordinators and project management write about a municipality."""

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _

from interface.choices import put_in_order
from interface.days import has_a_likely_year, has_come
from interface.latvian import latvian_order
from interface.widgets import ChipBoxes, Chips, DateInput
from municipalities.forms import TEXT_ERRORS, MadeOnce
from municipalities.models import (
    CityPlan,
    FundingLine,
    GroupDecision,
    GroupMeeting,
    GroupMember,
    Institution,
    InstitutionContact,
    Membership,
    Municipality,
    MunicipalVisit,
    Premises,
    Term,
)
from privacy.nameless import Nameless

SUPPORT, EXCHANGE = MunicipalVisit.Kind.SUPPORT, MunicipalVisit.Kind.EXCHANGE
NO_NAMES = _("No names of families.")
WHOLE = 100


class RowForm(Nameless, MadeOnce):
    """One row of a list: calendars for dates, chips for a few words, terms in use.

    ``places`` are the municipalities whose families no text of it may name. ``past``
    are the days that cannot be ahead.
    """

    past = ()

    def __init__(self, *args, by, places, **kwargs):
        super().__init__(*args, **kwargs)
        self.by, self.places = by, places
        for name, field in self.fields.items():
            field.error_messages |= TEXT_ERRORS
            if isinstance(field, forms.DateField):
                self._ask_for_day(name, field)
            elif isinstance(field, forms.TypedChoiceField):
                self._as_chips(field)
            elif isinstance(field, forms.ModelChoiceField):
                self._offer(name, field)

    @property
    def nameless(self):
        """Whatever is typed in words, links too: others read it."""
        return [
            name
            for name, field in self.fields.items()
            if isinstance(field, forms.CharField) and not field.widget.is_hidden
        ]

    def _ask_for_day(self, name, field):
        field.widget = DateInput()
        field.validators.append(has_a_likely_year)
        if name in self.past:
            field.validators.append(has_come)

    def _as_chips(self, field):
        field.choices = [choice for choice in field.choices if choice[0] != ""]
        widget = Chips()
        widget.choices, field.widget = field.choices, widget

    def _offer(self, name, field):
        """Terms that may be chosen today, and the one that the row has."""
        if field.queryset.model is Term:
            own = Term.objects.filter(pk=getattr(self.instance, f"{name}_id"))
            chosen = field.queryset.filter(**field.get_limit_choices_to())
            field.queryset = chosen.filter(
                pk__in=Term.objects.valid().values("pk")
            ) | chosen.filter(pk__in=own.values("pk"))
            field.empty_label = _("Choose") if field.required else _("Not stated")

    def get_named(self):
        """The audit notes a refused name with the place, since a new row is not stored."""
        return self.places[0]

    def name_checks(self, named):
        return import_string(settings.NAME_CHECKS)(self.places)


class PremisesForm(RowForm):
    class Meta:
        model = Premises
        fields = ("room", "address", "hours", "transport", "starts_on", "ends_on")


class FundingLineForm(RowForm):
    class Meta:
        model = FundingLine
        fields = ("purpose", "source", "percent", "amount", "starts_on", "ends_on")

    def clean(self):
        """Shares that pay the same thing at the same time are never more than the whole."""
        data = super().clean()
        if not self.errors and data["percent"]:
            others = (
                FundingLine.objects.of(self.instance.municipality)
                .filter(purpose=data["purpose"])
                .exclude(pk=self.instance.pk)
            )
            if share_at_most(others, data) > WHOLE:
                message = _("Together with the other sources this is more than 100 %.")
                self.add_error("percent", message)
        return data


def share_at_most(others, data):
    """The largest sum of shares on one day of the row that is written, itself included."""
    last = data["ends_on"]
    others = [
        row
        for row in others.exclude(percent=None)
        if (last is None or row.starts_on <= last)
        and (row.ends_on is None or row.ends_on >= data["starts_on"])
    ]
    # The sum only grows where a row begins
    days = {data["starts_on"], *(max(r.starts_on, data["starts_on"]) for r in others)}
    return data["percent"] + max(
        sum(
            row.percent
            for row in others
            if row.starts_on <= day and (row.ends_on is None or row.ends_on >= day)
        )
        for day in days
    )


class MembershipForm(RowForm):
    class Meta:
        model = Membership
        fields = ("organisation", "member", "role", "starts_on", "ends_on")


class CityPlanForm(RowForm):
    link = forms.URLField(
        label=_("Link"), max_length=500, required=False, assume_scheme="https"
    )

    class Meta:
        model = CityPlan
        fields = ("title", "link", "starts_on", "ends_on")


class OfficialField(forms.ModelChoiceField):
    """An official, told from namesakes by post and institution."""

    def label_from_instance(self, contact):
        return f"{contact}, {contact.about}"


class OfficialsField(forms.ModelMultipleChoiceField):
    label_from_instance = OfficialField.label_from_instance


def officials_of(municipality, *chosen):
    """Those of the place and of the whole country, and those whom the row names."""
    contacts = InstitutionContact.objects.of([municipality]).select_related(
        "institution"
    )
    return contacts.active() | contacts.filter(pk__in=chosen)


class GroupMemberForm(RowForm):
    contact = OfficialField(InstitutionContact.objects.none(), label=_("Person"))

    class Meta:
        model = GroupMember
        fields = ("contact", "role", "starts_on", "ends_on")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        contact = self.fields["contact"]
        contact.queryset = officials_of(
            self.instance.municipality, self.instance.contact_id
        )
        contact.empty_label = _("Choose")
        put_in_order(contact)


class GroupMeetingForm(RowForm):
    past = ("held_on",)

    present = OfficialsField(
        InstitutionContact.objects.none(),
        label=_("Who came?"),
        widget=ChipBoxes,
        required=False,
    )

    class Meta:
        model = GroupMeeting
        fields = ("held_on", "place", "present", "minutes")
        widgets = {"minutes": forms.Textarea(attrs={"rows": 6})}
        help_texts = {"minutes": NO_NAMES}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        meeting = self.instance
        chosen = [] if meeting._state.adding else meeting.present.values_list("pk")
        members = GroupMember.objects.of(meeting.municipality).values("contact")
        contacts = InstitutionContact.objects.of([meeting.municipality])
        self.fields["present"].queryset = (
            contacts.filter(pk__in=members) | contacts.filter(pk__in=chosen)
        ).select_related("institution")
        put_in_order(self.fields["present"])


class GroupDecisionForm(RowForm):
    class Meta:
        model = GroupDecision
        fields = ("meeting", "text", "institution", "due_on", "status")
        widgets = {"text": forms.Textarea(attrs={"rows": 3})}
        help_texts = {"text": NO_NAMES}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        [place] = self.places
        meeting, owner = self.fields["meeting"], self.fields["institution"]
        meeting.queryset, meeting.empty_label = GroupMeeting.objects.of(place), None
        owner.queryset = Institution.objects.of([place]).active() | (
            Institution.objects.of([place]).filter(pk=self.instance.institution_id)
        )
        owner.empty_label = _("Nobody yet")
        put_in_order(owner)

    def clean(self):
        """Nothing is due before the meeting that decided it."""
        data = super().clean()
        meeting, due_on = data.get("meeting"), data.get("due_on")
        if meeting and due_on and due_on < meeting.held_on:
            message = _("This day is before the meeting.")
            self.add_error("due_on", ValidationError(message, code="before"))
        return data


class VisitForm(RowForm):
    past = ("held_on",)

    class Meta:
        model = MunicipalVisit
        fields = ("held_on", "participants", "purpose", "conclusions")
        widgets = {"conclusions": forms.Textarea(attrs={"rows": 5})}
        help_texts = {"conclusions": NO_NAMES}


class SupportVisitForm(VisitForm):
    """By project management: date, who, purpose, conclusions."""


class ExchangeVisitForm(VisitForm):
    """With another municipality, there or here."""

    class Meta(VisitForm.Meta):
        fields = ("held_on", "other_place", *VisitForm.Meta.fields[1:])

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        others = Municipality.objects.standing().valid()
        others = others.exclude(pk=self.instance.municipality_id)
        field = self.fields["other_place"]
        field.queryset, field.required = others, True
        field.choices = [
            ("", _("Choose")),
            *sorted(
                ((place.pk, str(place)) for place in others),
                key=lambda pair: latvian_order(pair[1]),
            ),
        ]

    def name_checks(self, named):
        """Both municipalities read of it, so families of neither are named."""
        other = self.cleaned_data.get("other_place")
        places = [*self.places, other] if other else self.places
        return import_string(settings.NAME_CHECKS)(places)
