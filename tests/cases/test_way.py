"""How one got there: an optional detail of an entry (R244)."""

import pytest
from django.db import IntegrityError

from cases.models import Visit
from municipalities.models import Vocabulary
from tests.cases.answers import answers
from tests.factories import TermFactory, VisitFactory


@pytest.fixture
def car(db):
    return TermFactory(
        vocabulary=Vocabulary.TRANSPORT, code="CAR", label_lv="Personīgais transports"
    )


def test_how_one_got_there_is_told_with_its_kilometres(log, family, car, client):
    log(answers(family=family.code, transport="CAR", kilometres="24"))

    visit = Visit.objects.get()
    assert (visit.transport, visit.kilometres) == (car, 24)
    page = client.get(f"/ieraksti/{visit.code}/").content.decode()
    assert "Personīgais transports, 24 kilometri" in page


def test_nothing_of_it_is_required(log, family):
    log(answers(family=family.code))

    visit = Visit.objects.get()
    assert (visit.transport, visit.kilometres) == (None, None)


def test_the_next_entry_like_it_goes_the_same_way_but_how_far_is_told_anew(
    log, client, family, car
):
    log(answers(family=family.code, transport="CAR", kilometres="24"))
    code = Visit.objects.get().code

    copy = client.get(f"/ieraksti/jauns/?kopet={code}").context["form"]
    correction = client.get(f"/ieraksti/{code}/labot/").context["form"]

    assert (copy["transport"].value(), copy["kilometres"].value()) == ("CAR", None)
    assert correction["kilometres"].value() == 24


@pytest.mark.parametrize(
    "facts", [{"kilometres": 5}, {"kilometres": 0}, {"kilometres": 1000}]
)
def test_the_database_refuses_what_cannot_be(db, car, facts):
    with pytest.raises(IntegrityError):
        VisitFactory(transport=car if facts["kilometres"] != 5 else None, **facts)
