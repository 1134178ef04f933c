"""The headers of every kind of answer, reviewed word by word in ``tests/headers.toml``."""

import logging
import re
import tomllib
from datetime import date
from hashlib import sha256
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse

from config import views
from reports.services import review
from tests.factories import (
    ApiTokenFactory,
    CalendarFeedFactory,
    MonthlyReportFactory,
)

REVIEWED = tomllib.loads(Path(__file__).with_name("headers.toml").read_text())
OF_ONE_ANSWER = {"Content-Length", "Last-Modified", "Expires", "Date", "ETag", "Link"}


def security_headers(response):
    """What a browser is told; directives in the order of the alphabet."""
    told = {
        name: value
        for name, value in response.headers.items()
        if name not in OF_ONE_ANSWER
    }
    assert re.fullmatch("[0-9a-f]{12}", told.pop("X-Request-Id"))
    policy = told["Content-Security-Policy"].split("; ")
    told["Content-Security-Policy"] = "; ".join(sorted(policy))
    return told


@pytest.fixture
def version(mediator, coordinator, municipality):
    """An approved report whose PDF is stored."""
    report = MonthlyReportFactory(
        municipality=municipality,
        mediator=mediator,
        month=date(2026, 9, 1),
        sections="Divas ģimenes.",
    )
    review.submit(report, by=mediator)
    version = review.approve(report, by=coordinator)
    version.pdf.save("atskaite.pdf", ContentFile(b"%PDF"), save=False)
    version.pdf_sha256 = sha256(b"%PDF").hexdigest()
    version.save()
    return version


@pytest.fixture
def answers(client, mediator, version, settings):
    """One answer of each kind, as an installation with https sends them."""
    settings.SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60
    settings.SECURE_HSTS_INCLUDE_SUBDOMAINS = settings.SECURE_HSTS_PRELOAD = True
    settings.SECURE_SSL_REDIRECT = True
    settings.WHITENOISE_AUTOREFRESH = settings.WHITENOISE_USE_FINDERS = True
    CalendarFeedFactory(mediator=mediator, token="t" * 43)
    ApiTokenFactory(token="t" * 43)

    def ask(method="get", address="/", **options):
        return getattr(client, method)(address, secure=True, **options)

    found = {
        "page of a stranger": ask(address=reverse("help")),
        "page behind a link": ask(address="/s/unknown/"),
        "calendar": ask(address=reverse("cases:calendar-feed", args=["t" * 43])),
        "numbers for programs": ask(
            address=reverse("reports:api-openapi"),
            headers={"Authorization": f"Bearer {'t' * 43}"},
        ),
        "service worker": ask(address=reverse("offline:worker")),
        "static file": ask(address="/static/css/theme.css"),
        "problem": ask(address="/tadas-lapas-nav/"),
        "machine": ask(address="/healthz"),
    }
    client.force_login(mediator)
    found |= {
        "page of a mediator": ask(address=reverse("settings")),
        "JSON": ask(address=reverse("offline:device")),
        "refused method": ask("post", address=reverse("help")),
        "PDF": ask(address=reverse("reports:pdf", args=version.report.url_args)),
    }
    for kind in ("static file", "PDF"):
        found[kind].close()
    return found


def test_every_kind_of_answer_carries_the_reviewed_headers(answers):
    everywhere = REVIEWED["everywhere"]

    told = {kind: security_headers(answer) for kind, answer in answers.items()}

    assert told == {kind: everywhere | REVIEWED[kind] for kind in answers}


def test_every_text_names_its_encoding(client, db, settings):
    settings.WHITENOISE_AUTOREFRESH = settings.WHITENOISE_USE_FINDERS = True

    for address in (
        *("/", "/healthz", "/readyz", "/.well-known/security.txt", "/sw.js"),
        *("/static/img/tilts.svg", "/static/js/phone/names.js"),
    ):
        answer = client.get(address)
        answer.close()
        assert "charset=" in answer["Content-Type"], address


def test_a_policy_allows_nothing_inline_and_nobody_else():
    policy = REVIEWED["everywhere"]["Content-Security-Policy"]

    assert "unsafe" not in policy
    assert "//" not in policy
    assert "default-src 'none'" in policy


def test_a_report_of_the_browser_leaves_the_name_of_the_rule_and_nothing_else(
    client, caplog, monkeypatch
):
    monkeypatch.setattr(views, "told_at", {})
    told = (
        '{"csp-report": {"effective-directive": "script-src-elem",'
        ' "document-uri": "https://x/gimenes/?q=Kārkliņi", "script-sample": "Kārkliņi"}}'
    )

    for body in (told, "no json", "[]", '{"csp-report": {"violated-directive": 7}}'):
        answer = client.post("/csp", body, content_type="application/csp-report")
        assert answer.status_code == 204

    rules = [line.facts for line in caplog.records if line.name == "tilts.csp"]
    assert rules == [{"rule": "script-src"}, {"rule": "unknown"}]


def test_reports_of_browsers_do_not_flood_the_log(client, caplog, monkeypatch):
    monkeypatch.setattr(views, "told_at", {})
    caplog.set_level(logging.INFO)
    now = 1000.0
    monkeypatch.setattr(views.time, "monotonic", lambda: now)
    for _number in range(50):
        client.post("/csp", "no json", content_type="application/csp-report")
    now += views.TOLD_EVERY
    client.post("/csp", "no json", content_type="application/csp-report")

    names = [line.name for line in caplog.records]
    assert names == ["tilts.csp", "tilts.csp"]


@pytest.mark.parametrize("who", ["nobody", "mediator"])
def test_a_refused_method_is_never_stored(client, mediator, who):
    if who == "mediator":
        client.force_login(mediator)

    for answer in (client.post("/palidziba/"), client.put("/api/v1/results/")):
        assert answer.status_code == 405
        assert "no-store" in answer["Cache-Control"]
