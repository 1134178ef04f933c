"""Texts that the worker holds against the families of all mediators, one after the other."""

from datetime import timedelta
from weakref import WeakSet

import pytest
from django.db import transaction
from django_tasks_db.models import DBTaskResult

from data_protection.services.erasure import erase_family
from families.models import Family, LookedThrough
from families.services import everybody
from families.services.consents import Told
from families.services.many_families import NewFamily, take_on_all
from families.services.members import add_member, change_member
from families.services.names import NameCheck, TextCheck, checks_at, checks_in
from mediators.models import Role
from privacy import audit
from privacy.name_check import StillLooking
from tests.country import MORNING, clock, desks, large, take_on_fishers
from tests.factories import (
    ConsentTextFactory,
    FamilyAssignmentFactory,
    FamilyFactory,
    FamilyMemberFactory,
    SparedWordFactory,
    UserFactory,
)
from tests.filling import filled
from tests.held_rows import held_rows

pytestmark = pytest.mark.django_db

__all__ = ["clock", "desks", "large"]


@pytest.fixture
def found(run_tasks):
    """What is found in a text once the worker has looked at it."""

    def look(text):
        everybody.ask([text])
        run_tasks()
        return hits(text)

    return look


def hits(text):
    """What is found while somebody waits, of all that look."""
    checks = everybody.checks_of_everybody()
    return [hit.found for check in checks for hit in check.hits(text)]


def deed(verb, row):
    with transaction.atomic():
        audit.record(None, verb, row)


# What the worker does


def test_the_worker_finds_what_is_found_at_once_in_a_small_project(
    large, found, monkeypatch
):
    text = "Kārkliņiem un Bērziņu ģimenei palīdzēja Ozoli, tālrunis ir pie Kārkliņas."
    by_worker = found(text)
    monkeypatch.setattr(everybody, "LARGE", 1000)

    assert by_worker == sorted(hits(text), key=text.index)
    assert len(by_worker) == 4


def test_words_stay_sealed_while_they_wait_and_are_gone_afterwards(large, run_tasks):
    everybody.ask(["Palīdzēt Kārkliņiem."])
    waiting = LookedThrough.objects.values("text").get()["text"]
    run_tasks()

    assert repr(waiting) == "<Sealed>"
    row = LookedThrough.objects.get()
    assert (row.text, row.spans, row.taken_at) == ("", [[9, 19]], None)


def test_one_mediators_families_are_held_at_a_time(large, run_tasks, monkeypatch):
    alive, most = WeakSet(), []

    class Watched(NameCheck):
        def __init__(self, known, **options):
            super().__init__(known, **options)
            alive.add(self)
            most.append((len(alive), len(known)))

    monkeypatch.setattr("families.services.names.NameCheck", Watched)
    everybody.ask(["Palīdzēt Kārkliņiem.", "Palīdzēt visiem."])
    with held_rows() as held:
        run_tasks()

    assert sorted(most) == [(1, 1), (1, 2)]
    assert held.most == 2, held.sql


def test_what_waits_is_taken_by_one_worker_alone_until_it_is_given_up(large, clock):
    everybody.ask(["Palīdzēt visiem."])

    first = everybody._take()
    clock.shift(timedelta(minutes=29))
    second = everybody._take()
    clock.shift(timedelta(minutes=2))
    third = everybody._take()

    assert [len(rows) for rows in (first, second, third)] == [1, 0, 1]


def test_who_asks_again_queues_no_second_look_until_the_first_is_given_up(large, clock):
    for _time in range(3):
        everybody.ask(["Palīdzēt visiem."])
    before = DBTaskResult.objects.ready().count()
    clock.shift(timedelta(minutes=31))
    everybody.ask(["Palīdzēt visiem."])

    assert (before, DBTaskResult.objects.ready().count()) == (1, 2)
    assert LookedThrough.objects.count() == 1


def test_more_than_fits_into_one_look_is_looked_at_in_several(
    large, run_tasks, monkeypatch
):
    monkeypatch.setattr(everybody, "A_LOOK", 2)
    everybody.ask([f"Palīdzēt {number}." for number in range(5)])

    run_tasks()

    assert LookedThrough.objects.done().count() == 5
    assert not LookedThrough.objects.waiting().exists()


# What was written down after the look

TEXT = "Palīdzēt Zvejniekiem."


def imported(mediator):
    place = mediator.factory_municipality
    family = Family(municipality=place, label="Zvejnieku ģimene")
    news = [NewFamily(family, Told.LATER, MORNING.date())]
    take_on_all(news, mediator=mediator, municipality=place, actor=mediator)


def a_person_more(mediator):
    family = Family.objects.visible_to(mediator).first()
    like = FamilyMemberFactory.build(family=family, relation=None)
    like.relation = FamilyMemberFactory().relation
    like.name = "Zvejnieks"
    add_member(like, by=mediator)


