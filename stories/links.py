"""Links that people write down: shown to be pressed, never fetched by us."""

from django.core.validators import URLValidator
from django.utils.translation import gettext_lazy as _

https_only = URLValidator(
    schemes=["https"], message=_("Write the link as https://www.example.lv/page.")
)
