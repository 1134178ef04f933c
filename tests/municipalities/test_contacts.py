import uuid
from datetime import date, timedelta

import pytest
from django.utils import timezone

from mediators.models import Role
from municipalities.models import Institution, InstitutionContact
from privacy.models import AuditEntry, Verb
from tests.factories import (
    AppointmentFactory,
    InstitutionContactFactory,
    InstitutionFactory,
    MunicipalityFactory,
    TermFactory,
    VisitFactory,
)
from tests.municipalities.answers import institution

LIST = "/kontakti/"
NEW = "/iestades/jauna/"


def names(response):
    return [institution.name for institution in response.context["page"]]


def test_one_sees_the_institutions_of_the_own_places_and_the_national_ones(
    client, mediator, school
):
    InstitutionFactory(municipality=None, name="Nodarbinātības dienests")
    InstitutionFactory(name="Svešā skola")
    client.force_login(mediator)

    assert names(client.get(LIST)) == [
        "Nodarbinātības dienests",
        "Upesciema pamatskola",
    ]


@pytest.mark.parametrize(
    ("query", "is_found"),
    [
        ("upesciema", True),
        ("kalnina", True),
        ("pedagoge", True),
        ("pamatskola", True),
        ("upecsiema skol", True),
        ("Ozols", False),
    ],
)
def test_an_institution_is_found_by_name_type_person_or_post(
    client, mediator, teacher, query, is_found
):
    client.force_login(mediator)

    assert bool(names(client.post(LIST, {"q": query}, follow=True))) is is_found


def test_the_list_follows_the_latvian_alphabet(client, municipality, mediator):
    for name in ("Zvaigzne", "Žubīte", "Šalkas", "Ābols", "Cerība", "Čiekurs"):
        InstitutionFactory(municipality=municipality, name=name)
    client.force_login(mediator)

    assert names(client.get(LIST)) == [
        *("Ābols", "Cerība", "Čiekurs", "Šalkas", "Zvaigzne", "Žubīte"),
    ]


def test_what_fits_best_comes_first_then_what_was_met_last(
    client, municipality, mediator
):
    for name in ("Virskola", "Skola Ābele", "Skola Liepa"):
        InstitutionFactory(municipality=municipality, name=name)
    for name in ("Skola Zīle", "Virskola pie ezera"):
        institution = InstitutionFactory(municipality=municipality, name=name)
        VisitFactory(
            mediator=mediator, municipality=municipality, institution=institution
        )
    client.force_login(mediator)

    assert names(client.post(LIST, {"q": "skola"}, follow=True)) == [
        *("Skola Zīle", "Skola Ābele", "Skola Liepa"),
        *("Virskola pie ezera", "Virskola"),
    ]


def test_a_person_can_be_called_and_written_to(client, mediator, teacher):
    client.force_login(mediator)

    page = client.get(LIST).content.decode()

    assert 'href="tel:20000003"' in page
    assert 'href="mailto:inga@example.test"' in page
    assert 'href="tel:+37120000001"' in page


def test_only_own_entries_count_as_contacts(
    client, municipality, mediator, colleague, school, time_machine
):
    time_machine.move_to("2026-11-12 10:00 +0200", tick=False)
    for who, day in [
        (mediator, date(2026, 11, 11)),
        (mediator, date(2026, 11, 1)),
        (mediator, date(2026, 10, 31)),
        (mediator, date(2025, 11, 11)),
        (colleague, date(2026, 11, 12)),
    ]:
        VisitFactory(
            mediator=who, municipality=municipality, institution=school, visited_on=day
        )
    client.force_login(mediator)

    [found] = client.get(LIST).context["page"]

    assert (found.contacts_in_month, found.last_contact) == (2, date(2026, 11, 11))


