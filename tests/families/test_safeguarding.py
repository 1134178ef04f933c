"""A child in danger: the page works for everybody at once and keeps nobody's data."""

import uuid
from datetime import timedelta

import pytest
from django.utils import timezone

from families.models import SafeguardingNotice
from privacy.models import AuditEntry, Verb
from tests.factories import (
    ConsentFactory,
    FamilyFactory,
    SafeguardingNoticeFactory,
)

URL = "/berns-briesmas/"


@pytest.fixture
def family(municipality, mediator):
    return FamilyFactory(
        municipality=municipality, mediator=mediator, label="Kārkliņu ģimene"
    )


@pytest.fixture
def signed_in(client, mediator):
    client.force_login(mediator)
    return client


def answers(**changes):
    return {
        "client_uuid": str(uuid.uuid4()),
        "told": "orphans_court",
        "told_on": timezone.localdate().isoformat(),
        "told_time": "00:00",
        "family": "",
        "note": "",
    } | changes


def text_of(client, query=""):
    return client.get(f"{URL}{query}").content.decode()


def test_the_numbers_are_a_tap_away(signed_in):
    text = text_of(signed_in)

    for number in ("112", "110", "116111"):
        assert f'href="tel:{number}"' in text


def test_the_bare_page_holds_nobodys_data(signed_in, family, mediator):
    SafeguardingNoticeFactory(by=mediator, family=family, note="Runāju ar Ilzi")
    signed_in.post("/gimenes/jauna/", {})

    text = text_of(signed_in)

    for secret in (
        *(mediator.first_name, mediator.last_name, mediator.email, family.label),
        *(family.code, "Runāju ar Ilzi"),
    ):
        assert secret not in text


def test_a_message_of_another_page_does_not_stay_on_the_bare_page(
    signed_in, family, page_with_message
):
    assert 'class="messages"' not in text_of(signed_in)
    assert 'class="messages"' in signed_in.get(page_with_message).content.decode()


@pytest.fixture
def page_with_message(signed_in, family):
    """Leaves a message that nobody has read yet."""
    ConsentFactory(family=family)
    signed_in.post(f"/gimenes/{family.code}/vajadzibas/", {"housing": "none"})
    return family.get_absolute_url()


def test_the_secret_of_the_form_stands_in_the_form_alone(signed_in):
    page = text_of(signed_in).partition("<main")[2].partition("</main>")[0]
    before, _form, rest = page.partition("<form")
    inside, _end, after = rest.partition("</form>")

    assert inside.count("csrfmiddlewaretoken") == 1
    assert "csrfmiddlewaretoken" not in before + after


def send(client, mediator, data, **changes):
    return client.post(f"{URL}sutit/", data | {"person": str(mediator.pk)} | changes)


def test_what_a_phone_kept_is_stored_once_however_often_it_comes(
    signed_in, mediator, family
):
    data = answers(family=family.code, note="Pieņēma dežurante")

    first, again = (send(signed_in, mediator, data) for _time in range(2))

    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json() == again.json()
    assert first.json()["number"] == data["client_uuid"]
    assert SafeguardingNotice.objects.get().note == "Pieņēma dežurante"


def test_what_was_stored_is_known_after_the_family_has_gone_to_somebody_else(
    signed_in, mediator, family
):
    data = answers(family=family.code)
    send(signed_in, mediator, data)
    family.assignments.update(ends_on=timezone.localdate() - timedelta(days=1))

    again = send(signed_in, mediator, data)

    assert again.status_code == 200
    assert SafeguardingNotice.objects.count() == 1


def test_other_words_under_one_number_are_shown_beside_the_stored_ones(
    signed_in, mediator
):
    data = answers(note="Pieņēma dežurante")
    send(signed_in, mediator, data)

    response = send(signed_in, mediator, data, note="Pieņēma inspektore")

    assert response.status_code == 409
    assert "Pieņēma dežurante" in response.json()["stored"]
    assert SafeguardingNotice.objects.get().note == "Pieņēma dežurante"


def test_the_stored_words_about_a_family_of_somebody_else_are_not_shown_again(
    signed_in, mediator, family
):
    data = answers(family=family.code, note="Pieņēma dežurante")
    send(signed_in, mediator, data)
    family.assignments.update(ends_on=timezone.localdate() - timedelta(days=1))

    response = send(signed_in, mediator, data, note="Pieņēma inspektore")

    assert (response.status_code, response.json()["stored"]) == (409, "")


