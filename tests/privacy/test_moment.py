"""What is read for a while is of one moment, and others are noted beside it."""

import pytest
from django.db import connection, connections, transaction
from django.utils.connection import ConnectionDoesNotExist

from municipalities.models import Municipality
from privacy.moment import BESIDE, beside, one_moment
from tests.factories import MunicipalityFactory

pytestmark = [pytest.mark.once, pytest.mark.django_db(transaction=True)]


def test_a_moment_takes_no_lock_for_writing_and_leaves_everything_as_it_was():
    before = connection.transaction_mode
    said = []

    with (
        connection.execute_wrapper(
            lambda do, sql, *rest: said.append(sql) or do(sql, *rest)
        ),
        one_moment(),
    ):
        assert connection.in_atomic_block
        assert connection.transaction_mode == "DEFERRED"

    assert not connection.in_atomic_block
    assert connection.transaction_mode == before == "IMMEDIATE"


def test_a_moment_that_fails_leaves_everything_as_it_was_too():
    def fail():
        with one_moment():
            MunicipalityFactory()
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()

    assert connection.transaction_mode == "IMMEDIATE"
    assert not Municipality.objects.exists()


def test_within_a_transaction_it_is_the_moment_of_that():
    with transaction.atomic():
        with one_moment():
            MunicipalityFactory()
            assert connection.transaction_mode == "IMMEDIATE"
        with beside() as alias:
            assert alias == "default"

    assert Municipality.objects.count() == 1


def test_beside_it_there_is_another_connection_to_the_same_database():
    MunicipalityFactory()

    with beside() as alias:
        assert connections[alias] is not connection
        assert connections[alias].alias == alias
        assert Municipality.objects.using(alias).count() == 1

    with pytest.raises(ConnectionDoesNotExist):
        connections[BESIDE]


def test_the_other_connection_is_gone_even_after_a_failure():
    def fail():
        with beside():
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    with pytest.raises(ConnectionDoesNotExist):
        connections[BESIDE]