def test_who_is_gone_is_not_on_the_list(client, mediator, school, teacher):
    InstitutionContactFactory(institution=school, name="Bijusī", is_active=False)
    club = InstitutionFactory(
        municipality=school.municipality, name="Slēgtais klubs", is_active=False
    )
    InstitutionContactFactory(institution=club)
    client.force_login(mediator)

    response = client.get(LIST)

    assert names(response) == ["Upesciema pamatskola"]
    assert [person.name for person in response.context["page"][0].people] == [
        "Inga Kalniņa"
    ]
    assert [one.name for one in response.context["gone"]] == ["Slēgtais klubs"]
    assert list(InstitutionContact.objects.active()) == [teacher]


def test_the_first_visitor_is_told_to_add_an_institution(client, mediator):
    client.force_login(mediator)

    assert 'class="empty"' in client.get(LIST).content.decode()


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_takes_a_constant_number_of_queries(
    client, municipality, mediator, number, django_assert_num_queries
):
    for _ in range(number):
        institution = InstitutionFactory(municipality=municipality, type=TermFactory())
        InstitutionContactFactory(institution=institution)
        VisitFactory(
            mediator=mediator, municipality=municipality, institution=institution
        )
    client.force_login(mediator)

    with django_assert_num_queries(11):
        client.get(LIST)


@pytest.mark.parametrize(
    ("person", "status"),
    [
        ("mediator", 200),
        ("coordinator", 200),
        ("colleague", 200),
        ("outsider", 404),
        ("project_staff", 404),
        ("lead_mediator", 404),
        ("administrator", 404),
        ("data_protection_officer", 404),
    ],
)
def test_officials_are_known_to_those_who_work_in_the_municipality(
    client, request, school, teacher, person, status
):
    client.force_login(request.getfixturevalue(person))

    for url in (
        f"/iestades/{school.pk}/",
        f"/iestades/{school.pk}/labot/",
        f"/iestades/{school.pk}/cilveks/",
        f"/kontakti/{teacher.pk}/labot/",
    ):
        assert client.get(url).status_code == status


@pytest.mark.parametrize("person", ["project_staff", "lead_mediator", "administrator"])
def test_pages_without_an_object_are_closed_to_all_others(client, request, person):
    client.force_login(request.getfixturevalue(person))

    assert client.get(LIST).status_code == 404
    assert client.get(NEW).status_code == 404


def test_a_national_institution_gets_people_but_is_not_changed_here(client, mediator):
    national = InstitutionFactory(municipality=None, name="Nodarbinātības dienests")
    client.force_login(mediator)

    assert client.get(f"/iestades/{national.pk}/labot/").status_code == 404
    response = client.post(
        f"/iestades/{national.pk}/cilveks/", {"name": "Inga Kalniņa"}
    )
    assert response.status_code == 302
    assert national.contacts.get().name == "Inga Kalniņa"


def test_the_page_of_an_institution_shows_own_entries_and_former_people(
    client, municipality, mediator, colleague, school, teacher
):
    InstitutionContactFactory(institution=school, name="Bijusī", is_active=False)
    own = VisitFactory(mediator=mediator, municipality=municipality, institution=school)
    VisitFactory(mediator=colleague, municipality=municipality, institution=school)
    client.force_login(mediator)

    context = client.get(f"/iestades/{school.pk}/").context

    assert [person.name for person in context["people"]] == ["Inga Kalniņa"]
    assert [person.name for person in context["former"]] == ["Bijusī"]
    assert list(context["visits"]) == [own]
    assert AuditEntry.objects.get().verb == Verb.READ


def test_an_institution_is_added_to_the_own_municipality(
    client, municipality, coordinator
):
    client.force_login(coordinator)

    response = client.post(NEW, institution())

    added = Institution.objects.get()
    assert response["Location"] == f"/iestades/{added.pk}/"
    assert (added.municipality, added.name) == (municipality, "Sociālais dienests")
    assert AuditEntry.objects.get().verb == Verb.CREATE


def test_a_double_click_adds_one_institution_and_one_person(client, mediator, school):
    client.force_login(mediator)
    person = {"client_uuid": str(uuid.uuid4()), "name": "Māra Šķūne"}
    same = institution()

    pairs = [
        (client.post(NEW, same), client.post(f"/iestades/{school.pk}/cilveks/", person))
        for _ in range(2)
    ]

    assert [one.status_code for pair in pairs for one in pair] == [302] * 4
    assert Institution.objects.filter(name="Sociālais dienests").count() == 1
    assert school.contacts.count() == 1


