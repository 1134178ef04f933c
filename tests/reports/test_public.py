"""The page behind the link and the check of a code: for people without an account."""

import io
import logging
import re
import threading
import time
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.db import OperationalError, connections
from django.test import Client
from django.urls import reverse

from privacy.log_filter import HideLinks
from privacy.models import AuditEntry
from reports.models import Delivery
from reports.services import delivery as services
from reports.workflow import Status
from tests.factories import ContactPersonFactory
from tests.reports.october import NAMES, TEXTS, approved, log_october

pytestmark = pytest.mark.usefixtures("undrawn")

SENT_AT = datetime(2026, 11, 16, 7, 5, tzinfo=UTC)


@pytest.fixture
def report(mediator, coordinator):
    log_october(mediator)
    return approved(mediator, coordinator)


@pytest.fixture
def link(report, coordinator):
    return linked(report, coordinator)


def linked(report, coordinator):
    """A delivery whose mail was sent at 9.05 in Riga, and its token."""
    ContactPersonFactory(municipality=report.municipality)
    with time_machine.travel(SENT_AT, tick=False):
        [delivery] = services.request_delivery(report, by=coordinator)
        token = delivery.claim()
        services._note_sent(delivery)
    delivery.refresh_from_db()
    return delivery, token


@pytest.fixture(autouse=True)
def in_november():
    with time_machine.travel(SENT_AT + timedelta(minutes=1)):
        yield


def address(token, name="public"):
    return reverse(f"reports:{name}", args=[token])


def words(response):
    text = re.sub("<[^>]+>", " ", response.content.decode())
    return " ".join(text.replace("\N{NO-BREAK SPACE}", " ").split())


def test_one_address_opens_no_more_links_than_a_mail_gateway_would(
    client, link, monkeypatch
):
    monkeypatch.setattr("mediators.links.OPENINGS", 3)
    with time_machine.travel(SENT_AT + timedelta(minutes=1), tick=False):
        answers = [client.get(address(link[1])).status_code for _ in range(4)]

    assert answers == [200, 200, 200, 429]


def test_the_link_opens_the_report_without_an_account(client, link):
    response = client.get(address(link[1]))

    text = words(response)
    assert "Oktobrī mediatore strādāja ar 3 ģimenēm" in text
    assert "Vajadzīgs jūsu atbalsts" in text
    assert "Apstiprināt saņemšanu" in text
    for written in TEXTS.values():
        for line in written.splitlines():
            assert line in text
    for name in [*NAMES, "26123456", "Skolas iela", "Paraudziņa"]:
        assert name not in response.content.decode()


def test_the_page_is_latvian_whatever_the_cookie_says(client, link, settings):
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"

    response = client.get(address(link[1]))

    assert '<html lang="lv"' in response.content.decode()
    assert response["Content-Language"] == "lv"


@pytest.mark.parametrize("method", ["get", "head"])
@pytest.mark.parametrize("name", ["public", "acknowledge"])
def test_opening_the_link_confirms_nothing(client, link, method, name):
    getattr(client, method)(address(link[1], name), follow=True)

    link[0].refresh_from_db()
    assert link[0].acknowledged_at is None
    assert link[0].version.report.status == Status.SENT


@pytest.mark.parametrize("name", ["public", "public-pdf", "acknowledge"])
def test_nothing_of_a_link_stays_in_browsers_and_search_engines(client, link, name):
    for response in (
        client.get(address(link[1], name)),
        client.get(address("x" * 43, name)),
    ):
        assert "no-store" in response["Cache-Control"]
        assert response["Referrer-Policy"] == "no-referrer"
        assert "noindex" in response["X-Robots-Tag"]


def test_each_opening_is_in_the_audit(client, link):
    client.get(address(link[1]))

    entry = AuditEntry.objects.get(verb="link_view")
    assert (entry.actor, entry.object_id) == (None, str(link[0].pk))


