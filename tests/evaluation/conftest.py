"""Tests of surveys answer from one address, whose tries are counted."""

import pytest
from django.core.cache import cache


@pytest.fixture(autouse=True)
def _nobody_has_answered_lately():
    cache.clear()
