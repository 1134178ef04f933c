"""Where it was and how one got there: optional details of an entry (R244)."""

import pytest
from django.db import IntegrityError

from cases.models import Kind, Visit
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


@pytest.mark.parametrize("kind", [kind for kind in Kind if kind != Kind.CALL])
def test_whose_rooms_it_was_in_is_told_of_whoever_one_meets(log, family, client, kind):
    more = (
        {"new_institution_name": "Bāriņtiesa"} if Kind(kind).needs_institution else {}
    )
    more |= {"children": "3"} if kind == Kind.GROUP else {}
    log(answers(family=family.code, kind=kind, venue="municipal", **more))

    visit = Visit.objects.get()
    assert visit.venue == "municipal"
    page = client.get(f"/ieraksti/{visit.code}/").content.decode()
    assert "Pašvaldības telpās" in page


def test_only_one_of_the_three_can_be_told(log, family):
    form = log(answers(family=family.code, venue="moon")).context["form"]

    assert form.errors.keys() == {"venue"}


def test_nothing_of_it_is_required(log, family):
    log(answers(family=family.code))

    visit = Visit.objects.get()
    assert (visit.venue, visit.transport, visit.kilometres) == ("", None, None)


def test_it_is_folded_until_something_of_it_was_told(log, client, family):
    log(answers(family=family.code, venue="private"))
    code = Visit.objects.get().code

    new = client.get("/ieraksti/jauns/").content.decode()
    correction = client.get(f"/ieraksti/{code}/labot/").content.decode()

    assert '<details class="fold" open>' not in new
    assert '<details class="fold" open>' in correction
    assert '<option value="private" selected>' in correction


def test_where_the_next_entry_like_it_was_is_told_anew(log, client, family):
    log(answers(family=family.code, venue="private"))
    code = Visit.objects.get().code

    copy = client.get(f"/ieraksti/jauns/?kopet={code}").context["form"]

    assert not copy["venue"].value()


def test_the_next_entry_like_it_goes_the_same_way_but_how_far_is_told_anew(
    log, client, family, car
):
    log(answers(family=family.code, transport="CAR", kilometres="24"))
    code = Visit.objects.get().code

    copy = client.get(f"/ieraksti/jauns/?kopet={code}").context["form"]
    correction = client.get(f"/ieraksti/{code}/labot/").context["form"]

    assert (copy["transport"].value(), copy["kilometres"].value()) == ("CAR", None)
    assert correction["kilometres"].value() == 24


def test_without_transport_there_are_no_kilometres(log, family, client):
    TermFactory(vocabulary=Vocabulary.TRANSPORT, code="NONE", label_lv="Bez transporta")
    log(answers(family=family.code, transport="NONE", kilometres="12"))

    visit = Visit.objects.get()
    assert (visit.transport.code, visit.kilometres) == ("NONE", None)
    page = client.get(f"/ieraksti/{visit.code}/").content.decode()
    assert "Bez transporta" in page
    assert "kilometr" not in page


def test_they_go_when_an_entry_is_corrected_to_no_transport(log, family, car, client):
    TermFactory(vocabulary=Vocabulary.TRANSPORT, code="NONE")
    log(answers(family=family.code, transport="CAR", kilometres="12"))
    visit = Visit.objects.get()

    corrected = answers(family=family.code, transport="NONE", kilometres="12")
    client.post(f"/ieraksti/{visit.code}/labot/", corrected)

    visit.refresh_from_db()
    assert (visit.transport.code, visit.kilometres) == ("NONE", None)


def test_a_call_has_neither_a_place_nor_a_way(log, family, car, client):
    there = {
        "venue": "private",
        "place": "Pamatskola",
        "transport": "CAR",
        "kilometres": "40",
    }
    log(answers(family=family.code, kind="call", **there))
    log(answers(family=family.code, **there))
    call, visit = Visit.objects.order_by("created_at")

    corrected = answers(family=family.code, kind="call", **there)
    client.post(f"/ieraksti/{visit.code}/labot/", corrected)

    for entry in (call, visit):
        entry.refresh_from_db()
        told = (entry.venue, entry.place, entry.transport, entry.kilometres)
        assert (entry.kind, told) == ("call", ("", "", None, None))


@pytest.mark.parametrize(
    "facts",
    [{"kilometres": 5}, {"kilometres": 0}, {"kilometres": 1000}, {"venue": "moon"}],
)
def test_the_database_refuses_what_cannot_be(db, car, facts):
    with pytest.raises(IntegrityError):
        VisitFactory(transport=None if facts.get("kilometres") == 5 else car, **facts)
