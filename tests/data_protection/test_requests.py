"""Requests of people: a month to answer, two people to decide, and what follows."""

import json
from datetime import date

import pytest
from django.core import mail
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction
from django.utils import timezone

from data_protection.models import SubjectRequest
from data_protection.models.request import AlreadyDecided
from data_protection.services import requests
from data_protection.services.subject_export import collect, hand_out
from families.models import Family
from privacy import audit
from privacy.audit import Verb
from privacy.models import AuditEntry
from reports.pdf import Pdf
from tests.factories import (
    AchievementFactory,
    AppointmentFactory,
    CaseFactory,
    CasePersonFactory,
    FamilyFactory,
    FamilyMemberFactory,
    RetentionRunFactory,
    SubjectRequestFactory,
    UserFactory,
    VisitFactory,
)
from tests.reports.paper import Paper

Kind, Status = SubjectRequest.Kind, SubjectRequest.Status


@pytest.fixture
def family(mediator, municipality):
    family = FamilyFactory(
        mediator=mediator, municipality=municipality, label="Kārkliņu ģimene"
    )
    FamilyMemberFactory(family=family, name="Rūdis")
    return family


@pytest.mark.parametrize(
    ("received", "due"),
    [
        (date(2026, 11, 12), date(2026, 12, 12)),
        (date(2027, 1, 31), date(2027, 2, 28)),
        (date(2026, 12, 5), date(2027, 1, 5)),
    ],
)
@pytest.mark.once
def test_an_answer_is_due_a_month_after_the_request(received, due):
    assert SubjectRequest(received_on=received).due_on == due


def test_the_second_person_is_another_one_and_one_of_the_two_is_an_officer(
    family, mediator, colleague, coordinator, lead_mediator, administrator,
    data_protection_officer,
):  # fmt: skip
    officer = data_protection_officer
    everybody = [
        mediator,
        colleague,
        coordinator,
        lead_mediator,
        administrator,
        officer,
    ]

    def who_confirms(created_by):
        request = SubjectRequestFactory(family=family, created_by=created_by)
        confirmable = SubjectRequest.objects.confirmable_by
        return [one for one in everybody if confirmable(one).contains(request)]

    assert who_confirms(officer) == [mediator, lead_mediator]
    assert who_confirms(mediator) == [officer]


def test_of_two_who_decide_one_succeeds(family, mediator, lead_mediator):
    request = SubjectRequestFactory(family=family)
    same = SubjectRequest.objects.get(pk=request.pk)

    requests.confirm(request, by=mediator)
    with pytest.raises(AlreadyDecided):
        requests.refuse(same, by=lead_mediator, reason="Nav pamata")

    request.refresh_from_db()
    assert (request.status, request.confirmed_by) == (Status.CONFIRMED, mediator)


def test_whoever_took_it_down_cannot_confirm_it(family, data_protection_officer):
    request = SubjectRequestFactory(family=family, created_by=data_protection_officer)

    with pytest.raises(AlreadyDecided):
        requests.confirm(request, by=data_protection_officer)


def test_a_confirmed_erasure_is_carried_out_at_once(family, mediator):
    request = SubjectRequestFactory(family=family, kind=Kind.ERASURE)

    requests.confirm(request, by=mediator)

    assert request.status == Status.DONE
    assert Family.objects.get(pk=family.pk).label == ""


def test_a_restricted_family_takes_no_new_data_until_two_people_lift_it(
    family, mediator, data_protection_officer
):
    request = SubjectRequestFactory(family=family, kind=Kind.RESTRICTION)

    requests.confirm(request, by=mediator)

    family.refresh_from_db()
    assert not family.may_add_personal_data
    assert not Family.objects.visible_to(mediator).in_use().contains(family)
    wish = requests.ask_to_lift(family, by=data_protection_officer)
    with pytest.raises(AlreadyDecided):
        requests.confirm(wish, by=data_protection_officer)
    requests.confirm(wish, by=mediator)
    family.refresh_from_db()
    assert family.may_add_personal_data


@pytest.fixture
def told(family, mediator, municipality):
    """What is written about the family, with other people in it."""
    sister = FamilyMemberFactory(family=family, name="Līga")
    FamilyFactory(mediator=mediator, municipality=municipality, label="Ozolu ģimene")
    case = CaseFactory(family=family, mediator=mediator, title="Rūdim skola")
    CasePersonFactory(case=case, person_id=sister.pk)
    AchievementFactory(case=case, person_id=sister.pk)
    AchievementFactory(case=case, what__code="HOU_FLAT_RECEIVED")
    VisitFactory(
        mediator=mediator, municipality=municipality, family=family, case=case,
        note="Rūdis un Līga bija pie Ozoliem. Kārkliņi piekrīt.",
    )  # fmt: skip
    return family


