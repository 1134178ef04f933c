"""What was recommended, and how it is carried out, in documents that leave the team."""

from datetime import UTC, date, datetime

import pytest
import time_machine

from mediators.models import Role
from reports.periods import Period
from reports.recommended import recommended
from tests.factories import (
    FamilyFactory,
    FollowUpFactory,
    MunicipalityFactory,
    RecommendationFactory,
)
from tests.reports.paper import assert_accessible, text_of

pytestmark = pytest.mark.django_db

OCTOBER = Period.parse("2026-10")


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel(datetime(2026, 11, 12, 8, 15, tzinfo=UTC), tick=False):
        yield


@pytest.fixture
def row():
    """Recommended in spring, carried over from a project before."""
    return RecommendationFactory(
        made_at=datetime(2026, 4, 1, 9, tzinfo=UTC),
        source="Platforma III, 2026",
        carried_from=RecommendationFactory(
            text="Turpināt.", made_at=datetime(2025, 4, 1, 9, tzinfo=UTC)
        ),
    )


def texts(found):
    return [
        (row.text, [one.text for one in row.carried_out])
        for heading in found
        for row in heading.rows
    ]


def test_what_was_written_about_stands_as_of_the_end_of_the_period(row, municipality):
    mine = {"recommendation": row, "municipality": municipality}
    FollowUpFactory(**mine, noted_on=date(2026, 9, 1), text="Agrāk.")
    FollowUpFactory(**mine, noted_on=date(2026, 10, 31), text="Oktobrī.")
    FollowUpFactory(**mine, noted_on=date(2026, 11, 1), text="Vēlāk.")

    assert texts(recommended(OCTOBER)) == [(row.text, ["Oktobrī."])]
    assert texts(recommended(Period.parse("2026-09"))) == [(row.text, ["Agrāk."])]
    assert texts(recommended(Period.parse("2026-08"))) == []
    assert texts(recommended(Period.parse("2026-04"))) == [(row.text, [])]


def take_out(client, user, document, **data):
    client.force_login(user)
    asked = {"period": "2026-10", "format": "pdf"} | data
    response = client.post(f"/dokumenti/{document}/", asked)
    assert_accessible(response.content)
    return text_of(response.content, "-raw")


def test_the_final_evaluation_tells_all_municipalities(
    client, row, municipality, project_staff
):
    FollowUpFactory(recommendation=row, municipality=municipality, text="Telpa ir.")
    FollowUpFactory(recommendation=row, text="Citur nav telpas.")

    text = take_out(client, project_staff, "projekts")

    for words in (
        "Ieteikumi un to īstenošana",
        "Romu mediatoru darbs",
        row.text,
        "pārnests no: Platforma II, 2025",
        "Telpa ir.",
        "Citur nav telpas.",
    ):
        assert words in text


def test_a_municipality_is_told_its_own_alone(client, row, municipality, coordinator):
    FollowUpFactory(recommendation=row, municipality=municipality, text="Telpa ir.")
    FollowUpFactory(recommendation=row, text="Citur nav telpas.")

    text = take_out(client, coordinator, "pasvaldiba", municipality=municipality.slug)

    assert "Telpa ir." in text
    assert "Citur" not in text


def test_no_family_and_no_code_goes_out_with_it(row, municipality, mediator):
    assert mediator.has_role(Role.MEDIATOR)
    FollowUpFactory(
        recommendation=row,
        municipality=municipality,
        text="Kārkliņiem (UPC-009) ir dzīvoklis.",
    )
    FollowUpFactory(recommendation=row, municipality=MunicipalityFactory())
    FamilyFactory(municipality=municipality, mediator=mediator, label="Kārkliņu ģimene")

    [(_text, words)] = texts(recommended(OCTOBER))

    assert "[…] ([kods]) ir dzīvoklis." in words
