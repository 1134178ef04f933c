"""Words are kept while they are written: none lost, none written over unseen."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from privacy.models import AuditEntry
from reports.models import Comment
from reports.services import review
from reports.services.review import unready_sections
from reports.workflow import Status
from tests.reports.october import draft, log_october

TEXT_OF_TWO_WINDOWS = "Teksts no otra loga."


@pytest.fixture(autouse=True)
def november(time_machine):
    time_machine.move_to("2026-11-03 14:05 +0200", tick=False)


@pytest.fixture
def report(client, mediator):
    log_october(mediator)
    client.force_login(mediator)
    return draft(mediator)


def address(report, name="section", part="sarezgitakais"):
    args = [*report.url_args, *([part] if name == "section" else [])]
    return reverse(f"reports:{name}", args=args)


def keep(client, url, body):
    """As the script of the page does."""
    return client.post(url, body, headers={"accept": "application/json"})


def text_of(report, key="hardest"):
    return report.sections.get(key=key).text


def test_words_are_kept_and_the_page_is_told_when(client, report):
    answer = keep(client, address(report), {"text": "Vēl rakstu"}).json()

    assert (answer["kept"], answer["at"], answer["problems"]) == (True, "14.05", [])
    assert text_of(report) == "Vēl rakstu"
    assert not report.comments.exists()


@pytest.mark.parametrize(
    ("part", "key", "text"),
    [
        ("sarezgitakais", "hardest", "ā" * 700),
        ("plani", "plans", "\n".join("123456")),
        ("plani", "plans", "x" * 121),
    ],
    ids=["too long", "too many lines", "a long line"],
)
def test_what_does_not_fit_is_kept_but_not_handed_in(client, report, part, key, text):
    answer = keep(client, address(report, part=part), {"text": text}).json()

    check = client.get(address(report, "check"))
    client.post(address(report, "action"), {"action": "submit"})

    report.refresh_from_db()
    assert answer["kept"]
    assert text_of(report, key) == text
    assert [one.section.key for one in unready_sections(report)] == [key]
    assert address(report, part=part) in check.content.decode()
    assert report.status == Status.DRAFT


def test_an_ask_that_is_not_complete_is_kept_but_not_handed_in(client, report):
    body = {"asks-0-kind": "", "asks-0-text": "Telpa sarunām", "asks-0-due_on": ""}
    report.asks.all().delete()

    first = keep(client, address(report, "support"), body).json()
    keep(client, address(report, "support"), body | {"asks-0-text": "Telpa"})

    assert first["kept"]
    assert report.asks.get().text == "Telpa"
    assert [one.section.key for one in unready_sections(report)] == ["support"]


@pytest.mark.parametrize(
    "text", ["Kods 010190-12345", "x" * 3001], ids=["personal code", "endless"]
)
def test_what_may_not_be_stored_is_said(client, report, text):
    before = text_of(report)

    answer = keep(client, address(report), {"text": text}).json()

    assert (answer["kept"], text_of(report)) == (False, before)
    assert answer["problems"][0]


def test_one_bad_ask_keeps_neither_the_others_nor_the_answer_from_being_kept(
    client, report, mediator, coordinator
):
    review.submit(report, by=mediator)
    Comment.objects.create(
        report=report, section="support", author=coordinator, text="Kam?"
    )
    review.return_for_correction(report, by=coordinator)
    body = {
        "asks-0-kind": "room",
        "asks-0-text": "Kods 010190-12345",
        "asks-1-kind": "hours",
        "asks-1-text": "Vairāk stundu",
        "answer": "Ozolu ģimenei",
    }

    answer = keep(client, address(report, "support"), body).json()

    assert not answer["kept"]
    assert [ask.text for ask in report.asks.all()][1] == "Vairāk stundu"
    assert report.sections.get(key="support").answer == "Ozolu ģimenei"
    # Kept, and not given: it names a family, and nobody has pressed the button
    assert report.comments.count() == 1


def test_of_a_returned_report_others_see_what_was_given_back(
    client, report, mediator, coordinator
):
    review.submit(report, by=mediator)
    Comment.objects.create(
        report=report, section="hardest", author=coordinator, text="Kad?"
    )
    review.return_for_correction(report, by=coordinator)
    before = text_of(report)
    keep(client, address(report), {"text": "Kārkliņu mamma"})
    body = {"asks-0-kind": "room", "asks-0-text": "Telpa Kārkliņiem"}
    keep(client, address(report, "support"), body)

    client.force_login(coordinator)
    page = client.get(address(report, "review")).content.decode()
    preview = client.get(address(report, "pdf"))

    assert "Kārkliņ" not in page
    assert before in page
    assert "Lūgums numur 1" in page
    assert preview.url == address(report, "review")


@pytest.mark.parametrize("accept", ["application/json", "text/html"])
def test_what_another_window_has_stored_is_not_written_over(client, report, accept):
    url = address(report)
    mark = client.get(url).context["form"].mark
    keep(client, url, {"text": TEXT_OF_TWO_WINDOWS, "text_seen": mark})
    mine = {"text": "Mans teksts.", "text_seen": mark}

    refused = client.post(url, mine, headers={"accept": accept})

    assert text_of(report) == TEXT_OF_TWO_WINDOWS
    if accept == "text/html":
        page = refused.content.decode()
        assert refused.status_code == 409
        assert "Mans teksts." in page
        assert TEXT_OF_TWO_WINDOWS in page
        mark = refused.context["form"].mark
    else:
        [form, _answer] = refused.json()["forms"]
        assert form["stored"] == {"text": TEXT_OF_TWO_WINDOWS}
        mark = form["mark"]

    client.post(url, mine | {"text_seen": mark})
    assert text_of(report) == "Mans teksts."


def test_the_same_words_from_two_windows_are_no_quarrel(client, report):
    url = address(report)
    mark = client.get(url).context["form"].mark
    keep(client, url, {"text": "Tas pats.", "text_seen": mark})

    again = client.post(url, {"text": "Tas pats.", "text_seen": mark})

    assert again.status_code == 302


def test_after_handing_in_nothing_is_kept_and_the_page_is_told_why(
    client, report, mediator
):
    review.submit(report, by=mediator)
    before = text_of(report)

    answer = keep(client, address(report), {"text": "Par vēlu"}).json()

    assert (answer["kept"], text_of(report)) == (False, before)
    assert answer["problems"]


def test_ten_minutes_of_writing_are_one_entry_of_the_audit(
    client, report, time_machine
):
    def entries():
        return AuditEntry.objects.filter(detail__is_being_written=True).count()

    for text in ("a", "ab", "abc"):
        keep(client, address(report), {"text": text})
    keep(client, address(report, part="virzieni"), {"text": "Cita daļa"})
    assert entries() == 2

    time_machine.move_to(timezone.now() + timedelta(minutes=11))
    keep(client, address(report), {"text": "abcd"})
    assert entries() == 3


def test_who_is_not_signed_in_and_who_is_not_the_author_keeps_nothing(
    client, report, colleague
):
    before = text_of(report)
    client.logout()
    assert keep(client, address(report), {"text": "Svešs"}).status_code == 401

    client.force_login(colleague)
    assert keep(client, address(report), {"text": "Svešs"}).status_code == 404
    assert text_of(report) == before
