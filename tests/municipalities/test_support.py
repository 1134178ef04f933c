"""The page of a municipality: rooms, money, networks, its group, visits."""

import uuid
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django import forms
from django.utils import timezone

from mediators.models import Role
from municipalities.models import (
    FundingLine,
    GroupDecision,
    GroupMeeting,
    Membership,
    Premises,
    Vocabulary,
)
from municipalities.registers import REGISTERS
from privacy.models import AuditEntry, Verb
from tests import cast
from tests.factories import (
    FamilyFactory,
    FundingLineFactory,
    GroupDecisionFactory,
    GroupMeetingFactory,
    GroupMemberFactory,
    InstitutionContactFactory,
    InstitutionFactory,
    MembershipFactory,
    MunicipalityFactory,
    PartnerFactory,
    PremisesFactory,
    TermFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate


def page(municipality, *rest):
    return "/".join(["/pasvaldibas", municipality.slug, *map(str, rest), ""])


def term(vocabulary, code):
    return TermFactory(vocabulary=vocabulary, code=code, label_lv=code, label_en=code)


def send(client, address, **data):
    return client.post(address, {"starts_on": "2026-01-01", **data})


@pytest.fixture
def school(municipality):
    return InstitutionFactory(municipality=municipality, name="Pamatskola")


def test_every_list_of_an_empty_page_says_that_it_is_empty(
    client, municipality, coordinator
):
    client.force_login(coordinator)

    text = client.get(page(municipality)).content.decode()

    for register in REGISTERS:
        assert str(register.title) in text
        assert str(register.nothing) in text


def test_the_only_municipality_opens_at_once(client, municipality, coordinator):
    client.force_login(coordinator)

    assert client.get("/pasvaldibas/").url == page(municipality)


def test_staff_choose_among_all_and_see_who_carries_the_project(client, municipality):
    MunicipalityFactory(label_lv="Novads bez mediatoriem")
    for place in (municipality, MunicipalityFactory()):
        UserFactory(role=Role.MEDIATOR, municipality=place)
    PartnerFactory(name="Paraugu biedrība")
    PartnerFactory(
        name="Bijušais partneris", ends_on=date(2021, 1, 1), starts_on=date(2020, 1, 1)
    )
    client.force_login(cast.person("project_staff"))

    response = client.get("/pasvaldibas/")

    assert len(response.context["places"]) == 2
    text = response.content.decode()
    assert "Paraugu biedrība" in text
    assert "Bijušais partneris" not in text


def test_a_room_and_its_transport_are_noted(client, municipality, coordinator):
    client.force_login(coordinator)
    room = term(Vocabulary.ROOM_STATUS, "SOUGHT")
    bus = term(Vocabulary.TRANSPORT, "MUNI")

    response = send(
        client,
        page(municipality, "telpas", "jauns"),
        room=room.pk,
        transport=bus.pk,
        hours="P. 9–12",
    )

    assert response.url == f"{page(municipality)}#telpas"
    row = Premises.objects.get()
    assert (row.room, row.transport, row.hours) == (room, bus, "P. 9–12")
    assert AuditEntry.objects.filter(verb=Verb.CREATE, object_id=str(row.pk)).exists()


def test_a_double_click_stores_one_row(client, municipality, coordinator):
    client.force_login(coordinator)
    answer = {"organisation": "Alianse", "client_uuid": uuid.uuid4()}

    for _click in range(2):
        send(client, page(municipality, "dalibas", "jauns"), **answer)

    assert Membership.objects.count() == 1


def test_a_coalition_that_an_association_joined_stands_among_the_networks(
    client, municipality, coordinator
):
    client.force_login(coordinator)

    send(
        client,
        page(municipality, "dalibas", "jauns"),
        organisation="Koalīcija bērniem",
        member="Biedrība „Saules ceļš”",
    )

    row = Membership.objects.get()
    assert (row.organisation, row.member) == (
        "Koalīcija bērniem",
        "Biedrība „Saules ceļš”",
    )
    assert "Biedrība „Saules ceļš”" in client.get(page(municipality)).text


@pytest.mark.parametrize(
    ("kind", "answer", "wrong"),
    [
        ("dalibas", {"organisation": "x" * 300}, "organisation"),
        ("dalibas", {"organisation": ""}, "organisation"),
        ("dalibas", {"organisation": "A", "ends_on": "2025-12-31"}, "__all__"),
        ("dalibas", {"organisation": "A", "starts_on": "32.13.2026"}, "starts_on"),
        ("plani", {"title": "Plāns", "link": "javascript:alert(1)"}, "link"),
        ("telpas", {"room": "room_status.NOWHERE"}, "room"),
        ("telpas", {"room": "funding_source.OTHER"}, "room"),
        ("finansejums", {"percent": "101"}, "percent"),
        ("finansejums", {"percent": "0"}, "percent"),
        ("finansejums", {"amount": "-1"}, "amount"),
        ("sanaksmes", {"held_on": "2100-01-01"}, "held_on"),
        ("sanaksmes", {"held_on": "1900-01-01"}, "held_on"),
        ("atbalsta-vizites", {"held_on": "1926-01-01"}, "held_on"),
        ("dalibas", {"organisation": "A", "starts_on": "1926-01-01"}, "starts_on"),
        ("dalibas", {"organisation": "A", "ends_on": "2926-01-01"}, "ends_on"),
        ("grupa", {"contact": "0198f000-0000-7000-8000-000000000009"}, "contact"),
        ("lemumi", {"text": "Darīt", "meeting": "x"}, "meeting"),
        ("sanaksmes", {"held_on": "2026-03-03"}, "minutes"),
    ],
)
def test_what_cannot_be_right_comes_back_with_the_reason(
    client, municipality, coordinator, kind, answer, wrong
):
    TermFactory(vocabulary=Vocabulary.FUNDING_SOURCE, code="OTHER")
    is_support = kind == "atbalsta-vizites"
    client.force_login(cast.person("lead_mediator") if is_support else coordinator)

    response = send(client, page(municipality, kind, "jauns"), **answer)

    assert response.status_code == 422
    assert wrong in response.context["form"].errors


def share(client, municipality, percent, **days):
    return send(
        client,
        page(municipality, "finansejums", "jauns"),
        purpose="pay",
        source=term(Vocabulary.FUNDING_SOURCE, "NGO").pk,
        percent=percent,
        **days,
    )


def test_shares_of_one_day_are_never_more_than_the_whole(
    client, municipality, coordinator
):
    spring = {"starts_on": date(2026, 1, 1), "ends_on": date(2026, 6, 30)}
    autumn = {"starts_on": date(2026, 7, 1)}
    FundingLineFactory(municipality=municipality, percent=70, **spring)
    FundingLineFactory(municipality=municipality, percent=60, **autumn)
    FundingLineFactory(municipality=municipality, percent=100, purpose="rooms")
    FundingLineFactory(percent=100)
    client.force_login(coordinator)

    assert share(client, municipality, 31, starts_on="2026-06-30").status_code == 422
    assert share(client, municipality, 41).status_code == 422
    assert share(client, municipality, 40, starts_on="2026-07-01").status_code == 302
    assert share(client, municipality, 30, ends_on="2026-06-30").status_code == 302


def test_an_amount_stands_on_the_page_as_people_write_it(
    client, municipality, coordinator
):
    FundingLineFactory(municipality=municipality, amount=Decimal("12500.50"))
    client.force_login(coordinator)

    assert "12\xa0500,5" in client.get(page(municipality)).content.decode()


def test_what_is_over_stands_under_the_fold(client, municipality, coordinator):
    MembershipFactory(
        municipality=municipality,
        starts_on=date(2020, 1, 1),
        ends_on=TODAY() - timedelta(days=1),
    )
    MembershipFactory(municipality=municipality, ends_on=TODAY())
    client.force_login(coordinator)

    sections = client.get(page(municipality)).context["sections"]

    [section] = [one for one in sections if one.register.key == "dalibas"]
    assert (len(section.rows), len(section.former)) == (1, 1)


def test_a_meeting_is_noted_with_those_who_came(client, municipality, coordinator):
    member = GroupMemberFactory(municipality=municipality)
    stranger = InstitutionContactFactory()
    client.force_login(coordinator)
    address = page(municipality, "sanaksmes", "jauns")
    answer = {"held_on": str(TODAY()), "minutes": "Pārrunāta ēdināšana."}

    refused = client.post(address, answer | {"present": [stranger.pk]})
    client.post(address, answer | {"present": [member.contact_id]})

    assert refused.status_code == 422
    meeting = GroupMeeting.objects.get()
    assert list(meeting.present.all()) == [member.contact]
    text = client.get(page(municipality)).content.decode()
    assert member.contact.name in text
    assert "Pārrunāta ēdināšana." in text


@pytest.mark.parametrize("register", REGISTERS, ids=lambda register: register.key)
def test_no_text_of_any_list_names_a_family(
    client, municipality, mediator, coordinator, register
):
    FamilyFactory(municipality=municipality, mediator=mediator, label="Kārkliņu ģimene")
    lead = cast.person("lead_mediator")
    client.force_login(coordinator if register.by(coordinator, municipality) else lead)
    address = page(municipality, register.key, "jauns")
    texts = [
        bound.name
        for bound in client.get(address).context["form"].visible_fields()
        if isinstance(bound.field, forms.CharField)
    ]

    for name in texts:
        words = "Ar Kārkliņiem jārunā."
        if isinstance(register.form.base_fields[name], forms.URLField):
            words = "https://paraugs.example/Kārkliņu-ģimene"
        response = client.post(address, {name: words})

        assert response.status_code == 422
        assert "Kārkliņ" in str(response.context["form"].errors[name])
    refused = AuditEntry.objects.filter(verb=Verb.REFUSE)
    assert refused.count() == len(texts)


def test_nothing_is_due_before_the_meeting_that_decided_it(
    client, municipality, coordinator
):
    meeting = GroupMeetingFactory(municipality=municipality)
    client.force_login(coordinator)
    address = page(municipality, "lemumi", "jauns")
    answer = {"meeting": meeting.pk, "text": "Piešķirt telpu.", "status": "open"}
    before = str(TODAY() - timedelta(days=1))

    response = client.post(address, answer | {"due_on": before})
    assert "due_on" in response.context["form"].errors
    assert client.post(address, answer | {"due_on": str(TODAY())}).status_code == 302


def test_a_decision_with_an_institution_and_a_day_is_a_task_until_it_is_done(
    client, municipality, coordinator, school
):
    due = TODAY() - timedelta(days=1)
    meeting = GroupMeetingFactory(municipality=municipality, held_on=due)
    client.force_login(coordinator)

    send(
        client,
        page(municipality, "lemumi", "jauns"),
        meeting=meeting.pk,
        text="Piešķirt telpu.",
        institution=school.pk,
        due_on=str(due),
        status="open",
    )

    task = GroupDecision.objects.get()
    assert task.is_late
    assert not task.is_over
    client.post(
        page(municipality, "lemumi", task.pk),
        {"meeting": meeting.pk, "text": "Piešķirt telpu.", "status": "done"},
    )
    task.refresh_from_db()
    assert not task.is_late
    assert task.is_over


def test_a_meeting_with_decisions_stays(client, municipality, coordinator):
    decision = GroupDecisionFactory(meeting__municipality=municipality)
    client.force_login(coordinator)

    client.post(page(municipality, "sanaksmes", decision.meeting_id, "dzest"))
    assert GroupMeeting.objects.count() == 1

    client.post(page(municipality, "lemumi", decision.pk, "dzest"))
    client.post(page(municipality, "sanaksmes", decision.meeting_id, "dzest"))
    assert GroupMeeting.objects.count() == 0


def test_nothing_of_another_municipality_opens(client, municipality, coordinator):
    foreign = FundingLineFactory()
    client.force_login(coordinator)

    for address in (
        page(foreign.municipality),
        page(foreign.municipality, "finansejums", foreign.pk),
        page(municipality, "finansejums", foreign.pk),
        page(municipality, "nekas", "jauns"),
        page(municipality, "nekas", foreign.pk),
    ):
        assert client.get(address).status_code == 404
    address = page(municipality, "finansejums", foreign.pk, "dzest")
    assert client.post(address).status_code == 404
    assert FundingLine.objects.count() == 1


def test_who_coordinates_two_municipalities_keeps_them_apart(client, municipality):
    other = MunicipalityFactory()
    both = UserFactory(role=Role.COORDINATOR, municipality=municipality)
    both.appointments.create(
        role=Role.DEPUTY_COORDINATOR, municipality=other, starts_on=date(2020, 1, 1)
    )
    PremisesFactory(municipality=other, address="Ostas iela 1")
    client.force_login(both)

    assert len(client.get("/pasvaldibas/").context["places"]) == 2
    assert "Ostas iela" not in client.get(page(municipality)).content.decode()
    assert "Ostas iela" in client.get(page(other)).content.decode()


def test_a_network_stands_with_the_day_on_which_it_was_joined(
    client, municipality, coordinator
):
    client.force_login(coordinator)

    send(
        client,
        page(municipality, "dalibas", "jauns"),
        organisation="Pilsētu alianse",
        starts_on="2025-03-14",
    )

    text = client.get(page(municipality)).content.decode()
    assert "Pilsētu alianse" in text
    assert "14.03.2025." in text
