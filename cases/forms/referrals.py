"""What an institution is asked, and what it answered."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cases.forms.cases import area_of
from cases.forms.fields import DayField, OneOf, Text
from cases.forms.widgets import ChipsOrOther
from cases.models import Referral
from cases.services.names import check_for
from cases.services.referrals import may_share_names
from families.forms.names import NameCheckedForm
from interface.latvian import latvian_order
from interface.two_windows import NothingOverwritten
from interface.widgets import Chips, DateInput, Tiles
from municipalities.forms import MadeOnce
from municipalities.models import Institution, InstitutionContact, Term, Vocabulary
from privacy.forms import NoPersonalCodes

ANY_AREA = "ANY_"


class ReferralForm(NameCheckedForm, MadeOnce):
    """Whom, what and by when; with codes, unless the family agreed to share its name."""

    checked = ("text",)
    use_required_attribute = False
    field_order = ("to", "request", "text", "names_shared", "sent_on", "due_on")

    to = OneOf(
        label=_("Which institution and person?"),
        error_messages={
            "required": _("Choose the institution"),
            "invalid_choice": _("Choose the institution from the list"),
        },
        widget=ChipsOrOther(
            Tiles(columns=1), {"other": (_("From all contacts"), forms.Select())}
        ),
    )
    request = forms.ModelChoiceField(
        Term.objects.none(),
        label=_("What do you ask for?"),
        required=False,
        empty_label=None,
        widget=Chips,
        error_messages={"invalid_choice": _("Choose one from the list.")},
    )
    text = Text(
        label=_("In one sentence"),
        max_length=300,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    sent_on = DayField(
        label=_("Sent on"),
        widget=DateInput,
        error_messages={
            "required": _("Choose the day"),
            "invalid": _("Choose the day"),
        },
    )
    due_on = DayField(
        label=_("Answer due"),
        help_text=_("Usually 10 working days after sending."),
        required=False,
        widget=DateInput,
        error_messages={"invalid": _("Choose the day")},
    )

    class Meta:
        model = Referral
        fields = ("request", "text", "names_shared", "sent_on", "due_on")
        labels = {"names_shared": _("Name the family to the institution")}

    def __init__(self, *args, mediator, people, **kwargs):
        super().__init__(*args, **kwargs)
        self.mediator, self.case = mediator, self.instance.case
        self._offer_partners(people)
        self._offer_requests()
        if not may_share_names(self.case.family):
            del self.fields["names_shared"]
        self.initial["due_on"] = Referral.usually_due(self.instance.sent_on)

    @property
    def codes_only(self):
        """True when no agreement of the family lets its name out."""
        return "names_shared" not in self.fields

    def _offer_partners(self, people):
        """Tiles for the people of this case, a list for everybody else."""
        field = self.fields["to"]
        contacts = InstitutionContact.objects.visible_to(self.mediator).active()
        institutions = _by_name(Institution.objects.visible_to(self.mediator).active())
        rows = _by_name(contacts.select_related("institution"))
        by_institution = {}
        for row in rows:
            by_institution.setdefault(row.institution_id, []).append(row)
        field.objects = {str(row.pk): (row, None) for row in institutions}
        field.objects |= {str(row.pk): (row.institution, row) for row in rows}
        known = [row for row in people if str(row.pk) in field.objects]
        tiles, select = field.widget.chips, field.widget.inputs["other"][1]
        tiles.choices = [(str(row.pk), row.name) for row in known]
        tiles.hints = {str(row.pk): row.institution.name for row in known}
        select.choices = [
            ("", _("Not chosen")),
            *(
                (
                    institution.name,
                    [
                        (str(institution.pk), institution.name),
                        *(
                            (str(row.pk), ", ".join(filter(None, (row.name, row.post))))
                            for row in by_institution.get(institution.pk, ())
                        ),
                    ],
                )
                for institution in institutions
            ),
        ]

    def _offer_requests(self):
        """The usual ones of the area of the case, then those of any area."""
        terms = Term.objects.of(Vocabulary.REFERRAL_REQUEST).valid()
        fitting = [
            term.pk
            for term in terms
            if term.code.startswith(ANY_AREA) or area_of(term) == self.case.area
        ]
        self.fields["request"].queryset = terms.filter(pk__in=fitting)

    def clean_sent_on(self):
        day = self.cleaned_data["sent_on"]
        if day > timezone.localdate():
            raise ValidationError(_("The date cannot be in the future"), code="future")
        return day

    def clean(self):
        cleaned = super().clean()
        self.instance.institution, self.instance.contact = cleaned.get("to") or (
            None,
            None,
        )
        self._check_due(cleaned)
        self._check_request(cleaned)
        return cleaned

    def _check_due(self, cleaned):
        sent_on, due_on = cleaned.get("sent_on"), cleaned.get("due_on")
        if sent_on and not due_on and "due_on" not in self.errors:
            cleaned["due_on"] = Referral.usually_due(sent_on)
        elif sent_on and due_on and due_on < sent_on:
            self.add_error("due_on", _("The answer cannot be due before sending."))

    def _check_request(self, cleaned):
        text = cleaned.get("text")
        if not (
            text or cleaned.get("request") or {"text", "request"} & set(self.errors)
        ):
            missing = _("Choose or write what you ask for")
            self.add_error("request", ValidationError(missing, code="required"))
        may_name_own = cleaned.get("names_shared", False)
        self.text_check = check_for(self.case, self.mediator, may_name_own=may_name_own)
        self.refuse_names("text", text)


def _by_name(rows):
    return sorted(rows, key=lambda row: latvian_order(row.name))


class ReferralAnswerForm(NothingOverwritten, NoPersonalCodes, forms.Form):
    """How the institution answered, and when."""

    use_required_attribute = False

    answer = forms.ChoiceField(
        label=_("What did they answer?"),
        choices=Referral.Answer,
        widget=Chips(icons={answer: answer.icon for answer in Referral.Answer}),
        error_messages={"required": _("Choose how they answered")},
    )
    answered_on = DayField(
        label=_("When?"),
        widget=DateInput,
        error_messages={
            "required": _("Choose the day"),
            "invalid": _("Choose the day"),
        },
    )
    note = Text(
        label=_("Short note"),
        max_length=500,
        required=False,
        help_text=_("Do not write surnames, personal codes or names of illnesses."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    is_edit = True

    def __init__(self, *args, referral, **kwargs):
        super().__init__(*args, **kwargs)
        self.referral = referral
        self.initial = {
            "answer": referral.answer,
            "answered_on": referral.answered_on or timezone.localdate(),
            "note": referral.note,
        }

    def clean_answered_on(self):
        day = self.cleaned_data["answered_on"]
        if day > timezone.localdate():
            raise ValidationError(_("The date cannot be in the future"), code="future")
        if day < self.referral.sent_on:
            raise ValidationError(
                _("The answer cannot come before sending."), code="early"
            )
        return day
