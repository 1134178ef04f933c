"""Several lists on one page, each in pages of its own."""

from django.core.paginator import Paginator


def page_of(rows, query, *, name, size):
    """The page of ``rows`` that the address asks for under ``name``, the first by default.

    ``query`` is ``request.GET``. The page tells its ``name``, whether it was asked for, and
    as ``besides`` what else the address asks: turning one list turns no other.
    """
    page = Paginator(rows, size).get_page(query.get(name))
    rest = query.copy()
    rest.pop(name, None)
    page.name, page.besides, page.is_asked_for = name, rest.urlencode(), name in query
    return page
