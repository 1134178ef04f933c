"""The parts of a report's address: ``/atskaites/upc/2026-10/sarezgitakais/``."""

from datetime import date

from django.urls import register_converter

from reports.sections import BY_SLUG


class MonthConverter:
    """“2026-10” in the address, the first day of that month in the view."""

    regex = r"20\d\d-(?:0[1-9]|1[0-2])"

    def to_python(self, value):
        return date.fromisoformat(f"{value}-01")

    def to_url(self, value):
        return value if isinstance(value, str) else f"{value:%Y-%m}"


class NarrativeConverter:
    """The slug of a part that the mediator writes."""

    regex = "|".join(BY_SLUG)

    def to_python(self, value):
        return BY_SLUG[value]

    def to_url(self, value):
        return value if isinstance(value, str) else value.slug


register_converter(MonthConverter, "month")
register_converter(NarrativeConverter, "part")
