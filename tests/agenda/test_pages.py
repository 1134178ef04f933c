import re
from pathlib import Path

import pytest
from django.template.loader import render_to_string
from django.test import Client, override_settings
from django.urls import reverse
from django.utils import translation

from privacy.models import AuditEntry, Verb
from tests.factories import PASSWORD

ROOT = Path(__file__).resolve().parents[2]
PUBLIC = ["home", "help", "privacy", "accessibility", "account_login"]


@pytest.mark.parametrize("name", PUBLIC)
def test_a_page_for_everybody_has_one_heading_and_a_language(client, db, name):
    html = client.get(reverse(name)).content.decode()

    assert html.count("<h1") == 1
    assert '<html lang="lv"' in html
    assert 'href="#saturs"' in html
    assert '<main id="saturs"' in html


@pytest.mark.parametrize("name", PUBLIC)
def test_a_page_holds_no_inline_style_or_script(client, db, name):
    html = client.get(reverse(name)).content.decode()

    assert re.search(r"\sstyle=|\son[a-z]+=|<style|<script>", html) is None


def test_a_stranger_reads_five_sentences_and_can_sign_in(client, db):
    with translation.override("en"):
        client.cookies["language"] = "en"
        html = client.get("/").content.decode()

    main = re.search(r"<main.*</main>", html, re.DOTALL)[0]
    text = re.sub(r"<svg.*?</svg>", "", main, flags=re.DOTALL)
    told = re.findall(r"<(?:p|span)>([A-Z][^<]+)</", text)
    assert [sentence.rstrip()[-1] for sentence in told] == ["."] * 5
    assert reverse("account_login") in main


def test_a_mediator_is_led_from_the_first_page_to_today(client, mediator):
    client.force_login(mediator)

    assert client.get("/").headers["Location"] == reverse("agenda:today")


@override_settings(DEMO=True)
@pytest.mark.parametrize("name", PUBLIC)
def test_every_page_of_the_demo_says_that_it_is_one(client, db, name):
    assert 'class="demo-banner"' in client.get(reverse(name)).content.decode()


@pytest.mark.parametrize("name", PUBLIC)
def test_a_real_installation_has_no_demo_banner(client, db, name):
    assert "demo-banner" not in client.get(reverse(name)).content.decode()


def test_settings_are_kept_and_shape_the_next_page(client, mediator):
    client.force_login(mediator)

    answer = client.post(
        reverse("settings"),
        {
            "language": "en",
            "text_size": "larger",
            "theme": "dark",
            "receives_letters": "on",
        },
    )
    html = client.get(answer.headers["Location"]).content.decode()

    mediator.refresh_from_db()
    assert (mediator.language, mediator.text_size, mediator.theme) == (
        "en",
        "larger",
        "dark",
    )
    assert '<html lang="en" data-bs-theme="dark" class="text-larger"' in html
    assert 'css/dark.css"' in html
    assert "Settings saved." in html
    [entry] = AuditEntry.objects.filter(verb=Verb.UPDATE)
    assert entry.detail == {"fields": ["language", "text_size", "theme"]}


def test_keys_are_for_a_desk_and_can_be_switched_off(client, mediator, coordinator):
    client.force_login(mediator)
    assert "shortcuts.js" not in client.get(reverse("help")).content.decode()
    client.force_login(coordinator)
    assert "shortcuts.js" in client.get(reverse("help")).content.decode()

    page = client.post(reverse("shortcuts"), follow=True).content.decode()

    coordinator.refresh_from_db()
    assert not coordinator.uses_shortcuts
    assert "shortcuts.js" not in page
    assert 'name="uses_shortcuts"' in page


def test_the_dark_colours_follow_the_device_when_asked_to(client, mediator):
    mediator.theme = "device"
    mediator.save()
    client.force_login(mediator)

    html = client.get(reverse("settings")).content.decode()

    assert 'css/dark.css" media="screen and (prefers-color-scheme: dark)"' in html


def test_a_forged_setting_is_refused_and_changes_nothing(client, mediator):
    client.force_login(mediator)

    answer = client.post(
        reverse("settings"), {"language": "xx", "text_size": "normal", "theme": "dark"}
    )

    mediator.refresh_from_db()
    assert (answer.status_code, mediator.theme) == (422, "light")


def test_signing_in_with_e_mail_and_password(client, mediator):
    answer = client.post(
        reverse("account_login"), {"login": mediator.email, "password": PASSWORD}
    )

    assert answer.headers["Location"] == reverse("home")


def test_a_wrong_password_keeps_the_address_and_says_so(client, mediator):
    html = client.post(
        reverse("account_login"), {"login": mediator.email, "password": "wrong"}
    ).content.decode()

    assert f'value="{mediator.email}"' in html
    assert 'class="error-summary" role="alert"' in html


def test_signing_out_takes_a_press_of_the_button(client, mediator):
    client.force_login(mediator)

    asked = client.get(reverse("account_logout"))
    assert asked.status_code == 200
    assert "_auth_user_id" in client.session

    client.post(reverse("account_logout"))
    assert "_auth_user_id" not in client.session


def test_nobody_makes_an_account_for_themselves(client, db):
    html = client.get(reverse("account_signup")).content.decode()

    assert "<form" not in html


def test_an_unknown_page_is_explained(client, db):
    answer = client.get("/tadas-lapas-nav/")

    assert answer.status_code == 404
    assert answer.content.decode().count("<h1") == 1


def test_a_page_that_was_open_too_long_is_explained(mediator):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(mediator)

    answer = strict.post(reverse("settings"), {})

    assert answer.status_code == 403
    assert answer.content.decode().count("<h1") == 1


@pytest.mark.parametrize("code", ["400", "413", "500", "503"])
def test_a_page_for_the_worst_case_needs_nothing_else(code):
    html = render_to_string(f"{code}.html", {"reference": "1a2b"})

    sheet = re.search(r'href="/static/([^"]+)"', html)[1]
    assert (ROOT / "static" / sheet).is_file()
    assert html.count("<h1") == 1
    assert '<html lang="' in html