def test_the_number_of_somebody_elses_person_changes_nothing(client, mediator, school):
    theirs = InstitutionContactFactory(name="Cits Cilvēks")
    client.force_login(mediator)

    client.post(
        f"/iestades/{school.pk}/cilveks/",
        {"client_uuid": str(theirs.pk), "name": "Māra Šķūne"},
    )

    theirs.refresh_from_db()
    assert theirs.name == "Cits Cilvēks"
    assert school.contacts.get().name == "Māra Šķūne"


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"name": ""}, "name"),
        ({"name": "x" * 201}, "name"),
        ({"name": "Skola\x00"}, "name"),
        ({"name": "UPESCIEMA  pamatskola"}, "name"),
        ({"type": ""}, "type"),
        ({"type": "institution_type.NOPE"}, "type"),
        ({"phone": "jautāt birojā"}, "phone"),
        ({"email": "nav"}, "email"),
    ],
)
def test_a_wrong_answer_about_an_institution_is_refused(
    client, mediator, school, changes, field
):
    client.force_login(mediator)

    response = client.post(NEW, institution(**changes))

    assert response.status_code == 422
    assert list(response.context["form"].errors) == [field]
    assert Institution.objects.count() == 1


def test_who_works_in_two_municipalities_says_where_the_institution_is(
    client, mediator, municipality
):
    second = MunicipalityFactory()
    AppointmentFactory(user=mediator, municipality=second)
    same = institution(municipality=second.pk)
    client.force_login(mediator)

    assert client.post(NEW, institution()).status_code == 422
    foreign = institution(municipality=MunicipalityFactory().pk)
    assert client.post(NEW, foreign).status_code == 422
    assert client.post(NEW, same).status_code == 302
    assert client.post(NEW, same).status_code == 302
    assert Institution.objects.get().municipality == second


def test_an_institution_is_corrected_or_marked_as_gone(client, mediator, school):
    client.force_login(mediator)
    answers = {"name": "Upesciema vidusskola", "type": school.type_id, "gone": "on"}

    client.post(f"/iestades/{school.pk}/labot/", answers)

    school.refresh_from_db()
    assert (school.name, school.is_active) == ("Upesciema vidusskola", False)
    entry = AuditEntry.objects.get()
    assert entry.detail == {"fields": ["email", "gone", "name", "phone"]}
    page = client.get(f"/iestades/{school.pk}/labot/").content.decode()
    assert "checked" in page


def test_a_person_who_left_stays_in_old_entries_only(client, mediator, teacher):
    client.force_login(mediator)

    client.post(
        f"/kontakti/{teacher.pk}/labot/", {"name": "Inga Kalniņa", "gone": "on"}
    )

    assert not InstitutionContact.objects.active().exists()
    assert InstitutionContact.objects.get().name == "Inga Kalniņa"


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"name": ""}, "name"),
        ({"name": "x" * 121}, "name"),
        ({"name": "Jānis 010190-12345"}, "name"),
        ({"post": "x" * 161}, "post"),
        ({"phone": "nav"}, "phone"),
        ({"email": "x" * 200 + "@example.test"}, "email"),
    ],
)
def test_a_wrong_answer_about_a_person_is_refused(
    client, mediator, school, changes, field
):
    client.force_login(mediator)

    response = client.post(
        f"/iestades/{school.pk}/cilveks/", {"name": "Māra Šķūne"} | changes
    )

    assert response.status_code == 422
    assert list(response.context["form"].errors) == [field]
    assert not school.contacts.exists()


def test_access_to_contacts_ends_with_the_appointment(client, mediator):
    yesterday = timezone.localdate() - timedelta(days=1)
    mediator.appointments.update(ends_on=yesterday)
    AppointmentFactory(user=mediator, role=Role.PROJECT_STAFF)
    client.force_login(mediator)

    assert client.get(LIST).status_code == 404
