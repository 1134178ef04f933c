"""The faults that ``scripts/planted-faults`` plants are still there to be planted."""

import runpy

import pytest
from django.conf import settings

pytestmark = pytest.mark.once

FAULTS = runpy.run_path(str(settings.BASE_DIR / "scripts/planted-faults"))["FAULTS"]


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name)
def test_the_text_of_a_planted_fault_is_in_its_file(fault):
    assert fault.old in (settings.BASE_DIR / fault.file).read_text(encoding="utf-8")


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name)
def test_the_tests_that_catch_a_planted_fault_are_there(fault):
    for path in fault.tests.partition(" -k ")[0].split():
        assert (settings.BASE_DIR / path.partition("::")[0]).exists()
