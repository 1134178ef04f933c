"""What is recommended, and how a municipality carries it out."""

from django import forms
from django.utils.translation import gettext_lazy, pgettext_lazy

from evaluation.models import FollowUp, Recommendation
from evaluation.names import checks_of
from families.forms.nameless import Nameless
from families.services.everybody import checks_of_everybody
from interface.choices import put_in_order
from interface.days import has_a_likely_year, has_come
from interface.two_windows import NothingOverwritten
from interface.widgets import Chips, DateInput
from municipalities.forms import TEXT_ERRORS
from municipalities.models import Term, Vocabulary
from privacy.fold import fold
from privacy.forms import NoPersonalCodes


class RecommendationForm(NothingOverwritten, Nameless, forms.ModelForm):
    """The left column: nobody's family is named in it."""

    use_required_attribute = False
    nameless = ("text", "source")

    class Meta:
        model = Recommendation
        fields = ("heading", "text", "addressee", "source")
        labels = {
            "heading": gettext_lazy("Heading"),
            "text": gettext_lazy("Recommendation"),
            "addressee": gettext_lazy("To whom?"),
            "source": gettext_lazy("Project or period"),
        }
        widgets = {"text": forms.Textarea(attrs={"rows": 5})}
        error_messages = {
            "heading": {"required": gettext_lazy("Choose a heading")},
            "addressee": {"required": gettext_lazy("Choose to whom it is addressed")},
            "text": {
                "required": gettext_lazy("Write the recommendation"),
                **TEXT_ERRORS,
            },
            "source": {
                "required": gettext_lazy("Write where it comes from"),
                **TEXT_ERRORS,
            },
        }

    def __init__(self, *args, by, **kwargs):
        super().__init__(*args, **kwargs)
        self.by = by
        for name, vocabulary in (
            ("heading", Vocabulary.RECOMMENDATION_HEADING),
            ("addressee", Vocabulary.ADDRESSEE),
        ):
            field = self.fields[name]
            field.queryset = Term.objects.of(vocabulary).valid()
            field.empty_label = pgettext_lazy("list", "Choose")

    def clean_source(self):
        source, earlier = self.cleaned_data["source"], self.instance.carried_from
        if earlier and fold(earlier.source) == fold(source):
            raise forms.ValidationError(
                gettext_lazy("It was carried over from there: write another one."),
                code="same",
            )
        return source

    def get_named(self):
        return self.instance if self.instance.pk else Recommendation

    def name_checks(self, named):
        return checks_of_everybody()


class CarryOverForm(NoPersonalCodes, forms.Form):
    """Under which project or period the recommendation goes on."""

    use_required_attribute = False

    source = forms.CharField(
        label=gettext_lazy("Project or period in which it goes on"),
        max_length=160,
        error_messages={
            "required": gettext_lazy("Write where it goes on"),
            **TEXT_ERRORS,
        },
    )


class FollowUpForm(NothingOverwritten, Nameless, forms.ModelForm):
    """The right column, for one municipality."""

    use_required_attribute = False
    nameless = ("text",)

    class Meta:
        model = FollowUp
        fields = ("municipality", "status", "text", "noted_on")
        labels = {
            "municipality": gettext_lazy("In which municipality?"),
            "status": gettext_lazy("How far is it?"),
            "text": gettext_lazy("How is it carried out?"),
            "noted_on": gettext_lazy("As of which day?"),
        }
        help_texts = {"text": gettext_lazy("No names of families.")}
        widgets = {
            "municipality": Chips,
            "status": Chips,
            "text": forms.Textarea(attrs={"rows": 5}),
            "noted_on": DateInput,
        }
        error_messages = {
            "municipality": {"required": gettext_lazy("Choose the municipality")},
            "status": {"required": gettext_lazy("Choose how far it is")},
            "text": {
                "required": gettext_lazy("Write how it is carried out"),
                **TEXT_ERRORS,
            },
        }

    def __init__(self, *args, by, places, **kwargs):
        super().__init__(*args, **kwargs)
        self.by = by
        self.fields["noted_on"].validators += [has_come, has_a_likely_year]
        field = self.fields["municipality"]
        field.queryset, field.empty_label = places, None
        put_in_order(field)
        if not self.instance._state.adding:
            del self.fields["municipality"]
        elif len(places) == 1:
            del self.fields["municipality"]
            self.instance.municipality = places[0]

    def get_named(self):
        return self.instance

    def name_checks(self, named):
        place = self.cleaned_data.get("municipality") or self.instance.municipality_id
        # Without a place it is not stored
        return checks_of(place) if place else []