def test_a_copy_for_the_family_holds_its_names_and_nobody_elses(told):
    data = collect(told, None, SubjectRequestFactory(family=told))

    assert data["household"]["name"] == "Kārkliņu ģimene"
    assert [person["name"] for person in data["people"]] == ["Rūdis", "Līga"]
    [entry] = data["entries"]
    assert entry["note"] == "Rūdis un Līga bija pie [cita persona]. Kārkliņi piekrīt."
    assert entry["kind"]["code"] == "home_visit"
    [case] = data["cases"]
    assert case["people"] == ["Līga"]
    assert [row["person"] for row in case["achievements"]] == [None, "Līga"]


def test_a_copy_for_one_person_leaves_out_the_others_of_the_household(told):
    rudis = told.members.get(
        pk=next(m.pk for m in told.members.all() if m.name == "Rūdis")
    )
    request = SubjectRequestFactory(family=told, member=rudis)

    data = collect(told, rudis, request)

    assert "Līga" not in json.dumps(data, default=str, ensure_ascii=False)
    [case] = data["cases"]
    assert (case["title"], case["people"]) == ("Rūdim skola", [])
    assert [row["what"] for row in case["achievements"]] == ["HOU_FLAT_RECEIVED"]


@pytest.fixture
def home(mediator, municipality):
    """A household that bears the mother's name, with her child."""
    family = FamilyFactory(
        mediator=mediator, municipality=municipality, label="Zenta Ozola",
        phone="26123456", address="Liepu iela 5", town_part="pie Zentas mātes",
        note="Zenta slimo, jāzvana Zentai: 26 123 456. Samanta mācās.",
    )  # fmt: skip
    FamilyMemberFactory(family=family, name="Samanta")
    return family


def household_for_one(family, name="Samanta"):
    person = next(one for one in family.members.all() if one.name == name)
    request = SubjectRequestFactory(family=family, member=person, is_about_one=True)
    return collect(family, person, request)["household"]


@pytest.mark.parametrize("is_listed", [True, False])
def test_a_copy_for_a_child_does_not_name_the_mother_after_whom_the_household_is_called(
    home, is_listed
):
    if is_listed:
        FamilyMemberFactory(family=home, name="Zenta")

    household = household_for_one(home)

    assert (household["name"], household["phone"]) == ("[cita persona]",) * 2
    assert household["town_part"] == "pie [cita persona] mātes"
    assert household["address"] == "Liepu iela 5"
    assert household["note"] == (
        "[cita persona] slimo, jāzvana [cita persona]: [cita persona]. Samanta mācās."
    )


@pytest.mark.parametrize(
    ("label", "name", "shown"),
    [
        ("Zenta Ozola", "Zenta", "Zenta Ozola"),
        ("Zenta Ozola", "Samanta Ozola", "[cita persona]"),
        ("Ozolu ģimene", "Samanta", "Ozolu ģimene"),
        ("Zentas ģimene", "Samanta", "[cita persona] ģimene"),
        ("Zentas Ozolas ģimene", "Samanta Ozola", "[cita persona] ģimene"),
    ],
)
def test_the_name_of_a_household_is_told_to_one_person_who_bears_it(
    home, label, name, shown
):
    home.label = label
    home.save()
    home.members.all().delete()
    FamilyMemberFactory(family=home, name=name)
    if name != "Zenta":
        FamilyMemberFactory(family=home, name="Zenta")

    assert household_for_one(home, name)["name"] == shown


def test_who_moved_out_is_not_told_where_the_others_live(home):
    home.members.update(left_on=date(2026, 5, 1))
    FamilyMemberFactory(family=home, name="Zenta")

    home.note = "Tagad dzīvo Liepu ielā 5."

    household = household_for_one(home)

    assert (household["address"], household["town_part"]) == ("[cita persona]",) * 2
    assert household["note"] == "Tagad dzīvo [cita persona]."


def test_a_copy_for_one_person_tells_nothing_that_others_of_the_household_asked(home):
    SubjectRequestFactory(family=home)
    samanta = home.members.get()
    own = SubjectRequestFactory(family=home, member=samanta, is_about_one=True)

    for asked in SubjectRequest.objects.all():
        audit.record(asked.created_by, Verb.READ, asked)

    copy = collect(home, samanta, own)

    assert [asked["code"] for asked in copy["requests"]] == [own.code]
    [look] = copy["looks"]
    assert look["what"] == "datu pieprasījums"


def test_a_copy_for_the_family_holds_its_own_phone_and_address_and_no_neighbour(
    home, mediator
):
    FamilyFactory(mediator=mediator, label="Kārkliņu ģimene")
    home.town_part = "pie Kārkliņiem"

    household = collect(home, None, SubjectRequestFactory(family=home))["household"]

    assert (household["name"], household["phone"], household["address"]) == (
        "Zenta Ozola", "26123456", "Liepu iela 5",
    )  # fmt: skip
    assert household["town_part"] == "pie [cita persona]"


def test_the_copy_is_handed_out_as_a_paper_and_noted(told, mediator):
    request = SubjectRequestFactory(family=told)
    requests.confirm(request, by=mediator)

    file = hand_out(request, "pdf", by=mediator)

    text = Paper(Pdf(file.content, pages=1)).text()
    assert "Kārkliņu ģimene" in text
    assert "Ozol" not in text
    request.refresh_from_db()
    assert request.status == Status.DONE
    entry = AuditEntry.objects.filter(verb=Verb.EXPORT).last()
    assert entry.detail == {"family": told.code, "format": "pdf"}
    assert mail.outbox == []


