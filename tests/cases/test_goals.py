"""Stages on the way to the goal of a case: written in the form, ticked with one tap."""

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from cases.models import Case, SubGoal
from privacy.models import AuditEntry, Verb
from tests.factories import SubGoalFactory


@pytest.fixture
def page(client, mediator, case):
    client.force_login(mediator)
    return f"/lietas/{case.code}/"


def edit(client, page, **changes):
    typed = {"area": "education", "title": "Skolas kavējumi", "goal": "Mācās"} | changes
    return client.post(f"{page}labot/", typed)


def texts(case):
    return [(goal.position, goal.text) for goal in case.sub_goals.all()]


def test_a_new_case_comes_with_its_stages(client, mediator, family):
    client.force_login(mediator)

    client.post(
        "/lietas/jauna/",
        {
            "family": family.code,
            "area": "education",
            "title": "Skolas kavējumi",
            "sub_goal_1": "Saruna skolā",
            "sub_goal_3": "Darbi nodoti",
        },
    )

    assert texts(Case.objects.get()) == [(1, "Saruna skolā"), (3, "Darbi nodoti")]


def test_stages_are_changed_and_taken_away_in_the_form(client, page, case):
    today = timezone.localdate()
    SubGoalFactory(case=case, position=1, text="Saruna", done_on=today)
    SubGoalFactory(case=case, position=2, text="Darbi")

    edit(client, page, sub_goal_1="Saruna skolā", sub_goal_2="")

    assert texts(case) == [(1, "Saruna skolā")]
    assert case.sub_goals.get().done_on == today
    details = AuditEntry.objects.filter(verb=Verb.UPDATE).values_list(
        "detail", flat=True
    )
    assert {"sub_goals": [1, 2]} in details


def test_a_stage_that_is_too_long_changes_nothing(client, page, case):
    response = edit(client, page, sub_goal_1="x" * 121, title="Cits")

    assert response.status_code == 422
    assert not SubGoal.objects.exists()
    case.refresh_from_db()
    assert case.title == "Skolas kavējumi"


@pytest.mark.parametrize("number", [0, 4])
def test_there_are_three_places_for_stages(case, number):
    with pytest.raises(IntegrityError), transaction.atomic():
        SubGoalFactory(case=case, position=number)


def test_one_tap_reaches_a_stage_and_another_takes_it_back(client, page, case):
    goal = SubGoalFactory(case=case)

    response = client.post(f"{page}merki/1/", {"done": "1"})
    goal.refresh_from_db()
    assert (response.url, goal.done_on) == (f"{page}#goal", timezone.localdate())

    client.post(f"{page}merki/1/", {"done": "0"})
    goal.refresh_from_db()
    assert goal.done_on is None
    assert AuditEntry.objects.filter(object_id=str(goal.pk)).count() == 2


def test_the_same_tap_sent_again_keeps_the_first_day(client, page, case):
    goal = SubGoalFactory(case=case, done_on="2026-01-05")

    client.post(f"{page}merki/1/", {"done": "1"})

    goal.refresh_from_db()
    assert goal.done_on.isoformat() == "2026-01-05"
    assert not AuditEntry.objects.exists()


def test_a_tick_is_read_aloud_as_a_check_box(client, page, case):
    SubGoalFactory(case=case, done_on=timezone.localdate())

    text = client.get(page).content.decode()

    assert 'role="checkbox" aria-checked="true" name="done" value="0"' in text


def test_stages_of_others_do_not_exist(client, case, colleague, outsider):
    SubGoalFactory(case=case)
    for stranger in (colleague, outsider):
        client.force_login(stranger)
        address = f"/lietas/{case.code}/merki/1/"
        assert client.post(address, {"done": "1"}).status_code == 404
    assert SubGoal.objects.get().done_on is None
