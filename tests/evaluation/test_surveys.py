"""Staff make surveys and their questions; coordinators add one question of their own."""

from datetime import timedelta

import pytest
from django.utils import timezone

from evaluation.models import Answer, Questionnaire, SurveyLink, SurveyRound
from mediators.models import Role
from tests.factories import (
    AnswerSheetFactory,
    FamilyFactory,
    MunicipalityFactory,
    RecommendationFactory,
    SurveyLinkFactory,
    SurveyRoundFactory,
    UserFactory,
)
from tests.filling import filled

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff(client):
    user = UserFactory(role=Role.PROJECT_STAFF)
    client.force_login(user)
    return user


def fill(client, address, **changes):
    page = client.get(address).content.decode()
    return client.post(address, filled(page, address, **changes))


def day(number):
    return f"{timezone.localdate() + timedelta(days=number)}"


def test_a_new_survey_asks_the_questions_of_the_sources_where_mediators_work(
    client, staff
):
    mediator = UserFactory(role=Role.MEDIATOR, municipality=MunicipalityFactory())
    MunicipalityFactory()

    fill(client, "/aptaujas/jauna/")

    survey = SurveyRound.objects.get()
    assert survey.questionnaire == Questionnaire.objects.get(version=1)
    [link] = survey.links.all()
    assert link.municipality == mediator.factory_municipality
    assert survey.opens_on == timezone.localdate() + timedelta(days=14)


@pytest.mark.parametrize(
    ("days", "problem"),
    [
        ((5, 4), "Pēdējā diena ir pirms pirmās dienas."),
        ((-1, 4), "Šī diena jau ir pagājusi."),
        ((14, 365 * 100), "Pārbaudiet gadu"),
    ],
)
def test_days_that_make_no_sense_are_refused(client, staff, days, problem):
    UserFactory(role=Role.MEDIATOR, municipality=MunicipalityFactory())

    answer = fill(
        client, "/aptaujas/jauna/", opens_on=day(days[0]), closes_on=day(days[1])
    )

    assert answer.status_code == 422
    assert problem in answer.content.decode()


def test_once_it_is_open_only_its_end_and_new_municipalities_change(client, staff):
    link = SurveyLinkFactory()
    other = UserFactory(role=Role.MEDIATOR, municipality=MunicipalityFactory())
    address = f"{link.round.get_absolute_url()}labot/"
    page = client.get(address).content.decode()
    assert 'name="opens_on"' not in page
    assert 'name="questionnaire"' not in page

    fill(
        client,
        address,
        closes_on=day(20),
        places=[other.factory_municipality.pk],
    )

    link.round.refresh_from_db()
    assert f"{link.round.closes_on}" == day(20)
    assert link.round.links.count() == 2


def test_a_survey_that_is_over_stays_over(client, staff):
    survey = SurveyRoundFactory(over=True)

    assert client.get(f"{survey.get_absolute_url()}labot/").status_code == 404


def test_questions_can_be_changed_added_and_left_out_until_somebody_answers(
    client, staff
):
    address = Questionnaire.objects.newest().get_absolute_url()

    answer = fill(
        client,
        address,
        **{
            "q2-lv": "Vai saziņa ir labāka?",
            "q3-lv": "",
            "q3-en": "",
            "n0-lv": "Cik bieži tiekaties?",
            "n0-en": "How often do you meet?",
            "n0-kind": "one",
            "n0-options": "Reti | Seldom\nBieži | Often",
        },
    )

    assert answer.status_code == 302
    asked = Questionnaire.objects.get().asked
    assert [question.code for question in asked] == [
        *("q0", "q1", "q2", "q4", "q5", "q6", "q7", "q8", "q9"),
    ]
    assert asked[2].lv == "Vai saziņa ir labāka?"
    assert [option.lv for option in asked[-1].options] == ["Reti", "Bieži"]
    assert len(asked[1].options) == 9


@pytest.mark.parametrize(
    "wrong",
    [
        {"q2-en": ""},
        {"q1-options": "Tikai latviski"},
        {"q1-options": ""},
        {"q2-lv": "ā" * 401},
    ],
)
def test_questions_that_cannot_be_asked_are_refused(client, staff, wrong):
    row = Questionnaire.objects.newest()

    answer = fill(client, row.get_absolute_url(), **wrong)

    assert answer.status_code == 422
    assert Questionnaire.objects.get().questions == row.questions


