"""What a family may be written about: by consent, for 14 days without, never after."""

import uuid
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from cases.models import Case, Visit, VisitFamily
from families import reference_data, words
from families.models import ConsentText, Family
from privacy.models import AuditEntry
from tests.factories import (
    CaseFactory,
    ConsentFactory,
    ConsentTextFactory,
    FamilyFactory,
    FamilyMemberFactory,
    TermFactory,
    VisitFactory,
)

TODAY = timezone.localdate


@pytest.fixture
def family(municipality, mediator):
    return FamilyFactory(
        municipality=municipality,
        mediator=mediator,
        label="Kārkliņu ģimene",
        started_on=TODAY() - timedelta(days=100),
    )


@pytest.fixture
def page(client, mediator, family):
    client.force_login(mediator)
    return f"/gimenes/{family.code}/"


@pytest.fixture
def withdrawn(family):
    ConsentFactory(family=family, purpose="keep", withdrawn_on=TODAY())
    return family


def entry(family, **changes):
    return {
        "client_uuid": str(uuid.uuid4()),
        "family": family.code,
        "kind": "home_visit",
        "visited_on": TODAY().isoformat(),
        "minutes": "30",
        "areas": ["education"],
        "next_step_on": "none",
    } | changes


def new_data(page):
    """``[(address, answers)]``: everything personal that a family page takes."""
    relation = TermFactory(vocabulary="family_relation", code="CHILD")
    return [
        (f"{page}cilveki/jauns/", {"name": "Rūdis", "relation": relation.pk}),
        (f"{page}vajadzibas/", {"housing": "urgent"}),
        (
            f"{page}dzivesvieta/",
            {"status": "lives_here", "since_on": TODAY().isoformat()},
        ),
        *(
            (
                f"{page}labot/",
                {"label": "Kārkliņu ģimene", "adults": "1", "children": "1"} | extra,
            )
            for extra in ({"phone": "20 000 000"}, {"address": "Iela 1"}, {"note": "x"})
        ),
    ]


def answers_to(client, page):
    return [
        client.post(address, answers).status_code for address, answers in new_data(page)
    ]


# Personal data on the page of the family


def test_with_a_consent_everything_is_taken(client, family, page):
    ConsentFactory(family=family, purpose="keep")

    assert answers_to(client, page) == [302] * 6


@pytest.mark.parametrize(("days", "status"), [(0, 302), (14, 302), (15, 422)])
def test_without_a_consent_personal_data_is_taken_for_14_days(
    client, family, page, days, status
):
    Family.objects.update(started_on=TODAY() - timedelta(days=days))

    assert answers_to(client, page) == [status] * 6


def test_a_consent_that_is_over_is_as_good_as_none(client, family, page):
    ConsentFactory(
        family=family, purpose="keep", valid_until=TODAY() - timedelta(days=1)
    )

    assert answers_to(client, page) == [422] * 6


def test_a_refused_form_says_why_and_keeps_what_was_typed(client, family, page):
    response = client.post(
        f"{page}labot/",
        {
            "label": "Kārkliņu ģimene",
            "adults": "1",
            "children": "0",
            "note": "Zvanīt vakarā",
        },
    )

    text = response.content.decode()
    assert response.status_code == 422
    assert "Zvanīt vakarā" in text
    assert list(response.context["form"].errors) == ["note"]


def test_without_a_consent_the_name_can_be_corrected_and_a_note_deleted(
    client, family, page
):
    family.note = "Zvanīt vakarā"
    family.save()

    response = client.post(
        f"{page}labot/",
        {"label": "Ozolu ģimene", "adults": "1", "children": "0", "note": ""},
    )

    family.refresh_from_db()
    assert response.status_code == 302
    assert (family.label, family.note) == ("Ozolu ģimene", "")


def test_the_page_says_how_long_one_may_write_without_a_consent(client, family, page):
    Family.objects.update(started_on=TODAY())

    context = client.get(page).context
    assert context["refusal"] == ""
    assert "note--amber" in client.get(page).content.decode()


def test_without_a_consent_entries_and_cases_stay_possible(client, family, page):
    assert client.post("/ieraksti/jauns/", entry(family)).status_code == 302
    response = client.post(
        "/lietas/jauna/",
        {"family": family.code, "area": "housing", "title": "Īres parāds"},
    )
    assert response.status_code == 302


