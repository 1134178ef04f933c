"""Shares of a contract: the administration takes none, or the whole."""

from datetime import date

import pytest
from django.urls import reverse

from mediators.models import FundingShare, Position
from municipalities.models import Vocabulary
from privacy.models import AuditEntry, Verb
from tests.factories import AppointmentFactory, TermFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def contract(mediator):
    return mediator.appointments.get()


def source(code):
    return TermFactory(vocabulary=Vocabulary.FUNDING_SOURCE, code=code).pk


def keep(client, contract, *shares):
    rows = {
        f"shares-{number}-{name}": value
        for number, (code, percent) in enumerate(shares)
        for name, value in (("source", source(code)), ("percent", percent))
    }
    return client.post(
        reverse("admin:mediators_appointment_change", args=[contract.pk]),
        {
            "user": contract.user_id,
            "role": contract.role,
            "municipality": contract.municipality_id,
            "position": "teacher_assistant",
            "starts_on": date(2026, 1, 1),
            "hours_per_day": "6",
            "shares-TOTAL_FORMS": len(shares),
            "shares-INITIAL_FORMS": 0,
            **rows,
        },
    )


def test_shares_that_are_the_whole_are_kept(client, administrator, contract):
    client.force_login(administrator)

    assert keep(client, contract, ("NGO", 60), ("EEA", 40)).status_code == 302

    contract.refresh_from_db()
    assert [row.percent for row in contract.shares.all()] == [60, 40]
    assert contract.position == Position.TEACHER_ASSISTANT
    changes = AuditEntry.objects.filter(verb=Verb.UPDATE, object_id=str(contract.pk))
    assert {"fields": ["shares"]} in changes.values_list("detail", flat=True)


@pytest.mark.parametrize(
    "shares",
    [
        [("NGO", 60), ("EEA", 41)],
        [("NGO", 60)],
        [("NGO", 60), ("NGO", 40)],
        [("NGO", 0), ("EEA", 100)],
        [("NGO", 101)],
        [("NGO", -1), ("EEA", 101)],
    ],
)
def test_other_shares_are_refused(client, administrator, contract, shares):
    client.force_login(administrator)

    assert keep(client, contract, *shares).status_code == 200
    assert not FundingShare.objects.exists()


def test_several_contracts_may_run_side_by_side(mediator, contract):
    second = AppointmentFactory(
        user=mediator, municipality=contract.municipality, hours_per_day=2
    )
    second.full_clean()

    assert mediator.appointments.current().count() == 2
