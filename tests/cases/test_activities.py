"""What was done in a contact, chosen from the list of its kind (R045, R065, R110, R126, R140)."""

from datetime import timedelta

import pytest
from django.utils import timezone

from cases.forms.options import NoOptions
from cases.models import Kind, Visit
from municipalities import reference_data
from municipalities.models import Term, Vocabulary
from tests.cases.answers import answers, codes
from tests.factories import TermFactory, VisitFactory


@pytest.fixture
def documents(db):
    return TermFactory(
        vocabulary=Vocabulary.ACTIVITY,
        code="ANY_DOCUMENTS",
        label_lv="Palīdzība ar dokumentiem",
    )


@pytest.fixture
def hearing(db):
    return TermFactory(
        vocabulary=Vocabulary.ACTIVITY,
        code="INSTITUTION_MEETING_COURT",
        label_lv="Dalība tiesas sēdē",
    )


def test_nobody_has_to_say_what_was_done(log, family, documents):
    log(answers(family=family.code))

    assert Visit.objects.get().activity is None


def test_what_was_done_is_kept_read_and_copied(log, client, family, documents):
    log(answers(family=family.code, activity=documents.code))

    visit = Visit.objects.get()
    assert visit.activity == documents
    page = client.get(visit.get_absolute_url()).content.decode()
    assert "Palīdzība ar dokumentiem" in page
    copy = client.get("/ieraksti/jauns/", {"kopet": visit.code}).context["form"]
    assert copy["activity"].value() == documents.code


def test_it_is_corrected_and_taken_away(client, mediator, municipality, documents):
    visit = VisitFactory(
        mediator=mediator, municipality=municipality, activity=documents
    )
    client.force_login(mediator)
    url = f"{visit.get_absolute_url()}labot/"
    assert client.get(url).context["form"]["activity"].value() == documents.code

    client.post(url, answers(client_uuid=None, activity=""))

    visit.refresh_from_db()
    assert visit.activity is None


def test_each_kind_of_contact_has_activities_of_its_own(mediator, documents, hearing):
    _empty, *groups = NoOptions(mediator, timezone.localdate()).activity_select()

    assert {
        str(label): [code for code, _text in listed] for label, listed in groups
    } == {
        "Tikšanās iestādē": ["INSTITUTION_MEETING_COURT"],
        "Jebkurā saziņā": ["ANY_DOCUMENTS"],
    }


def test_each_activity_that_comes_with_the_product_is_offered_somewhere(
    mediator,
):
    reference_data.load_vocabularies()

    _empty, *groups = NoOptions(mediator, timezone.localdate()).activity_select()

    offered = [code for _label, listed in groups for code, _text in listed]
    terms = Term.objects.of(Vocabulary.ACTIVITY)
    assert sorted(offered) == sorted(terms.values_list("code", flat=True))
    assert len(groups) == len(Kind) + 1
    # A list that is read on a phone; the script shows one kind and “any”
    assert max(len(listed) for _label, listed in groups) <= 13


def test_what_ended_while_the_entry_waited_on_the_phone_is_kept(
    log, client, family, documents
):
    Term.objects.update(valid_to=timezone.localdate() - timedelta(days=1))

    log(answers(family=family.code, activity=documents.code))

    assert Visit.objects.get().activity == documents
    assert "ANY_DOCUMENTS" not in client.get("/ieraksti/jauns/").content.decode()


def test_what_is_on_no_list_is_refused_and_the_rest_stays(log, family, documents):
    response = log(answers(family=family.code, activity="ANY_OTHER", note="Bijām."))

    assert codes(response) == {"activity": ["invalid_choice"]}
    assert "Bijām." in response.content.decode()
    assert not Visit.objects.exists()