# After the consent was withdrawn


def test_after_withdrawal_no_personal_data_is_taken(client, withdrawn, page):
    Family.objects.update(started_on=TODAY())

    assert answers_to(client, page) == [422] * 6


def test_after_withdrawal_not_even_the_name_is_changed(client, withdrawn, page):
    response = client.post(
        f"{page}labot/", {"label": "Ozolu ģimene", "adults": "1", "children": "0"}
    )

    withdrawn.refresh_from_db()
    assert response.status_code == 422
    assert words.why_no_personal_data(withdrawn) in response.content.decode()
    assert withdrawn.label == "Kārkliņu ģimene"


@pytest.mark.parametrize(
    "address", ["vajadzibas/", "dzivesvieta/", "cilveki/jauns/", "labot/"]
)
def test_after_withdrawal_pages_give_the_reason_instead_of_a_form(
    client, withdrawn, page, address
):
    text = client.get(f"{page}{address}").content.decode()

    assert words.why_no_personal_data(withdrawn) in text
    assert 'form="form"' not in text


def test_after_withdrawal_what_is_covered_can_be_deleted_unread(
    client, withdrawn, page
):
    withdrawn.phone, withdrawn.note = "20 000 000", "Zvanīt vakarā"
    withdrawn.save()

    asked = client.get(f"{page}labot/").content.decode()
    client.post(f"{page}labot/", {"fields_to_empty": ["note"]})

    withdrawn.refresh_from_db()
    assert "20 000 000" not in asked
    assert "Zvanīt" not in asked
    assert (withdrawn.phone, withdrawn.note) == ("20 000 000", "")
    assert AuditEntry.objects.get(verb="update").detail == {"fields": ["note"]}


def test_after_withdrawal_a_new_entry_is_refused_with_a_way_out(
    client, withdrawn, page
):
    response = client.post("/ieraksti/jauns/", entry(withdrawn, note="Kas tika solīts"))

    assert response.status_code == 422
    assert list(response.context["form"].errors) == ["family"]
    assert "Kas tika solīts" in response.content.decode()
    assert not Visit.objects.exists()

    way_out = entry(withdrawn) | {"family": "none", "without": "unrecorded"}
    assert client.post("/ieraksti/jauns/", way_out).status_code == 302
    assert not VisitFamily.objects.exists()


def test_an_entry_that_was_stored_before_the_withdrawal_is_still_acknowledged(
    client, family, page
):
    ConsentFactory(family=family, purpose="keep")
    same = entry(family)
    first = client.post("/ieraksti/jauns/", same)
    client.post(f"{page}piekrisana/keep/atsaukt/")

    second = client.post("/ieraksti/jauns/", same)

    assert second["Location"] == first["Location"]
    assert Visit.objects.count() == 1


def test_an_old_entry_may_be_corrected_after_the_withdrawal(
    client, municipality, mediator, withdrawn, page
):
    visit = VisitFactory(
        mediator=mediator, municipality=municipality, family=withdrawn, minutes=30
    )
    other = VisitFactory(mediator=mediator, municipality=municipality)

    corrected = client.post(
        f"/ieraksti/{visit.code}/labot/", entry(withdrawn, minutes="45")
    )
    renamed = client.post(f"/ieraksti/{other.code}/labot/", entry(withdrawn))

    assert (corrected.status_code, renamed.status_code) == (302, 422)


def test_after_withdrawal_cases_can_be_closed_but_not_opened_or_changed(
    client, mediator, withdrawn, page
):
    case = CaseFactory(family=withdrawn, mediator=mediator)
    facts = {"area": "housing", "title": "Īres parāds"}

    opened = client.post("/lietas/jauna/", facts | {"family": withdrawn.code})
    changed = client.post(f"/lietas/{case.code}/labot/", facts)
    closed = client.post(f"/lietas/{case.code}/noslegt/", {"outcome": "stopped"})

    assert [opened.status_code, changed.status_code] == [422, 422]
    assert closed.status_code == 302
    assert Case.objects.get().is_closed


