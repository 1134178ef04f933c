"""Sessions: which ones a person has, how long they last, how they end."""

import time
from datetime import timedelta

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db import transaction
from django.utils import timezone

from mediators.models import Role
from privacy import audit

IDLE_AT_A_DESK = timedelta(minutes=30)
IDLE_ON_THE_WAY = timedelta(hours=4)
"""A mediator's phone lies in a pocket between two families."""
ABSOLUTE = timedelta(hours=12)
BEGAN, SEEN = "session_began", "session_seen"
FORM_NOT_SAVED = "form_not_saved"
"""Whoever signs in next sent a form to a session that was over."""
NOTED_EVERY = 60
"""Seconds between two notes that somebody is there: not every page costs a write."""


def idle_limit(user):
    on_the_way = user.has_role(Role.MEDIATOR) and not user.works_at_a_desk
    return IDLE_ON_THE_WAY if on_the_way else IDLE_AT_A_DESK


def begin(request):
    """Both clocks of a session start with the sign-in; what is over is swept away."""
    request.session[BEGAN] = request.session[SEEN] = int(time.time())
    now = timezone.now()
    Session.objects.filter(expire_date__lt=now).delete()
    UserSession.objects.filter(last_seen_at__lt=now - ABSOLUTE).delete()


def seconds_left(request):
    """Until the session ends by itself; 0 when it is over."""
    now = time.time()
    began = request.session.get(BEGAN, now)
    seen = request.session.get(SEEN, now)
    idle = idle_limit(request.user).total_seconds()
    return max(0, int(min(seen + idle, began + ABSOLUTE.total_seconds()) - now))


def note_activity(request):
    """Somebody is there: the time without a deed begins anew."""
    now = int(time.time())
    request.session.setdefault(BEGAN, now)
    if now - request.session.get(SEEN, 0) >= NOTED_EVERY:
        request.session[SEEN] = now
        _current(request).update(last_seen_at=timezone.now())


def _current(request):
    return UserSession.objects.filter(session_key=request.session.session_key)


def forget_current(request):
    """Off the list of sessions, because it ends."""
    _current(request).delete()


def renew(request):
    """A new key after a proof of who one is: an old one that was seen opens nothing."""
    current = _current(request)
    rows = list(current.values_list("pk", flat=True))
    request.session.cycle_key()
    UserSession.objects.filter(pk__in=rows).update(
        session_key=request.session.session_key
    )


def of(user):
    """The sessions of a person that are going on, the newest first."""
    sessions = UserSession.objects.purge_and_list(user)
    return sorted(sessions, key=lambda session: session.last_seen_at, reverse=True)


@transaction.atomic
def end(rows, *, of, by):
    """End these sessions: refused from the next request on."""
    keys = list(rows.values_list("session_key", flat=True))
    Session.objects.filter(session_key__in=keys).delete()
    rows.delete()
    audit.record(by, audit.Verb.SIGN_OUT, of, sessions=len(keys))


def end_one(user, pk):
    """One of the own sessions; False when there is none of that number."""
    rows = UserSession.objects.filter(user=user, pk=pk)
    if not rows.exists():
        return False
    end(rows, of=user, by=user)
    return True


def end_all(user, *, by, but=None):
    """Everywhere; ``but`` is the key of the session in which the person says so."""
    end(UserSession.objects.filter(user=user).exclude(session_key=but), of=user, by=by)
