"""A school and one of its teachers."""

import pytest

from tests.factories import InstitutionContactFactory, InstitutionFactory, TermFactory


@pytest.fixture
def school(municipality):
    return InstitutionFactory(
        municipality=municipality,
        name="Upesciema pamatskola",
        type=TermFactory(),
        phone="+371 20 000 001",
        email="skola@example.test",
    )


@pytest.fixture
def teacher(school):
    return InstitutionContactFactory(
        institution=school,
        name="Inga Kalniņa",
        phone="20 000 003",
        email="inga@example.test",
    )