def test_after_withdrawal_everything_can_be_read_and_people_can_leave(
    client, withdrawn, page
):
    person = FamilyMemberFactory(family=withdrawn, name="Rūdis")

    text = client.get(page).content.decode()
    assert "Rūdis" in text
    assert f"{page}cilveki/jauns/" not in text
    for address in ("vajadzibas/", "dzivesvieta/", f"cilveki/{person.pk}/", "labot/"):
        assert client.get(f"{page}{address}").status_code == 200
    assert client.post(f"{page}cilveki/{person.pk}/prom/").status_code == 302


def test_who_agrees_again_may_be_written_about_again(client, withdrawn, page):
    client.post(
        f"{page}piekrisana/",
        {
            "purposes": ["keep"],
            "manner": "read_aloud",
            "language": "other",
            "given_on": TODAY().isoformat(),
        },
    )

    assert client.post("/ieraksti/jauns/", entry(withdrawn)).status_code == 302
    assert answers_to(client, page) == [302] * 6


def test_names_may_be_shared_while_the_family_agrees(client, family, page):
    assert not family.may_share_names
    for purpose in ("keep", "share"):
        ConsentFactory(family=family, purpose=purpose)
    assert family.may_share_names

    client.post(f"{page}piekrisana/share/atsaukt/")

    assert not family.may_share_names
    assert family.may_add_personal_data


def test_without_kept_data_no_name_may_be_shared(client, family, page):
    for purpose in ("keep", "share"):
        ConsentFactory(family=family, purpose=purpose)

    client.post(f"{page}piekrisana/keep/atsaukt/")

    assert not family.may_share_names


# The text that is read


def test_a_consent_keeps_the_version_that_was_in_force(client, family, page):
    ConsentTextFactory(version="1", valid_from=TODAY() - timedelta(days=90))
    ConsentTextFactory(version="2", valid_from=TODAY() - timedelta(days=9))
    ConsentTextFactory(version="3", valid_from=TODAY() + timedelta(days=9))

    for days in (100, 30, 0):
        client.post(
            f"{page}piekrisana/",
            {
                "purposes": ["keep"],
                "manner": "oral",
                "language": "rom",
                "given_on": (TODAY() - timedelta(days=days)).isoformat(),
            },
        )

    rows = family.consents.filter(purpose="keep").order_by("given_on")
    assert [row.text and row.text.version for row in rows] == [None, "1", "2"]


def test_the_page_shows_the_text_to_read_aloud(client, family, page):
    ConsentTextFactory(text_lv="Es pierakstu.", text_ru="Я записываю.")

    text = client.get(f"{page}piekrisana/").content.decode()

    assert 'lang="lv"' in text
    assert "Es pierakstu." in text
    assert 'lang="ru"' in text
    assert 'lang="rom"' not in text


def test_the_text_that_comes_with_the_product_is_loaded_once(db):
    first, second = reference_data.load(), reference_data.load()

    assert (first[-1].added, second[-1].unchanged) == (1, 1)
    text = ConsentText.objects.get()
    assert [language for language, _name, _text in text.wordings] == ["lv", "ru"]


@pytest.fixture
def own_texts(tmp_path, monkeypatch, db):
    """A file of texts of one's own, already loaded once."""
    path = tmp_path / "consent_texts.toml"
    path.write_bytes(reference_data.CONSENT_TEXTS.read_bytes())
    monkeypatch.setattr(reference_data, "CONSENT_TEXTS", path)
    reference_data.load()
    return path


def test_a_text_that_was_read_stays_as_it_is(own_texts):
    own_texts.write_text(own_texts.read_text().replace("Es esmu", "Es neesmu"))

    with pytest.raises(CommandError, match="a new version"):
        call_command("load_reference")

    assert ConsentText.objects.get().text_lv.startswith("Es esmu")


def test_a_language_that_was_missing_may_be_added(own_texts):
    own_texts.write_text(own_texts.read_text() + 'text_rom = "Me som mediatori."\n')

    [loaded] = [row for row in reference_data.load() if row.model is ConsentText]
    assert loaded.changed == 1
    assert ConsentText.objects.get().text_rom == "Me som mediatori."


def test_a_text_without_latvian_is_refused(own_texts):
    own_texts.write_text(
        own_texts.read_text()
        + '\n[[text]]\nversion = "2"\nvalid_from = 2026-12-01\ntext_lv = ""\n'
    )

    with pytest.raises(CommandError, match=r"Nothing was loaded\. 2"):
        call_command("load_reference")
