"""The coordinator's pages: evidence, comments, decision."""

import uuid
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from mediators.models import Role
from privacy.models import AuditEntry
from reports.models import Comment, MonthlyReport
from reports.services import delivery as services
from reports.services import review
from reports.workflow import Status
from tests.factories import (
    ContactPersonFactory,
    FamilyFactory,
    InstitutionFactory,
    UserFactory,
    VisitFactory,
)
from tests.reports.october import NAMES, log_october, submitted


@pytest.fixture
def report(client, mediator, coordinator):
    """Submitted; the coordinator is signed in."""
    log_october(mediator)
    client.force_login(coordinator)
    return submitted(mediator)


def address(report, name="review", *args):
    return reverse(f"reports:{name}", args=[*report.url_args, *args])


def decide(client, report, action, **more):
    return client.post(address(report, "action"), {"action": action} | more)


def ask_about(report, author, section="hardest", **kwargs):
    return Comment.objects.create(
        report=report, section=section, author=author, text="Kad tas bija?", **kwargs
    )


@pytest.mark.parametrize("name", ["review", "approve", "history"])
def test_every_page_of_a_submitted_report_opens(client, report, name):
    assert client.get(address(report, name)).status_code == 200


def test_the_address_of_a_report_leads_its_reader_to_the_review(client, report):
    assert client.get(report.get_absolute_url()).url == address(report)


def test_opening_the_review_is_audited(client, report):
    client.get(address(report))

    entry = AuditEntry.objects.order_by("seq").last()
    assert (entry.verb, entry.object_id) == ("read", str(report.pk))


def test_no_page_of_the_coordinator_names_a_family(client, report, coordinator):
    ask_about(report, coordinator)
    pages = [
        client.get(address(report, name)).content.decode()
        for name in ("review", "approve", "history")
    ]
    pages.append(client.get(reverse("reports:list")).content.decode())

    secrets = [*NAMES, "26123456", "Skolas iela 7", "Piezīme, ko neviens cits nelasa"]
    assert [s for s in secrets if any(s in page for page in pages)] == []
    assert "UPC-001" in pages[0]
    assert "Inga Paraudziņa" in pages[0]


@pytest.mark.parametrize("status", [Status.SUBMITTED, Status.APPROVED])
def test_lead_and_staff_read_without_evidence_comments_and_buttons(
    client, report, coordinator, lead_mediator, project_staff, status
):
    ask_about(report, coordinator)
    MonthlyReport.objects.update(status=status)

    for person in (lead_mediator, project_staff):
        client.force_login(person)
        response = client.get(address(report))
        if status is Status.SUBMITTED and person is project_staff:
            assert response.status_code == 404
            continue
        page = response.content.decode()
        assert "Divām ģimenēm ir īres parādi." in page
        for hidden in ("Kad tas bija?", "Inga Paraudziņa", address(report, "action")):
            assert hidden not in page


def test_the_toggle_accepts_a_part_and_takes_it_back(client, report):
    for expected in (True, False):
        response = client.post(address(report, "section-accept", "hardest"))

        assert response.url == f"{address(report)}#hardest"
        assert report.sections.get(key="hardest").is_accepted is expected
    assert client.post(address(report, "section-accept", "nothing")).status_code == 404


def test_progress_counts_accepted_and_commented_parts(client, report, coordinator):
    client.post(address(report, "section-accept", "figures"))
    client.post(address(report, "section-accept", "hardest"))
    ask_about(report, coordinator)
    ask_about(report, coordinator, section="support")

    context = client.get(address(report)).context

    assert (context["reviewed"], context["open_count"]) == (3, 2)
    states = {row.part.key: row.part.review_state for row in context["parts"]}
    assert states == {
        "figures": "accepted",
        "directions": "unread",
        "hardest": "commented",
        "innovation": "unread",
        "positive": "unread",
        "plans": "unread",
        "support": "commented",
    }


def test_a_comment_is_written_changed_and_deleted(client, report, coordinator):
    body = {"section": "hardest", "text": "Kad?"}
    assert client.post(address(report, "comment"), body).status_code == 302
    comment = report.comments.get()
    assert (comment.author, comment.is_open) == (coordinator, True)

    change = address(report, "comment-update", comment.pk)
    assert client.get(change).status_code == 200
    client.post(change, body | {"text": "Kurā dienā?"})
    comment.refresh_from_db()
    assert comment.text == "Kurā dienā?"

    client.post(address(report, "comment-delete", comment.pk))
    assert not report.comments.exists()


@pytest.mark.parametrize(
    "wrong",
    [
        {"section": "hardest", "text": ""},
        {"section": "hardest", "text": "x" * 601},
        {"section": "hardest", "text": "Kods 010190-12345"},
        {"section": "hardest", "text": "Nulle \0"},
        {"section": "nothing", "text": "Kad?"},
    ],
    ids=["empty", "long", "personal code", "NUL", "unknown part"],
)
def test_a_refused_comment_keeps_its_words(client, report, wrong):
    response = client.post(address(report, "comment"), wrong)

    assert response.status_code == 422
    assert not report.comments.exists()
    if wrong["section"] == "hardest":
        assert wrong["text"].replace("\0", "") in response.content.decode().replace(
            "\0", ""
        )


