"""Documents of a case: needed by its category, ticked off once, counted by kind (R074, R100)."""

from datetime import timedelta

import pytest
from django.utils import timezone

from cases.models import Achievement
from cases.services.documents import PREPARED, needed_by_category
from municipalities.models import Term, Vocabulary
from municipalities.reference_data import load_vocabularies
from tests.factories import CaseFactory, ClosedMonthFactory, FamilyMemberFactory

TODAY = timezone.localdate


@pytest.fixture
def reference(db):
    load_vocabularies()


@pytest.fixture
def case(reference, family, mediator):
    return CaseFactory(
        family=family,
        mediator=mediator,
        area="social",
        category_id="case_category.SOC_NEEDY",
        opened_on=TODAY() - timedelta(days=40),
    )


@pytest.fixture
def tick(client, mediator, case):
    client.force_login(mediator)

    def post(code, **changes):
        answers = {
            "document": f"document.{code}",
            "achieved_on": TODAY().isoformat(),
        }
        return client.post(f"/lietas/{case.code}/dokumenti/", answers | changes)

    return post


def papers(client, case):
    found = client.get(f"/lietas/{case.code}/").context["papers"]
    return {paper.document.code: bool(paper.obtained) for paper in found}


def test_every_declared_code_is_on_a_list(reference):
    categories = set(
        Term.objects.of(Vocabulary.CASE_CATEGORY).values_list("code", flat=True)
    )
    documents = set(Term.objects.of(Vocabulary.DOCUMENT).values_list("code", flat=True))

    assert set(needed_by_category()) <= categories
    assert {code for codes in needed_by_category().values() for code in codes} <= (
        documents
    )
    assert set(PREPARED) <= documents


def test_the_category_says_what_is_needed_and_a_tick_says_what_is_there(
    client, case, tick
):
    tick("INCOME")

    assert papers(client, case) == {
        "APPLICATION": False,
        "PROPERTY_DECLARATION": False,
        "INCOME": True,
        "BANK_STATEMENT": False,
        "NEEDY_STATUS": False,
    }


def test_a_document_that_nobody_asked_for_stands_below(client, case, tick):
    tick("BIRTH_CERTIFICATE")

    assert list(papers(client, case))[-1] == "BIRTH_CERTIFICATE"


def test_a_case_without_a_category_needs_nothing(client, case):
    case.category = None
    case.save()
    client.force_login(case.mediator)

    assert papers(client, case) == {}


def test_an_issued_document_counts_as_received_and_a_written_one_as_filed(case, tick):
    tick("INCOME")
    tick("APPLICATION")

    assert set(Achievement.objects.values_list("document__code", "what__code")) == {
        ("INCOME", "DOC_ISSUED"),
        ("APPLICATION", "JUS_DOCS_FILED"),
    }


def test_the_same_document_is_ticked_once_whatever_the_day(case, tick):
    tick("INCOME")
    tick("INCOME", achieved_on=(TODAY() - timedelta(days=1)).isoformat())

    assert case.achievements.count() == 1


def test_two_documents_of_one_day_are_two(case, tick):
    tick("INCOME")
    tick("BANK_STATEMENT")

    assert case.achievements.count() == 2


def test_each_person_has_documents_of_their_own(case, family, tick):
    one, other = FamilyMemberFactory(family=family), FamilyMemberFactory(family=family)

    tick("INCOME", people=[one.pk])
    tick("INCOME", people=[one.pk, other.pk])

    assert case.achievements.count() == 2


def test_a_month_that_is_handed_in_takes_no_document(
    case, mediator, municipality, tick
):
    ClosedMonthFactory(
        mediator=mediator, municipality=municipality, month=TODAY().replace(day=1)
    )

    assert tick("INCOME").status_code == 422
    assert not case.achievements.exists()


@pytest.mark.parametrize("code", ["NOTHING", "", "'; --"])
def test_a_document_that_is_on_no_list_is_refused(case, tick, code):
    assert tick(code).status_code == 422


def test_it_is_taken_back_like_any_achievement(client, case, tick):
    tick("INCOME")

    client.post(f"/panakumi/{case.achievements.get().pk}/dzest/")

    assert not papers(client, case)["INCOME"]
