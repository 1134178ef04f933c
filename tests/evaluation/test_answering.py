"""Municipal staff answer without a name, without a script, once."""

from datetime import timedelta

import pytest
from django.utils import timezone

from evaluation.models import Answer, AnswerSheet, Questionnaire
from evaluation.services.surveys import new_version, save_questions
from mediators.models import Role
from privacy.models import AuditEntry
from tests.factories import SurveyLinkFactory, SurveyRoundFactory, UserFactory
from tests.filling import filled

pytestmark = pytest.mark.django_db


def address(link):
    return f"/a/{link.secret}/"


def send(client, link, **answers):
    """What a browser without scripts sends after these answers."""
    page = client.get(address(link)).content.decode()
    return client.post(address(link), filled(page, address(link), **answers))


@pytest.fixture
def link():
    return SurveyLinkFactory()


def test_the_questions_stand_word_for_word_on_one_page(client, link):
    page = client.get(address(link)).content.decode()

    for question in link.questions:
        assert question.lv in page
        assert all(option.lv in page for option in question.options)
    assert page.index("Nē") < page.index("Atsevišķos gadījumos") < page.index("Jā<")
    assert "Lūdzu, nerakstiet ģimeņu vārdus." in page


def test_the_questions_are_there_in_english_too(client, link):
    page = client.get(address(link) + "?lang=en").content.decode()

    assert '<html lang="en"' in page
    assert all(question.en in page for question in link.questions)


def test_answers_are_stored_as_they_were_chosen(client, link):
    answer = send(
        client,
        link,
        q0="izglitiba",
        q1=["darbs", "vecaki"],
        q1_other="Palīdzēja ar tulkošanu",
        q2="some",
        q8="Vairāk stundu.",
    )

    assert answer.status_code == 302
    assert answer.url == address(link) + "?paldies"
    assert "Paldies" in client.get(answer.url).content.decode()
    sheet = AnswerSheet.objects.get()
    assert sheet.link == link
    said = {(one.question, one.value, one.text) for one in sheet.answers.all()}
    assert said == {
        ("q0", "izglitiba", ""),
        ("q1", "darbs", ""),
        ("q1", "vecaki", ""),
        ("q1", "", "Palīdzēja ar tulkošanu"),
        ("q2", "some", ""),
        ("q8", "", "Vairāk stundu."),
    }


def test_nothing_tells_who_answered_or_when(client, link):
    before = AuditEntry.objects.count()

    send(client, link, q2="yes")

    names = {
        field.name
        for model in (AnswerSheet, Answer)
        for field in model._meta.concrete_fields
    }
    assert names == {
        *("id", "link", "form_sha256", "sheet", "question", "value", "text"),
        *("shown", "codes", "status", "moderated_by"),
    }
    assert AuditEntry.objects.count() == before
    assert not client.cookies
    assert AnswerSheet.objects.get().pk.version == 4


def test_a_double_click_is_one_sheet(client, link):
    page = client.get(address(link)).content.decode()
    form = filled(page, address(link), q2="yes")

    answers = [client.post(address(link), form) for _time in range(2)]

    assert [answer.status_code for answer in answers] == [302, 302]
    assert AnswerSheet.objects.count() == 1
    assert Answer.objects.count() == 1


def test_who_answers_nothing_is_told_so(client, link):
    answer = send(client, link)

    assert answer.status_code == 422
    assert "Atbildiet vismaz uz vienu jautājumu." in answer.content.decode()
    assert not AnswerSheet.objects.exists()


@pytest.mark.parametrize("length", [2001, 32_767])
def test_what_is_too_long_comes_back_with_all_other_answers(client, link, length):
    answer = send(client, link, q2="yes", q8="ā" * length)

    assert answer.status_code == 422
    page = answer.content.decode()
    assert "ā" * length in page
    assert 'name="q2" value="yes" checked>' in page
    assert not AnswerSheet.objects.exists()


@pytest.mark.parametrize(
    "wrong", [{"q2": "maybe"}, {"q1": ["darbs", "x"]}, {"q8": "Kods 010180-11111"}]
)
def test_answers_that_are_none_are_refused(client, link, wrong):
    assert send(client, link, **wrong).status_code == 422
    assert not AnswerSheet.objects.exists()


def test_a_machine_that_fills_in_everything_is_thanked_and_forgotten(client, link):
    answer = send(client, link, q2="yes", homepage="https://spam.example")

    assert answer.status_code == 302
    assert not AnswerSheet.objects.exists()


def test_unknown_ended_planned_and_closed_links_look_the_same(client):
    today = timezone.localdate()
    ended = SurveyLinkFactory(revoked_at=timezone.now())
    planned = SurveyLinkFactory(round__opens_on=today + timedelta(days=1))
    closed = SurveyLinkFactory(round=SurveyRoundFactory(over=True))

    answers = [
        client.get(f"/a/{token}/")
        for token in ("nezinams", ended.secret, planned.secret, closed.secret)
    ]

    assert [answer.status_code for answer in answers] == [404] * 4
    assert len({answer.content for answer in answers}) == 1
    assert "Šī aptauja nav atvērta" in answers[0].content.decode()


