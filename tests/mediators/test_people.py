"""A mediator as a person who works: training, needs, dates, the public card."""

import uuid
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from mediators.models import (
    Training,
    TrainingNeed,
)
from mediators.renewals import renewals
from municipalities.models import Vocabulary
from privacy.models import AuditEntry, Verb
from tests import cast
from tests.factories import (
    AppointmentFactory,
    FamilyFactory,
    MediatorProfileFactory,
    MunicipalityFactory,
    TermFactory,
    TrainingCourseFactory,
    TrainingFactory,
    TrainingNeedFactory,
)

pytestmark = pytest.mark.django_db


def day(days=0):
    return timezone.localdate() + timedelta(days=days)


def page(mediator, *rest):
    return "/".join(["/komanda", str(mediator.pk), *map(str, rest), ""])


@pytest.fixture
def topic(db):
    return TermFactory(
        vocabulary=Vocabulary.TRAINING_TOPIC,
        code="CHILD_RIGHTS",
        label_lv="Bērnu tiesības",
        label_en="Children's rights",
    )


def note(client, mediator, topic, /, **changes):
    answer = {
        "title": "Bērnu tiesību aizsardzība",
        "kind": "course",
        "topic": topic.pk,
        "provider": "Pārvaldes skola",
        "starts_on": "2026-03-02",
        "hours": "40",
    }
    return client.post(page(mediator, "macibas", "jauns"), answer | changes)


def test_an_empty_page_says_what_is_missing(client, mediator):
    client.force_login(mediator)

    assert client.get("/mana-lapa/").url == page(mediator)
    text = client.get(page(mediator)).content.decode()
    assert "Nav atzīmētas nevienas mācības" in text or "No training" in text


def test_a_training_with_its_certificate_stands_on_the_page(client, mediator, topic):
    client.force_login(mediator)

    response = note(
        client,
        mediator,
        topic,
        ends_on="2026-03-06",
        hours="40.5",
        certificate_number="BT-17",
        certificate_issued_on="2026-03-06",
        certificate_expires_on="2031-03-05",
    )

    assert response.status_code == 302
    training = Training.objects.get()
    assert training.municipality == mediator.factory_municipality
    assert training.hours == Decimal("40.5")
    text = client.get(page(mediator)).content.decode()
    assert "02.03.2026.–06.03.2026., 40,5 h" in text
    assert "BT-17" in text


def test_what_is_left_empty_is_taken_from_the_course(client, mediator, topic):
    course = TrainingCourseFactory(
        title="Mediatoru sagatavošana", topic=topic, hours=60
    )
    client.force_login(mediator)

    note(
        client,
        mediator,
        topic,
        course=course.pk,
        title="",
        topic="",
        hours="",
        kind="initial",
    )

    training = Training.objects.get()
    assert (training.title, training.topic, training.hours) == (
        "Mediatoru sagatavošana",
        topic,
        60,
    )
    assert training.ends_on == training.starts_on


@pytest.mark.parametrize(
    ("wrong", "where"),
    [
        ({"title": ""}, "title"),
        ({"title": "x" * 300}, "title"),
        ({"topic": ""}, "topic"),
        ({"topic": "funding_source.NGO"}, "topic"),
        ({"hours": ""}, "hours"),
        ({"hours": "0"}, "hours"),
        ({"hours": "1000"}, "hours"),
        ({"hours": "NaN"}, "hours"),
        ({"starts_on": "2100-01-01"}, "starts_on"),
        ({"ends_on": "2026-03-01"}, "__all__"),
        ({"starts_on": "1926-01-01"}, "starts_on"),
        ({"course": "77"}, "course"),
        (
            {
                "certificate_issued_on": "2026-03-06",
                "certificate_expires_on": "2026-03-05",
            },
            "__all__",
        ),
        ({"title": "Pie Kārkliņu ģimenes"}, "title"),
    ],
)
def test_what_cannot_be_right_comes_back(client, mediator, topic, wrong, where):
    FamilyFactory(
        municipality=mediator.factory_municipality,
        mediator=mediator,
        label="Kārkliņu ģimene",
    )
    client.force_login(mediator)

    response = note(client, mediator, topic, **wrong)

    assert response.status_code == 422
    assert where in response.context["form"].errors
    assert not Training.objects.exists()


def test_what_may_not_be_left_out_is_not_called_optional(client, mediator, topic):
    course = TrainingCourseFactory(topic=topic)
    client.force_login(mediator)
    asked = {"title", "topic", "hours"}

    form = client.get(page(mediator, "macibas", "jauns")).context["form"]
    assert all(form.fields[name].required for name in asked)

    empty = dict.fromkeys(asked, "")
    form = note(client, mediator, topic, **empty).context["form"]
    assert form.errors.keys() == asked
    assert len({str(form.errors[name]) for name in asked}) == len(asked)
    assert note(client, mediator, topic, course=course.pk, **empty).status_code == 302


def test_a_title_of_ones_own_is_taken_without_a_course(client, mediator, topic):
    client.force_login(mediator)

    note(client, mediator, topic, title="Sarunas ar pusaudžiem", provider="")

    assert Training.objects.get().title == "Sarunas ar pusaudžiem"


def test_a_double_click_stores_one_training(client, mediator, topic):
    client.force_login(mediator)
    key = uuid.uuid4()

    for _click in range(2):
        note(client, mediator, topic, client_uuid=key)

    assert Training.objects.count() == 1


