"""Recommendations and what became of them, in two columns."""

import csv
from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from evaluation.models import FollowUp, Recommendation
from mediators.models import Role
from privacy.models import AuditEntry
from tests.factories import (
    FamilyFactory,
    FollowUpFactory,
    MunicipalityFactory,
    RecommendationFactory,
    TermFactory,
    UserFactory,
)
from tests.filling import filled

pytestmark = pytest.mark.django_db


@pytest.fixture
def place():
    return MunicipalityFactory()


def sign_in(client, role, place=None):
    user = UserFactory(role=role, municipality=place)
    client.force_login(user)
    return user


def fill(client, address, **changes):
    page = client.get(address).content.decode()
    return client.post(address, filled(page, address, **changes))


def register(client):
    return client.get("/ieteikumi/").content.decode()


def new(client, **said):
    like = RecommendationFactory.build()
    return fill(
        client,
        "/ieteikumi/jauns/",
        **{
            "heading": TermFactory(
                vocabulary="recommendation_heading", code="SCHOOLS"
            ).pk,
            "addressee": TermFactory(vocabulary="addressee", code="SCHOOL").pk,
            "text": like.text,
            "source": like.source,
        }
        | said,
    )


def test_the_register_has_the_two_columns_of_the_sources_under_headings(client, place):
    row = RecommendationFactory()
    FollowUpFactory(recommendation=row, municipality=place)
    sign_in(client, Role.COORDINATOR, place)

    page = register(client)

    assert "Romu mediatoru darbs" in page
    assert page.count('<table class="table register">') == 1
    assert page.index(">Ieteikumi</th>") < page.index(">Īstenošana</th>")
    assert row.text in page
    assert "Četras sesijas pusgadā." in page


def test_an_empty_register_says_so(client):
    sign_in(client, Role.PROJECT_STAFF)

    assert "Sarakstā vēl nav neviena ieteikuma." in register(client)


def test_each_person_reads_the_follow_ups_of_the_own_municipality(client, place):
    row = RecommendationFactory()
    FollowUpFactory(recommendation=row, municipality=place, text="Pie mums.")
    FollowUpFactory(recommendation=row, text="Citur.")

    found = {}
    for role in (Role.MEDIATOR, Role.COORDINATOR):
        sign_in(client, role, place)
        page = register(client)
        found[role] = ("Pie mums." in page, "Citur." in page)
    for role in (Role.PROJECT_STAFF, Role.LEAD_MEDIATOR):
        sign_in(client, role)
        page = register(client)
        found[role] = ("Pie mums." in page, "Citur." in page)

    assert found == {
        Role.MEDIATOR: (True, False),
        Role.COORDINATOR: (True, False),
        Role.PROJECT_STAFF: (True, True),
        Role.LEAD_MEDIATOR: (True, True),
    }


def test_staff_add_a_recommendation(client):
    sign_in(client, Role.PROJECT_STAFF)

    assert new(client).status_code == 302

    assert Recommendation.objects.get().source == "Platforma II, 2025"


@pytest.mark.parametrize("length", [1001, 32_767])
def test_what_is_too_long_is_refused_and_stays_in_the_form(client, length):
    sign_in(client, Role.PROJECT_STAFF)

    answer = new(client, text="ā" * length)

    assert answer.status_code == 422
    assert "ā" * length in answer.content.decode()
    assert not Recommendation.objects.exists()


def test_no_family_is_named_in_either_column(client, place):
    mediator = UserFactory(role=Role.MEDIATOR, municipality=place)
    FamilyFactory(municipality=place, mediator=mediator, label="Kārkliņu ģimene")
    sign_in(client, Role.PROJECT_STAFF)

    answer = new(client, text="Palīdzēt Kārkliņiem.")
    assert answer.status_code == 422
    assert "Kārkliņiem” var norādīt" in answer.content.decode()

    row = RecommendationFactory()
    sign_in(client, Role.COORDINATOR, place)
    address = f"/ieteikumi/{row.pk}/istenosana/"
    said = {"status": "done", "text": "Kārkliņiem ir dzīvoklis."}
    assert fill(client, address, **said).status_code == 422
    assert not FollowUp.objects.exists()
    refused = AuditEntry.objects.filter(verb="refuse", detail__names=True)
    assert refused.count() == 2