def test_the_button_confirms_the_receipt_once_with_a_line_to_the_mediator(client, link):
    delivery, token = link

    response = client.post(
        address(token, "acknowledge"),
        {"remark": "Paldies, piešķirsim telpu!"},
        follow=True,
    )

    assert "Paldies! Saņemšana apstiprināta." in words(response)
    assert "Apstiprināt saņemšanu" not in words(response)
    delivery.refresh_from_db()
    assert delivery.acknowledged_at is not None
    report = delivery.version.report
    assert report.status == Status.RECEIVED
    event = report.events.last()
    assert (event.action, event.by) == ("confirm", None)
    assert event.comment == "Paldies, piešķirsim telpu!"


def test_a_second_press_says_when_it_was_already_confirmed(client, link):
    delivery, token = link
    with time_machine.travel(SENT_AT, tick=False):
        client.post(address(token, "acknowledge"))

    response = client.post(
        address(token, "acknowledge"), {"remark": "Vēlreiz"}, follow=True
    )

    assert "Saņemšana jau apstiprināta 16.11.2026. plkst. 9.05." in words(response)
    delivery.refresh_from_db()
    assert delivery.remark == ""
    assert delivery.acknowledged_at == SENT_AT
    assert AuditEntry.objects.filter(verb="acknowledge").count() == 1


def test_a_line_that_is_too_long_comes_back_with_a_word(client, link):
    response = client.post(address(link[1], "acknowledge"), {"remark": "ā" * 301})

    assert response.status_code == 422
    assert "ā" * 301 in response.content.decode()
    link[0].refresh_from_db()
    assert link[0].acknowledged_at is None


def test_the_button_works_in_a_browser_that_keeps_no_cookies(link):
    strict = Client(enforce_csrf_checks=True)

    response = strict.post(address(link[1], "acknowledge"), headers={"origin": "null"})

    assert response.status_code == 302
    link[0].refresh_from_db()
    assert link[0].acknowledged_at is not None


def test_mediator_and_coordinator_see_the_receipt(client, link, mediator, coordinator):
    client.post(address(link[1], "acknowledge"), {"remark": "Telpa būs."})

    for person in (mediator, coordinator):
        client.force_login(person)
        page = words(client.get(link[0].version.report.get_absolute_url(), follow=True))
        assert "Saņemšana apstiprināta 16.11.2026. plkst. 9.06" in page
        assert "Telpa būs." in page


def test_the_second_of_two_people_confirms_for_themselves(
    client, report, municipality, coordinator
):
    ContactPersonFactory.create_batch(2, municipality=municipality)
    tokens = []
    for delivery in services.request_delivery(report, by=coordinator):
        tokens.append(delivery.claim())
        services._note_sent(delivery)

    for token in tokens:
        client.post(address(token, "acknowledge"))

    assert Delivery.objects.exclude(acknowledged_at=None).count() == 2
    report.refresh_from_db()
    assert report.status == Status.RECEIVED
    assert [event.action for event in report.events.all()] == [
        "submit",
        "approve",
        "send",
        "confirm",
    ]


def test_a_receipt_proves_that_the_mail_arrived_even_if_that_was_not_noted(
    client, report, coordinator, municipality
):
    ContactPersonFactory(municipality=municipality)
    [delivery] = services.request_delivery(report, by=coordinator)
    token = delivery.claim()

    client.post(address(token, "acknowledge"))

    report.refresh_from_db()
    assert report.status == Status.RECEIVED


@pytest.mark.parametrize("name", ["public", "public-pdf"])
def test_an_unknown_link_and_an_old_one_show_the_same_friendly_page(client, link, name):
    unknown = client.get(address("x" * 43, name))
    with time_machine.travel(SENT_AT + timedelta(days=14, seconds=1)):
        old = client.get(address(link[1], name))
        late = client.post(address(link[1], "acknowledge"))

    assert (unknown.status_code, old.status_code, late.status_code) == (404, 410, 410)
    for response in (unknown, old, late):
        assert "Palūdziet koordinatorei jaunu saiti." in words(response)
    assert unknown.content == old.content
    link[0].refresh_from_db()
    assert link[0].acknowledged_at is None


def test_a_link_works_to_the_end_of_its_fourteenth_day(client, link):
    with time_machine.travel(SENT_AT + timedelta(days=14, seconds=-5)):
        assert client.get(address(link[1])).status_code == 200


def test_a_new_version_ends_the_links_to_the_old_one(client, link, coordinator):
    services.freeze(link[0].version.report, by=coordinator)

    assert client.get(address(link[1])).status_code == 410