def test_what_a_phone_kept_comes_back_with_what_to_correct(signed_in, mediator):
    response = send(signed_in, mediator, answers(family="XYZ-1", told=""))

    assert response.status_code == 422
    assert [(e["field"], e["message"]) for e in response.json()["errors"]] == [
        ("told", "Izvēlieties, kam paziņojāt"),
        (
            "family",
            "Jūsu sarakstā nav ģimenes ar šādu kodu. Ja šaubāties, atstājiet tukšu.",
        ),
    ]


def test_what_somebody_else_wrote_on_the_phone_is_not_taken(signed_in, colleague):
    response = send(signed_in, colleague, answers())

    assert (response.status_code, response.json()["problem"]) == (403, "person")
    assert not SafeguardingNotice.objects.exists()


def test_whom_and_when_is_written_down(signed_in, mediator, family):
    response = signed_in.post(
        URL, answers(family=family.code.lower(), note="Pieņēma dežurante")
    )

    notice = SafeguardingNotice.objects.get()
    assert (notice.by, notice.told, notice.family, notice.note) == (
        mediator,
        "orphans_court",
        family,
        "Pieņēma dežurante",
    )
    assert timezone.localtime(notice.told_at).hour == 0
    entry = AuditEntry.objects.get(verb=Verb.CREATE)
    assert entry.detail == {"told": "orphans_court", "family": str(family.pk)}
    assert "Pieņēma dežurante" in signed_in.get(response["Location"]).content.decode()


def test_no_consent_stands_in_the_way(signed_in, family):
    ConsentFactory(family=family, withdrawn_on=timezone.localdate())

    assert signed_in.post(URL, answers(family=family.code)).status_code == 302


def test_the_family_need_not_be_named(signed_in):
    signed_in.post(URL, answers())

    assert SafeguardingNotice.objects.get().family is None


def test_a_double_click_is_one_report(signed_in):
    same = answers()

    first, second = signed_in.post(URL, same), signed_in.post(URL, same)

    assert first["Location"] == second["Location"]
    assert SafeguardingNotice.objects.count() == 1


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"told": ""}, "told"),
        ({"told": "neighbour"}, "told"),
        ({"told_on": "2999-01-01"}, "told_on"),
        ({"told_time": "vakarā"}, "told_time"),
        ({"note": "010190-12345"}, "note"),
        ({"family": "XXX-001"}, "family"),
    ],
)
def test_a_wrong_answer_is_refused_and_the_rest_stays(signed_in, changes, field):
    response = signed_in.post(URL, answers(**{"note": "Zvanīju"} | changes))

    assert response.status_code == 422
    assert list(response.context["form"].errors) == [field]
    assert not SafeguardingNotice.objects.exists()
    if "note" not in changes:
        assert "Zvanīju" in response.content.decode()


def test_a_family_of_others_is_no_family(signed_in, outsider):
    theirs = outsider.family_assignments.get().family

    assert signed_in.post(URL, answers(family=theirs.code)).status_code == 422
    text = text_of(signed_in, f"?gimene={theirs.code}")
    assert theirs.code not in text
    assert 'href="tel:112"' in text


def test_opened_from_a_family_the_code_is_filled_in(signed_in, family):
    assert f'value="{family.code}"' in text_of(signed_in, f"?gimene={family.code}")
    assert AuditEntry.objects.get(verb=Verb.READ).detail == {"part": "safeguarding"}


def test_a_colleague_does_not_read_what_was_reported(
    client, family, mediator, colleague
):
    SafeguardingNoticeFactory(by=mediator, note="Runāju ar Ilzi")
    client.force_login(colleague)

    assert "Runāju ar Ilzi" not in text_of(client, "?zinots=1")


def test_family_and_menu_lead_to_the_page(signed_in, family):
    text = signed_in.get(family.get_absolute_url()).content.decode()

    assert f'href="{URL}?gimene={family.code}"' in text
    assert f'href="{URL}"' in text


def test_the_newest_report_comes_first(signed_in, mediator):
    for days in (3, 1, 2):
        SafeguardingNoticeFactory(
            by=mediator, told_at=timezone.now() - timedelta(days=days)
        )

    notices = signed_in.get(f"{URL}?zinots=1").context["notices"]

    assert [(timezone.now() - notice.told_at).days for notice in notices] == [1, 2, 3]
