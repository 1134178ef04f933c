"""A value of a list that a requirement asks for is there where people choose it."""

import pytest
from django.utils.html import escape

from cases.models import Area
from municipalities import reference_data
from municipalities.models import Term, Vocabulary
from tests.coverage_table import rows
from tests.factories import (
    CaseFactory,
    FamilyFactory,
    FamilyMemberFactory,
    InstitutionFactory,
)

pytestmark = pytest.mark.once

LISTED = "list "


def named():
    """``{vocabulary: codes}`` of the values that stand in the table of requirements."""
    found = {}
    for row in rows().values():
        for where in row.get("at", ()):
            if where.startswith(LISTED):
                vocabulary, code = where.removeprefix(LISTED).split(".")
                found.setdefault(vocabulary, set()).add(code)
    return found


@pytest.fixture(scope="module")
def reference(made_once):
    return reference_data.load()


@pytest.fixture
def pages(reference, mediator, municipality):
    """``{vocabulary: addresses}`` of the forms in which its values are offered."""
    family = FamilyFactory(municipality=municipality, mediator=mediator)
    child = FamilyMemberFactory(family=family)
    institution = InstitutionFactory(municipality=municipality)
    of_family = f"/gimenes/{family.code}"
    cases = [CaseFactory(family=family, mediator=mediator, area=area) for area in Area]
    return {
        Vocabulary.ABSENCE_REASON: [f"{of_family}/cilveki/{child.pk}/skola/"],
        Vocabulary.ACHIEVEMENT: [f"/lietas/{case.code}/panakumi/" for case in cases],
        Vocabulary.ACTIVITY: ["/ieraksti/jauns/"],
        Vocabulary.CASE_CATEGORY: ["/lietas/jauna/"],
        Vocabulary.EVENT_TYPE: ["/pasakumi/jauns/"],
        Vocabulary.FAMILY_RELATION: [f"{of_family}/cilveki/jauns/"],
        Vocabulary.FUNDING_SOURCE: [
            f"/pasvaldibas/{municipality.slug}/finansejums/jauns/"
        ],
        Vocabulary.INSTITUTION_TYPE: ["/iestades/jauna/"],
        Vocabulary.MEDIA_KIND: ["/publicitate/jauna/"],
        Vocabulary.PARTICIPANT_CATEGORY: ["/pasakumi/jauns/"],
        Vocabulary.POST: [f"/iestades/{institution.pk}/cilveks/"],
        Vocabulary.REFERRAL_REQUEST: [
            f"/lietas/{case.code}/nosutit/" for case in cases
        ],
    }


@pytest.mark.parametrize("vocabulary", sorted(named()))
def test_each_value_that_a_requirement_names_is_offered_where_it_is_chosen(
    client, mediator, coordinator, pages, vocabulary
):
    is_of_the_place = vocabulary == Vocabulary.FUNDING_SOURCE
    client.force_login(coordinator if is_of_the_place else mediator)

    offered = ""
    for address in pages[vocabulary]:
        response = client.get(address)
        assert response.status_code == 200, address
        offered += response.content.decode()

    codes = named()[vocabulary]
    labels = {row.code: escape(str(row)) for row in Term.objects.of(vocabulary)}
    assert {code for code in codes if labels[code] in offered} == codes
