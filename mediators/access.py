"""Who may open a page that is not about one object."""

from functools import wraps

from django.http import Http404


def role_required(*roles):
    """Answer 404 to a person who holds none of the roles today.

    A page about an object needs no such check: it fetches the object through
    ``visible_to(request.user)``. 404, because 403 would say that the page exists.
    """

    def decorate(view):
        @wraps(view)
        def checked(request, *args, **kwargs):
            if not request.user.has_role(*roles):
                raise Http404
            return view(request, *args, **kwargs)

        # Read by print_urls
        checked.roles = roles
        return checked

    return decorate
