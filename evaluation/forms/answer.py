"""The page of questions: everything may be left out, but not everything at once."""

from django import forms
from django.core import signing
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from evaluation.questions import OTHER_LENGTH, TEXT_LENGTH, Kind
from interface.widgets import ChipBoxes, Chips
from municipalities.forms import TEXT_ERRORS
from privacy.forms import NoPersonalCodes
from privacy.tokens import new_code

SIGNED_FOR = "evaluation.answer"
OTHER = "_other"
GROUPS = 6
"""Of the code of a form: nobody meets it again by chance."""


class AnswerForm(NoPersonalCodes, forms.Form):
    """The questions of a link as fields, in their order.

    ``homepage`` is no question: people do not see it, and what fills it in is none of
    them.
    """

    use_required_attribute = False

    key = forms.CharField(required=False, widget=forms.HiddenInput)
    revision = forms.CharField(required=False, widget=forms.HiddenInput)
    homepage = forms.CharField(
        required=False,
        label=gettext_lazy("Leave this empty"),
        widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
    )

    def __init__(self, *args, questions, revision="", **kwargs):
        super().__init__(*args, **kwargs)
        self.questions = questions
        code = signing.Signer(salt=SIGNED_FOR).sign(new_code(groups=GROUPS))
        self.fields["key"].initial, self.fields["revision"].initial = code, revision
        for question in questions:
            self._ask(question)

    def _ask(self, question):
        label = str(question)
        if question.is_text:
            self.fields[question.code] = _words(
                label, TEXT_LENGTH, forms.Textarea(attrs={"rows": 5})
            )
            return
        kind, widget = forms.ChoiceField, Chips
        if question.kind == Kind.SEVERAL:
            kind, widget = forms.MultipleChoiceField, ChipBoxes
        self.fields[question.code] = kind(
            label=label,
            choices=question.choices,
            widget=widget,
            required=False,
            error_messages={
                "invalid_choice": gettext_lazy("Choose from the list"),
                "invalid_list": gettext_lazy("Choose from the list"),
            },
        )
        if question.has_other:
            self.fields[question.code + OTHER] = _words(
                pgettext_lazy("answer", "Something else"),
                OTHER_LENGTH,
                forms.TextInput(attrs={"autocomplete": "off"}),
            )

    @property
    def asked(self):
        """``(question, bound field, bound field of “something else” or None)``."""
        return [
            (
                question,
                self[question.code],
                self[question.code + OTHER] if question.has_other else None,
            )
            for question in self.questions
        ]

    def clean_key(self):
        """The code of the form, or a new one in place of what did not come from here."""
        try:
            return signing.Signer(salt=SIGNED_FOR).unsign(self.cleaned_data["key"])
        except signing.BadSignature:
            return new_code(groups=GROUPS)

    def clean(self):
        cleaned = super().clean()
        if not self.errors and not self.answers:
            raise forms.ValidationError(
                _("Answer at least one question."), code="nothing"
            )
        return cleaned

    @property
    def answers(self):
        """Tuples of question, code of the choice and words, of what was answered."""
        found = []
        for question in self.questions:
            said = self.cleaned_data.get(question.code)
            if question.is_text:
                found += [(question.code, "", said)] if said else []
                continue
            chosen = said if isinstance(said, list) else [said] if said else []
            found += [(question.code, code, "") for code in dict.fromkeys(chosen)]
            other = self.cleaned_data.get(question.code + OTHER)
            found += [(question.code, "", other)] if other else []
        return found


def _words(label, limit, widget):
    return forms.CharField(
        label=label,
        required=False,
        max_length=limit,
        widget=widget,
        error_messages=TEXT_ERRORS,
    )