def test_the_pdf_is_behind_the_link_as_soon_as_it_is_there(client, link, run_tasks):
    assert client.get(address(link[1], "public-pdf")).status_code == 302
    assert "PDF" not in words(client.get(address(link[1])))

    services.make_pdf(link[0].version)

    response = client.get(address(link[1], "public-pdf"))
    assert response.getvalue().startswith(b"%PDF")
    assert "attachment" in response["Content-Disposition"]


def test_a_stale_page_cannot_confirm_a_second_time(link):
    first, second = (Delivery.objects.get(pk=link[0].pk) for _page in range(2))

    assert services.acknowledge(first, remark="Pirmais") is True
    assert services.acknowledge(second, remark="Otrais") is False
    assert second.remark == "Pirmais"


@pytest.mark.django_db(transaction=True)
def test_of_presses_at_the_same_moment_one_counts(mediator, coordinator):
    delivery, _token = linked(approved(mediator, coordinator), coordinator)
    barrier, answers = threading.Barrier(4), []

    def press():
        mine = Delivery.objects.get(pk=delivery.pk)
        barrier.wait()
        answers.append(patiently(services.acknowledge, mine))
        connections.close_all()

    presses = [threading.Thread(target=press) for _number in range(4)]
    for thread in presses:
        thread.start()
    for thread in presses:
        thread.join()

    assert sorted(answers) == [False, False, False, True]
    assert delivery.version.report.events.filter(action="confirm").count() == 1


def patiently(act, *args):
    """A database in memory refuses at once what a file would let wait."""
    for _attempt in range(2000):
        try:
            return act(*args)
        except OperationalError:
            time.sleep(0.02)
    raise AssertionError("The database stayed locked")


# Logs


def test_the_logs_do_not_show_a_token(client, link):
    [console] = [
        handler
        for handler in logging.root.handlers
        if any(isinstance(wanted, HideLinks) for wanted in handler.filters)
    ]
    before, lines = console.setStream(io.StringIO()), console.stream
    try:
        client.get(address("y" * 43))
        logging.getLogger("django.server").info(
            '"%s" %s %s', f"GET {address(link[1])} HTTP/1.1", "200", "5316"
        )
    finally:
        lines = console.setStream(before)

    assert "/s/…" in lines.getvalue()
    assert link[1] not in lines.getvalue()
    assert "y" * 43 not in lines.getvalue()


# The check of a code


def check(client, code):
    return client.get(reverse("reports:verify-code", args=[code]))


def test_a_genuine_code_shows_version_and_fingerprint_and_nothing_else(client, report):
    version = report.versions.get()

    response = check(client, version.code)

    text = words(response)
    assert "Šāds dokuments ir izdots, 1. redakcija." in text
    assert version.sha256[:16] in text
    assert version.sha256[:17] not in text
    for content in ["Upesciem", "oktobr", "Vītola", "Kronberga", "UPC-2026-10"]:
        assert content not in text


@pytest.mark.parametrize("code", ["8KQ2-M4TF", "nonsense", "x" * 60])
def test_an_unknown_code_is_answered_kindly(client, db, code):
    response = check(client, code)

    assert response.status_code == 404
    assert "Dokuments ar šādu kodu nav izdots." in words(response)


@pytest.mark.parametrize("change", [str.lower, lambda code: code.replace("-", " ")])
def test_a_code_may_be_typed_carelessly(client, report, change):
    version = report.versions.get()

    response = client.get(reverse("reports:verify"), {"code": change(version.code)})

    assert response["Location"] == reverse("reports:verify-code", args=[version.code])


def test_a_code_of_the_wrong_length_is_explained(client, db):
    response = client.get(reverse("reports:verify"), {"code": "8KQ2"})

    assert response.status_code == 422
    assert "Kodā ir astoņi burti un cipari." in words(response)
    assert client.get(reverse("reports:verify")).status_code == 200


def test_the_check_tells_of_a_newer_version(client, report, coordinator):
    first = report.versions.get()
    assert "jaunāka redakcija" not in words(check(client, first.code))

    services.freeze(report, by=coordinator)

    assert "Vēlāk ir izdota jaunāka redakcija." in words(check(client, first.code))
