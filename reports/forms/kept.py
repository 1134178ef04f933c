"""Words that are kept while they are written, by pages that may be open twice."""

from functools import cached_property

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _


class KeptForm:
    """Mixin: stores what can be stored, also what is not ready to be handed in.

    Each page says by a ``mark`` which words it showed. What it sends is not stored
    over other words: the person sees both and sends once more. Refused, with
    everything typed still there, is what comes after the report was handed in.
    """

    words = "text"
    """The field of the text that must not be lost."""

    may_wait = {}
    """Field → codes of errors with which it is stored all the same."""

    fix = None

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.stored = self.stored_words()

    def stored_words(self):
        """What is stored now, as the page would send it: ``{field: text}``."""
        return {self.words: getattr(self.instance, self.words)}

    @property
    def mark(self):
        words = "\n".join([f"{name}={text}" for name, text in self.stored.items()])
        digest = salted_hmac("reports.forms.kept", words, algorithm="sha256")
        return digest.hexdigest()[:24]

    @property
    def words_stored(self):
        return self.stored[self.words]

    @property
    def seen_name(self):
        """The hidden field in which the page sends the mark of the words it showed."""
        return self.add_prefix(f"{self.words}_seen")

    @cached_property
    def is_overtaken(self):
        """Something else than the page showed is stored, and something else than it sends."""
        seen = self.data.get(self.seen_name, "")
        return bool(seen) and seen != self.mark and self.changes_words

    @property
    def changes_words(self):
        return any(name in self.changed_data for name in self.stored)

    @property
    def typed_words(self):
        return self.fields[self.words].to_python(self[self.words].value())

    def clean(self):
        if not self.report.is_writable:
            raise ValidationError(
                _(
                    "The report has been handed in in the meantime, so this was not "
                    "saved. Your text is still below: copy it if you need it."
                ),
                code="handed_in",
            )
        if self.is_overtaken:
            raise ValidationError(
                _(
                    "This has been changed in another window, so nothing was saved over "
                    "it. Both texts are below. Save once more if yours is to stay."
                ),
                code="overtaken",
            )
        return super().clean()

    def keep(self):
        """Store what can be stored, whatever else is wrong; the names of what was."""
        if not self.is_bound or self.fix or NON_FIELD_ERRORS in self.errors:
            return []
        values = self.keepable()
        if values:
            self.store(values)
            self.stored = self.stored_words()
        return sorted(values)

    def keepable(self):
        values = {
            name: self.cleaned_data[name]
            for name in self.changed_data
            if name in self.cleaned_data
        }
        errors = self.errors.as_data().get(self.words, ())
        if errors and all(self.waits(self.words, error) for error in errors):
            values |= {self.words: self.typed_words} if self.typed_words else {}
        return values

    def waits(self, name, error):
        return error.code in self.may_wait.get(name, ()) and self.has_room

    @property
    def has_room(self):
        room = self.instance._meta.get_field(self.words).max_length
        return len(self.typed_words) <= room

    @property
    def unkept(self):
        """Sentences that say why something was not stored."""
        return [
            message
            for name, errors in self.errors.as_data().items()
            for error in errors
            if not self.waits(name, error)
            for message in error.messages
        ]

    def store(self, values):
        for name, value in values.items():
            setattr(self.instance, name, value)
        self.instance.save(update_fields=[*values, "updated_at"])

    def finish(self, *, by):
        """What saving means beyond keeping the words."""
