"""What the mediator writes: the parts of the report, the asks, the answers."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from families.forms.names import NameCheckedForm
from interface.widgets import Chips, DateInput
from mediators.models import User
from reports.forms.text import ReportText
from reports.models import Ask, MonthlyReport, ReportSection

LINE_LENGTH = 120
ASK_LENGTH = 200
ANSWER_LENGTH = 600

FINISHED = {
    User.AddressForm.FEMININE: pgettext_lazy("feminine", "I have finished this part"),
    User.AddressForm.MASCULINE: pgettext_lazy("masculine", "I have finished this part"),
}


class _WhileWritable:
    """Refused, with everything typed still there, once the report is handed in."""

    def clean(self):
        if not self.report.is_writable:
            raise ValidationError(
                _(
                    "The report has been handed in in the meantime, so this was not "
                    "saved. Your text is still below: copy it if you need it."
                ),
                code="handed_in",
            )
        return super().clean()


class SectionForm(_WhileWritable, NameCheckedForm, forms.ModelForm):
    """The text of one part. It may hold names until it is handed in."""

    checked = ("text",)

    use_required_attribute = False

    class Meta:
        model = ReportSection
        fields = ["text", "is_finished"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.report, definition = self.instance.report, self.instance.definition
        self.fields["text"] = ReportText(
            label=definition.question,
            limit=definition.max_length,
            rows=5 if definition.lines else 8,
            required=definition.is_required,
            may_wait=True,
        )
        self.fields["is_finished"].label = FINISHED[self.report.mediator.address_form]

    def clean_text(self):
        text, allowed = self.cleaned_data["text"], self.instance.definition.lines
        lines = [line for line in text.splitlines() if line.strip()]
        if allowed and len(lines) > allowed:
            raise ValidationError(
                ngettext(
                    "There is room for %(count)d line here.",
                    "There is room for %(count)d lines here.",
                    allowed,
                )
                % {"count": allowed}
            )
        if allowed and any(len(line) > LINE_LENGTH for line in lines):
            raise ValidationError(
                ngettext(
                    "A line is longer than %(count)d character. Make it shorter.",
                    "A line is longer than %(count)d characters. Make it shorter.",
                    LINE_LENGTH,
                )
                % {"count": LINE_LENGTH}
            )
        return text

    def save(self, commit=True):
        """A part whose words changed has to be read again."""
        if "text" in self.changed_data:
            self.instance.is_accepted = False
        return super().save(commit)


class FinishedForm(_WhileWritable, forms.ModelForm):
    """Whether the mediator is through with the asks."""

    class Meta:
        model = ReportSection
        fields = ["is_finished"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.report = self.instance.report
        self.fields["is_finished"].label = FINISHED[self.report.mediator.address_form]


class AnswerForm(_WhileWritable, NameCheckedForm, forms.Form):
    """The answer to the coordinator's questions about one part."""

    checked = ("answer",)

    answer = ReportText(
        label=gettext_lazy("Your answer"), limit=ANSWER_LENGTH, rows=3, required=False
    )
    corrected = forms.BooleanField(required=False)

    def __init__(self, *args, report, key, **kwargs):
        super().__init__(*args, **kwargs)
        self.report, self.key = report, key

    def clean_answer(self):
        answer = self.cleaned_data["answer"]
        self.refuse_names("answer", answer)
        return answer

    def save(self, *, by):
        """Keep the answer; the questions of this part are answered by it."""
        text = self.cleaned_data["answer"]
        if not text and self.cleaned_data["corrected"]:
            text = _("Corrected.")
        if text:
            comments = self.report.comments
            comments.filter(section=self.key, is_open=True).update(is_open=False)
            comments.create(section=self.key, author=by, text=text, is_open=False)


class AskForm(NameCheckedForm, forms.ModelForm):
    """One thing that the municipality is asked for. As a part, it may hold names."""

    checked = ("text",)

    class Meta:
        model = Ask
        fields = ["kind", "text", "due_on"]
        widgets = {"kind": Chips, "due_on": DateInput}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["kind"].label = _("What is needed?")
        self.fields["text"] = ReportText(
            label=_("In one sentence"), limit=ASK_LENGTH, rows=2, required=True
        )
        self.fields["text"].error_messages["required"] = _(
            "Write in one sentence what is needed"
        )
        self.fields["kind"].error_messages["required"] = _("Choose what is needed")
        self.fields["due_on"].label = _("By when?")

    def clean_due_on(self):
        due_on = self.cleaned_data["due_on"]
        if "due_on" in self.changed_data and due_on and due_on < timezone.localdate():
            raise ValidationError(_("This day has passed. Choose a later one."))
        return due_on


class BaseAskFormSet(forms.BaseInlineFormSet):
    """Up to three asks; each is written, changed or deleted for itself."""

    def add_fields(self, form, index):
        super().add_fields(form, index)
        form.fields["DELETE"].label = _("Delete this ask")

    def clean(self):
        """An ask that is gone, or never was of this report, is not made anew."""
        super().clean()
        for form in self.initial_forms:
            if form.instance._state.adding:
                form.add_error(
                    None,
                    _(
                        "This ask was deleted in another window. Your words are still "
                        "here: copy them and write the ask anew."
                    ),
                )

    def save(self, commit=True):
        """The asks stand in the order of the page; changed ones are read again."""
        for position, form in enumerate(self.forms):
            form.instance.position = position
        if self.has_changed():
            self.instance.sections.filter(key="support").update(is_accepted=False)
        return super().save(commit)


AskFormSet = forms.inlineformset_factory(
    MonthlyReport,
    Ask,
    form=AskForm,
    formset=BaseAskFormSet,
    extra=Ask.MAXIMUM,
    max_num=Ask.MAXIMUM,
    validate_max=True,
)
