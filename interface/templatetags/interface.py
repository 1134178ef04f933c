"""What templates may call without loading it: icons, dates and numbers in words."""

from functools import lru_cache

from django import template
from django.core.serializers.json import DjangoJSONEncoder
from django.template.loader import render_to_string
from django.utils.html import json_script
from django.utils.translation import get_language

from interface import errors, latvian, words
from interface.icons import icon
from interface.widgets import attributes, options

register = template.Library()
LINE = ("url", "icon", "current", "count")
"""What a line of a menu shows beside its label."""


class _Letters(DjangoJSONEncoder):
    """Leaves Latvian letters as they are, which are else six bytes each."""

    def __init__(self, **options):
        super().__init__(**options | {"ensure_ascii": False})


def script_json(value, element_id):
    """Django's ``json_script`` in fewer bytes."""
    return json_script(value, element_id, _Letters)


register.simple_tag(icon)
register.filter("script_json", script_json)
register.filter("attributes", attributes)
register.filter("options", options)
register.filter("error_title", errors.title)
register.filter("error_links", errors.links)
register.filter("percent_of", latvian.percent)

for function in (
    latvian.month_name,
    latvian.month_genitive,
    latvian.month_accusative,
    latvian.month_locative,
    latvian.month_short,
    latvian.month_year,
    latvian.month_year_genitive,
    latvian.month_year_locative,
    latvian.school_year,
    latvian.long_date,
    latvian.long_date_dative,
    latvian.long_date_locative,
    latvian.full_date,
    latvian.short_date,
    latvian.day_range,
    latvian.unbroken,
    latvian.day_month,
    latvian.weekday_name,
    latvian.weekday_locative,
    latvian.weekday_date,
    latvian.clock,
    latvian.moment,
    latvian.number,
    latvian.hours,
    latvian.duration,
):
    register.filter(function.__name__, function)


@register.filter
def initials(name):
    """Sanita Vītola: SV."""
    return "".join(word[0] for word in str(name).split()[:2]).upper()


@register.simple_tag
def menu_line(link):
    """A place in a menu. Every page has some forty of them, most the same as on the last."""
    shown = {name: getattr(link, name) for name in LINE}
    return _menu_line(get_language(), str(link.label), **shown)


@lru_cache(maxsize=1000)
def _menu_line(_language, label, **shown):
    return render_to_string(
        "partials/_menu_line.html", {"link": shown | {"label": label}}
    )


@register.simple_tag
def words_of_scripts():
    """The address of the words that scripts say in the language of the page."""
    return words.address(get_language())
