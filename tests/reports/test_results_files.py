"""What files of the results are called on somebody's disk."""

import pytest

from mediators.models import Role
from municipalities.models import Municipality
from reports.further import further
from reports.periods import Period
from reports.reach import scope_of
from reports.results import results
from reports.views.results import IN_A_FILE_NAME
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db


def test_every_table_has_a_latvian_name():
    scope = scope_of(Period.parse("2026"), Municipality.objects.all())
    tables = results(scope).tables | further(scope, [], worked=0).tables

    assert set(tables) == set(IN_A_FILE_NAME)


def test_a_file_is_called_by_its_latvian_name(client):
    client.force_login(UserFactory(role=Role.PROJECT_STAFF))

    response = client.get("/rezultati/", {"period": "2026-01", "csv": "reports"})

    assert response["Content-Disposition"] == (
        'attachment; filename="Tilts_atskaites_2026-01_2026-01.csv"'
    )
