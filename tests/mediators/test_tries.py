"""Tries are counted exactly, cost time, and never lock anybody out for good."""

from datetime import timedelta

import pytest
import time_machine
from django.core.cache import cache
from django.core.management import call_command
from django.utils import timezone

from config import settings as production  # noqa: TID251 -- tests have another cache
from mediators.models import Limit, TooManyTries, Tries
from mediators.trying import address_of, count_this_minute
from tests.factories import PASSWORD
from tests.mediators.codes import sign_in
from tests.parallel import in_parallel

LIMIT = Limit("sign-in", "somebody")
FIFTY = """
from mediators.models import Limit, TooManyTries, Tries

def act(number):
    try:
        Tries.objects.begin(Limit("sign-in", "somebody"))
    except TooManyTries:
        return False
    return True
"""


def waits(count):
    """Seconds after each of so many tries, each made as soon as it is allowed."""
    with time_machine.travel(timezone.now(), tick=False) as clock:
        for _try in range(count):
            Tries.objects.begin(LIMIT)
            free_at = Tries.objects.get().free_at or timezone.now()
            wait = free_at - timezone.now()
            yield wait.total_seconds()
            clock.shift(wait)


def test_the_wait_grows_after_the_fifth_try_and_has_an_end(db):
    assert list(waits(11)) == [0, 0, 0, 0, 30, 60, 120, 240, 480, 600, 600]


def test_what_is_free_in_a_minute_is_free_again_in_the_next(db):
    with time_machine.travel("2026-11-28 12:00:20+02:00", tick=False) as clock:
        for _try in range(3):
            count_this_minute("look", "somebody", most=3)
        count_this_minute("look", "somebody else", most=3)
        for seconds in (40, 20, 1):
            with pytest.raises(TooManyTries) as problem:
                count_this_minute("look", "somebody", most=3)
            assert problem.value.seconds == seconds
            clock.shift(timedelta(seconds=min(20, seconds - 1)))
        clock.shift(timedelta(seconds=1))
        count_this_minute("look", "somebody", most=3)


def test_a_quarter_of_an_hour_later_everything_is_forgotten(db):
    with time_machine.travel(timezone.now(), tick=False) as clock:
        for _try in range(5):
            Tries.objects.begin(LIMIT)
        with pytest.raises(TooManyTries):
            Tries.objects.begin(LIMIT)
        clock.shift(timedelta(minutes=16))
        for _try in range(5):
            Tries.objects.begin(LIMIT)


def test_the_right_answer_takes_one_try_back_or_all_of_ones_own(db):
    shared, own = LIMIT, Limit("code", "somebody", ends_with_success=True)

    def made():
        return [Tries.objects.get(key=limit.key).made for limit in (shared, own)]

    for _try in range(5):
        Tries.objects.begin(shared, own)
    Tries.objects.succeeded(shared, own)
    assert made() == [4, 0]

    Tries.objects.begin(shared, own)
    assert made() == [5, 1], "at once, although five were made"
    for _success in range(6):
        Tries.objects.succeeded(shared, own)
    assert made() == [0, 0]


@pytest.mark.parametrize(("hours", "is_kept"), [(23, True), (25, False)])
def test_what_was_tried_a_day_ago_is_kept_no_longer(db, hours, is_kept):
    Tries.objects.begin(LIMIT)
    Tries.objects.update(last_at=timezone.now() - timedelta(hours=hours))

    Tries.objects.succeeded(Limit("code", "somebody else"))

    assert Tries.objects.exists() is is_kept


def test_the_table_does_not_say_who_tried(db):
    Tries.objects.begin(LIMIT)

    assert "somebody" not in Tries.objects.get().key


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_of_many_tries_at_once_exactly_five_are_made(tmp_path):
    assert sum(in_parallel(FIFTY, list(range(8)), tmp_path)) == 5


def test_the_sixth_sign_in_is_answered_with_a_time_to_wait(client, mediator):
    for _try in range(5):
        assert sign_in(client, mediator.email, "wrong").status_code == 200

    response = sign_in(client, mediator.email)

    assert response.status_code == 429
    assert 0 < int(response.headers["Retry-After"]) <= 30
    assert mediator.email in response.content.decode(), "what was typed stays"
    assert "_auth_user_id" not in client.session


def test_an_unknown_address_is_asked_to_wait_as_well(client, db):
    answers = [
        sign_in(client, "nobody@example.test", "x").status_code for _ in range(6)
    ]

    assert answers == [200] * 5 + [429]


def test_who_remembers_the_password_in_time_is_not_counted(client, mediator):
    for _try in range(3):
        sign_in(client, mediator.email, "wrong")
        sign_in(client, mediator.email, "wrong")
        assert sign_in(client, mediator.email).status_code == 302
        client.post("/iziet/")


def test_somebody_elsewhere_does_not_keep_the_owner_out(client, mediator):
    for _try in range(6):
        sign_in(client, mediator.email, "wrong", REMOTE_ADDR="203.0.113.9")

    assert sign_in(client, mediator.email, REMOTE_ADDR="192.0.2.7").status_code == 302


@pytest.mark.parametrize(
    ("proxies", "forwarded", "address"),
    [
        (0, "203.0.113.9", "127.0.0.1"),
        (1, "203.0.113.9", "203.0.113.9"),
        (1, "198.51.100.1, 203.0.113.9", "203.0.113.9"),
        (2, "198.51.100.1, 203.0.113.9, 10.0.0.1", "203.0.113.9"),
        (1, "2001:db8:1:2:aaaa::1", "2001:db8:1:2::/64"),
    ],
)
def test_the_address_is_what_our_own_proxies_saw(
    rf, settings, proxies, forwarded, address
):
    """What a visitor writes into the header itself stands further to the left."""
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = proxies

    assert address_of(rf.get("/", HTTP_X_FORWARDED_FOR=forwarded)) == address


def test_another_address_in_the_header_is_no_new_beginning(client, mediator, settings):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    for number in range(5):
        header = f"198.51.100.{number}, 203.0.113.9"
        sign_in(client, mediator.email, "wrong", HTTP_X_FORWARDED_FOR=header)

    header = "192.0.2.1, 203.0.113.9"
    response = sign_in(client, mediator.email, PASSWORD, HTTP_X_FORWARDED_FOR=header)
    assert response.status_code == 429


def test_the_limit_of_one_address_is_not_forgotten_because_of_hundreds_of_others(
    db, settings
):
    settings.CACHES = production.CACHES
    call_command("createcachetable")
    addresses = [f"203.0.113.{number}" for number in range(400)]

    for address in addresses:
        cache.add(address, 1, timeout=3600)

    assert len(cache.get_many(addresses)) == 400
