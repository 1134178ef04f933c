"""Names of families, hidden from whoever else sees the screen."""

import uuid
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from families.hidden_names import are_hidden
from families.models import Consent, Family
from privacy.models import AuditEntry, Verb
from tests.cases.answers import answers
from tests.crawling import pages
from tests.factories import (
    CaseFactory,
    CaseShareFactory,
    ConsentFactory,
    FamilyFactory,
    FamilyMemberFactory,
    InstitutionContactFactory,
    MonthlyReportFactory,
    NextStepFactory,
    ReferralFactory,
    ResidenceFactory,
    SafeguardingNoticeFactory,
    VisitFactory,
)

TODAY = timezone.localdate()
# What stands in the records of every family and nowhere else
SECRETS = {
    "label": "Zvirbulēni",
    "town_part": "Tālpurvs",
    "address": "Bezdelīgas 7",
    "phone": "+371 2999912",
    "family note": "Suns nekož",
    "member": "Dzilnītis",
    "member who left": "Svilpīte",
    "place": "Ozolkalne",
    "earlier place": "Liepkalne",
    "entry note": "Runājām virtuvē",
    "answer note": "Atteica rakstiski",
    "danger note": "Pieņēma dežurante",
}


def secret(name, number):
    return f"{SECRETS[name]}{number}"


def furnish(number, *, municipality, mediator, contact, **family):
    """A family with everything that may be known about it."""
    family = FamilyFactory(
        municipality=municipality,
        mediator=mediator,
        label=secret("label", number),
        town_part=secret("town_part", number),
        address=secret("address", number),
        phone=secret("phone", number),
        note=secret("family note", number),
        **family,
    )
    for purpose in (Consent.Purpose.KEEP, Consent.Purpose.SHARE):
        ConsentFactory(family=family, purpose=purpose, valid_until=TODAY)
    FamilyMemberFactory(family=family, name=secret("member", number), birth_year=2015)
    FamilyMemberFactory(
        family=family, name=secret("member who left", number), left_on=TODAY
    )
    ResidenceFactory(family=family, by=mediator, place=secret("place", number))
    ResidenceFactory(
        family=family,
        by=mediator,
        place=secret("earlier place", number),
        since_on=TODAY - timedelta(days=400),
    )
    SafeguardingNoticeFactory(
        family=family, by=mediator, note=secret("danger note", number)
    )
    case = CaseFactory(family=family, mediator=mediator)
    ReferralFactory(case=case)
    ReferralFactory(
        case=case,
        answer="refused",
        answered_on=TODAY,
        note=secret("answer note", number),
    )
    CaseShareFactory(case=CaseFactory(family=family, mediator=mediator))
    about = {"mediator": mediator, "municipality": municipality, "case": case}
    about |= {"contact": contact, "institution": contact.institution}
    visit = VisitFactory(family=family, note=secret("entry note", number), **about)
    for days in (-2, 0, 2):
        NextStepFactory(
            family=family, source=visit, due_on=TODAY + timedelta(days=days), **about
        )
    return family


@pytest.fixture
def house(municipality, mediator):
    contact = InstitutionContactFactory(institution__municipality=municipality)
    things = {"municipality": municipality, "mediator": mediator, "contact": contact}
    MonthlyReportFactory(
        municipality=municipality, mediator=mediator, month=TODAY.replace(day=1)
    )
    return [furnish(1, **things), furnish(2, closed_on=TODAY, **things)]


@pytest.fixture
def family(house):
    return house[0]


@pytest.fixture
def signed_in(client, mediator):
    client.force_login(mediator)
    return client


@pytest.fixture
def hidden(signed_in):
    """The mediator's browser after a tap on “Slēpt vārdus”."""
    hide(signed_in)
    return signed_in


def hide(client, **answers):
    return client.post("/slept-vardus/", {"names": "hidden", **answers})


def text_of(client, address):
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


EVERY_SECRET = [secret(name, number) for name in SECRETS for number in (1, 2)]


def told_by(html):
    """Which secrets stand in a page."""
    return {one for one in EVERY_SECRET if one in html}


@pytest.mark.once
def test_while_names_are_hidden_no_page_and_no_form_shows_one(hidden, house):
    found = list(pages(hidden))

    assert {address: told for address, html in found if (told := told_by(html))} == {}
    for one in house:
        assert sum(one.code in html for _address, html in found) > 10


@pytest.mark.once
def test_without_hiding_each_of_them_can_be_found(signed_in, house):
    """The control: the same walk meets them all, and may end as soon as it has."""
    missing = set(EVERY_SECRET)
    for _address, html in pages(signed_in):
        missing -= told_by(html)
        if not missing:
            break

    assert missing == set()


def test_people_are_told_apart_by_relation_and_year(hidden, family):
    text = text_of(hidden, family.get_absolute_url())

    assert "CHILD, 2015" in text
    assert str(family.members.first().pk) in text


def test_the_choice_lasts_until_the_next_tap(hidden, family):
    cookie = hidden.cookies["names"]
    assert (cookie["path"], cookie["samesite"], cookie["httponly"]) == ("/", "Lax", "")
    assert cookie["max-age"] == 365 * 24 * 60 * 60
    assert "Rādīt vārdus" in text_of(hidden, "/sodien/")

    hide(hidden, names="shown")

    text = text_of(hidden, "/sodien/")
    assert "Slēpt vārdus" in text
    assert family.label in text
    assert not are_hidden()


