"""What somebody writes who complains about a mediator, and the answer."""

from django import forms
from django.core import signing
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from mediators.models import Appointment, Complaint, Role
from mediators.models.complaint import GROUPS
from municipalities.forms import TEXT_ERRORS
from municipalities.models import Municipality, Term, Vocabulary
from privacy.forms import NoPersonalCodes
from privacy.tokens import new_code

SIGNED_FOR = "mediators.complaint"


class ComplaintForm(NoPersonalCodes, forms.ModelForm):
    """Nobody's name is asked for; mediators are not listed, because this page is public."""

    use_required_attribute = False

    key = forms.CharField(required=False, widget=forms.HiddenInput)
    """The signed code of the complaint to be made, so that a double click makes one."""

    class Meta:
        model = Complaint
        fields = ("municipality", "about", "text", "reach")
        labels = {
            "municipality": _("In which municipality?"),
            "about": _("Which mediator is it about?"),
            "text": _("What happened?"),
            "reach": _("How can the coordinator reach you?"),
        }
        help_texts = {
            "about": _("A first name or how you know the mediator will do."),
            "text": _("When, where, what was said or done. Write as you speak."),
            "reach": _(
                "A phone number or an e-mail. Leave it empty if you do not want to "
                "say who you are."
            ),
        }
        widgets = {
            "about": forms.TextInput(attrs={"autocomplete": "off"}),
            "text": forms.Textarea(attrs={"rows": 7}),
            "reach": forms.TextInput(attrs={"autocomplete": "off"}),
        }
        error_messages = {
            "municipality": {"required": _("Choose the municipality")},
            "about": {"required": _("Write which mediator it is about"), **TEXT_ERRORS},
            "text": {"required": _("Write what happened"), **TEXT_ERRORS},
            "reach": TEXT_ERRORS,
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        mediated = Appointment.objects.filter(role=Role.MEDIATOR)
        field = self.fields["municipality"]
        field.queryset = Municipality.objects.filter(
            pk__in=mediated.values("municipality")
        )
        field.empty_label = pgettext_lazy("municipality", "Choose")
        self.fields["key"].initial = signing.dumps(
            new_code(groups=GROUPS), salt=SIGNED_FOR
        )

    def clean_key(self):
        """Its code, or a new one in place of what did not come from here."""
        try:
            return signing.loads(self.cleaned_data["key"], salt=SIGNED_FOR)
        except signing.BadSignature:
            return new_code(groups=GROUPS)


class ComplaintAnswerForm(NoPersonalCodes, forms.ModelForm):
    """How it ended, and what the person who complained may read."""

    use_required_attribute = False

    class Meta:
        model = Complaint
        fields = ("outcome", "answer")
        labels = {
            "outcome": pgettext_lazy("complaint", "How did it end?"),
            "answer": _("Answer to the person"),
        }
        help_texts = {
            "answer": _(
                "Whoever knows the code of the complaint reads this. Write no names."
            )
        }
        widgets = {"answer": forms.Textarea(attrs={"rows": 5})}
        error_messages = {
            "outcome": {"required": _("Choose how it ended")},
            "answer": {"required": _("Write an answer"), **TEXT_ERRORS},
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        outcome = self.fields["outcome"]
        outcome.queryset = Term.objects.of(Vocabulary.COMPLAINT_OUTCOME).valid()
        outcome.required = self.fields["answer"].required = True
        outcome.empty_label = pgettext_lazy("outcome", "Choose")
