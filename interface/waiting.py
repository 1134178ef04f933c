"""Lists in which stands first what waits for the person who looks."""

from django.db.models import Exists, OuterRef


def waiting_first(rows, user, *, then):
    """Adds ``is_waiting``: whether a row waits for the person; the rest follows as ``then`` says.

    The manager of the model tells by ``waiting_for(user)`` what waits.
    """
    waiting = rows.model.objects.waiting_for(user).filter(pk=OuterRef("pk"))
    return rows.annotate(is_waiting=Exists(waiting)).order_by("-is_waiting", *then)
