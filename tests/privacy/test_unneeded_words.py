"""A note that names an illness or an offence is stored, and whoever wrote it is told."""

import pytest
from django.contrib import messages
from django.urls import reverse

from cases.models import Visit
from families.models import Family
from privacy.unneeded_words import hint_at_unneeded, illness, offence, unneeded_in
from tests.cases.answers import answers
from tests.factories import FamilyFactory

BOTH = "Diagnoze F20.0, šizofrēnija. Tiesāts par zādzību."


@pytest.mark.once
@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        (BOTH, {"illness", "offence"}),
        ("Mātei konstatēta TUBERKULOZE", {"illness"}),
        ("mate slimo ar sizofreniju", {"illness"}),
        ("Ieraksts F20.0", {"illness"}),
        ("HIV pozitīvs", {"illness"}),
        ("Диагноз известен", {"illness"}),
        ("Bijis cietumā", {"offence"}),
        ("Ir sodāmība", {"offence"}),
        ("", set()),
        ("Pieraksts pie ārsta, jāiet uz tiesu pēc dokumentiem.", set()),
        ("Vezums malkas, B12 korpuss, plkst. 10.30", set()),
        ("Sociālais dienests, poliklīnika, policija", set()),
    ],
)
def test_illnesses_and_offences_are_recognised_and_places_of_help_are_not(text, kinds):
    assert unneeded_in(text) == kinds


def test_of_several_texts_each_is_looked_at_for_itself(monkeypatch):
    told = []
    monkeypatch.setattr(messages, "warning", lambda _request, words: told.append(words))

    hint_at_unneeded(None, "HIV", "Ir sodāmība")
    assert told == [illness(), offence()]
    hint_at_unneeded(None, "Hroni", "ka slimība", "F20", ".0")
    assert len(told) == 2


def test_an_entry_is_stored_as_it_was_written_and_a_hint_is_shown_once(
    client, mediator
):
    client.force_login(mediator)

    page = client.post(reverse("cases:visit-create"), answers(note=BOTH), follow=True)

    visit = Visit.objects.get()
    assert visit.note == BOTH
    shown = [str(message) for message in page.context["messages"]]
    assert shown == [illness(), offence()]
    again = client.post(
        reverse("cases:visit-update", args=[visit.code]),
        answers(note="Ārsta pieraksts", client_uuid=str(visit.client_uuid)),
        follow=True,
    )
    assert illness() not in [str(message) for message in again.context["messages"]]


def test_the_note_of_a_family_is_hinted_at_too(client, mediator, municipality):
    family = FamilyFactory(mediator=mediator, municipality=municipality)
    client.force_login(mediator)
    address = reverse("families:update", args=[family.code])
    form = client.get(address).context["form"]
    values = {name: form[name].value() for name in form.fields} | {"note": BOTH}
    sent = {name: value for name, value in values.items() if value is not None}

    page = client.post(address, sent, follow=True)

    assert Family.objects.get(pk=family.pk).note == BOTH
    assert offence() in [str(message) for message in page.context["messages"]]
