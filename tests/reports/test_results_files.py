"""What files of the results are called on somebody's disk."""

from datetime import date

import pytest

from mediators.models import Role
from reports.periods import Period
from reports.results_page import ResultsPage
from reports.views.results import IN_A_FILE_NAME
from tests import cast
from tests.factories import UserFactory, VisitFactory

pytestmark = pytest.mark.django_db


def test_every_table_has_a_latvian_name():
    VisitFactory(visited_on=date(2025, 8, 4), municipality=cast.upesciems())

    of_a_year = ResultsPage.of(Period.parse("2025")).counted()

    assert set(of_a_year.tables) == set(IN_A_FILE_NAME)


def test_a_file_is_called_by_its_latvian_name(client):
    client.force_login(UserFactory(role=Role.PROJECT_STAFF))

    response = client.get("/rezultati/", {"period": "2026-01", "csv": "reports"})

    assert response["Content-Disposition"] == (
        'attachment; filename="Tilts_atskaites_2026-01_2026-01.csv"'
    )
