"""A publication for the register, and what the list is narrowed to."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from families.forms.nameless import NamelessAtPlace
from interface.choices import RowField, put_in_order
from interface.days import check_order
from interface.widgets import Chips, DateInput
from mediators.models import Role, User
from municipalities.forms import TEXT_ERRORS, MadeOnce
from municipalities.models import Municipality, Term, Vocabulary
from stories.links import LinkField
from stories.models import MediaItem

NOT_IN_FUTURE = _("The date cannot be in the future")


def places_of(user):
    """Where a person may write publicity and handed-out copies down."""
    if user.has_role(Role.PROJECT_STAFF):
        return Municipality.objects.standing()
    return user.own_municipalities()


class MediaItemForm(NamelessAtPlace, MadeOnce):
    """What was told, where and when."""

    use_required_attribute = False
    nameless = ("title", "medium", "link")
    field_order = ("title", "medium", "kind", "published_on", "link", "is_positive")

    link = LinkField(
        label=_("Link"),
        help_text=_("Begins with https://. A film too is a link, not a file."),
    )

    class Meta:
        model = MediaItem
        fields = (
            *("published_on", "medium", "kind", "title", "link"),
            *("municipality", "mediator", "is_positive"),
        )
        labels = {
            "title": _("What is it called?"),
            "medium": _("Where did it come out?"),
            "kind": _("Kind"),
            "published_on": _("When?"),
            "is_positive": _("It speaks well of the work"),
        }
        help_texts = {
            "medium": _("For example: Upesciema Vēstis, Latvian Radio 4."),
            "mediator": _("Leave empty if it is about no mediator in particular."),
        }
        widgets = {"published_on": DateInput, "kind": Chips}
        error_messages = {
            "title": TEXT_ERRORS | {"required": _("Write what it is called")},
            "medium": TEXT_ERRORS | {"required": _("Write where it came out")},
            "kind": {"required": _("Choose the kind")},
            "published_on": {
                "required": _("Choose the day"),
                "invalid": _("Write the day as 12.11.2026."),
            },
            "municipality": {"required": _("Choose the municipality")},
        }

    def __init__(self, *args, by, **kwargs):
        super().__init__(*args, **kwargs)
        self.by = by
        places = places_of(by)
        self.fields["kind"].queryset = Term.objects.of(Vocabulary.MEDIA_KIND).valid()
        self.fields["kind"].empty_label = None
        self.fields["municipality"].queryset = places
        if not by.has_role(Role.PROJECT_STAFF):
            self.fields["municipality"].required = True
            if len(places) == 1:
                self.instance.municipality = places[0]
                del self.fields["municipality"]
        else:
            self.fields["municipality"].empty_label = _("The whole country")
        self.fields["mediator"].queryset = User.objects.filter(
            appointments__role=Role.MEDIATOR, appointments__municipality__in=places
        ).distinct()
        put_in_order(
            *(
                field
                for name, field in self.fields.items()
                if name in ("municipality", "mediator")
            )
        )

    def clean_published_on(self):
        day = self.cleaned_data["published_on"]
        if day > timezone.localdate():
            raise forms.ValidationError(NOT_IN_FUTURE)
        return day


class MediaFilterForm(forms.Form):
    """Narrows the register; what does not fit is said, and narrows nothing."""

    first = forms.DateField(label=_("From"), required=False, widget=DateInput)
    last = forms.DateField(label=_("Until"), required=False, widget=DateInput)
    kind = RowField(
        Term.objects.none(), label=_("Kind"), required=False, empty_label=_("All")
    )
    municipality = RowField(
        Municipality.objects.none(),
        label=_("Municipality"),
        required=False,
        empty_label=_("All municipalities"),
    )
    positive = forms.BooleanField(label=_("Only what speaks well"), required=False)

    def __init__(self, *args, by, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["kind"].queryset = Term.objects.of(Vocabulary.MEDIA_KIND)
        places = by.visible_municipalities()
        self.fields["municipality"].queryset = places
        put_in_order(self.fields["municipality"])
        if len(places) < 2:
            del self.fields["municipality"]

    def clean(self):
        cleaned = super().clean()
        check_order(self, "first", "last")
        return cleaned

    def narrow(self, items):
        """The items that fit; a date that is none narrows nothing."""
        self.is_valid()
        chosen = {key: value for key, value in self.cleaned_data.items() if value}
        lookups = {
            "first": "published_on__gte",
            "last": "published_on__lte",
            "kind": "kind",
            "municipality": "municipality",
            "positive": "is_positive",
        }
        return items.filter(**{lookups[key]: value for key, value in chosen.items()})
