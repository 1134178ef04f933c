"""Words that belong to no municipality, where holding them against all names takes long."""

from datetime import timedelta

import pytest
from django_tasks_db.models import DBTaskResult

from evaluation.models import Recommendation
from families.models import Family, LookedThrough
from families.services import everybody
from mediators.models import Role
from privacy.models import AuditEntry
from reports.periods import Period
from reports.recommended import recommended
from reports.services.telling import night
from stories.models import Material
from tests.country import MORNING, clock, desks, large, take_on_fishers
from tests.evaluation.test_recommendations import (
    LIST,
    confirm,
    hand_over,
    new,
    sign_in,
    terms,
)
from tests.factories import FollowUpFactory, RecommendationFactory
from tests.filling import filled

pytestmark = pytest.mark.django_db

__all__ = ["clock", "desks", "large", "terms"]
NOVEMBER = Period.parse("2026-11")
WAITS = "salīdzina ar visu ģimeņu vārdiem"
NAMED = "Kārkliņiem” var norādīt"


# Saving


def test_in_a_small_project_words_are_looked_through_at_once(client, desks):
    sign_in(client, Role.PROJECT_STAFF)

    refused = new(client, text="Palīdzēt Kārkliņiem.")
    new(client, text="Palīdzēt visiem.")

    assert NAMED in refused.content.decode()
    assert Recommendation.objects.get().text == "Palīdzēt visiem."
    assert not LookedThrough.objects.exists()


def test_in_a_large_one_the_words_wait_for_the_worker_and_then_pass(
    client, large, run_tasks
):
    sign_in(client, Role.PROJECT_STAFF)

    waits = new(client, text="Palīdzēt visiem.")
    run_tasks()
    stored = new(client, text="Palīdzēt visiem.")

    assert waits.status_code == 422
    # Once for both fields: in the list of errors and at the first one
    assert waits.content.decode().count(WAITS) == 2
    assert "Palīdzēt visiem." in waits.content.decode()
    assert stored.status_code == 302
    assert Recommendation.objects.get().text == "Palīdzēt visiem."


def test_what_names_a_family_is_refused_with_the_name_once_that_is_known(
    client, large, run_tasks
):
    sign_in(client, Role.PROJECT_STAFF)

    new(client, text="Palīdzēt Kārkliņiem.")
    before = AuditEntry.objects.filter(verb="refuse", detail__names=True).count()
    run_tasks()
    refused = new(client, text="Palīdzēt Kārkliņiem.")

    assert refused.status_code == 422
    assert NAMED in refused.content.decode()
    assert WAITS not in refused.content.decode()
    assert not Recommendation.objects.exists()
    assert before == 0
    assert AuditEntry.objects.filter(verb="refuse", detail__names=True).count() == 1


def test_staff_wait_for_words_about_the_whole_project_elsewhere_too(
    client, large, run_tasks
):
    sign_in(client, Role.PROJECT_STAFF)
    page = client.get("/materiali/jauns/").content.decode()
    said = {"title": "Par Kārkliņiem", "link": "https://materiali.example"}
    sent = filled(page, "/materiali/jauns/", **said)

    waits = client.post("/materiali/jauns/", sent).content.decode()
    run_tasks()
    refused = client.post("/materiali/jauns/", sent).content.decode()

    assert WAITS in waits
    assert NAMED in refused
    assert not Material.objects.exists()


def test_a_mediator_and_a_municipality_wait_for_nobody(client, large):
    row = RecommendationFactory()
    place = large[1].factory_municipality
    sign_in(client, Role.COORDINATOR, place)
    address = f"/ieteikumi/{row.pk}/istenosana/"
    page = client.get(address).content.decode()
    sent = filled(page, address, status="done", text="Bērziņiem ir dzīvoklis.")

    answer = client.post(address, sent).content.decode()

    assert "Bērziņiem” var norādīt" in answer
    assert not LookedThrough.objects.exists()


def test_a_list_waits_as_a_whole_and_is_imported_then(client, large, terms, run_tasks):
    sign_in(client, Role.PROJECT_STAFF)
    named = LIST.replace("Runāt par kavējumiem", "Palīdzēt Kārkliņiem")

    waits = [hand_over(client, text).content.decode() for text in (LIST, named)]
    tasks = DBTaskResult.objects.ready().count()
    run_tasks()
    refused = hand_over(client, named).content.decode()
    confirm(client, hand_over(client, LIST))

    assert all(WAITS in page for page in waits)
    assert tasks == 2
    assert "Tas var norādīt, par kuru ģimeni ir runa." in refused
    assert WAITS not in refused
    assert Recommendation.objects.count() == 2


# Documents


def told():
    return [
        (row.text, [one.text for one in row.carried_out])
        for heading in recommended(NOVEMBER)
        for row in heading.rows
    ]


def test_a_document_tells_no_words_that_nobody_has_looked_through(large, run_tasks):
    row = RecommendationFactory(text="Palīdzēt Kārkliņiem un Zvejniekiem.")
    FollowUpFactory(recommendation=row, text="Telpa ir.", noted_on=MORNING.date())

    before = told()
    run_tasks()
    after = told()
    take_on_fishers(large[1])

    hidden = "[vēl pārbauda, vai nav vārdu]"
    assert before == [(hidden, [hidden])]
    assert after == [("Palīdzēt […] un Zvejniekiem.", ["Telpa ir."])]
    assert told() == [("Palīdzēt […] un […].", ["Telpa ir."])]


# The night


def test_each_night_looks_anew_at_what_documents_tell_and_forgets_the_rest(
    large, run_tasks, clock, monkeypatch
):
    row = RecommendationFactory(text="Palīdzēt Zvejniekiem.")
    FollowUpFactory(recommendation=row, text="Telpa ir.", noted_on=MORNING.date())
    everybody.ask(["Cits teksts."])
    everybody.look_ahead([row.text])
    run_tasks()
    family = Family.objects.visible_to(large[1]).get()
    family.label = "Zvejnieku ģimene"
    family.save()
    clock.shift(timedelta(days=1))
    before = told()
    night.func()

    in_use = {row.text, row.source, "Telpa ir."}
    keys = {LookedThrough.key_of(text) for text in in_use}
    waiting = LookedThrough.objects.waiting()
    assert {*waiting.values_list("key", flat=True)} == keys
    # What is known stays until the worker knows better
    assert told()[0][0] == before[0][0] == "Palīdzēt Zvejniekiem."
    run_tasks()
    assert told() == [("Palīdzēt […].", ["Telpa ir."])]
    clock.shift(timedelta(days=1, hours=1))
    night.func()
    assert {*LookedThrough.objects.values_list("key", flat=True)} == keys


def test_a_small_project_has_nothing_looked_at_in_the_night(desks, clock):
    RecommendationFactory()
    everybody.ask(["Cits teksts."])
    clock.shift(timedelta(days=3))

    night.func()

    assert not LookedThrough.objects.exists()
