"""A mediator's families from a list: looked through, confirmed, taken back."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from families.models import Consent, Family, FamilyAssignment
from imports.models import Import
from privacy import audit
from privacy.models import AuditEntry
from tests.factories import (
    ConsentTextFactory,
    FamilyFactory,
    HandOverFactory,
    SubstitutionFactory,
    VisitFactory,
)
from tests.imports.lists import cells_blamed, text_of, xlsx

HEADINGS = ("Ģimene", "Pieaugušie", "Bērni", "Tālrunis")
TWO = (HEADINGS, ("Ķiršu ģimene", 2, 3, 20000001), ("Ozoli", 1, 0, None))


def test_a_list_is_stored_only_when_it_is_confirmed(upload, confirm, mediator):
    page = upload(xlsx(*TWO))

    assert "<b>2 rindas</b>" in text_of(page)
    assert not Family.objects.exists()

    page = confirm(2)

    assert "Ielasītas 2 rindas" in text_of(page)
    first, second = Family.objects.all()
    assert (first.code, first.label, first.phone) == (
        "UPC-001",
        "Ķiršu ģimene",
        "20000001",
    )
    assert (second.adults, second.children) == (1, 0)
    assert list(Family.objects.visible_to(mediator)) == [first, second]
    assert not Consent.objects.exists()


def test_each_row_and_the_import_stand_in_an_unbroken_audit(bring, confirm):
    bring(*TWO)
    confirm(2)

    deeds = [
        (row.verb, row.object_type, row.detail)
        for row in AuditEntry.objects.order_by("seq")
        if row.verb in ("create", "load")
    ]
    assert deeds == [
        ("create", "imports.import", {"kind": "families", "rows": 2}),
        ("create", "families.family", {"code": "UPC-001"}),
        ("create", "families.family", {"code": "UPC-002"}),
        ("load", "imports.import", {"kind": "families", "rows": 2}),
    ]
    assert audit.check_chain().holds


def test_the_list_is_sealed_while_it_waits_and_forgotten_afterwards(bring, confirm):
    bring(*TWO)
    stored = Import.objects.values_list("content").get()[0]
    assert "Ķirš" not in str(stored)

    confirm(2)

    assert Import.objects.get().content == ""


def test_a_list_that_nobody_confirms_is_forgotten_after_an_hour(
    bring, confirm, client, run_tasks
):
    bring(*TWO)
    imported = Import.objects.get()

    with time_machine.travel(timezone.now() + timedelta(minutes=61)):
        page = client.get(imported.get_absolute_url(), follow=True)
        run_tasks()

    imported.refresh_from_db()
    assert imported.content == ""
    assert page.status_code == 200
    assert not Family.objects.exists()


def test_errors_say_in_which_cell_and_nothing_is_stored(bring, confirm):
    page = bring(
        HEADINGS,
        ("Ķiršu ģimene", 2, 3, None),
        (None, 0, 0, None),
        ("Ozoli", "divi", 1, "nav"),
        ("Liepas 161175-19997", 1, 40, None),
    )

    found = cells_blamed(page)
    assert found == ["A3", "B3", "B4", "D4", "A5", "C5"]
    assert "joprojām ir veidlapā" not in text_of(page)
    confirm(1)
    assert not Family.objects.exists()
    assert Import.objects.get().confirmed_at is None


def test_without_a_consent_phones_of_old_acquaintances_are_refused(bring):
    rows = (
        (*HEADINGS, "Kopš"),
        ("Ozoli", 1, 0, "20 000 001", "01.02.2019"),
        ("Liepas", 1, 0, "20 000 002", timezone.localdate()),
    )

    page = bring(*rows)

    assert cells_blamed(page) == ["D2"]


def test_a_consent_comes_with_the_version_of_its_text(bring, confirm, mediator):
    text = ConsentTextFactory()
    headings = ("Ģimene", "Pieaugušie", "Bērni", "Kopš", "Adrese")
    headings += ("Piekrišana", "Piekrišanas datums", "Piekrišanas veids", "Valoda")
    told = ("Pastāstīju, ģimene piekrīt", "05.03.2024", "MUTISKI", "latviešu")

    page = bring(headings, ("Ozoli", 1, 0, "1.2.2019", "Upes iela 1", *told))
    assert "<b>1 rindu</b>" in text_of(page), text_of(page)
    confirm(1)

    consents = Consent.objects.order_by("purpose")
    assert [row.purpose for row in consents] == ["informed", "keep"]
    assert {(row.text, row.recorded_by, str(row.given_on)) for row in consents} == {
        (text, mediator, "2024-03-05")
    }
    assert str(Family.objects.get().started_on) == "2019-02-01"


def test_what_may_be_known_is_left_out_unless_somebody_says_it_is_another(
    bring, confirm, municipality, mediator
):
    FamilyFactory(municipality=municipality, mediator=mediator, label="Ķirši")
    rows = (
        HEADINGS,
        ("Ķiršu ģimene", 2, 3, None),
        ("Ozoli", 1, 0, None),
        ("OZOLI", 1, 0, None),
    )

    page = bring(*rows)

    assert "<b>1 rindu</b>" in text_of(page)
    assert "Ķirši (UPC-001)" in text_of(page)
    assert "kā faila 3. rindā" in text_of(page)
    confirm(1, anyway=[2])
    assert sorted(f.label for f in Family.objects.all()) == [
        "Ozoli",
        "Ķirši",
        "Ķiršu ģimene",
    ]


def test_of_very_many_doubtful_rows_a_hundred_are_asked_and_the_others_left_out(
    bring, confirm
):
    first = [(f"{number}. Ozolu ģimene", 2, 3, None) for number in range(1, 102)]
    again = [(name.upper(), 2, 3, None) for name, *_rest in first]

    page = bring(HEADINGS, *first, *again)

    asked = page.context["form"].fields["anyway"].choices
    assert len(asked) == 100
    assert page.context["not_asked"] == 1
    assert "vēl 1" in text_of(page).casefold()
    page = confirm(101, anyway=[asked[-1][0]])
    assert Family.objects.count() == 102


def test_the_same_file_twice_adds_nothing(bring, confirm):
    bring(*TWO)
    confirm(2)

    page = bring(*TWO)

    assert "<b>0 rindu</b>" in text_of(page)
    confirm(0)
    assert Family.objects.count() == 2


def test_a_second_press_of_the_button_adds_nothing(bring, client, confirm):
    bring(*TWO)
    address = f"/ielasit/{Import.objects.get().pk}/apstiprinat/"

    for _press in range(2):
        client.post(address, {"expected": 2})

    assert Family.objects.count() == 2


def test_a_list_that_would_come_out_differently_is_shown_once_more(
    bring, confirm, municipality, mediator
):
    bring(*TWO)
    FamilyFactory(municipality=municipality, mediator=mediator, label="Ozoli")

    page = confirm(2)

    assert "Pa šo laiku" in text_of(page)
    assert Family.objects.count() == 1


def test_an_import_is_undone_within_a_day(bring, confirm, client):
    bring(*TWO)
    confirm(2)
    imported = Import.objects.get()

    page = client.post(f"/ielasit/{imported.pk}/atcelt/", follow=True)

    assert "Ielasīšana ir atcelta" in text_of(page)
    assert not Family.objects.exists()
    assert not FamilyAssignment.objects.exists()
    undone = AuditEntry.objects.filter(verb="delete", object_type="families.family")
    assert undone.count() == 2
    assert audit.check_chain().holds
    bring(*TWO)
    confirm(2)
    assert [f.code for f in Family.objects.all()] == ["UPC-003", "UPC-004"]


def test_after_a_day_it_stays(bring, confirm, client, mediator):
    bring(*TWO)
    confirm(2)

    with time_machine.travel(timezone.now() + timedelta(hours=25)):
        client.force_login(mediator)
        client.post(f"/ielasit/{Import.objects.get().pk}/atcelt/")

    assert Family.objects.count() == 2


def log_a_visit(client, family, mediator):
    VisitFactory(family=family, mediator=mediator, municipality=family.municipality)


def correct(client, family, mediator):
    form = {"label": "Ozolu ģimene", "adults": 1, "children": 0}
    client.post(f"/gimenes/{family.code}/labot/", form)


def agree(client, family, mediator):
    Consent.objects.create(family=family, purpose="keep", recorded_by=mediator)


@pytest.mark.parametrize("work", [log_a_visit, correct, agree])
def test_an_import_with_which_somebody_has_worked_stays_and_says_with_what(
    bring, confirm, client, mediator, work
):
    bring(*TWO)
    confirm(2)
    work(client, Family.objects.get(code="UPC-002"), mediator)

    page = client.post(f"/ielasit/{Import.objects.get().pk}/atcelt/", follow=True)

    assert "UPC-002" in text_of(page)
    assert "UPC-001" not in text_of(page)
    assert Family.objects.count() == 2


def test_who_covers_or_takes_over_gets_imported_families_too(
    bring, confirm, mediator, colleague, municipality
):
    today = timezone.localdate()
    SubstitutionFactory(
        absent=mediator, substitute=colleague, municipality=municipality
    )
    HandOverFactory(
        mediator=mediator,
        municipality=municipality,
        last_day=today + timedelta(days=30),
    )

    bring(*TWO)
    confirm(2)

    assert Family.objects.visible_to(colleague).count() == 2
    assert FamilyAssignment.objects.exclude(hand_over=None).count() == 2


@pytest.mark.parametrize("who", ["coordinator", "administrator", "lead_mediator"])
def test_families_and_entries_are_brought_by_their_mediator_alone(upload, who, request):
    person = request.getfixturevalue(who)
    for kind in ("families", "visits"):
        assert upload(xlsx(*TWO), kind, by=person).status_code == 404
    assert not Import.objects.exists()


def test_nobody_else_sees_confirms_or_undoes_a_list(
    bring, client, colleague, coordinator
):
    bring(*TWO)
    imported = Import.objects.get()

    for person in (colleague, coordinator):
        client.force_login(person)
        for page in ("parbaudit", "kolonnas"):
            assert client.get(f"/ielasit/{imported.pk}/{page}/").status_code == 404
        for deed in ("apstiprinat", "atcelt"):
            assert client.post(f"/ielasit/{imported.pk}/{deed}/").status_code == 404
    assert not Family.objects.exists()


def test_no_name_is_shown_while_names_are_hidden(bring, client):
    page = bring(*TWO)
    assert "Ķirš" in text_of(page)
    client.post("/slept-vardus/", {"names": "hidden", "next": "/"})

    page = client.get(Import.objects.get().get_absolute_url())

    assert "Ķirš" not in text_of(page)
