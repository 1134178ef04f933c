"""The mediator's pages: the parts, the check, handing in."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cases.models import ClosedMonth
from mediators.models import Role, User
from privacy.models import AuditEntry
from reports.announcements import hand_in_label, handed_in
from reports.models import Ask, Comment, MonthlyReport
from reports.reading import parts_of
from reports.sections import NARRATIVE
from reports.services import review
from reports.workflow import Status
from tests.factories import MonthlyReportFactory, UserFactory, VisitFactory
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


def asks(*rows, initial=0):
    """The body of the page of asks: dictionaries without their prefix."""
    body = {
        "asks-TOTAL_FORMS": "3",
        "asks-INITIAL_FORMS": str(initial),
        "asks-MIN_NUM_FORMS": "0",
        "asks-MAX_NUM_FORMS": "3",
    }
    for number, row in enumerate(rows):
        body |= {f"asks-{number}-{name}": value for name, value in row.items()}
    return body


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


def test_only_starred_entries_are_offered_from_the_log(client, report, mediator):
    VisitFactory(
        mediator=mediator,
        municipality=report.municipality,
        visited_on=date(2026, 10, 12),
        highlight=True,
    )

    starred = client.get(address(report, "section", "virzieni")).context["starred"]

    assert [entry.visited_on.day for entry in starred] == [12]


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


def test_asks_are_written_changed_and_deleted_on_one_page(client, mediator):
    log_october(mediator)
    client.force_login(mediator)
    report = draft(mediator, asks=0)
    first = {"kind": "room", "text": "Telpa sarunām", "due_on": "2026-11-30"}
    second = {"kind": "hours", "text": "Vairāk stundu", "due_on": ""}

    client.post(address(report, "support"), asks(first, second))
    room, hours = report.asks.all()
    client.post(
        address(report, "support"),
        asks(
            first | {"id": str(room.pk), "text": "Telpa otrdienās"},
            second | {"id": str(hours.pk), "DELETE": "on"},
            initial=2,
        ),
    )

    [ask] = report.asks.all()
    assert (ask.pk, ask.text, ask.due_on) == (
        room.pk,
        "Telpa otrdienās",
        date(2026, 11, 30),
    )


@pytest.mark.parametrize(
    "wrong",
    [
        {"kind": "", "text": "Bez veida", "due_on": ""},
        {"kind": "palace", "text": "Nezināms veids", "due_on": ""},
        {"kind": "room", "text": "", "due_on": ""},
        {"kind": "room", "text": "x" * 201, "due_on": ""},
        {"kind": "room", "text": "Kods 010190-12345", "due_on": ""},
        {"kind": "room", "text": "Vakar", "due_on": "2026-11-02"},
    ],
    ids=["no kind", "unknown kind", "no text", "long", "personal code", "past"],
)
def test_one_wrong_ask_saves_none_and_loses_none(client, mediator, wrong):
    log_october(mediator)
    client.force_login(mediator)
    report = draft(mediator, asks=0)
    right = {"kind": "transport", "text": "Transports uz Rīgu", "due_on": ""}

    response = client.post(address(report, "support"), asks(right, wrong))

    assert response.status_code == 422
    assert "Transports uz Rīgu" in response.content.decode()
    assert not report.asks.exists()


def test_a_fourth_ask_is_refused(client, mediator):
    log_october(mediator)
    client.force_login(mediator)
    report = draft(mediator, asks=0)
    row = {"kind": "room", "text": "Telpa", "due_on": ""}
    body = asks(row, row, row, row) | {"asks-TOTAL_FORMS": "4"}

    assert client.post(address(report, "support"), body).status_code == 422
    assert not report.asks.exists()


def test_the_ask_of_somebody_else_is_not_changed_by_its_id(client, report, outsider):
    foreign = Ask.objects.create(
        report=MonthlyReportFactory(mediator=outsider), kind="room", text="Sveša"
    )
    row = {"id": str(foreign.pk), "kind": "room", "text": "Pārrakstīta", "due_on": ""}

    response = client.post(address(report, "support"), asks(row, initial=1))

    foreign.refresh_from_db()
    assert (response.status_code, foreign.text) == (422, "Sveša")
    assert "Pārrakstīta" in response.content.decode()
    assert report.asks.count() == 3


def test_an_ask_deleted_in_another_tab_does_not_come_back(client, report):
    ask = report.asks.first()
    row = {"id": str(ask.pk), "kind": "room", "text": "No otras cilnes", "due_on": ""}
    ask.delete()

    response = client.post(address(report, "support"), asks(row, initial=1))

    assert response.status_code == 422
    assert report.asks.count() == 2


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


def test_a_refused_answer_loses_neither_itself_nor_the_text(client, returned):
    response = client.post(
        address(returned, "section", "sarezgitakais"),
        {"text": "Labots teksts.", "answer": "Kārkliņu mamma teica."},
    )

    page = response.content.decode()
    assert response.status_code == 422
    assert "Labots teksts." in page
    assert "Kārkliņu mamma teica." in page
    assert text_of(returned, "hardest") != "Labots teksts."


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


def hand_in(client, report, **more):
    return client.post(address(report, "action"), {"action": "submit"} | more)


def test_handing_in_leads_back_to_the_report(client, report):
    response = hand_in(client, report)

    report.refresh_from_db()
    assert response.url == report.get_absolute_url()
    assert report.status == Status.SUBMITTED


def test_pressing_twice_hands_in_once(client, report):
    hand_in(client, report)
    second = hand_in(client, report)

    assert (second.status_code, second.url) == (302, report.get_absolute_url())
    assert report.events.count() == 1


def test_the_check_page_names_what_is_missing_and_what_is_named(client, mediator):
    log_october(mediator)
    client.force_login(mediator)
    report = draft(mediator, plans="", hardest="Kārkliņu ģimenei ir parāds.")

    context = client.get(address(report, "check")).context
    refused = hand_in(client, report)

    assert [section.key for section in context["missing"]] == ["plans"]
    [named] = context["hits"]
    assert (named.section.key, named.hit.code, named.hit.found) == (
        "hardest",
        "UPC-001",
        "Kārkliņu",
    )
    assert refused.status_code == 422
    assert not report.events.exists()


def test_an_empty_month_is_handed_in_after_a_question(client, mediator):
    client.force_login(mediator)
    report = MonthlyReportFactory(
        mediator=mediator, municipality=mediator.factory_municipality
    )

    asked = hand_in(client, report)
    report.refresh_from_db()
    assert (asked.status_code, report.status) == (422, Status.DRAFT)
    assert asked.context["form"].errors["is_empty"]

    hand_in(client, report, is_empty="on")
    report.refresh_from_db()
    assert report.status == Status.SUBMITTED


@pytest.mark.parametrize("action", ["approve", "return", "send", "confirm", "", "\0"])
def test_a_mediator_does_nothing_but_hand_in(client, report, action):
    response = client.post(address(report, "action"), {"action": action})

    report.refresh_from_db()
    assert response.status_code in (409, 422)
    assert report.status == Status.DRAFT


def test_a_colleague_and_a_stranger_find_no_report(client, report, colleague, outsider):
    for person in (colleague, outsider):
        client.force_login(person)
        for name in [*PAGES, "review", "approve"]:
            assert client.get(address(report, name)).status_code == 404
        assert hand_in(client, report).status_code == 404


def test_a_coordinator_does_not_see_a_draft(client, report, coordinator):
    client.force_login(coordinator)

    for name in [*PAGES, "review"]:
        assert client.get(address(report, name)).status_code == 404


@pytest.mark.parametrize("form", User.AddressForm)
def test_the_button_speaks_of_the_coordinator(form):
    person = UserFactory.build(address_form=form)

    assert str(hand_in_label(person)) != ""


def test_the_sentence_names_the_coordinator_and_the_day(report, coordinator):
    sentence = handed_in(report)

    assert "Ilze Kronberga" in sentence
    # Five working days after the 3rd.
    assert "10." in sentence


def test_several_coordinators_are_not_named(report, municipality):
    for _number in range(2):
        UserFactory(role=Role.COORDINATOR, municipality=municipality)

    assert "Paraudziņa" not in handed_in(report)


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


def test_handing_in_closes_the_month_for_entries(client, report):
    hand_in(client, report)

    assert ClosedMonth.objects.count() == 1
    assert MonthlyReport.objects.get().figures["values"]["entries"] == 5
