"""Partners hear of a survey two weeks before, at its opening and before its end."""

from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from evaluation.emails import Mail
from evaluation.services import telling
from evaluation.services.telling import letters
from mediators.models import Role
from municipalities.models import InstitutionContact
from tests.factories import (
    InstitutionContactFactory,
    InstitutionFactory,
    MunicipalityFactory,
    SurveyLinkFactory,
    SurveyRoundFactory,
    UserFactory,
)
from tests.filling import filled

pytestmark = pytest.mark.django_db


def partner(place, **facts):
    told = {"told_of_survey_on": timezone.localdate(), "email": "inga@skola.example"}
    return InstitutionContactFactory(institution__municipality=place, **(told | facts))


def survey_in(days, **facts):
    """A survey that opens in so many days and takes two weeks."""
    return SurveyLinkFactory(
        round=SurveyRoundFactory(
            opens_on=timezone.localdate() + timedelta(days=days), **facts
        )
    )


@pytest.fixture
def told(run_tasks):
    """Subjects of the mails that go out when a morning has come."""

    def run():
        telling.tell_due.func()
        run_tasks()
        subjects = [message.subject for message in mail.outbox]
        mail.outbox.clear()
        return subjects

    return run


WILL_COME = "Būs aptauja par romu mediatora darbu"
IS_HERE = "Aptauja par romu mediatora darbu"
ENDS = "Aptauja par romu mediatora darbu drīz beigsies"


def test_the_three_mails_go_out_on_their_days_once_each(told, time_machine):
    link = survey_in(20)
    partner(link.municipality)
    start = timezone.localtime().replace(hour=7)
    found = {}
    for day in range(40):
        time_machine.move_to(start + timedelta(days=day))
        if subjects := told():
            found[day] = subjects

    assert found == {6: [WILL_COME], 20: [IS_HERE], 27: [ENDS]}


def test_a_survey_that_was_not_announced_sends_nothing(told):
    link = survey_in(0, announced_at=None)
    partner(link.municipality)

    assert told() == []


def test_announcing_tells_partners_at_once_where_it_is_time(run_tasks):
    link = survey_in(10, announced_at=None)
    partner(link.municipality)

    telling.announce(link.round, by=UserFactory(role=Role.PROJECT_STAFF))
    run_tasks()

    assert [message.subject for message in mail.outbox] == [WILL_COME]
    assert f"/a/{link.secret}/" not in mail.outbox[0].body


def announcing(client, link, **said):
    """What becomes of the button of a survey page, pressed by staff."""
    client.force_login(UserFactory(role=Role.PROJECT_STAFF))
    address = link.round.get_absolute_url()
    answer = client.post(f"{address}izsludinat/", said)
    link.round.refresh_from_db()
    return answer


@pytest.mark.parametrize("days", [-1, 0, 1, 13])
def test_less_than_two_weeks_notice_is_asked_about_once(client, days):
    link = survey_in(days, announced_at=None)

    refused = announcing(client, link)

    assert refused.status_code == 422
    assert "Atzīmējiet, ka partneri jau zina" in refused.content.decode()
    assert not link.round.is_announced

    assert announcing(client, link, told_otherwise="on").status_code == 302
    assert link.round.is_announced
    assert link.round.told_otherwise
    page = client.get(link.round.get_absolute_url()).content.decode()
    assert "partneriem tas pateikts citādi" in page


def test_two_weeks_ahead_nothing_is_asked(client):
    link = survey_in(14, announced_at=None)

    assert announcing(client, link).status_code == 302
    assert not link.round.told_otherwise
    page = client.get(link.round.get_absolute_url()).content.decode()
    assert "partneriem tas pateikts citādi" not in page


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        (20, [(6, Mail.ANNOUNCED), (20, Mail.INVITED), (27, Mail.REMINDED)]),
        (3, [(0, Mail.ANNOUNCED), (3, Mail.INVITED), (10, Mail.REMINDED)]),
        (0, [(0, Mail.INVITED), (7, Mail.REMINDED)]),
        (-10, [(0, Mail.INVITED), (1, Mail.REMINDED)]),
        (-14, [(0, Mail.INVITED)]),
    ],
)
def test_the_page_names_the_letters_that_go_and_no_others(
    told, time_machine, days, expected
):
    link = survey_in(days, announced_at=None)
    partner(link.municipality)
    today = timezone.localdate()
    planned = [((day - today).days, mail) for mail, day in letters(link.round)]
    assert planned == expected

    telling.announce(link.round, by=UserFactory(role=Role.PROJECT_STAFF))
    start = timezone.localtime().replace(hour=7)
    sent = []
    for number in range(40):
        time_machine.move_to(start + timedelta(days=number))
        sent += [(number, subject) for subject in told()]

    assert sent == [(day, str(mail.label)) for day, mail in expected]


def test_nobody_can_answer_before_it_was_announced(client):
    link = survey_in(-1, announced_at=None)
    client.force_login(UserFactory(role=Role.PROJECT_STAFF))

    page = client.get(link.round.get_absolute_url()).content.decode()

    assert "Top" in page
    assert client.get(f"/a/{link.secret}/").status_code == 404