def test_answered_questions_are_fixed_and_go_on_in_a_new_version(client, staff):
    sheet = AnswerSheetFactory(said={"q2": "yes"})
    asked = sheet.link.round.questionnaire
    address = asked.get_absolute_url()
    assert client.post(address, {"q2-lv": "Cits?"}).status_code == 404

    answer = client.post(f"{address}jauna-versija/")

    newer = Questionnaire.objects.newest()
    assert answer.url == newer.get_absolute_url()
    assert (newer.version, newer.questions) == (2, asked.questions)
    client.post(f"{address}jauna-versija/")
    assert Questionnaire.objects.count() == 2


def test_coordinators_read_the_questions_and_add_one_of_their_own(client):
    place = MunicipalityFactory()
    coordinator = UserFactory(role=Role.COORDINATOR, municipality=place)
    link = SurveyLinkFactory(
        municipality=place, round__opens_on=timezone.localdate() + timedelta(days=9)
    )
    client.force_login(coordinator)
    page = client.get(link.round.questionnaire.get_absolute_url()).content.decode()
    assert 'name="q2-lv"' not in page

    answer = client.post(f"/aptaujas/saite/{link.pk}/", {"extra_lv": "Kas vēl?"})

    assert answer.status_code == 302
    link.refresh_from_db()
    assert link.extra_lv == "Kas vēl?"


def test_the_own_question_names_no_family(client):
    place = MunicipalityFactory()
    mediator = UserFactory(role=Role.MEDIATOR, municipality=place)
    FamilyFactory(municipality=place, mediator=mediator, label="Kārkliņu ģimene")
    link = SurveyLinkFactory(
        municipality=place, round__opens_on=timezone.localdate() + timedelta(days=9)
    )
    client.force_login(UserFactory(role=Role.COORDINATOR, municipality=place))

    answer = client.post(
        f"/aptaujas/saite/{link.pk}/", {"extra_lv": "Kā klājas Kārkliņiem?"}
    )

    assert answer.status_code == 422
    assert not SurveyLink.objects.get().extra_lv


def test_what_is_asked_does_not_change_once_it_is_open(client, staff):
    link = SurveyLinkFactory()

    client.post(f"/aptaujas/saite/{link.pk}/", {"extra_lv": "Kas vēl?"})

    link.refresh_from_db()
    assert link.extra_lv == ""


def test_a_link_is_ended_and_made_anew_after_one_question(client, staff):
    link = SurveyLinkFactory(invited_on=timezone.localdate())
    old = link.secret

    for step, word in (("beigt", "Izbeigt saiti"), ("jauna", "Izveidot jaunu saiti")):
        page = client.get(f"/aptaujas/saite/{link.pk}/{step}/").content.decode()
        assert word in page
        assert "Vēstulēs, kas izsūtītas kopš" in page
    assert client.get(f"/a/{old}/").status_code == 200

    client.post(f"/aptaujas/saite/{link.pk}/beigt/")
    assert client.get(f"/a/{old}/").status_code == 404

    client.post(f"/aptaujas/saite/{link.pk}/jauna/")
    link.refresh_from_db()
    assert client.get(f"/a/{old}/").status_code == 404
    assert client.get(f"/a/{link.secret}/").status_code == 200


def test_whoever_mediates_sees_no_survey(client):
    link = SurveyLinkFactory()
    client.force_login(UserFactory(role=Role.MEDIATOR, municipality=link.municipality))

    addresses = ["/aptaujas/", link.round.get_absolute_url()]
    assert [client.get(one).status_code for one in addresses] == [404, 404]


# Open answers


@pytest.fixture
def named():
    """Five sheets of a survey that is over, one of which names a family."""
    place = MunicipalityFactory()
    mediator = UserFactory(role=Role.MEDIATOR, municipality=place)
    FamilyFactory(municipality=place, mediator=mediator, label="Kārkliņu ģimene")
    link = SurveyLinkFactory(round=SurveyRoundFactory(over=True), municipality=place)
    for _number in range(4):
        AnswerSheetFactory(link=link, said={"q2": "yes"})
    said = {
        "q7": {"text": "Kārkliņiem vajag darbu"},
        "q8": {"text": "Palīdzēt Kārkliņiem."},
    }
    AnswerSheetFactory(link=link, said=said)
    return link


def test_names_are_taken_out_before_anybody_reads_an_answer(client, staff, named):
    page = client.get(f"{named.round.get_absolute_url()}teksti/").content.decode()

    assert "Kārkliņ" not in page
    assert "Palīdzēt […]." in page
    assert str(named.municipality) not in page


