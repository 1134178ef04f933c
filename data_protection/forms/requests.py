"""Taking down a request about data, and deciding on it as the second person."""

from datetime import timedelta

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from data_protection.forms.nameless import NamelessAboutFamily
from data_protection.models import SubjectRequest
from families.models import Family
from interface.widgets import Chips, DateInput, Tiles
from mediators.models import Role
from municipalities.forms import MadeOnce
from privacy.forms import NoPersonalCodes

CONFIRM, REFUSE = "confirm", "refuse"
LONG_AGO = timedelta(days=366)


class FamilyCodeForm(NoPersonalCodes, forms.Form):
    """Which family: its code, typed, because a list would tell too much."""

    gimene = forms.CharField(
        label=_("Code of the family"),
        max_length=12,
        help_text=_("For example UPC-009. The family's mediator knows it."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": _("Write the code of the family")},
    )

    def __init__(self, *args, by, **kwargs):
        super().__init__(*args, **kwargs)
        self.by = by

    def clean_gimene(self):
        """Officers name any family, mediators those they work with."""
        families = Family.objects.not_erased()
        if not self.by.has_role(Role.DATA_PROTECTION_OFFICER):
            families = families.assigned_to(self.by)
        family = families.filter(code__iexact=self.cleaned_data["gimene"]).first()
        if family is None:
            raise ValidationError(_("There is no such code."), code="unknown")
        return family


class PersonChoice(forms.ModelChoiceField):
    """People of a family: by name for who works with them, else by relation and year."""

    shows_names = False

    def label_from_instance(self, person):
        facts = [str(person.relation), str(person.birth_year or "")]
        name = person.shown_name if self.shows_names else ""
        return ", ".join(fact for fact in (name, *facts) if fact)


class RequestForm(NamelessAboutFamily, MadeOnce):
    """What a person asks, when, and how we know who it is."""

    nameless = ("wish",)

    member = PersonChoice(
        queryset=None,
        required=False,
        label=_("About whom"),
        empty_label=_("The whole family"),
    )

    class Meta:
        model = SubjectRequest
        fields = ["kind", "member", "received_on", "identity", "wish"]
        widgets = {
            "kind": Tiles(columns=1),
            "identity": Chips,
            "received_on": DateInput,
            "wish": forms.Textarea(attrs={"rows": 3}),
        }
        help_texts = {
            "wish": _(
                "For a correction: what is wrong and how it should be. No names."
            ),
        }
        error_messages = {
            "kind": {"required": _("Choose what is asked")},
            "received_on": {"required": _("Choose the day")},
        }

    def __init__(self, *args, by, family, **kwargs):
        super().__init__(*args, **kwargs)
        self.by = by
        self.instance.family = family
        kinds = SubjectRequest.Kind
        self.fields["kind"].choices = [
            (kind.value, kind.label)
            for kind in kinds
            if kind != kinds.LIFTING or family.restricted_on
        ]
        people = self.fields["member"]
        people.queryset = family.members.select_related("relation")
        people.shows_names = Family.objects.visible_to(by).contains(family)

    def get_named(self):
        return self.instance.family

    def clean_received_on(self):
        day = self.cleaned_data["received_on"]
        if day > timezone.localdate():
            raise ValidationError(_("The date cannot be in the future"), code="future")
        if day < timezone.localdate() - LONG_AGO:
            raise ValidationError(_("Look at the year: this is long ago"), code="past")
        return day

    def clean(self):
        data = super().clean()
        if data.get("kind") == SubjectRequest.Kind.RECTIFICATION and not data.get(
            "wish"
        ):
            self.add_error("wish", _("Say what has to be corrected"))
        if data.get("member") and data.get("kind") in (
            SubjectRequest.Kind.RESTRICTION,
            SubjectRequest.Kind.OBJECTION,
            SubjectRequest.Kind.LIFTING,
        ):
            self.add_error("member", _("This is possible for the whole family only"))
        return data


class DecisionForm(NamelessAboutFamily, forms.Form):
    """Agree, or refuse with a reason that the person will hear."""

    nameless = ("reason",)

    decision = forms.ChoiceField(choices=[(CONFIRM, CONFIRM), (REFUSE, REFUSE)])
    reason = forms.CharField(
        label=_("Reason"),
        required=False,
        max_length=500,
        help_text=_("Needed for a refusal: the person has to hear it. No names."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args, by, family_id, **kwargs):
        super().__init__(*args, **kwargs)
        self.by, self.family_id = by, family_id

    def get_named(self):
        """Fetched when it is needed: the page that shows the form is not handed it."""
        return Family.objects.get(pk=self.family_id)

    def clean(self):
        data = super().clean()
        if data.get("decision") == REFUSE and not data.get("reason", "").strip():
            self.add_error("reason", _("Say why the request is refused"))
        return data
