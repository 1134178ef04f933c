"""The year of which a page of counts tells."""

from django.utils import timezone

from interface.days import FIRST_MONTH


def year_in(request):
    """The year in the address, this one if it makes no sense."""
    text, this = request.GET.get("gads", ""), timezone.localdate().year
    is_year = (
        len(text) == 4 and text.isdecimal() and FIRST_MONTH.year <= int(text) <= this
    )
    return int(text) if is_year else this
