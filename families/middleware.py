"""Decides once for each request whether names of families are shown."""

from families import hidden_names
from mediators.models import Role


class HiddenNamesMiddleware:
    """Only mediators hide names: they alone see them and have the button."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        with hidden_names.override(hidden=_wants_to_hide(request)):
            return self.get_response(request)


def _wants_to_hide(request):
    is_chosen = request.COOKIES.get(hidden_names.cookie()) == hidden_names.HIDDEN
    user = request.user
    return is_chosen and user.is_authenticated and user.has_role(Role.MEDIATOR)