def test_coordinators_do_not_moderate_what_is_said_about_them(client, named):
    client.force_login(
        UserFactory(role=Role.COORDINATOR, municipality=named.municipality)
    )
    answer = Answer.objects.texts().first()

    assert client.get(f"{named.round.get_absolute_url()}teksti/").status_code == 404
    assert client.post(f"/aptaujas/atbilde/{answer.pk}/").status_code == 404


def moderate(client, answer, button="show", **said):
    prefix = f"a{answer.pk.hex}"
    fields = {f"{prefix}-{name}": value for name, value in said.items()}
    return client.post(f"/aptaujas/atbilde/{answer.pk}/", fields | {button: ""})


def test_an_answer_is_shown_as_it_was_edited_and_counts_as_it_was_coded(
    client, staff, named
):
    answer = Answer.objects.texts().get(question="q7")

    moderate(client, answer, shown="Vajag darbu.", codes=["nodarbinatiba"])

    answer.refresh_from_db()
    assert (answer.status, answer.shown) == ("shown", "Vajag darbu.")
    assert answer.codes == ["nodarbinatiba"]
    page = client.get(named.round.get_absolute_url()).content.decode()
    assert "Vajag darbu." in page


def test_a_name_that_was_typed_back_is_taken_out_again(client, staff, named):
    answer = Answer.objects.texts().get(question="q8")

    moderate(client, answer, shown="Palīdzēt Kārkliņiem.")

    answer.refresh_from_db()
    assert answer.shown == "Palīdzēt […]."


def test_what_is_kept_back_is_read_by_nobody(client, staff, named):
    answer = Answer.objects.texts().get(question="q8")

    moderate(client, answer, button="keep", shown="Slikti.")

    page = client.get(named.round.get_absolute_url()).content.decode()
    assert "Slikti." not in page


def test_what_is_no_answer_of_the_list_codes_nothing(client, staff, named):
    answer = Answer.objects.texts().get(question="q7")

    moderate(client, answer, shown="Darbs.", codes=["nav"])

    answer.refresh_from_db()
    assert (answer.status, answer.codes) == ("waiting", [])


@pytest.mark.parametrize(
    ("written", "reason"),
    [
        ("Palīdzēt cilvēkam 010190-12345 ar darbu.", "personas kods"),
        ("", "Ierakstiet, ko drīkst lasīt citi, vai izvēlieties „Nerādīt”."),
    ],
)
def test_what_cannot_be_shown_stays_to_be_corrected(
    client, staff, named, written, reason
):
    answer = Answer.objects.texts().get(question="q8")

    response = moderate(client, answer, shown=written)

    assert response.status_code == 422
    first = response.context["rows"][0]
    assert (first["answer"], first["form"]["shown"].value()) == (answer, written)
    assert reason in response.content.decode()
    assert len(response.context["rows"]) == 2
    answer.refresh_from_db()
    assert answer.status == "waiting"


def test_a_looked_through_answer_becomes_one_recommendation(client, staff, named):
    answer = Answer.objects.texts().get(question="q8")
    moderate(client, answer, shown="Vairāk laika.")
    address = f"/aptaujas/atbilde/{answer.pk}/ieteikums/"
    like = RecommendationFactory()
    said = {"heading": like.heading_id, "addressee": like.addressee_id}

    fill(client, address, **said)
    assert client.get(address).status_code == 302

    made = answer.recommendation
    assert made.text == "Vairāk laika."
    assert made.source.startswith("Pašvaldību darbinieku aptauja")


def test_praise_does_not_become_a_recommendation(client, staff, named):
    sheet = named.sheets.first()
    praise = Answer.objects.create(
        sheet=sheet, question="q1", text="Palīdz.", shown="Palīdz.", status="shown"
    )
    answer = Answer.objects.texts().get(question="q8")
    moderate(client, answer, shown="Vairāk laika.")

    for address in ("", "teksti/"):
        page = client.get(f"{named.round.get_absolute_url()}{address}").content.decode()
        assert "Palīdz." in page
        assert page.count("Pārvērst par ieteikumu") == 1
    address = f"/aptaujas/atbilde/{praise.pk}/ieteikums/"
    assert client.get(address).status_code == 404


def test_a_version_of_the_questions_is_called_alike_everywhere():
    assert str(Questionnaire.objects.newest()) == "1. redakcija"