def a_person_renamed(mediator):
    family = Family.objects.visible_to(mediator).first()
    person = family.members.get()
    person.name = "Zvejnieks"
    change_member(person, by=mediator, fields=["name"])


@pytest.mark.parametrize(
    "write", [take_on_fishers, imported, a_person_more, a_person_renamed]
)
def test_a_name_that_was_written_down_after_the_look_is_found_all_the_same(
    large, found, write
):
    mediator = large[1]
    FamilyMemberFactory(family=Family.objects.visible_to(mediator).get())
    ConsentTextFactory()
    before = found(TEXT)

    write(mediator)

    assert before == []
    assert hits(TEXT) == ["Zvejniekiem"]
    assert DBTaskResult.objects.ready().count() == 0


def test_a_family_that_was_renamed_after_the_look_is_found_all_the_same(
    client, large, found
):
    family = Family.objects.visible_to(large[1]).get()
    before = found(TEXT)
    client.force_login(large[1])
    address = f"{family.get_absolute_url()}labot/"
    page = client.get(address).content.decode()

    answer = client.post(address, filled(page, address, label="Zvejnieku ģimene"))

    assert answer.status_code == 302
    assert (before, hits(TEXT)) == ([], ["Zvejniekiem"])


def test_a_name_that_was_written_down_during_the_look_is_found_all_the_same(
    large, found, monkeypatch
):
    look_at_all = everybody._one_by_one

    def while_somebody_writes():
        yield from look_at_all()
        take_on_fishers(large[1])

    monkeypatch.setattr(everybody, "_one_by_one", while_somebody_writes)

    assert found(TEXT) == ["Zvejniekiem"]
    assert LookedThrough.objects.get().spans == []


def test_where_too_much_was_written_down_since_the_worker_looks_anew(
    large, found, run_tasks, monkeypatch
):
    monkeypatch.setattr(everybody, "CHANGES", 2)
    found(TEXT)
    [family, *_others] = Family.objects.all()
    for _time in range(2):
        deed(audit.Verb.UPDATE, family)
    known = hits(TEXT)
    deed(audit.Verb.UPDATE, family)

    with pytest.raises(StillLooking):
        hits(TEXT)
    run_tasks()
    assert known == hits(TEXT) == []


def test_what_was_written_down_since_costs_the_same_however_many_texts_there_are(
    large, run_tasks, django_assert_max_num_queries
):
    texts = [f"Palīdzēt {number}. Zvejniekiem." for number in range(20)]
    everybody.ask(texts)
    run_tasks()
    deed(audit.Verb.UPDATE, Family.objects.visible_to(large[1]).get())

    with django_assert_max_num_queries(20):
        [check] = everybody.checks_of_everybody(texts)
        assert [check.hits(text) for text in texts] == [[]] * 20


# Several mediators of a place


def test_several_mediators_are_asked_for_together_and_find_what_each_finds_alone(
    desks, municipality
):
    """Each her own families, former ones too, without the words that she spared."""
    one, other = desks
    family = FamilyFactory(
        municipality=municipality, mediator=one, label="Liepu ģimene"
    )
    FamilyAssignmentFactory(family=family, mediator=other, ends_on=MORNING.date())
    FamilyMemberFactory(family=family, name="Rūdis")
    text = "Kārkliņiem, Bērziņiem un Liepu ģimenei palīdzēja Rūdis."
    [*_others, spared] = TextCheck(other, municipality).hits(text)
    SparedWordFactory(mediator=other, mark=spared.mark)
    appointments = [user.appointments.get() for user in (one, other)]

    together = [check.hits(text) for check in checks_at(appointments)]
    alone = [TextCheck(row.user, row.municipality).hits(text) for row in appointments]

    assert together == alone
    assert [[hit.found for hit in hits] for hits in together] == [
        ["Kārkliņiem", "Liepu", "Rūdis"],
        ["Bērziņiem", "Liepu"],
    ]


def test_more_mediators_of_a_place_are_asked_for_by_no_more_statements(
    municipality, django_assert_num_queries
):
    for number in range(3):
        user = UserFactory(role=Role.MEDIATOR, municipality=municipality)
        FamilyFactory(municipality=municipality, mediator=user, label="Kārkliņu ģimene")
        checks = checks_in([municipality])
        with django_assert_num_queries(8):
            assert all(check.hits("Kārkliņiem palīdzēt.") for check in checks)
        assert len(checks) == number + 1


def test_an_erasure_empties_what_waits_and_it_may_be_asked_for_again(large):
    everybody.ask(["Palīdzēt Kārkliņiem."])

    erase_family(Family.objects.earliest("code"), why="request", by=None)

    [row] = LookedThrough.objects.all()
    assert row.text == ""
    everybody.ask(["Palīdzēt Kārkliņiem."])
    assert LookedThrough.objects.waiting().count() == 1
