"""PDF and sending as people meet them: pages, files, the command."""

import io

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from privacy.models import AuditEntry
from reports import pdf
from reports.models import Delivery
from tests.factories import ContactPersonFactory
from tests.reports.october import approved, draft, log_october

pytestmark = pytest.mark.slow


@pytest.fixture
def report(mediator, coordinator):
    log_october(mediator)
    return approved(mediator, coordinator)


# The pages


def address(report, name="pdf", *args):
    return reverse(f"reports:{name}", args=[*report.url_args, *args])


def test_the_stored_pdf_is_handed_out_as_a_file(client, report, mediator, run_tasks):
    run_tasks()
    client.force_login(mediator)

    response = client.get(address(report))

    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"] == (
        'attachment; filename="Atskaite_Upesciems_2026-10_v1.pdf"'
    )
    assert "no-store" in response["Cache-Control"]
    assert response.getvalue() == report.versions.get().pdf.read()
    entry = AuditEntry.objects.get(verb="pdf")
    assert (entry.actor, entry.detail) == (mediator.pk, {"version": 1})
    again = client.get(address(report, "pdf-version", 1))
    assert again.getvalue().startswith(b"%PDF")


def test_a_pdf_that_is_not_ready_sends_back_to_the_report(client, report, mediator):
    client.force_login(mediator)

    response = client.get(address(report))

    assert response.status_code == 302
    assert response["Location"] == report.get_absolute_url()


def test_a_draft_is_previewed_without_being_kept(client, mediator):
    report = draft(mediator)
    client.force_login(mediator)

    response = client.get(address(report))

    assert response.content.startswith(b"%PDF")
    assert response["Content-Disposition"] == (
        'inline; filename="Atskaite_Upesciems_2026-10_melnraksts.pdf"'
    )
    assert not report.versions.exists()


def test_a_preview_that_fails_is_told_and_leaves_its_cause_in_the_log(
    client, mediator, monkeypatch, caplog
):
    def spoilt(*_args, **_kwargs):
        return '<img alt="" src="https://tilts.example/x.png">'

    report = draft(mediator)
    client.force_login(mediator)
    monkeypatch.setattr(pdf, "report_html", spoilt)

    response = client.get(address(report), follow=True)

    assert "Priekšskatījumu neizdevās" in response.content.decode()
    [logged] = [one for one in caplog.records if str(report.pk) in one.getMessage()]
    assert "something from outside" in str(logged.exc_info[1])


@pytest.mark.parametrize("name", ["pdf", "send"])
def test_who_may_not_see_a_report_gets_no_pdf_and_cannot_send(
    client, report, outsider, name
):
    client.force_login(outsider)

    assert client.get(address(report, name)).status_code == 404
    assert client.get(address(report, "pdf-version", 1)).status_code == 404


def test_the_coordinator_sees_who_will_receive_the_report_and_sends_it(
    client, report, coordinator, contact, post, run_tasks
):
    client.force_login(coordinator)

    page = client.get(address(report, "send")).content.decode()
    assert contact.name in page
    assert contact.email in page

    response = client.post(address(report, "send"), {"people": [contact.pk]})
    assert response.status_code == 302
    run_tasks()
    assert len(post.mails) == 1
    assert AuditEntry.objects.filter(verb="send", actor=coordinator.pk).exists()


def test_the_second_window_is_told_that_the_report_was_just_sent(
    client, report, coordinator, contact, post, run_tasks
):
    client.force_login(coordinator)
    client.post(address(report, "send"), {"people": [contact.pk]})
    run_tasks()

    response = client.post(address(report, "send"), {"people": [contact.pk]})

    assert response.status_code == 422
    assert "pirms mazāk nekā divām minūtēm" in response.content.decode()


def test_it_is_told_who_gets_no_second_mail_beside_those_who_get_one(
    client, report, coordinator, contact, post, run_tasks
):
    client.force_login(coordinator)
    client.post(address(report, "send"), {"people": [contact.pk]})
    run_tasks()
    late = ContactPersonFactory(municipality=report.municipality)

    sent = {"people": [contact.pk, late.pk]}
    page = client.post(address(report, "send"), sent, follow=True).content.decode()

    assert "1 cilvēkam atskaite nosūtīta pirms mazāk nekā divām minūtēm" in page


def test_sending_to_nobody_says_what_is_missing(client, report, coordinator):
    client.force_login(coordinator)

    response = client.post(address(report, "send"))

    assert response.status_code == 422
    assert "pašvaldībai nav kontaktpersonas" in response.content.decode()


def test_the_mediator_cannot_send(client, report, mediator, contact):
    client.force_login(mediator)

    assert client.post(address(report, "send")).status_code == 404
    assert not Delivery.objects.exists()


# The command


def render(report, out, **options):
    output = io.StringIO()
    arguments = {"mediator": report.mediator.email, "month": "2026-10", "out": out}
    call_command("render_report", **(arguments | options), stdout=output)
    return output.getvalue()


def test_the_command_writes_the_stored_pdf_and_makes_it_when_missing(report, tmp_path):
    out = tmp_path / "report.pdf"

    said = render(report, out)

    version = report.versions.get()
    assert out.read_bytes() == version.pdf.read()
    assert f"version 1, code {version.code}" in said


def test_the_command_writes_the_preview_of_a_draft(mediator, tmp_path):
    out = tmp_path / "draft.pdf"

    assert "draft" in render(draft(mediator), out)

    assert out.read_bytes().startswith(b"%PDF")


@pytest.mark.parametrize(
    ("options", "code", "words"),
    [
        ({"month": "2026-13"}, 2, "YYYY-MM"),
        ({"mediator": "nobody@example.test"}, 2, "no account"),
        ({"month": "2020-01"}, 1, "no report"),
        ({"municipality": "XYZ"}, 1, "no report"),
        ({"out": None}, 1, "cannot be written"),
    ],
)
def test_the_command_says_what_is_wrong(mediator, tmp_path, options, code, words):
    report = draft(mediator)
    if "out" in options:
        options = {"out": tmp_path / "missing" / "report.pdf"}
    else:
        options = {"out": tmp_path / "report.pdf"} | options

    with pytest.raises(CommandError, match=words) as error:
        render(report, **options)

    assert error.value.returncode == code
