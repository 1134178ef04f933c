"""Participants for a fund: voluntary answers, by number, apart from the family (X5)."""

from datetime import timedelta
from io import BytesIO

import openpyxl
import pytest
from django.utils import timezone, translation

from cases.models import Involvement, Participant
from data_protection.services import erasure
from data_protection.services.subject_export import collect
from mediators.models import Role
from municipalities.models import Vocabulary
from privacy.models import AuditEntry
from reports.resources import ParticipantResource
from tests.factories import (
    ConsentFactory,
    FamilyMemberFactory,
    InvolvementFactory,
    ParticipantFactory,
    SubjectRequestFactory,
    TermFactory,
    UserFactory,
)

TODAY = timezone.localdate
DOCUMENT = "/dokumenti/dalibnieki/"


@pytest.fixture
def person(family):
    return FamilyMemberFactory(family=family, name="Rūdis", birth_year=2005, sex="male")


@pytest.fixture
def programme(db):
    return TermFactory(vocabulary=Vocabulary.PROGRAMME, code="PROTI_DARI2")


@pytest.fixture
def way(family, mediator, person, programme):
    way = InvolvementFactory(
        family=family,
        mediator=mediator,
        programme=programme,
        steps=[("applied", TODAY() - timedelta(days=9)), ("accepted", TODAY())],
    )
    way.count_as(person, TODAY())
    way.save()
    return way


@pytest.fixture
def send(client, mediator, way):
    client.force_login(mediator)

    def post(**changes):
        answers = {"agrees": "on", "consent_on": TODAY().isoformat()} | changes
        return client.post(f"/programmas/{way.pk}/dalibnieks/", answers)

    return post


@pytest.fixture
def exported(client, programme):
    def fetch():
        client.force_login(UserFactory(role=Role.PROJECT_STAFF))
        response = client.post(
            DOCUMENT,
            {"programme": programme.pk, "period": f"{TODAY().year}", "format": "xlsx"},
        )
        return openpyxl.load_workbook(BytesIO(response.content))

    return fetch


def rows(book):
    header, *found = book["Dalībnieki"].values
    return [dict(zip(header, row, strict=True)) for row in found if any(row)]


def test_the_form_knows_what_the_list_of_people_knows(client, send, way):
    form = client.get(f"/programmas/{way.pk}/dalibnieks/").context["form"]

    assert (form["birth_year"].value(), form["sex"].value()) == (2005, "male")


def test_no_answer_is_required_but_the_consent(send):
    assert send(agrees="").status_code == 422
    assert not Participant.objects.exists()

    assert send().status_code == 302
    assert Participant.objects.get().labour == ""


def test_not_wanting_to_answer_is_an_answer(send):
    send(minority="declined", labour="declined", sex="declined")

    participant = Participant.objects.get()
    assert {participant.minority, participant.labour, participant.sex} == {"declined"}


def test_a_double_click_makes_one_participant_with_one_number(send, municipality):
    send()
    send(labour="employed")

    participant = Participant.objects.get()
    assert participant.number == f"{municipality.prefix}-D001"
    assert participant.labour == "employed"


@pytest.mark.parametrize("steps", [["informed"], ["applied"], ["applied", "refused"]])
def test_who_was_not_accepted_is_no_participant(
    client, mediator, family, person, steps
):
    way = InvolvementFactory(
        family=family, mediator=mediator, steps=[(step, TODAY()) for step in steps]
    )
    way.count_as(person, TODAY())
    way.save()
    client.force_login(mediator)

    assert client.get(f"/programmas/{way.pk}/dalibnieks/").status_code == 404


def test_a_family_as_a_whole_is_no_participant(client, mediator, family):
    way = InvolvementFactory(
        family=family, mediator=mediator, steps=[("accepted", TODAY())]
    )
    client.force_login(mediator)

    assert client.get(f"/programmas/{way.pk}/dalibnieks/").status_code == 404


@pytest.mark.parametrize(
    ("answers", "field"),
    [
        ({"consent_on": "2999-01-01"}, "consent_on"),
        ({"birth_year": "05"}, "birth_year"),
        ({"birth_year": "2999"}, "birth_year"),
        ({"minority": "perhaps"}, "minority"),
    ],
)
def test_what_cannot_be_is_refused(send, answers, field):
    response = send(**answers)

    assert response.status_code == 422
    assert field in response.context["form"].errors


def test_a_family_that_has_withdrawn_gives_no_answers(send, family):
    ConsentFactory(family=family, withdrawn_on=TODAY())

    assert send().status_code == 422


def test_the_answers_are_deleted_alone_and_the_steps_stay(client, send, way):
    send()

    client.post(f"/programmas/{way.pk}/dalibnieks/dzest/")

    assert not Participant.objects.exists()
    assert way.steps.count() == 2


def test_an_acceptance_with_answers_is_not_taken_back(client, send, way):
    send()

    client.post(f"/programmas/soli/{way.last.pk}/dzest/")

    assert Involvement.objects.get().taken == ["applied", "accepted"]


def test_the_erasure_of_the_person_takes_the_answers_and_leaves_the_step(
    send, way, person, mediator
):
    send()

    erasure.erase_member(person, why="request", by=mediator)

    assert not Participant.objects.exists()
    assert way.steps.count() == 2


def test_the_erasure_of_the_family_takes_the_answers(send, way, family, mediator):
    send()

    erasure.erase_family(family, why="request", by=mediator)

    assert not Participant.objects.exists()
    assert Involvement.objects.count() == 1


def test_the_copy_for_the_person_holds_the_answers(send, family, person):
    send(minority="declined")

    data = collect(family, person, SubjectRequestFactory(family=family))

    [told] = data["programmes"]
    assert told["participant"]["minority"]["code"] == "declined"
    assert [step["step"]["code"] for step in told["steps"]] == ["applied", "accepted"]


def test_staff_get_who_is_ready_by_number_and_nobody_else(
    send, way, family, person, exported
):
    send(minority="yes", is_ready="on", labour="unemployed")
    waiting = ParticipantFactory(
        ready_on=None, involvement=InvolvementFactory(steps=[("accepted", TODAY())])
    )

    book = exported()

    [row] = rows(book)
    assert row["Dalībnieks"] == Participant.objects.get(involvement=way).number
    assert row["Sāka"].date() == TODAY()
    everything = str([list(page.values) for page in book])
    for secret in (family.code, family.label, person.name, waiting.number):
        assert secret not in everything


def test_a_period_without_participants_makes_a_file_that_opens(exported):
    assert rows(exported()) == []


def test_of_restricted_families_nothing_is_taken_out(way, family, exported):
    ParticipantFactory(involvement=way)
    family.restricted_on = TODAY()
    family.save()

    assert rows(exported()) == []


def test_the_audit_holds_no_answer(send):
    send(minority="yes", labour="long_term")

    told = str(list(AuditEntry.objects.values_list("detail", flat=True)))
    assert "long_term" not in told


def test_only_staff_take_it_out(client, mediator):
    client.force_login(mediator)

    assert client.get(DOCUMENT).status_code == 404


@pytest.mark.parametrize("language", ["lv", "en"])
def test_the_headers_of_the_sheet_begin_with_a_capital_letter(language):
    with translation.override(language):
        headers = ParticipantResource().headers

    assert all(header[0].isupper() for header in headers)
    assert len(set(headers)) == len(headers)