def test_who_works_in_two_municipalities_says_for_which_it_was(client, mediator, topic):
    other = AppointmentFactory(user=mediator, municipality=MunicipalityFactory())
    foreign = MunicipalityFactory()
    client.force_login(mediator)

    assert note(client, mediator, topic).status_code == 422
    assert note(client, mediator, topic, municipality=foreign.pk).status_code == 422
    note(client, mediator, topic, municipality=other.municipality_id)
    assert Training.objects.get().municipality == other.municipality


def test_coordinators_keep_the_page_of_their_own_mediators(
    client, mediator, coordinator, outsider, topic
):
    client.force_login(coordinator)

    assert note(client, mediator, topic).status_code == 302
    assert note(client, outsider, topic).status_code == 404
    assert client.get(page(outsider)).status_code == 404
    new_need = page(mediator, "vajadzibas", "jauns")
    assert client.get(new_need).status_code == 404


@pytest.mark.parametrize("who", ["lead_mediator", "project_staff"])
def test_lead_mediators_and_staff_read(client, mediator, topic, who):
    training = TrainingFactory(mediator=mediator, topic=topic)
    client.force_login(cast.person(who))

    assert training.title in client.get(page(mediator)).content.decode()
    assert note(client, mediator, topic).status_code == 404
    assert client.get(page(mediator, "macibas", training.pk)).status_code == 404
    assert client.get(page(mediator, "dati")).status_code == 404


def test_the_page_closes_with_the_appointment(client, mediator, coordinator):
    mediator.appointments.update(ends_on=day(-1))
    client.force_login(coordinator)

    assert client.get(page(mediator)).status_code == 404
    client.force_login(mediator)
    assert client.get(page(mediator)).status_code == 404


def test_a_need_is_asked_planned_and_done(client, mediator, coordinator, topic):
    client.force_login(mediator)
    client.post(
        page(mediator, "vajadzibas", "jauns"),
        {"topic": topic.pk, "wish": "Sarunām ar pusaudžiem."},
    )
    need = TrainingNeed.objects.get()
    training = TrainingFactory(mediator=mediator, topic=topic)
    foreign = TrainingFactory(topic=topic)
    address = page(mediator, "vajadzibas", need.pk)

    client.force_login(coordinator)
    plan = {"status": "planned", "planned_for": str(day(30))}
    assert client.post(address, {"status": "planned"}).status_code == 422
    assert client.post(address, plan | {"planned_for": "2020-01-01"}).status_code == 422
    assert client.post(address, plan).status_code == 302
    client.force_login(mediator)
    assert client.get(address).status_code == 404, (
        "what is planned is not hers to change"
    )
    client.force_login(cast.person("lead_mediator"))
    assert client.post(address, {"status": "done"}).status_code == 422
    done = {"status": "done", "training": foreign.pk}
    assert client.post(address, done).status_code == 422
    done = {"status": "done", "training": training.pk}
    assert client.post(address, done).status_code == 302
    need.refresh_from_db()
    assert (need.status, need.training) == ("done", training)
    assert need.wish == "Sarunām ar pusaudžiem."

    client.force_login(mediator)
    client.post(page(mediator, "macibas", training.pk, "dzest"))
    assert Training.objects.filter(pk=training.pk).exists(), "a need says it was done"


def test_a_wish_names_no_family(client, mediator, topic):
    FamilyFactory(
        municipality=mediator.factory_municipality,
        mediator=mediator,
        label="Kārkliņu ģimene",
    )
    client.force_login(mediator)

    response = client.post(
        page(mediator, "vajadzibas", "jauns"),
        {"topic": topic.pk, "wish": "Lai palīdzētu Kārkliņiem."},
    )

    assert response.status_code == 422
    assert AuditEntry.objects.filter(verb=Verb.REFUSE).count() == 1


def test_rows_of_somebody_else_do_not_open_under_the_own_page(
    client, mediator, outsider
):
    foreign = TrainingFactory(mediator=outsider)
    need = TrainingNeedFactory(mediator=outsider)
    client.force_login(mediator)

    assert client.get(page(mediator, "macibas", foreign.pk)).status_code == 404
    assert client.get(page(mediator, "vajadzibas", need.pk)).status_code == 404
    assert client.get(page(mediator, "nekas", "jauns")).status_code == 404
    assert (
        client.post(page(mediator, "macibas", foreign.pk, "dzest")).status_code == 404
    )


def test_the_last_training_on_a_topic_says_when_to_renew(mediator, topic):
    facts = {"mediator": mediator, "topic": topic}
    TrainingFactory(
        **facts, starts_on=date(2020, 1, 1), certificate_expires_on=day(-400)
    )
    assert [one.is_over for one in renewals([mediator], day())] == [True]

    renewed = TrainingFactory(
        **facts, starts_on=date(2026, 1, 1), certificate_expires_on=day(61)
    )
    assert renewals([mediator], day()) == []
    renewed.certificate_expires_on = day(60)
    renewed.save()
    [one] = renewals([mediator], day())
    assert not one.is_over

    TrainingFactory(**facts, starts_on=day(-1))
    assert len(renewals([mediator], day())) == 1, "no certificate, nothing renewed"

    MediatorProfileFactory(mediator=mediator, record_check_until=day(3))
    assert [one.due_on for one in renewals([mediator], day())] == [day(3), day(60)]
