"""Moving, finishing and dropping a next step."""

from datetime import time, timedelta

import pytest
from django.utils import timezone

from privacy.models import AuditEntry, Verb
from tests.factories import NextStepFactory

TODAY = timezone.localdate()


@pytest.fixture
def step(mediator, municipality, case):
    return NextStepFactory(
        mediator=mediator,
        municipality=municipality,
        family=case.family,
        case=case,
        due_at=time(14),
    )


@pytest.fixture
def act(client, mediator, step):
    client.force_login(mediator)

    def post(way, **data):
        return client.post(f"/soli/{step.pk}/{way}/", data)

    return post


def test_a_step_moves_to_another_day_and_loses_its_hour(act, step, case):
    day = TODAY + timedelta(days=7)

    response = act("parcelt", due_on=day.isoformat())

    step.refresh_from_db()
    assert (step.due_on, step.due_at, step.status) == (day, None, "open")
    assert response.url == case.get_absolute_url()
    assert AuditEntry.objects.get(verb=Verb.UPDATE).detail == {"fields": ["due_on"]}


@pytest.mark.parametrize("day", ["", "never", "2020-01-01", "\x00"])
def test_a_day_that_makes_no_sense_is_refused(act, step, day):
    response = act("parcelt", due_on=day)

    assert response.status_code == 422
    step.refresh_from_db()
    assert step.due_on == TODAY


@pytest.mark.parametrize(
    ("way", "status"), [("izdarits", "done"), ("atcelt", "dropped")]
)
def test_a_step_ends_without_an_entry(act, step, way, status):
    act(way)

    step.refresh_from_db()
    assert (step.status, step.done_by) == (status, None)


@pytest.mark.parametrize("way", ["parcelt", "izdarits", "atcelt"])
def test_a_step_that_has_ended_or_is_of_others_does_not_exist(
    client, act, step, colleague, way
):
    client.force_login(colleague)
    assert act(way, due_on=TODAY.isoformat()).status_code == 404
    client.force_login(step.mediator)
    act("izdarits")
    assert act(way, due_on=TODAY.isoformat()).status_code == 404


@pytest.mark.parametrize(
    ("address", "back"),
    [
        ("/sodien/", "/sodien/"),
        ("https://example.test/", None),
        ("//example.test/", None),
        ("javascript:alert(1)", None),
    ],
)
def test_one_comes_back_to_where_one_was_but_never_elsewhere(act, case, address, back):
    response = act("izdarits", next=address)

    assert response.url == (back or case.get_absolute_url())


def test_the_page_offers_tomorrow_and_in_a_week(client, mediator, step):
    client.force_login(mediator)

    page = client.get(f"/soli/{step.pk}/parcelt/").content.decode()

    for days in (1, 7):
        assert f'value="{TODAY + timedelta(days=days)}"' in page
    assert AuditEntry.objects.get(verb=Verb.READ).object_id == str(step.pk)