def test_once_announced_the_first_day_comes_no_nearer(client):
    link = survey_in(20)
    client.force_login(UserFactory(role=Role.PROJECT_STAFF))
    address = f"{link.round.get_absolute_url()}labot/"
    page = client.get(address).content.decode()
    today = timezone.localdate()

    answers = [
        client.post(
            address, filled(page, address, opens_on=f"{today + timedelta(days=days)}")
        )
        for days in (3, 14)
    ]

    assert [answer.status_code for answer in answers] == [422, 302]
    assert "Aptauja ir izsludināta" in answers[0].content.decode()


def test_the_invitation_holds_the_link_and_no_name(run_tasks):
    link = survey_in(0)
    partner(link.municipality)

    telling.tell_due.func()
    run_tasks()

    [message] = mail.outbox
    assert f"/a/{link.secret}/" in message.body
    assert "nerakstiet ģimeņu vārdus" in message.body
    assert message.to == ["inga@skola.example"]
    assert message.reply_to == [link.round.made_by.email]


def test_letters_count_the_questions_name_the_sender_and_end_days_once(run_tasks):
    link = survey_in(0)
    link.extra_lv = "Kas vēl?"
    link.save()
    partner(link.municipality)
    sender = link.round.made_by

    telling.tell_due.func()
    run_tasks()

    [message] = mail.outbox
    assert "uz 10 jautājumiem" in message.body
    assert ".." not in message.body
    assert f"Jautājumi par aptauju: {sender.full_name}, {sender.email}" in message.body


@pytest.mark.parametrize(
    ("invited", "said", "count"), [(True, True, 1), (True, False, 0), (False, True, 0)]
)
def test_a_new_link_is_mailed_to_those_whose_letter_holds_the_old_one(
    client, run_tasks, invited, said, count
):
    link = survey_in(0)
    link.invited_on = timezone.localdate() if invited else None
    link.save()
    partner(link.municipality)
    client.force_login(UserFactory(role=Role.PROJECT_STAFF))
    address = f"/aptaujas/saite/{link.pk}/jauna/"
    assert ("Nosūtīt jauno saiti" in client.get(address).content.decode()) == invited

    client.post(address, {"tell": "on"} if said else {})
    run_tasks()

    assert len(mail.outbox) == count
    link.refresh_from_db()
    for message in mail.outbox:
        assert f"/a/{link.secret}/" in message.body
        assert "vairs nedarbojas" in message.body


def test_only_those_who_were_told_and_have_an_address_get_mails(told):
    link = survey_in(0)
    partner(link.municipality, told_of_survey_on=None)
    partner(link.municipality, email="")
    partner(link.municipality, is_active=False)
    partner(MunicipalityFactory())

    assert told() == []


def test_a_municipality_without_partners_is_told_when_it_has_some(told):
    link = survey_in(0)
    assert told() == []

    partner(link.municipality)

    assert told() == [IS_HERE]


def test_an_ended_link_sends_nothing_more(told):
    link = survey_in(0)
    partner(link.municipality)
    link.revoked_at = timezone.now()
    link.save()

    assert told() == []


def test_the_tick_at_a_contact_puts_the_person_on_the_list(client):
    coordinator = UserFactory(role=Role.COORDINATOR, municipality=MunicipalityFactory())
    institution = InstitutionFactory(municipality=coordinator.factory_municipality)
    client.force_login(coordinator)

    client.post(
        f"/iestades/{institution.pk}/cilveks/",
        {"name": "Inga Zariņa", "email": "i@s.example", "told_of_survey": "on"},
    )

    person = InstitutionContact.objects.get()
    assert person.told_of_survey_on == timezone.localdate()
    assert telling.partners_of(coordinator.factory_municipality) == [person]


def test_the_day_of_the_tick_stays_and_goes_with_it(client):
    coordinator = UserFactory(role=Role.COORDINATOR, municipality=MunicipalityFactory())
    day = timezone.localdate() - timedelta(days=90)
    person = partner(coordinator.factory_municipality, told_of_survey_on=day)
    client.force_login(coordinator)
    form = {"name": person.name, "email": person.email, "post": person.post}

    for tick, expected in (({"told_of_survey": "on"}, day), ({}, None)):
        client.post(f"/kontakti/{person.pk}/labot/", form | tick)
        person.refresh_from_db()
        assert person.told_of_survey_on == expected


def test_coordinators_keep_the_list_of_their_own_municipality(client):
    coordinator = UserFactory(role=Role.COORDINATOR, municipality=MunicipalityFactory())
    place = coordinator.factory_municipality
    person = partner(place, told_of_survey_on=None)
    client.force_login(coordinator)

    client.post(f"/aptaujas/partneri/{place.slug}/", {"people": [person.pk]})

    person.refresh_from_db()
    assert person.told_of_survey_on == timezone.localdate()
    elsewhere = MunicipalityFactory()
    assert client.get(f"/aptaujas/partneri/{elsewhere.slug}/").status_code == 404
