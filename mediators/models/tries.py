"""How often somebody tried lately: to sign in, with a code, to get a new password."""

from datetime import timedelta
from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Case, F, Q, Value, When
from django.db.models.functions import Greatest
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

AT_ONCE = Value(None, output_field=models.DateTimeField())


class Limit(NamedTuple):
    """So many tries in a quarter of an hour are free; then each one costs a longer wait."""

    what: str
    about: str
    free: int = 5
    longest: timedelta = timedelta(minutes=10)
    ends_with_success: bool = False
    """One person's own: the right answer wipes out the slips before it."""

    @property
    def key(self):
        """Says nothing about whom or where, even to those who guess."""
        return salted_hmac(
            f"tries.{self.what}", self.about, algorithm="sha256"
        ).hexdigest()

    @property
    def waits(self):
        """The waits after the last free try, each double the one before."""
        wait = timedelta(seconds=30)
        while wait < self.longest:
            yield wait
            wait *= 2
        yield self.longest


class TooManyTries(ValidationError):
    """Nothing was tried, because it is not time yet; never for long, never for good."""

    def __init__(self, wait):
        self.seconds = max(1, -(-wait // timedelta(seconds=1)))
        minutes = -(-self.seconds // 60)
        super().__init__(
            ngettext(
                "Too many tries. Wait for %(minutes)d minute, then try again.",
                "Too many tries. Wait for %(minutes)d minutes, then try again.",
                minutes,
            )
            % {"minutes": minutes},
            code="too_many_tries",
        )


class TriesQuerySet(models.QuerySet):
    @transaction.atomic
    def begin(self, *limits):
        """Count a try under each limit before it is made, or raise ``TooManyTries``.

        One UPDATE both asks and counts, so that fifty tries at once are fifty. They are
        taken in one order, so that nobody waits in a circle.
        """
        for limit in sorted(limits, key=lambda limit: limit.key):
            self._count(limit)

    def _count(self, limit):
        now = timezone.now()
        self.bulk_create([self.model(key=limit.key)], ignore_conflicts=True)
        forgotten = Q(last_at__lt=now - self.model.FORGOTTEN_AFTER)
        waits = dict(enumerate(limit.waits, start=limit.free - 1))
        row = self.filter(key=limit.key)
        counted = row.filter(Q(free_at=None) | Q(free_at__lte=now)).update(
            made=Case(When(forgotten, then=1), default=F("made") + 1),
            free_at=Case(
                When(forgotten | Q(made__lt=limit.free - 1), then=AT_ONCE),
                *(
                    When(made=made, then=Value(now + wait))
                    for made, wait in waits.items()
                ),
                default=Value(now + limit.longest),
            ),
            last_at=now,
        )
        if not counted:
            raise TooManyTries((row.get().free_at or now) - now)

    @transaction.atomic
    def count_one(self, limit):
        """Count one more of what is free, and say whether it was; nothing is waited for.

        For a limit whose key is another one in the next minute. One UPDATE both asks and
        counts, as in ``begin``.
        """
        self.bulk_create([self.model(key=limit.key)], ignore_conflicts=True)
        free = self.filter(key=limit.key, made__lt=limit.free)
        return bool(free.update(made=F("made") + 1, last_at=timezone.now()))

    def succeeded(self, *limits):
        """Take a try back: it was the right one. What others failed at stays counted."""
        now = timezone.now()
        for limit in sorted(limits, key=lambda limit: limit.key):
            left = 0 if limit.ends_with_success else Greatest(F("made") - 1, 0)
            self.filter(key=limit.key).update(made=left, free_at=None)
        self.filter(last_at__lt=now - timedelta(days=1)).delete()


class Tries(models.Model):
    """The tries under one key: an account, an address, or both together."""

    FORGOTTEN_AFTER = timedelta(minutes=15)

    key = models.CharField(max_length=64, primary_key=True)
    made = models.PositiveIntegerField(default=0)
    last_at = models.DateTimeField(default=timezone.now)
    free_at = models.DateTimeField(null=True)
    """When the next try may be made; None: at once, whatever the clocks of servers say."""

    objects = TriesQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = _("counted tries to sign in")

    def __str__(self):
        return f"{self.key[:8]}: {self.made}"