def test_a_coordinator_writes_how_the_own_municipality_goes_on(client, place):
    row = RecommendationFactory()
    user = sign_in(client, Role.COORDINATOR, place)

    fill(client, f"/ieteikumi/{row.pk}/istenosana/", status="done", text="Telpa ir.")

    made = FollowUp.objects.get()
    assert (made.municipality, made.by, made.status) == (place, user, "done")


def test_a_mediator_writes_and_changes_what_is_her_own_alone(client, place):
    row = RecommendationFactory()
    other = FollowUpFactory(recommendation=row, municipality=place)
    user = sign_in(client, Role.MEDIATOR, place)
    address = f"/ieteikumi/{row.pk}/istenosana/"

    fill(client, address, status="goes_on", text="Reizi mēnesī.")

    made = FollowUp.objects.get(by=user)
    own = reverse("evaluation:follow-up-update", args=[made.pk])
    assert fill(client, own, text="Divreiz mēnesī.").status_code == 302
    foreign = reverse("evaluation:follow-up-update", args=[other.pk])
    assert client.get(foreign).status_code == 404


def test_nobody_writes_for_a_municipality_that_is_not_the_own(client, place):
    row = RecommendationFactory()
    sign_in(client, Role.COORDINATOR, place)
    elsewhere = MunicipalityFactory()

    fill(
        client,
        f"/ieteikumi/{row.pk}/istenosana/",
        municipality=elsewhere.pk,
        status="done",
        text="Telpa ir.",
    )

    assert FollowUp.objects.get().municipality == place


@pytest.mark.parametrize(
    "day", [timezone.localdate() + timedelta(days=1), date(1926, 1, 1)]
)
def test_a_day_that_cannot_be_meant_is_refused(client, place, day):
    row = RecommendationFactory()
    sign_in(client, Role.COORDINATOR, place)

    answer = fill(
        client,
        f"/ieteikumi/{row.pk}/istenosana/",
        status="done",
        text="Telpa ir.",
        noted_on=f"{day}",
    )

    assert answer.status_code == 422


def carry(client, row, source):
    return fill(client, f"/ieteikumi/{row.pk}/parnest/", source=source)


def test_a_recommendation_goes_on_under_further_periods_and_says_from_where(client):
    row = RecommendationFactory()
    sign_in(client, Role.PROJECT_STAFF)

    for source in ("Platforma III, 2026", "Platforma IV, 2027"):
        carry(client, row, source)
        assert f"turpinās šeit: „{source}”" in register(client)

    made = row.carried_to.order_by("source")
    assert [(one.text, one.source) for one in made] == [
        (row.text, "Platforma III, 2026"),
        (row.text, "Platforma IV, 2027"),
    ]
    assert register(client).count("pārnests no: Platforma II, 2025") == 2


def test_no_recommendation_goes_on_where_it_stands_already(client):
    row = RecommendationFactory()
    later = RecommendationFactory(source="Platforma III, 2026", carried_from=row)
    sign_in(client, Role.PROJECT_STAFF)

    answers = [
        carry(client, row, " platforma II, 2025"),
        carry(client, row, "Platforma III, 2026"),
        carry(client, later, "Platforma II, 2025"),
    ]

    assert [answer.status_code for answer in answers] == [422] * 3
    assert "„Platforma III, 2026” jau ir" in answers[1].content.decode()
    assert Recommendation.objects.count() == 2
    address = f"/ieteikumi/{later.pk}/labot/"
    assert fill(client, address, source="Platforma II, 2025").status_code == 422


def test_the_register_can_be_narrowed_to_a_project(client):
    RecommendationFactory(text="Vecais.", source="Platforma II, 2025")
    RecommendationFactory(text="Jaunais.", source="Platforma III, 2026")
    sign_in(client, Role.PROJECT_STAFF)

    page = client.get("/ieteikumi/", {"avots": "Platforma III, 2026"}).content.decode()

    assert "Jaunais." in page
    assert "Vecais." not in page


