"""Make and end the secrets by which programs read numbers."""

from django.db import transaction
from django.utils import timezone

from privacy import audit
from privacy.tokens import hash_of, new_token
from reports.models import ApiToken


@transaction.atomic
def make_token(*, by, name, scopes, municipalities, lasts):
    """A new token; returns its secret, which is kept nowhere.

    Without ``municipalities`` it opens all. ``lasts`` is a timedelta of a year at most;
    a longer one is a ValueError.
    """
    if lasts > ApiToken.LONGEST:
        raise ValueError("A token lasts a year at most.")
    secret = ApiToken.PREFIX + new_token()
    token = ApiToken.objects.create(
        owner=by,
        name=name,
        scopes=sorted(scopes),
        reaches_all=not municipalities,
        token_sha256=hash_of(secret),
        expires_at=timezone.now() + lasts,
    )
    token.municipalities.set(municipalities)
    audit.record(
        by,
        audit.Verb.CREATE,
        token,
        scopes=token.scopes,
        places=sorted(place.slug for place in municipalities),
        days=lasts.days,
    )
    return secret


@transaction.atomic
def end_token(token, *, by):
    """It opens nothing from now on; to end it twice changes nothing."""
    ended = ApiToken.objects.filter(pk=token.pk, revoked_at=None).update(
        revoked_at=timezone.now()
    )
    if ended:
        audit.record(by, audit.Verb.WITHDRAW, token)