def test_the_command_writes_the_copy_of_a_confirmed_request_alone(
    told, mediator, data_protection_officer, tmp_path, capsys, run_tasks
):
    request = SubjectRequestFactory(family=told)
    arguments = {"request": request.code, "by": mediator.email, "json": True}
    out = tmp_path / "dati.json"

    with pytest.raises(CommandError, match="no confirmed request"):
        call_command("export_subject", out=out, **arguments)
    requests.confirm(request, by=mediator)
    call_command("export_subject", out=out, **arguments)

    assert json.loads(out.read_text())["format"] == "tilts.subject-export"
    assert out.stat().st_mode & 0o777 == 0o600
    assert json.loads(capsys.readouterr().out)["request"] == request.code
    entry = AuditEntry.objects.get(verb=Verb.EXPORT)
    assert entry.detail == {"family": told.code, "format": "json", "by": "command"}
    run_tasks()
    told_of_it = {address for letter in mail.outbox for address in letter.to}
    assert told_of_it == {data_protection_officer.email, request.created_by.email}
    for letter in mail.outbox:
        assert "Komanda: export_subject\nIeraksti: 1\n" in letter.body
        assert not any(word in letter.body for word in (told.code, request.code))


def test_what_was_decided_has_a_date_in_the_database_itself(data_protection_officer):
    """A page that shows the date cannot fail over a row without one."""
    decided = {"confirmed_by": data_protection_officer}
    request, run = SubjectRequestFactory(), RetentionRunFactory()
    for row, state in (
        (request, {"status": "confirmed", **decided}),
        (request, {"confirmed_at": timezone.now()}),
        (run, {"status": "confirmed", **decided}),
        (run, {"status": "done", **decided, "confirmed_at": timezone.now()}),
        (run, {"finished_at": timezone.now()}),
    ):
        rows = type(row).objects.filter(pk=row.pk)
        with pytest.raises(IntegrityError), transaction.atomic():
            rows.update(**state)


def decided(family, status=Status.CONFIRMED, **facts):
    """A request with its second person."""
    if status in (Status.DONE, Status.REFUSED):
        facts = {"closed_on": timezone.localdate()} | facts
    return SubjectRequestFactory(
        family=family,
        status=status,
        confirmed_by=UserFactory(),
        confirmed_at=timezone.now(),
        **facts,
    )


def test_a_lead_mediator_who_mediates_too_sees_those_of_the_own_families(
    lead_mediator, municipality
):
    AppointmentFactory(user=lead_mediator, municipality=municipality)
    own = FamilyFactory(municipality=municipality, mediator=lead_mediator)
    asked = SubjectRequestFactory(family=own, created_by=UserFactory())
    from_officer = SubjectRequestFactory()
    SubjectRequestFactory(created_by=UserFactory())

    seen = SubjectRequest.objects.visible_to(lead_mediator)

    assert set(seen) == {asked, from_officer}


@pytest.mark.parametrize("who", ["mediator", "data_protection_officer"])
def test_a_copy_is_handed_out_once_it_is_confirmed_and_while_there_is_something_in_it(
    request, family, who
):
    confirmed = decided(family)
    done = decided(family, Status.DONE)
    one = decided(family, member=family.members.get(), is_about_one=True)
    decided(family, is_about_one=True)  # of somebody who was erased since
    decided(family, Status.REFUSED)
    decided(family, kind=Kind.ERASURE)
    SubjectRequestFactory(family=family)

    person = request.getfixturevalue(who)
    assert set(SubjectRequest.objects.handed_out_by(person)) == {confirmed, done, one}

    Family.objects.filter(pk=family.pk).update(erased_on=timezone.localdate())
    assert not SubjectRequest.objects.handed_out_by(person).exists()


def test_corrected_is_what_was_confirmed_and_not_done_yet(family, mediator):
    confirmed = decided(family, kind=Kind.RECTIFICATION)
    decided(family, Status.DONE, kind=Kind.RECTIFICATION)
    SubjectRequestFactory(family=family, kind=Kind.RECTIFICATION)

    assert list(SubjectRequest.objects.to_correct_by(mediator)) == [confirmed]


def test_pages_are_handed_the_code_of_a_family_and_what_became_of_it(family):
    today = timezone.localdate()
    Family.objects.update(erased_on=today, restricted_on=today)
    SubjectRequestFactory(family=family)

    found = SubjectRequest.objects.with_codes().get()

    told = (found.family_code, found.family_erased_on, found.family_restricted_on)
    assert told == (family.code, today, today)


def test_closed_requests_stand_newest_first(family):
    older = decided(family, Status.DONE, received_on=date(2026, 10, 1))
    newer = decided(family, Status.REFUSED, received_on=date(2026, 11, 1))
    oldest = decided(family, Status.DONE, received_on=date(2026, 9, 1))
    decided(family)
    SubjectRequestFactory(family=family)

    assert list(SubjectRequest.objects.closed()) == [newer, older, oldest]