def test_the_file_holds_one_line_for_each_municipality(client, place):
    earlier = RecommendationFactory(source="Platforma I, 2024")
    row = RecommendationFactory(text="=1+1", carried_from=earlier)
    FollowUpFactory(recommendation=row, municipality=place)
    FollowUpFactory(recommendation=row)
    sign_in(client, Role.PROJECT_STAFF)

    text = client.get("/ieteikumi/csv/").content.decode("utf-8-sig")

    table = csv.DictReader(text.splitlines(), delimiter=";")
    rows = [row for row in table if row["Ieteikums"] == "'=1+1"]
    assert len(rows) == 2
    assert {row["Pārnests no"] for row in rows} == {"Platforma I, 2024"}
    assert {row["Cik tālu tas ir"] for row in rows} == {"īsteno"}
    assert {row["Īstenošana"] for row in rows} == {"Četras sesijas pusgadā."}


# A list from Excel or CSV

LIST = (
    "Tēma;Ieteikums;Kam;Projekts\n"
    "Resursu centri;Atvērt vakaros.;Pašvaldība;Platforma II\n"
    "Izglītības iestādes;Runāt par kavējumiem.;Izglītības iestāde;Platforma II\n"
    "resursu centri;ATVĒRT VAKAROS.;Pašvaldība;platforma II\n"
)


@pytest.fixture
def terms():
    for vocabulary, code, label in (
        ("recommendation_heading", "CENTRES", "Resursu centri"),
        ("recommendation_heading", "SCHOOLS", "Izglītības iestādes"),
        ("addressee", "MUNICIPALITY", "Pašvaldība"),
        ("addressee", "SCHOOL", "Izglītības iestāde"),
    ):
        TermFactory(vocabulary=vocabulary, code=code, label_lv=label, label_en=code)


def hand_over(client, text):
    from django.core.files.uploadedfile import SimpleUploadedFile  # noqa: PLC0415

    file = SimpleUploadedFile("ieteikumi.csv", text.encode())
    return client.post("/ielasit/recommendations/", {"file": file}, follow=True)


def confirm(client, page):
    address = page.request["PATH_INFO"].replace("parbaudit", "apstiprinat")
    return client.post(address, filled(page.content.decode(), address))


def test_a_list_is_imported_once_and_can_be_taken_back(client, terms):
    sign_in(client, Role.PROJECT_STAFF)

    confirm(client, hand_over(client, LIST))

    rows = Recommendation.objects.order_by("heading__code")
    assert [row.text for row in rows] == ["Atvērt vakaros.", "Runāt par kavējumiem."]
    again = hand_over(client, LIST).content.decode()
    assert "Šis ieteikums jau ir sarakstā." in again


def test_the_page_says_what_to_write_and_lists_headings_and_addressees(client, terms):
    sign_in(client, Role.PROJECT_STAFF)

    page = client.get("/ielasit/recommendations/").content.decode()

    for word in ("Resursu centri", "Izglītības iestādes", "Pašvaldība"):
        assert word in page
    assert "<dd></dd>" not in page


def test_a_list_with_an_unknown_heading_or_a_name_stores_nothing(client, terms, place):
    mediator = UserFactory(role=Role.MEDIATOR, municipality=place)
    FamilyFactory(municipality=place, mediator=mediator, label="Kārkliņu ģimene")
    sign_in(client, Role.PROJECT_STAFF)

    page = hand_over(
        client,
        "Tēma;Ieteikums;Kam;Projekts\n"
        "Nezināma;Atvērt vakaros.;Pašvaldība;II\n"
        "Resursu centri;Palīdzēt Kārkliņiem.;Pašvaldība;II\n",
    ).content.decode()

    assert "Ierakstiet vienu no šiem" in page or "A2" in page
    assert "Tas var norādīt, par kuru ģimeni ir runa." in page
    assert not Recommendation.objects.exists()


def test_only_staff_import_recommendations(client, place):
    for role in (Role.MEDIATOR, Role.COORDINATOR):
        sign_in(client, role, place)
        assert client.get("/ielasit/recommendations/").status_code == 404
