"""Lists to which every year adds: a page of them is read, and the rest is led to."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from agenda.late_answers import OF_EACH, late_institutions
from cases.models import Visit
from cases.services.page import page_of, people_of
from cases.services.timeline import LATEST_VISITS
from cases.views.advice import A_PAGE as QUESTIONS
from cases.views.programmes import A_PAGE as WAYS
from families.views.stand_in import A_PAGE as ARRANGED
from stories.models import Handout, Material
from stories.views.media import A_PAGE as PUBLICATIONS
from stories.views.public import A_PAGE as STORIES
from tests.factories import (
    AdviceFactory,
    CaseFactory,
    CentreFactory,
    ComplaintFactory,
    FamilyFactory,
    FollowUpFactory,
    HandoutFactory,
    HandOverFactory,
    InstitutionContactFactory,
    InstitutionFactory,
    InvolvementFactory,
    MaterialFactory,
    MediaItemFactory,
    RecommendationFactory,
    ReferralFactory,
    ResourceFactory,
    StoryFactory,
    SubstitutionFactory,
    TermFactory,
    VisitFactory,
)
from tests.held_rows import held_rows

pytestmark = pytest.mark.django_db

PDF = b"%PDF-1.7 %%EOF"


@pytest.fixture
def case(municipality, mediator):
    family = FamilyFactory(municipality=municipality, mediator=mediator)
    return CaseFactory(family=family, mediator=mediator)


@pytest.fixture
def questions():
    """``with questions() as asked``: what the database is asked meanwhile."""
    return lambda: CaptureQueriesContext(connection)


def test_stories_that_wait_for_somebody_stand_before_all_others(
    client, coordinator, municipality
):
    waiting = StoryFactory(status="written", municipality=municipality)
    for _number in range(STORIES):
        StoryFactory(status="removed", municipality=municipality)
    client.force_login(coordinator)

    first = client.get("/stasti/")
    second = client.get("/stasti/?page=2")

    assert first.context["waiting"] == [waiting]
    assert len(first.context["others"]) == STORIES - 1
    assert second.context["waiting"] == []
    assert len(second.context["others"]) == 1
    for answer in (first, second):
        counts = answer.context["waiting_count"], answer.context["others_count"]
        assert counts == (1, STORIES)
    assert 'href="?page=2"' in first.content.decode()


def test_anybody_turns_the_pages_of_the_published_stories(client):
    for number in range(STORIES + 1):
        StoryFactory(
            status="published",
            published=True,
            title=f"Stāsts {number}.",
            published_on=date(2026, 1, 1) + timedelta(days=number),
        )

    first = client.get("/stasti/").content.decode()
    second = client.get("/stasti/?page=2").content.decode()

    assert f"Stāsts {STORIES}." in first
    assert "Stāsts 0." not in first
    assert "Stāsts 0." in second
    assert 'href="?page=2"' in first


def test_questions_to_a_person_stand_before_those_to_others(
    client, lead_mediator, case
):
    asked = AdviceFactory(case=case, asked="lead")
    for _number in range(QUESTIONS):
        AdviceFactory(case=case, asked="coordinator")
    client.force_login(lead_mediator)

    first = client.get("/padomi/")
    second = client.get("/padomi/?page=2")

    assert first.context["waiting"] == [asked]
    assert len(first.context["others"]) == QUESTIONS - 1
    assert len(second.context["others"]) == 1
    assert second.context["others_count"] == QUESTIONS
    # On no page it says that nothing waits
    assert "partials/_empty.html" not in {one.name for one in second.templates}


def test_earlier_substitutions_and_hand_overs_have_pages_of_their_own(
    client, coordinator, municipality, mediator
):
    here = {"municipality": municipality}
    today = timezone.localdate()
    long_ago = today - timedelta(days=40)
    for _number in range(ARRANGED + 1):
        SubstitutionFactory(absent=mediator, starts_on=long_ago, **here)
        HandOverFactory(mediator=mediator, **here)
    running = SubstitutionFactory(absent=mediator, **here)
    ended = SubstitutionFactory(absent=mediator, ended_early_on=today, **here)
    client.force_login(coordinator)

    first = client.get("/gimenes/aizvietosana/")
    earlier = client.get("/gimenes/aizvietosana/?agrakas=2")
    handed_over = client.get("/gimenes/aizvietosana/?nodotas=2")

    assert first.context["standing"] == [running]
    assert ended in first.context["over"]
    assert len(first.context["over"]) == len(first.context["plans"]) == ARRANGED
    assert len(earlier.context["over"]) == 2
    assert len(handed_over.context["plans"]) == 1
    assert f"{ARRANGED + 2} agrākas" in first.content.decode()
    for address in ("?agrakas=2", "?nodotas=2"):
        assert f'href="{address}"' in first.content.decode()
    # Who turns its pages sees them unfolded
    assert '<details class="fold" open>' in earlier.content.decode()
    assert '<details class="fold" open>' not in first.content.decode()


def test_turning_one_of_the_two_lists_keeps_the_page_of_the_other(
    client, coordinator, municipality, mediator
):
    here = {"municipality": municipality}
    long_ago = timezone.localdate() - timedelta(days=40)
    for _number in range(ARRANGED + 1):
        SubstitutionFactory(absent=mediator, starts_on=long_ago, **here)
        HandOverFactory(mediator=mediator, **here)
    client.force_login(coordinator)

    earlier = client.get("/gimenes/aizvietosana/?agrakas=2").content.decode()
    handed_over = client.get("/gimenes/aizvietosana/?nodotas=2").content.decode()
    both = client.get("/gimenes/aizvietosana/?agrakas=2&nodotas=2")

    assert 'href="?agrakas=2&amp;nodotas=2"' in earlier
    assert 'href="?nodotas=2&amp;agrakas=2"' in handed_over
    # Its own page stands in the address once
    assert 'href="?agrakas=1"' in earlier
    assert 'href="?nodotas=1"' in handed_over
    assert both.context["over"].number == both.context["plans"].number == 2


def test_only_the_ways_of_a_page_are_put_into_words(client, mediator, case, questions):
    for _number in range(WAYS + 1):
        InvolvementFactory(family=case.family, mediator=mediator)
    client.force_login(mediator)

    with questions() as asked:
        page = client.get("/programmas/?page=2").context["page"]

    assert (len(page), page.paginator.count) == (1, WAYS + 1)
    assert any(
        'FROM "cases_involvement"' in query["sql"]
        and f"LIMIT 1 OFFSET {WAYS}" in query["sql"]
        for query in asked
    )


def test_of_the_register_of_publicity_only_a_page_is_asked_who_may_correct_it(
    client, project_staff
):
    for _number in range(PUBLICATIONS + 1):
        MediaItemFactory()
    client.force_login(project_staff)

    assert len(client.get("/publicitate/").context["editable"]) == PUBLICATIONS


def test_of_a_long_case_the_latest_entries_are_read_and_everybody_who_was_met(
    case, mediator, municipality
):
    mine = {"mediator": mediator, "municipality": municipality}
    early = timezone.localdate() - timedelta(days=200)
    met_long_ago = InstitutionContactFactory(institution__municipality=municipality)
    facts = {"case": case, "family": case.family, **mine}
    VisitFactory(contact=met_long_ago, visited_on=early, **facts)
    met_lately = InstitutionContactFactory(institution__municipality=municipality)
    VisitFactory(contact=met_lately, **facts)
    for _number in range(LATEST_VISITS):
        VisitFactory(**facts)
    case = type(case).objects.visible_to(mediator).with_parts().get()

    page = page_of(case, mediator)

    entries = [moment.row for moment in page["timeline"].moments]
    assert sum(isinstance(row, Visit) for row in entries) == LATEST_VISITS
    assert page["people"] == people_of(case, mediator) == [met_lately, met_long_ago]


def test_of_many_late_answers_the_oldest_are_named_and_all_are_counted(
    coordinator, municipality, case
):
    today = timezone.localdate()
    slow = InstitutionFactory(municipality=municipality, name="Dzīvokļu daļa")
    for number in range(OF_EACH + 2):
        ReferralFactory(
            case=case, institution=slow, sent_on=today - timedelta(days=100 - number)
        )
    other = ReferralFactory(case=case, sent_on=today - timedelta(days=60))

    first, second = late_institutions(coordinator)

    assert (first.institution, first.referrals) == (slow.name, OF_EACH + 2)
    assert first.has_more
    assert len(first.sent_on) == OF_EACH
    assert first.sent_on[0] == today - timedelta(days=100)
    assert f"{OF_EACH}" in first.reminder
    assert (second.institution, second.referrals) == (other.institution.name, 1)
    assert not second.has_more


def test_resources_of_the_country_and_those_that_are_over_have_pages(
    client, project_staff, municipality, monkeypatch
):
    monkeypatch.setattr("cases.views.cooperation.A_PAGE", 2)
    yesterday = timezone.localdate() - timedelta(days=1)
    for number in range(5):
        ResourceFactory(municipality=municipality, name=f"Telpa {number}")
        ResourceFactory(
            municipality=municipality, name=f"Bijusī {number}", valid_until=yesterday
        )
    client.force_login(project_staff)

    with held_rows() as held:
        second = client.get("/resursi/?page=2&veids=room")
    over = client.get("/resursi/?beigusies=3")

    assert held.most == 2, held.sql
    assert [row.name for row in second.context["page"]] == ["Telpa 2", "Telpa 3"]
    assert 'href="?veids=room&amp;page=3"' in second.content.decode()
    assert [row.name for row in over.context["over"]] == ["Bijusī 4"]
    assert '<details class="fold" open>' in over.content.decode()


def test_of_the_register_of_recommendations_a_page_with_its_follow_ups_is_read(
    client, project_staff, municipality, monkeypatch
):
    monkeypatch.setattr("evaluation.views.recommendations.A_PAGE", 2)
    schools = TermFactory(
        vocabulary="recommendation_heading", code="SCHOOLS", position=2
    )
    rows = [RecommendationFactory(heading__position=1) for _number in range(3)]
    rows += [RecommendationFactory(heading=schools) for _number in range(2)]
    follow_ups = [
        FollowUpFactory(recommendation=row, municipality=municipality) for row in rows
    ]
    client.force_login(project_staff)

    with held_rows() as held:
        second = client.get("/ieteikumi/?page=2")

    assert held.most == 2, held.sql
    headings = second.context["headings"]
    assert [heading.rows for heading in headings] == [[rows[2]], [rows[3]]]
    assert second.context["editable"] == {one.pk for one in follow_ups[2:4]}
    # Whoever comes back from a form stands before the same recommendation
    for number, row in enumerate(rows):
        page = client.get(row.get_absolute_url()).context["page"]
        assert page.number == number // 2 + 1
    assert client.get("/ieteikumi/?ieteikums=nekas").context["page"].number == 1


def test_what_is_open_stands_whole_and_what_is_closed_has_pages(
    client, coordinator, municipality, monkeypatch
):
    monkeypatch.setattr("events.views.centres.CLOSED_AT_ONCE", 2)
    monkeypatch.setattr("mediators.views.complaints.CLOSED_AT_ONCE", 2)
    closed = {"closed_at": timezone.now(), "closed_by": coordinator}
    closed["outcome"] = TermFactory(vocabulary="complaint_outcome", code="TALK")
    for number in range(3):
        CentreFactory(municipality=municipality)
        CentreFactory(municipality=municipality, closed_on=date(2026, 1, 1 + number))
        ComplaintFactory(municipality=municipality)
        ComplaintFactory(municipality=municipality, **closed)
    client.force_login(coordinator)

    centres = client.get("/resursu-centri/?slegtie=2")
    complaints = client.get("/sudzibas/?page=2")

    assert (len(centres.context["open"]), len(centres.context["closed"])) == (3, 1)
    assert len(complaints.context["waiting"]) == 3
    assert len(complaints.context["closed"]) == 1
    assert 'href="?slegtie=1"' in centres.content.decode()
    assert 'href="?page=1"' in complaints.content.decode()


def test_no_list_of_materials_reads_their_files(
    client, project_staff, municipality, questions
):
    material = MaterialFactory(link="", pdf=PDF, added_by=project_staff)
    HandoutFactory(material=material, municipality=municipality)
    client.force_login(project_staff)

    with questions() as asked:
        assert material.title in client.get("/materiali/").content.decode()
        client.get(f"/materiali/{material.pk}/")
        client.get(f"/materiali/{material.pk}/izdalits/")

    assert [query["sql"] for query in asked if '"pdf"' in query["sql"]] == []
    assert "pdf" in Material.objects.get().get_deferred_fields()
    [handout] = Handout.objects.with_material()
    assert "pdf" in handout.material.get_deferred_fields()


def test_the_file_is_read_by_the_page_that_gives_it_out(
    client, project_staff, questions
):
    material = MaterialFactory(link="", pdf=PDF)
    client.force_login(project_staff)

    with questions() as asked:
        answer = client.get(f"/materiali/{material.pk}/pdf/")

    assert answer.content == PDF
    assert len([query for query in asked if '"pdf"' in query["sql"]]) == 1
