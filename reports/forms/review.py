"""What the coordinator writes: comments, a note, who takes an ask, the decision."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from interface.latvian import month_locative, month_name
from interface.two_windows import NothingOverwritten
from municipalities.working_days import last_day
from reports.changes import is_quoted_from
from reports.forms.asks import may_take
from reports.forms.nameless import Nameless
from reports.forms.text import ReportText
from reports.models import Comment, MonthlyReport
from reports.sections import REVIEWED
from reports.services.review import PERFORM, figures_for, is_empty
from reports.workflow import Action

COMMENT_LENGTH = 600
NOTE_LENGTH = 600


class _WhileReviewing:
    """Refused, with everything typed still there, once somebody else has taken over."""

    def __init__(self, *args, by, report, **kwargs):
        super().__init__(*args, **kwargs)
        self.by, self.report = by, report
        self.named_report = report

    def clean(self):
        if not self.report.begin_review(self.by):
            raise ValidationError(taken_over(self.report), code="taken_over")
        return super().clean()


def taken_over(report):
    """What a coordinator reads whose review somebody else goes on with."""
    return _(
        "%(person)s is reviewing the report now, so this was not saved. What you "
        "wrote is still here."
    ) % {"person": report.reviewer.full_name if report.reviewer else _("Somebody else")}


class CommentForm(NothingOverwritten, _WhileReviewing, Nameless, forms.ModelForm):
    """A question or remark about one part."""

    nameless = ("text",)

    section = forms.ChoiceField(choices=REVIEWED, widget=forms.HiddenInput)

    class Meta:
        model = Comment
        fields = ["section", "quote", "text"]
        widgets = {"quote": forms.HiddenInput}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["text"] = ReportText(
            label=_("Your comment"),
            limit=COMMENT_LENGTH,
            rows=3,
            required=True,
        )
        self.fields["text"].error_messages["required"] = _("Write the comment")

    def clean_quote(self):
        """Words that are no longer there are left out; the comment is about the part."""
        quote = self.cleaned_data["quote"]
        parts = self.report.sections.filter(key=self.cleaned_data.get("section"))
        is_there = any(is_quoted_from(quote, part.text) for part in parts)
        return quote if is_there else ""


class NoteForm(NothingOverwritten, _WhileReviewing, Nameless, forms.ModelForm):
    """The coordinator's own words, printed apart from the mediator's."""

    nameless = ("coordinator_note",)

    class Meta:
        model = MonthlyReport
        fields = ["coordinator_note"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["coordinator_note"] = ReportText(
            label=_("Coordinator's note"),
            help_text=_("Is printed in the report, apart from the mediator's words."),
            limit=NOTE_LENGTH,
            rows=3,
            required=False,
        )


class OwnersForm(_WhileReviewing, forms.Form):
    """Which institution takes each ask; one select per ask."""

    def __init__(self, *args, report, **kwargs):
        super().__init__(*args, report=report, **kwargs)
        self.asks = list(report.asks.all())
        owners = [ask.owner_id for ask in self.asks]
        institutions = may_take(report.municipality, *owners)
        for number, ask in enumerate(self.asks, start=1):
            self.fields[str(ask.pk)] = forms.ModelChoiceField(
                institutions,
                required=False,
                initial=ask.owner_id,
                label=_("Who takes ask %(number)d") % {"number": number},
                empty_label=_("Nobody yet"),
            )

    def rows(self):
        """Each ask with its select."""
        return [(ask, self[str(ask.pk)]) for ask in self.asks]

    def save(self):
        for ask in self.asks:
            ask.owner = self.cleaned_data[str(ask.pk)]
            ask.save(update_fields=["owner"])


class ReopenForm(Nameless, forms.Form):
    """Why an approved report is opened again; the history keeps it."""

    nameless = ("reason",)

    reason = ReportText(
        label=gettext_lazy("Why?"),
        help_text=gettext_lazy(
            "The mediator reads it, and it stays in the history of the report."
        ),
        limit=COMMENT_LENGTH,
        rows=3,
        required=True,
    )

    def __init__(self, *args, by, report, **kwargs):
        super().__init__(*args, **kwargs)
        self.by, self.named_report = by, report
        self.fields["reason"].error_messages["required"] = _(
            "Write why it is opened again"
        )


class ActionForm(forms.Form):
    """A button of the workflow, with what the person has been told before pressing it."""

    action = forms.ChoiceField(
        choices=[(action, action.label) for action in PERFORM], widget=forms.HiddenInput
    )
    open_comments = forms.IntegerField(
        required=False, min_value=0, widget=forms.HiddenInput
    )
    is_empty = forms.BooleanField(
        required=False, label=gettext_lazy("Yes, hand in an empty report")
    )

    is_early = forms.BooleanField(
        required=False, label=gettext_lazy("Yes, hand in now")
    )

    def __init__(self, *args, report, **kwargs):
        super().__init__(*args, **kwargs)
        self.report = report

    def clean(self):
        action = self.cleaned_data.get("action")
        if action == Action.SUBMIT:
            self._ask_about_empty_month()
            self._ask_about_early_report()
        elif action == Action.APPROVE:
            self._ask_about_open_comments()
        return self.cleaned_data

    def _ask_about_empty_month(self):
        if self.cleaned_data.get("is_empty") or not self.report.is_writable:
            return
        if is_empty(figures_for(self.report)):
            self.add_error("is_empty", empty_month_question(self.report))

    def _ask_about_early_report(self):
        question = early_report_question(self.report)
        if question and self.report.is_writable and not self.cleaned_data["is_early"]:
            self.add_error("is_early", question)

    def _ask_about_open_comments(self):
        """Also when one came in between the page and the button."""
        count = self.report.comments.filter(is_open=True).count()
        if count != (self.cleaned_data.get("open_comments") or 0):
            raise ValidationError(open_comments_question(count), code="open_comments")


def empty_month_question(report):
    return _(
        "There is no entry in %(month)s. Do you really want to hand in an empty report?"
    ) % {"month": capfirst(month_locative(report.month))}


def early_report_question(report):
    """What to ask while the month still runs; nothing once it is over."""
    if timezone.localdate() > last_day(report.month):
        return ""
    return _(
        "%(month)s is not over yet. After handing in you cannot log anything more in it. "
        "Do you really want to hand in now?"
    ) % {"month": capfirst(month_name(report.month))}


def open_comments_question(count):
    return ngettext(
        "There is %(count)d unanswered comment. Approve all the same?",
        "There are %(count)d unanswered comments. Approve all the same?",
        count,
    ) % {"count": count}
