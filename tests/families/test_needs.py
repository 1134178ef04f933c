"""What a family needs and where it lives; changes are kept."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from families.models import FamilyNeed, Residence
from families.models.residence import LEFT_ABROAD, RETURNED
from municipalities.areas import MAIN_AREAS
from privacy.models import AuditEntry, Verb
from tests.factories import (
    ConsentFactory,
    FamilyFactory,
    FamilyNeedFactory,
    ResidenceFactory,
    TermFactory,
)

TODAY = timezone.localdate


@pytest.fixture
def family(municipality, mediator):
    family = FamilyFactory(municipality=municipality, mediator=mediator)
    ConsentFactory(family=family)
    return family


@pytest.fixture
def page(client, mediator, family):
    client.force_login(mediator)
    return f"/gimenes/{family.code}/"


def levels(family):
    rows = family.needs.current().values_list("area", "level")
    return dict(rows)


# Needs


def test_one_save_answers_for_all_eight_areas(client, family, mediator, page):
    everything = dict.fromkeys(MAIN_AREAS, "none") | {"housing": "urgent"}

    response = client.post(f"{page}vajadzibas/", everything)

    assert response["Location"] == f"{page}#needs"
    assert len(MAIN_AREAS) == 8
    assert levels(family) == everything
    need = family.needs.get(area="housing")
    assert (need.noted_on, need.by) == (TODAY(), mediator)
    assert "housing" in AuditEntry.objects.get(verb=Verb.UPDATE).detail["needs"]


def test_what_is_not_answered_stays_open(client, family, page):
    client.post(f"{page}vajadzibas/", {"housing": "present"})

    assert levels(family) == {"housing": "present"}


def test_a_change_is_a_new_row_and_the_same_again_is_none(
    client, family, mediator, page
):
    FamilyNeedFactory(family=family, area="housing", noted_on=date(2026, 1, 1))
    FamilyNeedFactory(family=family, area="health", noted_on=date(2026, 1, 1))

    client.post(f"{page}vajadzibas/", {"housing": "none", "health": "present"})

    rows = family.needs.filter(area="housing").values_list("level", flat=True)
    assert list(rows) == ["none", "present"]
    assert family.needs.filter(area="health").count() == 1
    assert dict(
        family.needs.current(on=date(2026, 2, 1)).values_list("area", "level")
    ) == {"housing": "present", "health": "present"}


@pytest.mark.parametrize("answers", [{"health": ""}, {"housing": "terrible"}])
def test_no_answer_and_a_wrong_one_are_refused(client, family, page, answers):
    assert client.post(f"{page}vajadzibas/", answers).status_code == 422
    assert not FamilyNeed.objects.exists()


def test_the_form_opens_with_what_is_known(client, family, page):
    FamilyNeedFactory(family=family, area="housing", level="urgent")

    form = client.get(f"{page}vajadzibas/").context["form"]

    assert form["housing"].initial == "urgent"
    assert form["health"].initial is None


def test_the_page_of_the_family_shows_the_needs(client, family, page):
    FamilyNeedFactory(family=family, area="housing", level="urgent")

    assert [need.level for need in client.get(page).context["needs"]] == ["urgent"]


# Residence


@pytest.fixture
def ireland(db):
    return TermFactory(
        vocabulary="country", code="IE", label_lv="Īrija", label_en="Ireland"
    )


def residence(**changes):
    return {"status": "lives_here", "since_on": TODAY().isoformat()} | changes


def test_where_a_family_lives_is_kept_with_its_history(client, family, page, ireland):
    ResidenceFactory(family=family, since_on=date(2025, 1, 1))

    client.post(
        f"{page}dzivesvieta/",
        residence(status="abroad", country=ireland.pk, place="Korka"),
    )

    current, before = family.residences.all()
    assert (current.status, current.country, current.place) == (
        "abroad",
        ireland,
        "Korka",
    )
    assert before.status == "lives_here"
    text = client.get(page).content.decode()
    assert "Īrija" in text


def test_the_same_once_more_confirms_it(client, family, mediator, page):
    old = TODAY() - timedelta(days=90)
    ResidenceFactory(family=family, since_on=old, confirmed_on=old)

    client.post(f"{page}dzivesvieta/", residence(since_on=old.isoformat()))

    assert family.residences.get().confirmed_on == TODAY()


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"status": ""}, "status"),
        ({"status": "prison"}, "status"),
        ({"status": "abroad"}, "country"),
        ({"since_on": "2999-01-01"}, "since_on"),
        ({"since_on": "1900-01-01"}, "since_on"),
        ({"since_on": ""}, "since_on"),
        ({"place": "mājā, 010190-12345"}, "place"),
    ],
)
def test_a_wrong_answer_about_residence_is_refused(
    client, family, page, changes, field
):
    response = client.post(f"{page}dzivesvieta/", residence(**changes))

    assert response.status_code == 422
    assert list(response.context["form"].errors) == [field]
    assert not Residence.objects.exists()


def test_an_earlier_day_is_kept_and_the_page_says_what_goes_on_counting(
    client, family, page
):
    ResidenceFactory(family=family, status="abroad", since_on=date(2026, 6, 5))

    response = client.post(
        f"{page}dzivesvieta/",
        residence(status="returned", since_on="2026-05-01"),
        follow=True,
    )

    assert family.residences.count() == 2
    assert family.residences.first().status == "abroad"
    [message] = response.context["messages"]
    assert message.level_tag == "warning"
    assert "05.06.2026." in str(message)
    assert "Dzīvo ārzemēs" in str(message)


def test_a_row_of_ones_own_is_taken_back_after_one_question(
    client, family, mediator, page
):
    before = ResidenceFactory(family=family, by=mediator, since_on=date(2025, 1, 1))
    slip = ResidenceFactory(family=family, by=mediator, status="abroad")
    address = f"{page}dzivesvieta/{slip.pk}/dzest/"

    assert f'href="{address}"' in client.get(f"{page}dzivesvieta/").content.decode()
    assert client.get(address).status_code == 200
    assert family.residences.count() == 2
    assert client.post(address).url == f"{page}dzivesvieta/"

    assert family.residences.get() == before
    written = AuditEntry.objects.filter(verb=Verb.UPDATE).latest("pk")
    assert written.detail["fields"] == ["residence"]


def test_a_row_of_somebody_else_stays(client, family, page):
    foreign = ResidenceFactory(family=family)
    address = f"{page}dzivesvieta/{foreign.pk}/dzest/"

    assert address not in client.get(f"{page}dzivesvieta/").content.decode()
    assert client.post(address).status_code == 404
    assert family.residences.exists()


def test_a_country_belongs_to_a_family_abroad_only(client, family, page, ireland):
    client.post(f"{page}dzivesvieta/", residence(country=ireland.pk))

    assert family.residences.get().country is None


OCTOBER = (date(2026, 10, 1), date(2026, 10, 31))


@pytest.mark.parametrize(
    ("history", "left", "returned"),
    [
        ([("lives_here", 1), ("abroad", 10)], 1, 0),
        ([("abroad", 10)], 1, 0),
        ([("abroad", 9), ("wants_to_return", 10)], 0, 0),
        ([("wants_to_return", 9), ("returned", 10)], 0, 1),
        ([("returned", 9), ("lives_here", 10)], 0, 0),
        ([("lives_here", 1), ("abroad", 11)], 0, 0),
        ([("away", 10)], 0, 0),
    ],
)
def test_departures_and_returns_of_a_month_are_counted(family, history, left, returned):
    for status, month in history:
        ResidenceFactory(family=family, status=status, since_on=date(2026, month, 15))

    rows = Residence.objects.with_previous().filter(since_on__range=OCTOBER)
    assert rows.filter(LEFT_ABROAD).count() == left
    assert rows.filter(RETURNED).count() == returned


def test_changes_of_one_day_count_in_the_order_they_were_written(family):
    for status in ("abroad", "wants_to_return", "returned"):
        ResidenceFactory(family=family, status=status, since_on=date(2026, 10, 15))

    rows = Residence.objects.with_previous()
    assert rows.filter(LEFT_ABROAD).count() == 1
    assert rows.filter(RETURNED).count() == 1
