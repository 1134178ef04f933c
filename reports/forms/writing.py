"""What the mediator writes: the parts of the report, the asks, the answers."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from families.forms.names import NameCheckedForm
from interface.widgets import Chips, DateInput
from mediators.models import User
from reports.forms.kept import KeptForm
from reports.forms.text import ReportText
from reports.models import Ask, ReportSection
from reports.room import ANSWER_LENGTH, ASK_LENGTH, NO_ROOM, check_lines
from reports.sections import SUPPORT_KEY

FINISHED = {
    User.AddressForm.FEMININE: pgettext_lazy("feminine", "I have finished this part"),
    User.AddressForm.MASCULINE: pgettext_lazy("masculine", "I have finished this part"),
}


class SectionForm(KeptForm, NameCheckedForm, forms.ModelForm):
    """The text of one part. It may hold names until it is handed in."""

    checked = ("text",)
    may_wait = {"text": NO_ROOM}

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
        if definition.lines:
            self.fields["text"].widget.attrs["data-lines"] = ""
        self.fields["is_finished"].label = FINISHED[self.report.mediator.address_form]

    def clean_text(self):
        text, allowed = self.cleaned_data["text"], self.instance.definition.lines
        if allowed:
            check_lines(text, allowed)
        return text

    def store(self, values):
        """A part whose words changed has to be read again."""
        if "text" in values:
            values |= {"is_accepted": False}
        super().store(values)


class FinishedForm(KeptForm, forms.ModelForm):
    """Whether the mediator is through with the asks."""

    class Meta:
        model = ReportSection
        fields = ["is_finished"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.report = self.instance.report
        self.fields["is_finished"].label = FINISHED[self.report.mediator.address_form]

    def stored_words(self):
        return {}


class AnswerForm(KeptForm, NameCheckedForm, forms.Form):
    """The answer to the coordinator's questions about one part."""

    words = "answer"
    checked = ("answer",)
    may_wait = {"answer": NO_ROOM | {"name"}}

    answer = ReportText(
        label=gettext_lazy("Your answer"), limit=ANSWER_LENGTH, rows=3, required=False
    )
    corrected = forms.BooleanField(required=False)

    def __init__(self, *args, section, **kwargs):
        self.instance, self.report = section, section.report
        super().__init__(*args, initial={"answer": section.answer}, **kwargs)

    def clean_answer(self):
        answer = self.cleaned_data["answer"]
        self.refuse_names("answer", answer)
        return answer

    def keepable(self):
        """Only the words; a page without questions has no room for an answer."""
        values = super().keepable()
        is_asked = "answer" in self.data and "answer" in values
        return {"answer": values["answer"]} if is_asked else {}

    def finish(self, *, by):
        """Give the answer; the questions of this part are answered by it."""
        text = self.cleaned_data["answer"]
        if not text and self.cleaned_data["corrected"]:
            text = _("Corrected.")
        if text:
            comments, key = self.report.comments, self.instance.key
            comments.filter(section=key, is_open=True).update(is_open=False)
            comments.create(section=key, author=by, text=text, is_open=False)
            self.store({"answer": ""})


class AskForm(KeptForm, NameCheckedForm, forms.ModelForm):
    """One thing that the municipality is asked for. As a part, it may hold names."""

    checked = ("text",)
    may_wait = {"text": NO_ROOM | {"required"}, "kind": {"required"}}

    DELETE = forms.BooleanField(label=gettext_lazy("Delete this ask"), required=False)

    class Meta:
        model = Ask
        fields = ["kind", "text", "due_on"]
        widgets = {"kind": Chips, "due_on": DateInput}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, use_required_attribute=False, **kwargs)
        self.report = self.instance.report
        self.is_new = self.instance._state.adding
        self.empty_permitted = self.is_new
        self.fields["kind"].label = _("What is needed?")
        self.fields["kind"].required = True
        self.fields["text"] = ReportText(
            label=_("In one sentence"), limit=ASK_LENGTH, rows=2, required=True
        )
        self.fields["text"].error_messages["required"] = _(
            "Write in one sentence what is needed"
        )
        self.fields["kind"].error_messages["required"] = _("Choose what is needed")
        self.fields["due_on"].label = _("By when?")

    def stored_words(self):
        ask = self.instance
        day = ask.due_on.isoformat() if ask.due_on else ""
        return {"kind": ask.kind, "text": ask.text, "due_on": day}

    def clean_due_on(self):
        due_on = self.cleaned_data["due_on"]
        if "due_on" in self.changed_data and due_on and due_on < timezone.localdate():
            raise ValidationError(_("This day has passed. Choose a later one."))
        return due_on

    @property
    def changes_words(self):
        return self.add_prefix("DELETE") in self.data or super().changes_words

    @property
    def is_deleted(self):
        """Whatever else stands there does not matter any more."""
        wants = self.add_prefix("DELETE") in self.data
        return wants and self.report.is_writable and not self.is_overtaken

    def is_valid(self):
        return self.is_deleted or super().is_valid()

    def waits(self, name, error):
        """Words that were there are not given up by emptying the field."""
        is_emptied = error.code == "required" and self.stored[name]
        return super().waits(name, error) and not is_emptied

    def keepable(self):
        """Without words there is no ask yet."""
        values = super().keepable()
        values.pop("DELETE", None)
        has_words = values.get("text") or self.stored["text"]
        return values if has_words and not self.is_deleted else {}

    def store(self, values):
        for name, value in values.items():
            setattr(self.instance, name, value)
        self.instance.save()
        self._has_to_be_read_again()

    def finish(self, *, by):
        if self.is_deleted and not self.is_new:
            self.instance.delete()
            self._has_to_be_read_again()

    def _has_to_be_read_again(self):
        self.report.sections.filter(key=SUPPORT_KEY).update(is_accepted=False)


def ask_forms(data, *, report, text_check):
    """A form for each place for an ask; what is deleted leaves its place free."""
    asks = {ask.position: ask for ask in report.asks.all()}
    return [
        AskForm(
            data,
            prefix=f"asks-{position}",
            instance=asks.get(position) or Ask(report=report, position=position),
            text_check=text_check,
        )
        for position in range(Ask.MAXIMUM)
    ]