def test_no_other_host_can_make_the_choice_of_a_secure_site(signed_in, settings):
    assert not hide(signed_in).cookies["names"]["secure"]
    settings.HTTPS = True
    assert hide(signed_in).cookies["__Host-names"]["secure"]
    assert "Rādīt vārdus" in text_of(signed_in, "/sodien/")


@pytest.mark.parametrize(
    "address", ["https://example.test/", "//example.test", "javascript:alert(1)", ""]
)
def test_the_tap_leads_nowhere_else(signed_in, address):
    assert hide(signed_in, next=address).url == "/"


def test_the_tap_leads_back_to_the_page(signed_in):
    assert hide(signed_in, next="/gimenes/?page=2").url == "/gimenes/?page=2"


def test_it_is_a_choice_of_mediators_alone(client, coordinator, family):
    case = family.cases.get(shares=None)
    CaseShareFactory(case=case, shows_label=True)
    client.force_login(coordinator)
    client.cookies["names"] = "hidden"

    text = text_of(client, reverse("cases:shared-case", args=[case.code]))

    assert family.label in text
    assert "Slēpt vārdus" not in text
    assert "Rādīt vārdus" not in text


def test_nothing_covered_is_uncovered_while_names_are_hidden(hidden, family):
    address = reverse("families:reveal", args=[family.code, "phone"])

    response = hidden.post(address, {"need": "call"}, follow=True)

    text = response.content.decode()
    assert family.phone not in text
    assert "Vispirms parādiet tos" in text
    assert not AuditEntry.objects.filter(verb=Verb.REVEAL).exists()


def test_a_name_or_note_is_corrected_only_when_it_is_seen(hidden, family):
    addresses = [
        reverse("families:update", args=[family.code]),
        reverse(
            "families:member-update", args=[family.code, family.members.first().pk]
        ),
        reverse("cases:visit-update", args=[family.visits.get().code]),
        *(
            reverse("cases:referral-answer", args=[referral.pk])
            for case in family.cases.all()
            for referral in case.referrals.exclude(answer="")
        ),
    ]
    assert len(addresses) == 4

    for address in addresses:
        text = text_of(hidden, address)
        assert "Vārdi ir paslēpti. Parādiet tos, lai labotu." in text
        assert f'name="next" value="{address}"' in text
    assert not AuditEntry.objects.filter(verb__in=[Verb.READ, Verb.REVEAL]).exists()


def test_pages_of_others_stay_not_found_while_names_are_hidden(hidden, outsider):
    theirs = outsider.family_assignments.get().family

    for name in ("detail", "update"):
        address = reverse(f"families:{name}", args=[theirs.code])
        assert hidden.get(address).status_code == 404


def test_what_was_begun_before_hiding_is_saved(hidden, family):
    address = reverse("families:update", args=[family.code])
    facts = {"label": "Dzeņi", "adults": 2, "children": 1}

    assert hidden.post(address, facts).status_code == 302

    family.refresh_from_db()
    assert family.label == "Dzeņi"


def test_new_families_are_written_down_and_likeness_is_told_by_the_code(hidden, family):
    facts = {"label": family.label, "adults": 1, "children": 0, "told": "agreed"}
    facts |= {"client_uuid": uuid.uuid4()}

    response = hidden.post("/gimenes/jauna/", facts)
    assert response.status_code == 422
    similar = response.content.decode().partition('id="similar"')[2].partition("</ul>")
    assert family.code in similar[0]
    assert family.label not in similar[0]

    hidden.post("/gimenes/jauna/", {**facts, "confirm_duplicate": 1})
    assert Family.objects.count() == 3


def test_a_family_can_be_looked_for_by_its_name(hidden, family):
    assert family.code in text_of(
        hidden, hidden.post("/gimenes/", {"q": family.label}).url
    )


def test_two_entries_under_one_number_are_compared_without_names(hidden, family):
    number = str(uuid.uuid4())
    entry = answers(family=family.code, client_uuid=number, note="Pirmā piezīme")
    assert hidden.post("/ieraksti/jauns/", entry).status_code == 302

    other = hidden.post("/ieraksti/jauns/", {**entry, "note": "Otra piezīme"})

    assert other.status_code == 409
    shown = other.content.decode()
    assert family.code in shown
    assert family.label not in shown
    assert "Pirmā piezīme" not in shown
    # Kept for sending, but not shown
    assert shown.count("Otra piezīme") == 1


def test_the_phone_keeps_names_and_codes_whatever_is_chosen(signed_in, family):
    shown = signed_in.get("/ierice/dati/")
    hide(signed_in)
    copy = signed_in.get("/ierice/dati/")

    assert copy.headers["ETag"] == shown.headers["ETag"]
    assert family.label in copy.content.decode()
    of_families = [row for row in copy.json()["html"]["todo"] if row["family"]]
    assert len(of_families) > 1
    for row in of_families:
        assert row["html"].count(f'data-code="{row["family"]}"') == 2


def test_the_phone_can_hide_what_it_is_told_about_a_taken_number(
    hidden, mediator, family
):
    number = str(uuid.uuid4())
    entry = answers(family=family.code, client_uuid=number, note="Pirmā piezīme")
    entry["person"] = str(mediator.pk)
    assert hidden.post("/ieraksti/sutit/", entry).status_code == 201

    other = hidden.post("/ieraksti/sutit/", {**entry, "note": "Otra piezīme"})

    stored = other.json()["stored"]
    assert f'data-code="{family.code}">{family.label}<' in stored
    assert "<div data-note>" in stored
