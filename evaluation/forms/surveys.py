"""What staff and coordinators decide about a survey."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.forms.fields import plausible
from evaluation.models import Answer, Questionnaire, SurveyLink, SurveyRound
from evaluation.names import checks_of
from evaluation.questions import TEXT_LENGTH, Kind, Option, Question, to_json
from families.forms.nameless import Nameless
from interface.choices import put_in_order
from interface.latvian import full_date
from interface.widgets import ChipBoxes, DateInput
from mediators.models import Appointment, Role
from municipalities.forms import TEXT_ERRORS
from municipalities.models import InstitutionContact, Municipality
from privacy.forms import NoPersonalCodes

BLANKS = 2
"""Questions that can be added at once."""


class SurveyForm(NoPersonalCodes, forms.ModelForm):
    """Its days and municipalities; while it waits, also which questions are asked."""

    use_required_attribute = False

    places = forms.ModelMultipleChoiceField(
        Municipality.objects.none(),
        label=gettext_lazy("In which municipalities?"),
        widget=ChipBoxes,
        error_messages={"required": gettext_lazy("Choose a municipality")},
    )

    class Meta:
        model = SurveyRound
        fields = ("questionnaire", "opens_on", "closes_on")
        widgets = {"opens_on": DateInput, "closes_on": DateInput}
        labels = {
            "questionnaire": gettext_lazy("Version of the questions"),
            "opens_on": gettext_lazy("First day"),
            "closes_on": gettext_lazy("Last day"),
        }
        help_texts = {
            "opens_on": gettext_lazy(
                "Partners are told two weeks before, so leave that much time."
            ),
            "closes_on": gettext_lazy("Results are shown on the day after."),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["questionnaire"].empty_label = None
        if self.instance._state.adding:
            today = timezone.localdate()
            lead = SurveyRound.ANNOUNCED_BEFORE
            self.initial |= {
                "questionnaire": Questionnaire.objects.newest().pk,
                "opens_on": today + lead,
                "closes_on": today + 2 * lead,
            }
        elif self.instance.has_begun:
            del self.fields["questionnaire"], self.fields["opens_on"]
        for name in {"opens_on", "closes_on"} & set(self.fields):
            self.fields[name].validators.append(plausible)
        self._offer_places()

    def _offer_places(self):
        """Where a mediator works; those that are asked already stay."""
        field = self.fields["places"]
        mediated = Appointment.objects.current().filter(role=Role.MEDIATOR)
        asked = SurveyLink.objects.filter(round=self.instance.pk)
        self.asked = [link.municipality for link in asked]
        field.queryset = Municipality.objects.filter(
            pk__in=mediated.values("municipality")
        ).exclude(pk__in=asked.values("municipality"))
        put_in_order(field)
        if self.asked:
            field.required = False
            field.label = gettext_lazy("Which municipalities are added?")
        else:
            field.initial = list(field.queryset)
        if self.asked and not field.queryset.exists():
            del self.fields["places"]

    def clean_opens_on(self):
        day, survey = self.cleaned_data["opens_on"], self.instance
        if day < timezone.localdate():
            raise forms.ValidationError(_("This day is over."), code="past")
        is_nearer = "opens_on" in self.changed_data and day < self.initial["opens_on"]
        if survey.is_announced and not survey.told_otherwise and is_nearer:
            earliest = timezone.localdate() + survey.ANNOUNCED_BEFORE
            if day < earliest:
                raise forms.ValidationError(
                    _("It is announced: bring it no nearer than %(day)s.")
                    % {"day": full_date(earliest)},
                    code="too_soon",
                )
        return day

    def clean_closes_on(self):
        day = self.cleaned_data["closes_on"]
        if day < timezone.localdate():
            raise forms.ValidationError(_("This day is over."), code="past")
        return day


class AnnounceForm(forms.Form):
    """Nothing to ask where two weeks are left; else whether partners know all the same."""

    use_required_attribute = False

    told_otherwise = forms.BooleanField(
        label=gettext_lazy("Partners were told in another way when it begins"),
        error_messages={
            "required": gettext_lazy(
                "Tick that partners know already, or choose a later first day."
            )
        },
    )

    def __init__(self, *args, survey, **kwargs):
        super().__init__(*args, **kwargs)
        if not survey.comes_too_soon:
            del self.fields["told_otherwise"]


class ExtraForm(Nameless, forms.ModelForm):
    """One question that a municipality adds for itself."""

    nameless = ("extra_lv",)

    class Meta:
        model = SurveyLink
        fields = ("extra_lv",)
        labels = {"extra_lv": gettext_lazy("An own question, if there is one")}
        help_texts = {
            "extra_lv": gettext_lazy(
                "Asked in this municipality alone, answered in own words."
            )
        }
        error_messages = {"extra_lv": TEXT_ERRORS}

    def __init__(self, *args, by, **kwargs):
        super().__init__(*args, **kwargs)
        self.by = by

    def get_named(self):
        return self.instance

    def name_checks(self, named):
        return checks_of(named.municipality)


class PartnersForm(NoPersonalCodes, forms.Form):
    """Who gets the mails of surveys: officials with an address."""

    people = forms.ModelMultipleChoiceField(
        InstitutionContact.objects.none(),
        label=gettext_lazy("Told about the survey"),
        widget=ChipBoxes,
        required=False,
    )

    def __init__(self, *args, place, **kwargs):
        super().__init__(*args, **kwargs)
        people = InstitutionContact.objects.active().filter(
            institution__municipality=place
        )
        people = people.select_related("institution")
        with_address = [person for person in people if person.email]
        field = self.fields["people"]
        field.queryset = people.filter(pk__in=[one.pk for one in with_address])
        put_in_order(field)
        field.initial = [one.pk for one in with_address if one.told_of_survey_on]
        field.widget.hints = {one.pk: one.about for one in with_address}
        self.has_people = bool(with_address)


class ModerateForm(NoPersonalCodes, forms.ModelForm):
    """What others may read of an answer, and what on the list it means."""

    class Meta:
        model = Answer
        fields = ("shown", "codes")

    codes = forms.MultipleChoiceField(
        label=gettext_lazy("What on the list does it mean?"),
        widget=ChipBoxes,
        required=False,
    )
    shown = forms.CharField(
        label=gettext_lazy("Words as others read them"),
        help_text=gettext_lazy("Take out whatever tells who wrote it or about whom."),
        max_length=TEXT_LENGTH,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={
            "required": gettext_lazy(
                "Write what others may read, or choose “Keep back”."
            ),
            **TEXT_ERRORS,
        },
    )

    def __init__(self, *args, question, **kwargs):
        super().__init__(*args, **kwargs)
        choices = [] if question is None or question.is_text else question.choices
        self.fields["codes"].choices = choices
        if not choices:
            del self.fields["codes"]


class QuestionsForm(NoPersonalCodes, forms.Form):
    """All questions of a version in both languages; an emptied one is left out."""

    use_required_attribute = False

    def __init__(self, *args, questionnaire, **kwargs):
        super().__init__(*args, **kwargs)
        self.questions = questionnaire.asked
        blanks = [Question(f"n{n}", Kind.TEXT, "", "") for n in range(BLANKS)]
        for question in [*self.questions, *blanks]:
            self._edit(question)

    def _edit(self, question):
        fields, code = self.fields, question.code
        fields[f"{code}-lv"] = self._text(_("In Latvian"), question.lv)
        fields[f"{code}-en"] = self._text(_("In English"), question.en)
        fields[f"{code}-kind"] = forms.ChoiceField(
            label=_("How is it answered?"), choices=Kind.choices, initial=question.kind
        )
        lines = [f"{option.lv} | {option.en}" for option in question.options]
        fields[f"{code}-options"] = forms.CharField(
            label=_("List of answers"),
            help_text=_("One a line: Latvian | English"),
            initial="\n".join(lines),
            required=False,
            max_length=4000,
            widget=forms.Textarea(attrs={"rows": max(2, len(lines))}),
            error_messages=TEXT_ERRORS,
        )
        fields[f"{code}-other"] = forms.BooleanField(
            label=_("With a line for something else"),
            initial=question.has_other,
            required=False,
        )

    @staticmethod
    def _text(label, initial):
        return forms.CharField(
            label=label,
            initial=initial,
            required=False,
            max_length=400,
            widget=forms.Textarea(attrs={"rows": 2}),
            error_messages=TEXT_ERRORS,
        )

    @property
    def groups(self):
        """The bound fields of each question."""
        codes = dict.fromkeys(name.partition("-")[0] for name in self.fields)
        parts = ("lv", "en", "kind", "options", "other")
        return [[self[f"{code}-{part}"] for part in parts] for code in codes]

    def clean(self):
        cleaned, found = super().clean(), []
        old = {question.code: question for question in self.questions}
        codes = dict.fromkeys(name.partition("-")[0] for name in self.fields)
        for code in codes:
            said = {key: cleaned.get(f"{code}-{key}") for key in ("lv", "en", "kind")}
            if not (said["lv"] or said["en"]):
                continue
            if not (said["lv"] and said["en"]):
                self.add_error(f"{code}-lv", _("Write the question in both languages."))
            options = self._options(code, old.get(code))
            found.append(
                Question(
                    code if code in old else self._new_code(old, found),
                    said["kind"] or Kind.TEXT,
                    said["lv"],
                    said["en"],
                    options,
                    bool(cleaned.get(f"{code}-other")) and bool(options),
                )
            )
        if not found:
            raise forms.ValidationError(_("Ask at least one question."), code="none")
        self.made = to_json(found)
        return cleaned

    @staticmethod
    def _new_code(old, found):
        taken = {*old, *(question.code for question in found)}
        return next(f"q{n}" for n in range(100) if f"q{n}" not in taken)

    def _options(self, code, old):
        """Lines as options; one whose Latvian stays as it was keeps its code."""
        kind = self.cleaned_data.get(f"{code}-kind")
        lines = (self.cleaned_data.get(f"{code}-options") or "").splitlines()
        lines = [line.split("|") for line in lines if line.strip()]
        if kind not in (Kind.ONE, Kind.SEVERAL):
            return ()
        if not lines or any(
            len(line) != 2 or not all(map(str.strip, line)) for line in lines
        ):
            self.add_error(
                f"{code}-options", _("Write each answer as: Latvian | English")
            )
            return ()
        known = {option.lv: option.code for option in old.options} if old else {}
        taken, options = set(known.values()), []
        for number, (lv, en) in enumerate(lines, start=1):
            name = known.pop(lv.strip(), None)
            if name is None:
                name = f"o{number}"
                while name in taken:
                    name += "x"
                taken.add(name)
            options.append(Option(name, lv.strip(), en.strip()))
        return tuple(options)
