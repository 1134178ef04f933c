"""Who led an event, who was invited, what was said of it."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cases.models import Kind, Visit
from events.forms.events import EntryField
from events.models import Invitation, Leader, Testimonial
from events.models.event import A_DAY
from families.forms.nameless import NamelessAtPlace
from interface.latvian import full_date, latvian_order
from interface.widgets import ChipBoxes, Chips, DateInput
from mediators.models import Role
from municipalities.forms import TEXT_ERRORS, MadeOnce
from municipalities.models import InstitutionContact


def names_officials(user):
    """Whoever works in a municipality reads their names; others post and institution."""
    return user.own_municipalities().exists()


class OwnPartForm(forms.Form):
    """“I led it too”: the mediator's own entry of that day gives the hours."""

    use_required_attribute = False

    visit = EntryField(
        Visit.objects.none(),
        label=_("My log entry about it"),
        to_field_name="code",
        empty_label=None,
        error_messages={
            "required": _("Choose the entry"),
            "invalid_choice": _(
                "This log entry is not yours, or it already has its event."
            ),
        },
    )

    def __init__(self, *args, event, by, **kwargs):
        super().__init__(*args, **kwargs)
        rows = Visit.objects.none()
        if by.has_role(Role.MEDIATOR):
            rows = Visit.objects.logged_by(by).filter(
                kind=Kind.GROUP, visited_on=event.held_on, led_events=None
            )
        if event.municipality_id:
            rows = rows.filter(municipality=event.municipality_id)
        self.fields["visit"].queryset = rows

    @property
    def has_choices(self):
        return self.fields["visit"].queryset.exists()


class OutsideLeaderForm(MadeOnce):
    """A leader who keeps no log here: a name and minutes."""

    use_required_attribute = False

    own_minutes = forms.IntegerField(
        label=_("How many minutes?"),
        min_value=1,
        max_value=A_DAY,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
        error_messages={
            "required": _("Say how many minutes"),
            "invalid": _("Write a whole number"),
            "min_value": _("Write a number from 1 to 1440"),
            "max_value": _("Write a number from 1 to 1440"),
        },
    )

    class Meta:
        model = Leader
        fields = ("name", "own_minutes")
        labels = {"name": _("Name of the leader")}
        widgets = {"name": forms.TextInput(attrs={"autocomplete": "off"})}
        error_messages = {"name": TEXT_ERRORS}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["name"].required = True
        self.fields["name"].error_messages["required"] = _("Write who led it")


class InviteForm(forms.Form):
    """Officials of the contact register, institution by institution."""

    contacts = forms.ModelMultipleChoiceField(
        InstitutionContact.objects.none(),
        label=_("Whom do you invite?"),
        widget=ChipBoxes,
        error_messages={
            "required": _("Choose whom to invite"),
            "invalid_choice": _("Choose a person from the list"),
        },
    )

    def __init__(self, *args, event, by, **kwargs):
        super().__init__(*args, **kwargs)
        rows = InstitutionContact.objects.readable_by(by).active()
        rows = rows.exclude(invitations__event=event).select_related("institution")
        field = self.fields["contacts"]
        field.queryset = rows
        names_them = names_officials(by)
        choices = [
            (row.pk, f"{row.name}, {row.about}" if names_them else row.about)
            for row in rows
        ]
        field.choices = sorted(choices, key=lambda choice: latvian_order(choice[1]))


class InvitationForm(forms.Form):
    """How far an invitation is."""

    state = forms.ChoiceField(choices=Invitation.State.choices, widget=Chips)

    def __init__(self, *args, event, **kwargs):
        super().__init__(*args, **kwargs)
        self.event = event

    def clean_state(self):
        state = self.cleaned_data["state"]
        if state == Invitation.State.CAME and self.event.is_planned:
            raise forms.ValidationError(
                _("The event is on %(day)s: nobody has come yet.")
                % {"day": full_date(self.event.held_on)}
            )
        return state


class TestimonialForm(NamelessAtPlace, MadeOnce):
    """What somebody said; without a day of agreement it stays in the team."""

    use_required_attribute = False
    nameless = ("text", "author")

    agrees = forms.BooleanField(
        label=_("They agreed that it may be published"), required=False
    )

    class Meta:
        model = Testimonial
        fields = ("text", "author", "agreed_on")
        labels = {
            "text": _("What was said?"),
            "author": _("Who said it?"),
            "agreed_on": _("When did they agree?"),
        }
        help_texts = {
            "author": _("For example “a mother” or “a teacher”. Empty: anonymous."),
        }
        widgets = {
            "text": forms.Textarea(attrs={"rows": 4}),
            "author": forms.TextInput(attrs={"autocomplete": "off"}),
            "agreed_on": DateInput,
        }
        error_messages = {
            "text": {"required": _("Write what was said"), **TEXT_ERRORS},
            "author": TEXT_ERRORS,
            "agreed_on": {"invalid": _("Choose the day")},
        }

    def __init__(self, *args, by, **kwargs):
        super().__init__(*args, **kwargs)
        self.by = by
        self.initial.setdefault("agreed_on", timezone.localdate())

    def clean(self):
        data = super().clean()
        day = data.get("agreed_on")
        if not data.get("agrees"):
            data["agreed_on"] = None
        elif not day:
            self.add_error("agreed_on", _("Choose the day"))
        elif day > timezone.localdate():
            self.add_error("agreed_on", _("Choose a day that has come already"))
        elif day < self.instance.event.held_on:
            self.add_error(
                "agreed_on",
                _("The event was on %(day)s: nobody agreed before it.")
                % {"day": full_date(self.instance.event.held_on)},
            )
        return data
