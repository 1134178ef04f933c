"""Who opened or uncovered what about a family."""

import pytest

from families.models import FamilyAssignment
from families.services.belongings import ids_about
from families.services.looks import PARTS_OF_THE_OFFICER, entries_with, what_in
from privacy import audit
from privacy.models import AuditEntry, Verb
from tests.factories import (
    ConsentFactory,
    FamilyAssignmentFactory,
    FamilyFactory,
    FamilyMemberFactory,
    VisitFactory,
)


@pytest.fixture
def family(municipality, mediator, colleague):
    """Two mediators work with it together."""
    family = FamilyFactory(municipality=municipality, mediator=mediator, phone="20 1")
    ConsentFactory(family=family)
    FamilyAssignmentFactory(
        family=family, mediator=colleague, kind=FamilyAssignment.Kind.SHARED
    )
    return family


def look(client, who, address, **data):
    client.force_login(who)
    client.post(address, data) if data else client.get(address)


@pytest.mark.parametrize(
    "address", ["/berns-briesmas/?gimene={code}", "/gimenes/{code}/pazistama/"]
)
def test_what_is_the_officers_alone_is_not_told_by_who_opened_its_form(
    client, family, mediator, colleague, address
):
    look(client, mediator, address.format(code=family.code))
    [entry] = AuditEntry.objects.filter(verb=Verb.READ)
    assert entry.detail["part"] in PARTS_OF_THE_OFFICER

    assert log_of(client, colleague, family) == []
    assert entry in entries_with(ids_about(family))


def log_of(client, who, family):
    client.force_login(who)
    response = client.get(f"/gimenes/{family.code}/skatijumi/")
    assert response.status_code == 200
    return [(look.by, look.what, look.why) for look in response.context["looks"]]


def test_the_list_names_everybody_what_they_saw_and_why(
    client, family, mediator, colleague
):
    page = f"/gimenes/{family.code}/"
    person = FamilyMemberFactory(family=family)
    look(client, colleague, page)
    look(client, colleague, f"{page}cilveki/{person.pk}/")
    look(client, colleague, f"{page}paradit/phone/", need="call")
    look(client, colleague, f"{page}vajadzibas/")

    seen = log_of(client, mediator, family)

    assert [by for by, *_rest in seen] == [colleague] * 4
    assert [bool(why) for *_rest, why in seen] == [False, True, False, False]
    assert len({what for _by, what, _why in seen}) == 4


def test_the_list_holds_nothing_about_other_families(
    client, family, municipality, mediator, outsider
):
    other = FamilyFactory(municipality=municipality, mediator=mediator)
    look(client, mediator, f"/gimenes/{other.code}/")

    assert log_of(client, mediator, family) == []


def test_opening_the_list_is_told_when_it_is_opened_again(client, family, mediator):
    log_of(client, mediator, family)

    assert log_of(client, mediator, family) == [(mediator, "kas skatījās", "")]


def test_the_page_shows_the_last_five_without_ones_own_visits(
    client, family, mediator, colleague
):
    page = f"/gimenes/{family.code}/"
    for _ in range(3):
        look(client, mediator, page)
        look(client, mediator, f"{page}paradit/phone/", need="visit")
        look(client, colleague, page)

    client.force_login(mediator)
    response = client.get(page)

    looks = response.context["looks"]
    assert [(look.by, bool(look.why)) for look in looks] == [
        (colleague, False),
        (mediator, True),
        (colleague, False),
        (mediator, True),
        (colleague, False),
    ]
    assert f"{page}skatijumi/" in response.content.decode()


def test_a_long_list_comes_in_pages(client, family, mediator):
    for _ in range(51):
        look(client, mediator, f"/gimenes/{family.code}/")

    client.force_login(mediator)
    text = client.get(f"/gimenes/{family.code}/skatijumi/").content.decode()

    assert "?pirms=" in text


def test_changes_and_what_belongs_to_the_family_are_on_the_list(
    client, family, mediator, colleague
):
    visit = VisitFactory(
        mediator=colleague, municipality=family.municipality, family=family
    )
    audit.record(colleague, Verb.READ, visit)
    audit.record(colleague, Verb.UPDATE, family, fields=["adults"])
    audit.record(None, Verb.DELETE, family, code=family.code)

    seen = [by for by, *_rest in log_of(client, mediator, family)]

    assert seen == [None, colleague, colleague]


def test_a_deed_that_is_not_known_yet_is_told_by_its_word(db):
    entry = AuditEntry(verb="vanish", object_type="families.family")

    assert what_in(entry).endswith(": vanish")