def test_the_last_day_counts_and_the_day_after_does_not(client, link, time_machine):
    page = client.get(address(link)).content.decode()
    form = filled(page, address(link), q2="yes")
    noon = timezone.localtime().replace(hour=10)
    time_machine.move_to(noon + (link.round.closes_on - timezone.localdate()))
    assert client.post(address(link), form).status_code == 302

    time_machine.shift(timedelta(days=1))
    form = filled(page, address(link), q2="no")
    assert client.post(address(link), form).status_code == 404
    assert AnswerSheet.objects.count() == 1


def test_many_answers_in_a_minute_are_slowed_and_keep_what_was_written(client, link):
    answers = [send(client, link, q8="Labi.") for _time in range(8)]

    assert [answer.status_code for answer in answers] == [302] * 5 + [429] * 3
    assert "Labi." in answers[-1].content.decode()
    assert AnswerSheet.objects.count() == 5


def test_an_office_that_answers_one_after_the_other_is_not_slowed(
    client, link, time_machine
):
    time_machine.move_to(timezone.now(), tick=False)

    answers = []
    for _person in range(20):
        answers.append(send(client, link, q2="yes").status_code)
        time_machine.shift(timedelta(seconds=45))

    assert answers == [302] * 20


def test_staff_are_warned_where_many_answers_came_at_once_from_one_network(
    client, link, time_machine
):
    noon = timezone.localtime().replace(hour=10, minute=0, second=0)
    time_machine.move_to(noon, tick=False)
    quiet = SurveyLinkFactory(round=link.round)
    for number in range(6):
        send(client, link, q2="yes")
        page = client.get(address(quiet)).content.decode()
        client.post(
            address(quiet),
            filled(page, address(quiet), q2="no"),
            REMOTE_ADDR=f"192.0.2.{number}",
        )
        time_machine.shift(timedelta(seconds=90))
    time_machine.move_to(noon + timedelta(days=20))

    found = {}
    for role in (Role.PROJECT_STAFF, Role.COORDINATOR):
        client.force_login(UserFactory(role=role, municipality=link.municipality))
        found[role] = client.get(link.round.get_absolute_url()).content.decode()

    assert f"{link.municipality}: 6 no 6" in found[Role.PROJECT_STAFF]
    assert f"{quiet.municipality}: 1 no 6" not in found[Role.PROJECT_STAFF]
    assert "vairākas reizes" not in found[Role.COORDINATOR]


def test_questions_that_change_meanwhile_are_asked_again_with_what_was_answered(
    client, link
):
    page = client.get(address(link)).content.decode()
    form = filled(page, address(link), q2="yes", q8="Vairāk stundu.")
    changed = [dict(row) for row in link.round.questionnaire.questions]
    changed[2]["lv"] = "Vai saziņa ir labāka?"
    save_questions(link.round.questionnaire, changed, by=None)

    answer = client.post(address(link), form)

    assert answer.status_code == 422
    page = answer.content.decode()
    assert "Vai saziņa ir labāka?" in page
    assert "Vairāk stundu." in page
    assert client.post(address(link), filled(page, address(link))).status_code == 302
    assert AnswerSheet.objects.get().answers.filter(value="yes").exists()


def test_a_sheet_belongs_to_the_version_that_was_asked(client, link):
    send(client, link, q2="yes")
    asked = link.round.questionnaire

    newer = new_version(asked, by=None)

    assert newer.version == asked.version + 1
    assert AnswerSheet.objects.get().link.round.questionnaire == asked
    assert Questionnaire.objects.newest() == newer


def test_another_language_keeps_what_was_answered(client, link):
    page = client.get(address(link)).content.decode()
    form = filled(
        page, address(link), q0="izglitiba", q1=["darbs"], q8="Vairāk stundu."
    )

    english = client.post(address(link) + "?lang=en", form | {"language": ""})

    assert english.status_code == 200
    page = english.content.decode()
    assert "Send the answers" in page
    assert not AnswerSheet.objects.exists()
    form = filled(page, address(link))
    assert form["q0"] == ["izglitiba"]
    assert form["q8"][0].strip() == "Vairāk stundu."
    assert client.post(address(link), form).status_code == 302
    assert AnswerSheet.objects.get().answers.count() == 3


def test_two_surveys_at_once_keep_their_answers_apart(client):
    links = [SurveyLinkFactory(), SurveyLinkFactory()]

    for link in links:
        send(client, link, q2="yes")

    assert {sheet.link for sheet in AnswerSheet.objects.all()} == set(links)


def test_a_municipality_adds_one_question_of_its_own(client):
    link = SurveyLinkFactory(extra_lv="Kā palīdz rotaļlietu bibliotēka?")

    assert link.extra_lv in client.get(address(link)).content.decode()
    send(client, link, extra="Ļoti.")

    assert Answer.objects.get().question == "extra"


def test_the_address_of_the_page_stays_nowhere(client, link):
    answer = client.get(address(link))

    assert answer["Referrer-Policy"] == "no-referrer"
    assert "no-store" in answer["Cache-Control"]
    assert answer["X-Robots-Tag"] == "noindex, nofollow"
    assert link.secret not in answer.content.decode()
