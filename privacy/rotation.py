"""Change the key of encrypted texts while people work: row by row, as often as it takes.

A text is replaced only if the stored token is still the one that was read, so an edit
that came in between stays. Whatever stops the work, starting it again goes on where it
was: what is done is known by its key id.
"""

from collections import Counter
from dataclasses import dataclass

from django.apps import apps
from django.conf import settings
from django.db import connection, models, transaction
from django.db.models.functions import Cast
from django.utils.module_loading import import_string

from privacy.fields import VERSION, EncryptedTextField, Sealed, seal, unseal
from privacy.keys import field_keys

BATCH = 200


@dataclass(frozen=True)
class Place:
    """One encrypted field of one model."""

    model: type[models.Model]
    field: EncryptedTextField
    database: str

    @property
    def label(self):
        return f"{self.model._meta.label}.{self.field.name}"

    def tokens(self):
        """Pairs of primary key and stored token, of the rows that hold a text."""
        return (
            self.model._base_manager.using(self.database)
            .exclude(**{f"{self.field.name}__isnull": True})
            .exclude(**{self.field.name: ""})
            .annotate(token=Cast(self.field.name, models.TextField()))
            .order_by("pk")
            .values_list("pk", "token")
        )

    def written_with(self, key_id):
        return self.tokens().filter(token__startswith=f"{VERSION}|{key_id}|")

    def written_with_another_key(self, key_id):
        return self.tokens().exclude(token__startswith=f"{VERSION}|{key_id}|")

    def text(self, pk, token, **options):
        return unseal(token, bound_to=self._bound_to(pk), **options)

    def _bound_to(self, pk):
        return self.field.bound_to(self.model(pk=pk))

    def replace(self, pk, token):
        """Encrypt one text anew; False if it was changed or removed in the meantime."""
        fresh = seal(self.text(pk, token), bound_to=self._bound_to(pk))
        name = self.field.name
        rows = self.model._base_manager.filter(pk=pk, **{name: Sealed(token)})
        return rows.update(**{name: Sealed(fresh)}) == 1


def places(database="default"):
    """Every encrypted field of the installation, and what is sealed outside of them."""
    in_fields = [
        Place(model, field, database)
        for model in apps.get_models()
        for field in model._meta.concrete_fields
        if isinstance(field, EncryptedTextField)
    ]
    elsewhere = [import_string(name)(database) for name in settings.SEALED_ELSEWHERE]
    return sum(elsewhere, in_fields)


def keys_needed():
    """The keys that texts in the database were written with; none before it has tables."""
    tables = set(connection.introspection.table_names())
    return {
        token.split("|")[1]
        for place in places()
        if place.model._meta.db_table in tables
        for _pk, token in place.tokens()[:1]
    }


def keys_lost():
    """Those of them that are not in the file; raises ``ImproperlyConfigured`` without one."""
    return keys_needed() - field_keys().ciphers.keys()


def rows_by_key():
    """How many texts each key still opens; a key of the file without any counts 0."""
    counts = Counter(dict.fromkeys(field_keys().ciphers, 0))
    for place in places():
        counts.update(token.split("|")[1] for _pk, token in place.tokens().iterator())
    return dict(counts)


def rotate(*, batch=BATCH):
    """Encrypt with the first key what another one wrote; how many texts it was."""
    return sum(_rotate_place(place, batch) for place in places())


def _rotate_place(place, batch):
    """Once through the rows. What slips through meanwhile is found by the next run."""
    key_id = field_keys().writes_with
    done, last = 0, None
    while True:
        waiting = place.written_with_another_key(key_id)
        if last is not None:
            waiting = waiting.filter(pk__gt=last)
        waiting = list(waiting[:batch])
        if not waiting:
            return done
        with transaction.atomic():
            done += sum(place.replace(pk, token) for pk, token in waiting)
        last = waiting[-1][0]
