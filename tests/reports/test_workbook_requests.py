"""Referrals and asks in the workbook: whom, when and with what result."""

from datetime import UTC, date, datetime
from uuid import UUID

import pytest
import time_machine

from cases.models import Referral
from reports.models import Ask
from reports.periods import Period
from reports.resources import AskResource, ReferralResource
from reports.workflow import Status
from tests.factories import (
    AskFactory,
    CaseFactory,
    FamilyFactory,
    InstitutionContactFactory,
    InstitutionFactory,
    MonthlyReportFactory,
    ReferralFactory,
)
from tests.reports.workbooks import all_cells, rows_of, workbook

pytestmark = pytest.mark.django_db

OCTOBER = Period.parse("2026-10")


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel(datetime(2026, 11, 12, 8, 15, tzinfo=UTC), tick=False):
        yield


def test_a_referral_tells_whom_and_when_and_none_of_its_words(municipality, mediator):
    case = CaseFactory(family=FamilyFactory(municipality=municipality), title="Slepens")
    contact = InstitutionContactFactory(post="sociālais pedagogs", name="Slepena")
    asked = {"case": case, "by": mediator, "institution": contact.institution}
    for number, sent, answered in [
        (1, date(2026, 9, 28), date(2026, 10, 1)),
        (2, date(2026, 10, 16), date(2026, 10, 20)),
        (3, date(2026, 10, 30), None),
    ]:
        ReferralFactory(
            **asked,
            id=UUID(int=number),
            contact=contact,
            sent_on=sent,
            due_on=date(2026, 11, 30),
            answered_on=answered,
            answer=Referral.Answer.ACCEPTED if answered else "",
            text="Slepens lūgums",
            note="Slepena atbilde",
        )

    book = workbook(OCTOBER)

    second, third = rows_of(book, ReferralResource)
    assert [row["referral_code"] for row in (second, third)] == [
        f"{case.code}/2",
        f"{case.code}/3",
    ]
    # Friday to Tuesday
    assert (second["working_days"], second["result"]) == (2, "Pieņemts")
    assert (third["answered_on"], third["working_days"], third["result"]) == (
        None,
        None,
        None,
    )
    assert second["institution"] == contact.institution.name
    assert second["official_role"] == "sociālais pedagogs"
    assert not [cell for cell in all_cells(book) if "lepen" in str(cell.value)]


def test_an_ask_of_an_approved_report_is_told_with_where_it_stands(
    municipality, mediator
):
    report = MonthlyReportFactory(
        municipality=municipality, mediator=mediator, status=Status.RECEIVED
    )
    room = AskFactory(
        report=report,
        kind=Ask.Kind.ROOM,
        code="UPC-G014",
        text="Telpa sarunām divas reizes nedēļā.",
        due_on=date(2026, 11, 30),
        owner=InstitutionFactory(name="Kultūras nams"),
        status=Ask.Status.FULFILLED,
        decided_on=date(2026, 11, 9),
    )
    AskFactory(report=report, code=None, text="Vēl raksta.")

    [row] = rows_of(workbook(OCTOBER), AskResource)

    assert (row["ask_code"], row["text"], row["owner"]) == (
        "UPC-G014",
        room.text,
        "Kultūras nams",
    )
    assert row["month"].date() == date(2026, 10, 1)
    assert row["due_on"].date() == date(2026, 11, 30)
    assert row["decided_on"].date() == date(2026, 11, 9)
    assert (row["kind"], row["status"]) == ("Telpas sarunām", "Izpildīts")
    assert rows_of(workbook(Period.parse("2026-09")), AskResource) == []
