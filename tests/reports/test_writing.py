"""The mediator's pages: the parts, the check, handing in."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from privacy.models import AuditEntry
from reports.models import Comment
from reports.reading import parts_of
from reports.sections import BY_SLUG, NARRATIVE
from reports.services import review
from reports.workflow import Status
from tests.factories import MonthlyReportFactory, VisitFactory
from tests.reports.october import draft, log_october

LIMITS = [(section.slug, section.max_length) for section in NARRATIVE]


@pytest.fixture(autouse=True)
def november(time_machine):
    time_machine.move_to("2026-11-03 10:00 +0200")


@pytest.fixture
def report(client, mediator):
    log_october(mediator)
    client.force_login(mediator)
    return draft(mediator)


@pytest.fixture
def returned(report, mediator, coordinator):
    review.submit(report, by=mediator)
    Comment.objects.create(
        report=report, section="hardest", author=coordinator, text="Kad tas bija?"
    )
    review.return_for_correction(report, by=coordinator)
    return report


def address(report, name="report", *args):
    return reverse(f"reports:{name}", args=[*report.url_args, *args])


def text_of(report, key):
    return report.sections.get(key=key).text


PAGES = ["report", "figures", "support", "check", "history"]


@pytest.mark.parametrize("name", PAGES)
def test_every_page_of_a_draft_opens_and_is_audited(client, report, name):
    response = client.get(address(report, name))

    assert response.status_code == 200
    entry = AuditEntry.objects.order_by("seq").last()
    assert (entry.verb, entry.object_id) == ("read", str(report.pk))


@pytest.mark.parametrize("section", NARRATIVE, ids=lambda section: section.slug)
def test_every_part_opens_under_its_address(client, report, section):
    response = client.get(address(report, "section", section.slug))

    assert response.status_code == 200
    assert response.context["section"].key == section.key


def test_looking_changes_nothing(client, report):
    before = list(report.sections.values("text", "is_finished", "updated_at"))

    for name in PAGES:
        client.get(address(report, name))

    assert list(report.sections.values("text", "is_finished", "updated_at")) == before


def test_a_saved_part_is_kept_and_the_others_are_untouched(client, report):
    others = {s.key: s.text for s in report.sections.exclude(key="hardest")}

    response = client.post(
        address(report, "section", "sarezgitakais"),
        {"text": "Jauns teksts.\r\nOtra rinda.", "is_finished": "on"},
    )

    section = report.sections.get(key="hardest")
    assert response.url == report.get_absolute_url()
    assert (section.text, section.is_finished) == ("Jauns teksts.\nOtra rinda.", True)
    assert {s.key: s.text for s in report.sections.exclude(key="hardest")} == others


@pytest.mark.parametrize("slug", ["virzieni", "inovacija"])
def test_directions_and_innovation_are_told_in_own_words(client, report, slug):
    words = "Vispirms pirmsskola: trīs ģimenes gribēja zināt, kā pieteikties."

    client.post(address(report, "section", slug), {"text": words})

    assert report.sections.get(key=BY_SLUG[slug].key).text == words
    assert words in client.get(address(report, "section", slug)).text


@pytest.mark.parametrize(("slug", "limit"), LIMITS)
def test_the_limit_counts_letters_and_line_ends_once(client, report, slug, limit):
    # A letter with its mark, an emoji and a line end of a browser are one each.
    text = ("a\u0304" + "😀" + "\r\n" + "x" * limit)[: limit + 2]
    line = "x" * 100
    if slug == "plani":
        text = "\r\n".join([line] * 5)

    response = client.post(address(report, "section", slug), {"text": text})

    assert response.status_code == 302


@pytest.mark.parametrize(("slug", "limit"), LIMITS)
def test_a_text_that_is_too_long_is_refused_and_stays_whole(
    client, report, slug, limit
):
    text = "ā" * (limit + 1)

    response = client.post(address(report, "section", slug), {"text": text})

    assert response.status_code == 422
    assert text in response.content.decode()
    assert response.context["form"].errors["text"]


@pytest.mark.parametrize(
    "text",
    ["Kods 010190-12345", "Nulle \0 iekšā", "x" * 10_000],
    ids=["personal code", "NUL", "10 000 characters"],
)
def test_what_may_not_be_stored_is_refused_and_nothing_else_is_lost(
    client, report, text
):
    before = text_of(report, "hardest")

    response = client.post(
        address(report, "section", "sarezgitakais"), {"text": text, "is_finished": "on"}
    )

    assert response.status_code == 422
    assert text_of(report, "hardest") == before
    assert response.context["form"]["is_finished"].value()


def test_emoji_and_markup_are_kept_as_typed_and_shown_as_text(client, report):
    text = "Izdevās 😀 <script>alert(1)</script> {% now %}"

    client.post(address(report, "section", "rezultats"), {"text": text})

    assert text_of(report, "positive") == text
    page = client.get(address(report, "check")).content.decode()
    assert "&lt;script&gt;alert(1)&lt;/script&gt; {% now %}" in page


def test_the_plan_has_five_lines_of_120_letters(client, report):
    def status(*lines):
        return client.post(
            address(report, "section", "plani"), {"text": "\n".join(lines)}
        ).status_code

    assert status(*"12345") == 302
    assert status("1", "", "2", "3", "4", "5") == 302
    assert status(*"123456") == 422
    assert status("x" * 121) == 422


def test_a_part_may_be_saved_empty_while_the_report_is_written(client, report):
    assert (
        client.post(address(report, "section", "virzieni"), {"text": ""}).status_code
        == 302
    )


def test_changed_words_are_read_again_and_unchanged_ones_are_not(client, report):
    report.sections.update(is_accepted=True)

    client.post(address(report, "section", "virzieni"), {"text": "Citi vārdi."})
    client.post(
        address(report, "section", "rezultats"), {"text": text_of(report, "positive")}
    )

    accepted = dict(report.sections.values_list("key", "is_accepted"))
    assert (accepted["directions"], accepted["positive"]) == (False, True)


def test_a_text_from_a_second_tab_after_handing_in_is_shown_but_not_saved(
    client, report, mediator
):
    review.submit(report, by=mediator)
    before = text_of(report, "hardest")

    response = client.post(
        address(report, "section", "sarezgitakais"), {"text": "No otras cilnes."}
    )

    assert response.status_code == 422
    assert "No otras cilnes." in response.content.decode()
    assert text_of(report, "hardest") == before


@pytest.mark.parametrize("name", ["figures", "support", "check"])
def test_a_report_that_was_handed_in_is_only_read(client, report, mediator, name):
    review.submit(report, by=mediator)

    assert client.get(address(report, name)).url == report.get_absolute_url()
    assert client.get(report.get_absolute_url()).status_code == 200


def test_the_answer_of_the_last_report_is_at_hand(client, report, mediator):
    MonthlyReportFactory(
        mediator=mediator,
        municipality=report.municipality,
        month=date(2026, 8, 1),
        status=Status.RECEIVED,
        sections="Augusta teksts.",
    )

    response = client.get(address(report, "section", "virzieni"))

    assert response.context["before"].text == "Augusta teksts."


def test_an_answer_is_kept_together_with_the_text(client, returned):
    client.post(
        address(returned, "section", "sarezgitakais"),
        {"text": "Labots teksts.", "answer": "Tas bija 6. oktobrī."},
    )

    question, answer = returned.comments.all()
    assert text_of(returned, "hardest") == "Labots teksts."
    assert (question.is_open, answer.text, answer.is_of_the_mediator) == (
        False,
        "Tas bija 6. oktobrī.",
        True,
    )


def test_a_correction_is_answered_with_one_button(client, returned):
    client.post(
        address(returned, "section", "sarezgitakais"),
        {"text": "Labots.", "corrected": "1"},
    )

    question, answer = returned.comments.all()
    assert (question.is_open, answer.is_open) == (False, False)


def test_saving_without_an_answer_leaves_the_question_open(client, returned):
    client.post(address(returned, "section", "sarezgitakais"), {"text": "Labots."})

    assert [comment.is_open for comment in returned.comments.all()] == [True]


def test_a_refused_answer_is_not_given_but_kept_and_so_is_the_text(client, returned):
    response = client.post(
        address(returned, "section", "sarezgitakais"),
        {"text": "Labots teksts.", "answer": "Kārkliņu mamma teica."},
    )

    again = client.get(address(returned, "section", "sarezgitakais"))
    assert response.status_code == 422
    assert text_of(returned, "hardest") == "Labots teksts."
    assert again.context["answer"]["answer"].value() == "Kārkliņu mamma teica."
    assert [comment.is_open for comment in returned.comments.all()] == [True]


def test_figures_are_answered_on_their_page(client, returned, coordinator):
    Comment.objects.create(
        report=returned, section="figures", author=coordinator, text="Kāpēc 5?"
    )

    client.post(address(returned, "figures"), {"answer": "Biju slima."})

    assert [c.is_open for c in returned.comments.filter(section="figures")] == [
        False,
        False,
    ]


def test_parts_tell_how_far_they_are(returned, mediator):
    section = returned.sections.get(key="positive")
    section.is_finished = True
    section.save()

    colours = {part.key: part.writing_state.colour for part in parts_of(returned)}

    assert colours == {
        "figures": "",
        "directions": "grey",
        "hardest": "amber",
        "innovation": "",
        "positive": "green",
        "plans": "grey",
        "support": "grey",
    }


def test_a_colleague_and_a_stranger_find_no_report(client, report, colleague, outsider):
    for person in (colleague, outsider):
        client.force_login(person)
        for name in [*PAGES, "review", "approve"]:
            assert client.get(address(report, name)).status_code == 404
        body = {"action": "submit"}
        assert client.post(address(report, "action"), body).status_code == 404


def test_a_coordinator_does_not_see_a_draft(client, report, coordinator):
    client.force_login(coordinator)

    for name in [*PAGES, "review"]:
        assert client.get(address(report, name)).status_code == 404


@pytest.mark.parametrize("name", ["report", "figures", "check"])
def test_a_page_takes_the_same_queries_however_long_the_log(client, report, name):
    def queries():
        with CaptureQueriesContext(connection) as captured:
            client.get(address(report, name))
        return len(captured)

    queries()
    few = queries()
    for day in (12, 13, 14):
        VisitFactory(
            mediator=report.mediator,
            municipality=report.municipality,
            visited_on=date(2026, 10, day),
        )

    assert queries() == few
