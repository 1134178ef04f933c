import uuid
from datetime import UTC, datetime

import time_machine

from privacy.ids import uuid7


def test_an_id_is_a_uuid_of_version_7():
    for made in [uuid7() for _ in range(100)]:
        assert (made.version, made.variant) == (7, uuid.RFC_4122)


def test_an_id_begins_with_the_time_it_was_made():
    moment = datetime(2026, 10, 5, 9, 30, tzinfo=UTC)

    with time_machine.travel(moment, tick=False):
        made = uuid7()

    assert made.int >> 80 == int(moment.timestamp() * 1000)


def test_half_a_millisecond_is_half_of_twelve_bits():
    moment = datetime(2026, 10, 5, 9, 30, 0, 500, tzinfo=UTC)

    with time_machine.travel(moment, tick=False):
        made = uuid7()

    assert made.int >> 64 & 0xFFF == 0x800


def test_ids_sort_by_the_time_they_were_made():
    with time_machine.travel(
        datetime(2026, 10, 5, tzinfo=UTC), tick=False
    ) as traveller:
        ids = []
        for _ in range(200):
            ids.append(uuid7())
            traveller.shift(0.000001)

    assert ids == sorted(ids)


def test_ids_made_at_the_same_moment_differ():
    with time_machine.travel(datetime(2026, 10, 5, tzinfo=UTC), tick=False):
        assert len({uuid7() for _ in range(1000)}) == 1000
