"""The numbers of an event, for templates."""

from django import template

from events import words

register = template.Library()
register.filter("numbers_of", words.numbers_of)
register.filter("attendances", words.attendances)
register.filter("from_institutions", words.from_institutions)
