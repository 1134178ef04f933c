"""What a survey that is over tells, and what nobody can work out of it."""

import random
from datetime import timedelta

import numpy as np
import pytest
from django.utils import timezone
from scipy.optimize import linprog

from evaluation.models import Answer, SurveyRound
from evaluation.questions import Scale
from evaluation.results import Results, reach_of, to_moderate, told_answers
from mediators.models import Role
from tests.factories import (
    AnswerSheetFactory,
    MunicipalityFactory,
    SurveyLinkFactory,
    SurveyRoundFactory,
    UserFactory,
)
from tests.fetched import fetched

pytestmark = pytest.mark.django_db


def answered(survey, *counts, said=None):
    """A municipality for each count, with so many sheets; ``said`` may ask for a number."""
    links = []
    for count in counts:
        link = SurveyLinkFactory(round=survey)
        for number in range(count):
            AnswerSheetFactory(link=link, said=said(number) if said else {"q2": "yes"})
        links.append(link)
    return links


@pytest.fixture
def over():
    return SurveyRoundFactory(over=True)


def told(results, code):
    return next(one for one in results.questions if one.question.code == code)


def test_a_municipality_is_told_from_five_sheets_on(over):
    answered(over, 5, 4)

    results = Results(over)

    assert [row.sheets for row in told(results, "q2").rows] == [5]
    assert len(results.few) == 1


def test_few_are_in_the_total_only_where_they_are_five_together(over):
    answered(over, 6, 4)
    alone = Results(over)
    assert told(alone, "q2").total.sheets == 6
    assert alone.leaves_few_out

    answered(over, 1)
    together = Results(over)
    assert told(together, "q2").total.sheets == 11
    assert not together.leaves_few_out


def test_a_coordinator_is_told_that_the_total_leaves_others_out(client, over):
    links = answered(over, 6, 4)
    client.force_login(
        UserFactory(role=Role.COORDINATOR, municipality=links[0].municipality)
    )

    page = client.get(over.get_absolute_url()).content.decode()

    assert "„Kopā” neietver pašvaldības" in page
    assert str(links[1].municipality) not in page


def test_where_all_have_few_the_total_tells_those_of_five_together(over):
    answered(over, 3, 2)

    results = Results(over)

    assert results.is_told
    assert told(results, "q2").rows == []
    assert told(results, "q2").total.sheets == 5


@pytest.mark.parametrize("counts", [(4, 4), (3, 4), (4, 4, 4), (4, 4, 2)])
def test_few_that_are_nearly_five_each_are_left_out_of_the_total(over, counts):
    """Eight sheets of two municipalities with four at most are four and four."""
    answered(over, 7, *counts)

    assert told(Results(over), "q2").total.sheets == 7


def test_nobody_sees_anything_of_a_survey_that_runs(client):
    survey = SurveyRoundFactory()
    answered(survey, 9, said=lambda number: {"q2": "yes", "q8": {"text": "Slepeni."}})
    staff = UserFactory(role=Role.PROJECT_STAFF)
    client.force_login(staff)

    page = client.get(survey.get_absolute_url()).content.decode()

    assert "Slepeni." not in page
    assert not Results(survey).is_told
    assert not to_moderate(survey).exists()
    assert not Answer.objects.visible_to(staff).exists()
    assert client.get(f"{survey.get_absolute_url()}teksti/").status_code == 404
    assert client.get(f"{survey.get_absolute_url()}q2/csv/").status_code == 404
    assert not told_answers(survey.opens_on, survey.closes_on).exists()


def test_the_scale_counts_missing_answers_apart(over):
    said = ["yes", "yes", "some", "no", "cannot_say", None]
    answered(over, 6, said=lambda n: {"q2": said[n]} if said[n] else {"q3": "yes"})

    row = told(Results(over), "q2").total

    assert [row.counts[point] for point in Scale] == [1, 1, 2, 1]
    assert (row.left_out, row.sheets) == (1, 6)


def test_lists_are_sorted_by_all_together(over):
    answered(over, 5, said=lambda n: {"q7": ["esf"] if n else ["esf", "vecaki"]})

    options = told(Results(over), "q7").options

    assert [(code, count) for code, _label, count in options[:2]] == [
        ("esf", 5),
        ("vecaki", 1),
    ]


