"""Forms of a person's own account."""

from django import forms
from django.utils.translation import gettext_lazy as _

from interface.widgets import Chips
from mediators.models import User


class SettingsForm(forms.ModelForm):
    """How the pages look for one person, on every device."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if not self.instance.works_at_a_desk:
            del self.fields["uses_shortcuts"]

    class Meta:
        model = User
        fields = (
            *("language", "text_size", "theme"),
            *("receives_letters", "uses_shortcuts"),
        )
        widgets = {"language": Chips, "text_size": Chips, "theme": Chips}
        labels = {
            "language": _("Language"),
            "text_size": _("Text size"),
            "theme": _("Colours"),
        }
        help_texts = {
            "theme": _("Outdoors in the sun the light colours are easier to read.")
        }
