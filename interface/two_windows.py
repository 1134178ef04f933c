"""Forms of what may be open in two windows: neither saves over what the other has saved."""

from datetime import date, datetime

from django import forms
from django.core.exceptions import ValidationError
from django.utils.crypto import salted_hmac
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from interface.latvian import full_date, moment

OVERTAKEN = gettext_lazy(
    "This has been changed in another window, so nothing was saved over it. What is "
    "stored now stands below. Save once more if yours is to stay."
)


def lock(row):
    """As the row stands now; until the request ends no other one changes it."""
    row.refresh_from_db(from_queryset=type(row)._base_manager.select_for_update())


def status_of(form):
    """The status of the page that shows a form: 409 overtaken, 422 refused, else 200."""
    if getattr(form, "overtaken", ()):
        return 409
    return 422 if form.errors else 200


class SeenField(forms.CharField):
    """Marks of what the page shows; the page after it shows what is stored by then."""

    widget = forms.HiddenInput

    def bound_data(self, _data, initial):
        return initial

    def has_changed(self, _initial, _data):
        return False


class NothingOverwritten:
    """Mixin of forms that may edit a row: it sends along what it has shown (``seen``).

    What somebody has changed meanwhile is not overwritten: the person is told what is
    stored, keeps everything typed, and sends once more.
    """

    def __init__(self, *args, **kwargs):
        is_sent = bool(args) and args[0] is not None
        row = kwargs.get("instance")
        if is_sent and row is not None and not row._state.adding:
            lock(row)
        super().__init__(*args, **kwargs)
        if self.is_edit:
            self.fields["seen"] = SeenField(
                required=False, initial=lambda: " ".join(map(self._mark, self._watched))
            )

    @property
    def is_edit(self):
        """Whether the form is about something that is stored already."""
        return not self.instance._state.adding

    @cached_property
    def overtaken(self):
        """``[(label, what is stored)]`` of what would be saved over another window's words."""
        if "seen" not in self.fields or not self.is_bound:
            return []
        seen = self.data.get(self.add_prefix("seen"), "").split()
        if not seen:
            return []
        return [
            (self[name].label, self._in_words(name))
            for name in self._watched
            if name in self.changed_data and self._mark(name) not in seen
        ]

    def clean(self):
        self.cleaned_data.pop("seen", None)
        cleaned = super().clean()
        if self.overtaken:
            self.add_error(None, ValidationError(OVERTAKEN, code="overtaken"))
        return cleaned

    @property
    def _watched(self):
        return [field.name for field in self.visible_fields()]

    def _stored(self, name):
        """As the widget shows it; of several the order does not count."""
        stored = self.fields[name].prepare_value(self[name].initial)
        if isinstance(stored, (list, tuple, set)):
            return sorted(map(str, stored))
        return stored

    def _mark(self, name):
        words = f"{name}={self._stored(name)}"
        digest = salted_hmac("interface.two_windows", words, algorithm="sha256")
        return digest.hexdigest()[:16]

    def _in_words(self, name):
        field, stored = self.fields[name], self._stored(name)
        choices = getattr(field, "choices", None) or getattr(
            field.widget, "choices", ()
        )
        labels = {str(value): label for value, label in _flat(choices)}
        if isinstance(stored, list):
            return ", ".join(str(labels.get(value, value)) for value in stored)
        if str(stored) in labels:
            return str(labels[str(stored)]) if stored else ""
        try:
            stored = field.to_python(stored)
        except ValidationError:
            return str(stored)
        if isinstance(stored, bool):
            return _("Yes") if stored else _("No")
        if isinstance(stored, datetime):
            return moment(stored)
        if isinstance(stored, date):
            return full_date(stored)
        return "" if stored is None else str(stored)


def _flat(choices):
    """Choices without their groups."""
    for value, label in choices:
        if isinstance(label, (list, tuple)):
            yield from label
        else:
            yield value, label
