"""What an installation really holds, read in a process of its own past the web server.

Run as a module with the settings of the installation; prints one object.
"""

import json
from collections import Counter

import django
from django.db import connection


def look():
    """Entries as a ledger has them, the digest of the tables, and whether all of it fits."""
    from cases.models import Visit  # noqa: PLC0415 -- models exist once Django is set up
    from privacy.audit import Verb, check_chain  # noqa: PLC0415
    from privacy.digest import digest  # noqa: PLC0415
    from privacy.models import AuditEntry  # noqa: PLC0415

    chain = check_chain(None)
    created = AuditEntry.objects.filter(
        verb=Verb.CREATE, object_type=Visit._meta.label_lower
    )
    noted = Counter(created.values_list("object_id", flat=True))
    visits = list(Visit.objects.order_by("pk"))
    return {
        "entries": [
            {
                "number": str(visit.client_uuid),
                "person": str(visit.mediator_id),
                "minutes": visit.minutes,
                "note": visit.note,
            }
            for visit in visits
        ],
        "noted_once": all(noted[str(visit.pk)] == 1 for visit in visits),
        "digest": digest(),
        "chain": {"rows": chain.rows, "holds": chain.holds},
        "integrity": integrity(),
    }


def integrity():
    if connection.vendor != "sqlite":
        return "ok"
    with connection.cursor() as cursor:
        return cursor.execute("PRAGMA integrity_check").fetchone()[0]


if __name__ == "__main__":
    django.setup()
    print(json.dumps(look()))  # noqa: T201
