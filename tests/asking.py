"""Browsers of people who have signed in, and answers after which nothing has happened."""

from copy import copy

from django.core.cache import cache
from django.db import transaction

from tests.conftest import Browser


def signed_in(people):
    """Each person signs in once: every answer is asked from the same state."""
    browsers = {who: Browser() for who in people}
    for who, person in people.items():
        if person:
            browsers[who].force_login(person)
    return browsers


def ask(browser, method, address):
    """An answer after which nothing has happened."""
    cache.clear()
    before, browser.cookies = browser.cookies, copy(browser.cookies)
    savepoint = transaction.savepoint()
    response = browser.generic(method, address)
    transaction.savepoint_rollback(savepoint)
    browser.cookies = before
    return response
