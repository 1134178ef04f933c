"""Seeds of second factors: sealed texts that stand in allauth's JSON, not in fields of ours.

``settings.SEALED_ELSEWHERE`` names ``places``, so that a change of keys, the key sheet
and a restore find them.
"""

from dataclasses import dataclass

from allauth.mfa.models import Authenticator
from django.db.models.fields.json import KeyTextTransform

from mediators.factors import BOUND_TO
from privacy.fields import seal
from privacy.rotation import Place

SEEDS = {
    Authenticator.Type.TOTP: "secret",
    Authenticator.Type.RECOVERY_CODES: "seed",
}
"""Where the seed stands in the JSON of each kind; a passkey keeps nothing secret here."""


@dataclass(frozen=True)
class Seeds(Place):
    """The seeds of one kind of factor."""

    kind: str

    @property
    def key(self):
        return SEEDS[self.kind]

    @property
    def label(self):
        return f"{super().label}.{self.key}"

    def tokens(self):
        return (
            self.model.objects.using(self.database)
            .filter(type=self.kind)
            .annotate(token=KeyTextTransform(self.key, "data"))
            .order_by("pk")
            .values_list("pk", "token")
        )

    def _bound_to(self, pk):
        return BOUND_TO

    def replace(self, pk, token):
        """Under the lock under which a code is used up, so that none opens twice."""
        rows = self.model.objects.select_for_update().filter(pk=pk, type=self.kind)
        row = rows.first()
        if row is None or row.data[self.key] != token:
            return False
        row.data[self.key] = seal(self.text(pk, token), bound_to=BOUND_TO)
        row.save(update_fields=["data"])
        return True


def places(database):
    field = Authenticator._meta.get_field("data")
    return [Seeds(Authenticator, field, database, kind) for kind in SEEDS]