def test_an_own_answer_counts_as_what_it_was_taken_to_mean_once_a_sheet(over):
    [link] = answered(
        over, 5, said=lambda n: {"q1": ["darbs", {"text": "Atrada darbu"}]}
    )
    Answer.objects.filter(sheet__link=link, value="").update(
        codes=["darbs", "bezdarbs"]
    )

    counts = told(Results(over), "q1").total.counts

    assert counts["darbs"] == counts["bezdarbs"] == 5


def test_words_are_told_once_they_were_looked_through(over):
    said = {"q8": {"text": "Vairāk laika."}}
    answered(over, 5, said=lambda n: said)
    assert Results(over).words == []

    first = Answer.objects.texts().first()
    first.shown, first.status = "Vairāk laika sarunām.", Answer.Status.SHOWN
    first.save()

    [(question, cards, count)] = Results(over).words
    assert (question.code, count) == ("q8", 1)
    assert [answer.shown for _place, answer in cards] == ["Vairāk laika sarunām."]


def looked_through(over, sheets):
    """So many shown answers to one question, on as many sheets of one municipality."""
    [link] = answered(
        over, sheets, said=lambda n: {"q8": {"text": f"Vairāk laika {n}."}}
    )
    for answer in Answer.objects.texts():
        answer.shown, answer.status = answer.text, Answer.Status.SHOWN
        answer.save()
    return link


def test_of_many_words_some_are_told_and_how_many_there_are(client, over, monkeypatch):
    monkeypatch.setattr("evaluation.results.WORDS_SHOWN", 4)
    looked_through(over, 6)
    client.force_login(UserFactory(role=Role.PROJECT_STAFF))

    with fetched(Answer) as answers:
        [(_question, cards, count)] = Results(over).words
    page = client.get(over.get_absolute_url()).content.decode()

    assert (len(answers), len(cards), count) == (4, 4, 6)
    assert page.count("Vairāk laika") == 4
    assert "Rādītas 4 no 6 atbildēm." in page


def test_answers_that_were_looked_through_stand_on_several_pages(
    client, over, monkeypatch
):
    monkeypatch.setattr("evaluation.views.questions.DONE_AT_ONCE", 4)
    looked_through(over, 6)
    client.force_login(UserFactory(role=Role.PROJECT_STAFF))
    address = f"{over.get_absolute_url()}teksti/"

    pages = [
        client.get(address, {"page": number}).content.decode() for number in (1, 2)
    ]

    assert [page.count("Vairāk laika") for page in pages] == [4, 2]
    assert 'href="?page=2"' in pages[0]
    assert all('section-head__count">6<' in page for page in pages)


def test_what_was_chosen_is_counted_by_the_database(over):
    answered(over, 6, 5, said=lambda n: {"q1": ["darbs"], "q2": "yes"})

    with fetched(Answer) as answers:
        found = told(Results(over), "q2")

    assert answers == []
    assert sorted(row.counts["yes"] for row in found.table) == [5, 6, 11]


def test_words_of_few_people_are_not_even_looked_through(over):
    answered(over, 4, said=lambda n: {"q8": {"text": "Mēs esam četri."}})

    assert not to_moderate(over).exists()


def test_a_coordinator_sees_the_own_municipality_and_all_together(over):
    mine, _other = answered(over, 5, 7)

    results = Results(
        over, type(mine.municipality).objects.filter(pk=mine.municipality_id)
    )

    assert [row.place for row in told(results, "q2").rows] == [mine.municipality]
    assert told(results, "q2").total.sheets == 12


def test_without_any_answer_the_survey_says_so(client, over):
    client.force_login(UserFactory(role=Role.PROJECT_STAFF))

    page = client.get(over.get_absolute_url()).content.decode()

    assert "Rezultāti ir slēgti" in page


# The attack