@pytest.mark.parametrize("is_open", [True, False])
def test_only_own_unanswered_comments_are_changed(
    client, report, municipality, coordinator, is_open
):
    deputy = UserFactory(role=Role.DEPUTY_COORDINATOR, municipality=municipality)
    author = deputy if is_open else coordinator
    comment = ask_about(report, author, is_open=is_open)

    for name in ("comment-update", "comment-delete"):
        response = client.post(
            address(report, name, comment.pk), {"section": "hardest", "text": "Cits"}
        )
        assert response.status_code == 404
    comment.refresh_from_db()
    assert comment.text == "Kad tas bija?"


def test_a_comment_of_another_report_is_not_reached_through_this_one(
    client, report, mediator, coordinator
):
    other = MonthlyReport.open_for(mediator, report.municipality, date(2026, 9, 1))
    comment = ask_about(other, coordinator)

    assert client.post(address(report, "comment-delete", comment.pk)).status_code == 404
    assert (
        client.post(address(report, "comment-delete", uuid.uuid4())).status_code == 404
    )


def test_each_ask_gets_an_institution_of_the_municipality(client, report):
    first, second, third = report.asks.all()
    culture = InstitutionFactory(municipality=report.municipality, name="Kultūras nams")

    client.post(
        address(report, "owners"),
        {str(first.pk): str(culture.pk), str(second.pk): "", str(third.pk): ""},
    )

    assert [ask.owner for ask in report.asks.all()] == [culture, None, None]


def test_a_foreign_institution_takes_no_ask(client, report):
    first = report.asks.first()
    owner = first.owner
    foreign = InstitutionFactory()

    response = client.post(address(report, "owners"), {str(first.pk): str(foreign.pk)})

    first.refresh_from_db()
    assert (response.status_code, first.owner) == (422, owner)


def test_the_note_is_kept_and_a_long_one_comes_back(client, report):
    client.post(address(report, "note"), {"coordinator_note": "Paldies par darbu."})
    refused = client.post(address(report, "note"), {"coordinator_note": "x" * 601})

    report.refresh_from_db()
    assert report.coordinator_note == "Paldies par darbu."
    assert refused.status_code == 422
    assert "x" * 601 in refused.content.decode()


@pytest.mark.parametrize("status", [Status.RETURNED, Status.APPROVED, Status.SENT])
def test_nothing_is_written_into_a_report_that_does_not_wait(
    client, report, coordinator, status
):
    comment = ask_about(report, coordinator)
    MonthlyReport.objects.update(status=status)

    for name, args in [
        ("comment", []),
        ("note", []),
        ("owners", []),
        ("section-accept", ["plans"]),
        ("comment-delete", [comment.pk]),
    ]:
        assert client.post(address(report, name, *args), {}).status_code == 404


def test_after_handing_in_again_question_and_answer_stand_together(
    client, report, mediator, coordinator
):
    ask_about(report, coordinator)
    decide(client, report, "return")
    client.force_login(mediator)
    client.post(
        reverse("reports:section", args=[*report.url_args, "sarezgitakais"]),
        {"text": "Labots teksts.", "answer": "Tas bija sestajā."},
    )
    decide(client, report, "submit")
    client.force_login(coordinator)

    response = client.get(address(report))

    [hardest] = [
        row.part for row in response.context["parts"] if row.part.key == "hardest"
    ]
    assert [comment.text for comment in hardest.comments] == [
        "Kad tas bija?",
        "Tas bija sestajā.",
    ]
    assert response.context["open_count"] == 0
    assert decide(client, report, "return").status_code == 422


def test_the_history_says_who_did_what(client, report, coordinator):
    review.approve(report, by=coordinator)

    context = client.get(address(report, "history")).context

    assert [(str(s.event.done), s.person) for s in context["steps"]] == [
        ("Iesniegta", "Sanita Vītola"),
        ("Apstiprināta", "Ilze Kronberga"),
    ]
    assert [version.number for version, _changes in context["versions"]] == [1]


def test_the_history_says_what_a_return_asked_for_and_who_confirmed(
    client, report, coordinator
):
    ask_about(report, coordinator)
    review.return_for_correction(report, by=coordinator)
    review.submit(report, by=report.mediator)
    version = review.approve(report, by=coordinator)
    contact = ContactPersonFactory(municipality=report.municipality)
    services.acknowledge(
        version.deliveries.create(recipient=contact, requested_by=coordinator)
    )

    steps = client.get(address(report, "history")).context["steps"]

    assert [step.titles for step in steps][:2] == ["", "Sarežģītākais"]
    assert steps[-1].person == contact.name


def test_a_text_that_looks_like_markup_is_shown_literally(client, report):
    section = report.sections.get(key="hardest")
    section.text = "<img src=x onerror=alert(1)> {{ x }}"
    section.save()

    page = client.get(address(report)).content.decode()

    assert "&lt;img src=x onerror=alert(1)&gt; {{ x }}" in page


def test_the_review_takes_the_same_queries_however_much_there_is(
    client, report, coordinator
):
    def queries():
        with CaptureQueriesContext(connection) as captured:
            client.get(address(report))
        return len(captured)

    ask_about(report, coordinator)
    queries()
    few = queries()
    for day in (12, 13, 14):
        VisitFactory(
            mediator=report.mediator,
            municipality=report.municipality,
            visited_on=date(2026, 10, day),
            family=FamilyFactory(municipality=report.municipality),
        )
        ask_about(report, coordinator, section="plans")

    assert queries() == few
