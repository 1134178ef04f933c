"""Many processes write at once, on the database the suite runs on."""

import pytest

from tests.parallel import in_parallel

WRITERS, ENTRIES = 4, 15
WRITE = """
from django.db import transaction

from privacy import audit
from privacy.models import AuditEntry

everybody_wrote = multiprocessing.get_context("fork").Barrier(4)


def act(entries):
    for _ in range(entries):
        with transaction.atomic():
            audit.record(None, audit.Verb.LIST, AuditEntry)
    everybody_wrote.wait(timeout=60)
    check = audit.check_chain()
    return [check.rows, check.holds, check.first_broken]
"""


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_parallel_writers_make_one_chain_without_gaps(tmp_path):
    found = in_parallel(WRITE, [ENTRIES] * WRITERS, tmp_path)

    assert found[0] == [WRITERS * ENTRIES, True, None]