def attack(over, code):
    """What linear programming finds of each hidden municipality: ``[(place, least, most)]``.

    Unknown are the numbers of sheets and of “yes” of every municipality that is not told.
    The reader knows that those have four sheets at most, that no answer is given more
    often than there are sheets, and what Kopā says, with and without them.
    """
    results = Results(over)
    question = told(results, code)
    hidden = [link.pk for link in results.reach.few]
    size = len(hidden)
    knows = []
    if size and not results.leaves_few_out:
        shown = question.rows
        sheets = question.total.sheets - sum(row.sheets for row in shown)
        yes = question.total.counts[Scale.YES] - sum(
            row.counts[Scale.YES] for row in shown
        )
        knows = [([1] * size + [0] * size, sheets), ([0] * size + [1] * size, yes)]
    no_more_than_sheets = np.hstack([-np.eye(size), np.eye(size)])
    for place in range(2 * size):
        goal = np.zeros(2 * size)
        goal[place] = 1
        least, most = (
            linprog(
                sign * goal,
                A_ub=no_more_than_sheets,
                b_ub=np.zeros(size),
                A_eq=[row for row, _sum in knows] or None,
                b_eq=[total for _row, total in knows] or None,
                bounds=[(0, 4)] * (2 * size),
            ).fun
            for sign in (1, -1)
        )
        yield hidden[place % size], round(least), round(-most)


def test_a_single_municipality_with_few_answers_leaves_the_attacker_everything_open(
    over,
):
    answered(over, 9, 4, 12)

    assert all((least, most) == (0, 4) for _link, least, most in attack(over, "q2"))


def test_linear_programming_pins_down_no_municipality_with_few_answers(over):
    """By chance: whatever is subtracted, no sheet of a small municipality is found."""
    chance = random.Random(20261127)
    pinned, attacked = [], 0
    for _number in range(12):
        survey = SurveyRoundFactory(over=True)
        counts = [chance.choice([0, 1, 2, 3, 4, 6, 9]) for _place in range(4)]
        answered(
            survey,
            *counts,
            said=lambda n: {"q2": chance.choice(["yes", "no", "some"])},
        )
        group = reach_of(survey)
        for link, least, most in attack(survey, "q2"):
            attacked += 1
            if least == most and least > 0:
                pinned.append((counts, link, least))
        sheets = list(attack(survey, "q2"))[: len(group.few)]
        assert all(most - least >= 3 for _link, least, most in sheets), counts
    assert attacked > 40, attacked
    assert pinned == []


def test_a_total_with_a_single_small_municipality_would_not_stand_the_attack(
    over, monkeypatch
):
    answered(over, 9, 3)
    monkeypatch.setattr(Results, "leaves_few_out", False)
    group = reach_of(over)
    everybody = type(group)(group.told, [*group.told, *group.few], group.few)
    monkeypatch.setattr("evaluation.results.reach_of", lambda survey: everybody)

    assert all(least == most for _link, least, most in attack(over, "q2"))


def test_indicators_count_told_municipalities_alone(over):
    answered(over, 5, 4, 4)
    SurveyRound.objects.filter(pk=over.pk).update(
        closes_on=timezone.localdate() - timedelta(days=1)
    )

    rows = told_answers(over.opens_on, over.closes_on)

    assert rows.count() == 5
    assert not told_answers(over.opens_on, over.closes_on - timedelta(days=1)).exists()


def test_municipalities_in_two_surveys_are_told_by_each_survey_alone():
    place = MunicipalityFactory()
    for count in (5, 3):
        survey = SurveyRoundFactory(over=True)
        link = SurveyLinkFactory(round=survey, municipality=place)
        for _number in range(count):
            AnswerSheetFactory(link=link, said={"q2": "yes"})

    shown = [Results(survey).is_told for survey in SurveyRound.objects.order_by("pk")]

    assert shown == [True, False]


def test_page_and_file_call_an_answer_by_one_name_and_count_everybody(client, over):
    said = ["yes", "yes", "some", "no", "cannot_say", None]
    answered(over, 6, said=lambda n: {"q2": said[n]} if said[n] else {"q3": "yes"})
    client.force_login(UserFactory(role=Role.PROJECT_STAFF))

    page = client.get(over.get_absolute_url()).content.decode()
    file = client.get(f"{over.get_absolute_url()}q2/csv/").content.decode("utf-8-sig")

    assert "Nav atbildes" not in page
    rows = [line.split(";") for line in file.splitlines()]
    assert rows[0][1:] == [
        *("Nē", "Atsevišķos gadījumos", "Jā", "Nevaru atbildēt"),
        *("Izlaida", "Aptaujāto skaits"),
    ]
    assert rows[-1] == ["Kopā", "1", "1", "2", "1", "1", "6"]
    for heading in rows[0][1:]:
        assert f"{heading}</th>" in page
