"""Answers of staff as an indicator, in the workbook and in documents."""

from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from evaluation.questions import Scale
from mediators.models import Role
from reports.documents.project import evaluation
from reports.indicators import BY_KEY, Scope, compute, compute_by_place
from reports.periods import Period
from reports.resources import RecommendationResource, SurveyResource
from reports.surveys import answered
from tests.factories import (
    AnswerSheetFactory,
    FollowUpFactory,
    SurveyLinkFactory,
    SurveyRoundFactory,
    UserFactory,
    VisitFactory,
)

pytestmark = pytest.mark.django_db
I24 = [BY_KEY[key] for key in ("survey_yes", "survey_some", "survey_no")]


@pytest.fixture
def links():
    """Six sheets in one municipality, four in another."""
    survey = SurveyRoundFactory(over=True)
    found = []
    for count in (6, 4):
        link = SurveyLinkFactory(round=survey)
        for number in range(count):
            AnswerSheetFactory(
                link=link,
                said={
                    "q1": ["darbs"],
                    "q2": "yes" if number % 2 else "no",
                    "q3": "some",
                    "q4": "cannot_say",
                    "q8": {"text": "Slepeni vārdi."},
                },
            )
        found.append(link)
    return found


def period():
    day = timezone.localdate() - timedelta(days=1)
    return Period.between(day, day)


def recount(place, value):
    """In plain SQL, for one municipality."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT COUNT(*) FROM evaluation_answer a"
            " JOIN evaluation_answersheet s ON s.id = a.sheet_id"
            " JOIN evaluation_surveylink l ON l.id = s.link_id"
            " JOIN municipalities_municipality m ON m.id = l.municipality_id"
            " WHERE m.prefix = %s AND a.value = %s"
            " AND (SELECT COUNT(*) FROM evaluation_answersheet o"
            "      WHERE o.link_id = l.id) >= 5",
            [place.prefix, value],
        )
        return cursor.fetchone()[0]


def test_the_indicator_equals_a_recount_in_sql(links):
    table = compute_by_place(Scope(period().first, period().last), I24)

    for link in links:
        place = link.municipality
        expected = {
            f"survey_{point}": recount(place, point)
            for point in (Scale.YES, Scale.SOME, Scale.NO)
        }
        assert table.get(place.pk, dict.fromkeys(expected, 0)) == expected
    assert compute(Scope(period().first, period().last), I24) == {
        "survey_yes": 3,
        "survey_some": 6,
        "survey_no": 3,
    }


def test_answers_belong_to_no_mediator(links):
    scope = Scope(period().first, period().last, mediator=UserFactory())

    assert set(compute(scope, I24).values()) == {0}


def sheet_of(resource):
    return [dict(zip(resource.columns, row, strict=True)) for row in resource.rows()]


def test_the_sheet_tells_how_often_each_answer_was_given_and_nobodys_answers(links):
    rows = sheet_of(SurveyResource(Scope(period().first, period().last)))

    assert {row["municipality"] for row in rows} == {links[0].municipality.label_lv}
    counted = {(row["code"], row["value"]): row["count"] for row in rows}
    assert counted["q2", str(Scale.YES.label)] == 3
    assert counted["q1", "Romu iekārtošana darbā"] == 6
    assert "Slepeni vārdi." not in str(rows)
    assert len(rows) == len({(row["code"], row["value"]) for row in rows})


def test_no_sheet_of_one_person_can_be_put_together_again(links):
    """Each row is about one question alone, so answers to two cannot be joined."""
    columns = set(SurveyResource().columns)

    assert columns == {
        *("year", "closed_on", "municipality", "code", "question", "value", "count")
    }


def test_recommendations_have_a_sheet_with_what_became_of_them():
    FollowUpFactory()

    [row] = sheet_of(
        RecommendationResource(Scope(timezone.localdate(), timezone.localdate()))
    )

    assert row["heading"] == "Romu mediatoru darbs"
    assert row["words"] == "Četras sesijas pusgadā."


def test_a_recommendation_has_a_row_for_each_municipality_that_goes_on_with_it():
    recommendation = FollowUpFactory().recommendation
    FollowUpFactory(recommendation=recommendation)

    sheet = RecommendationResource(Scope(timezone.localdate(), timezone.localdate()))

    # The writer refuses a sheet whose rows are not as many as were counted
    assert sheet.count() == len(list(sheet.rows())) == 2


def test_sheets_without_rows_stand_in_the_workbook_all_the_same():
    scope = Scope(period().first, period().last)

    for resource in (SurveyResource(scope), RecommendationResource(scope)):
        assert resource.count() == 0
        assert resource.is_needed()


def test_results_show_the_survey_of_the_period_beside_the_log(client, links):
    VisitFactory(municipality=links[0].municipality, visited_on=period().first)
    client.force_login(UserFactory(role=Role.PROJECT_STAFF))

    page = client.get("/rezultati/", {"period": period().code}).content.decode()

    assert "Ko domā pašvaldību darbinieki" in page
    assert links[0].round.questions[2].lv in page


def test_the_lead_mediator_has_no_survey_among_the_results(client, links):
    VisitFactory(municipality=links[0].municipality, visited_on=period().first)
    client.force_login(UserFactory(role=Role.LEAD_MEDIATOR))

    page = client.get("/rezultati/", {"period": period().code}).content.decode()

    assert "Ko domā pašvaldību darbinieki" not in page


def test_the_final_evaluation_tells_the_survey_of_the_period(links):
    document = evaluation(UserFactory(role=Role.PROJECT_STAFF), period(), {})

    [question, *_others] = document.answered.questions
    assert [name for _row, name, _bar in question[1]] == [
        str(links[0].municipality),
        "Kopā",
    ]


def test_a_municipality_with_few_answers_has_no_survey_beside_its_results(links):
    few = links[1].municipality
    places = type(few).objects.filter(pk=few.pk)

    assert answered(period(), place=few, places=places) is None
