"""Names in what an institution is asked: refused, replaced with one tap, or agreed."""

import re
from datetime import date

import pytest

from cases.models import Referral
from families.models import Consent
from tests.cases.answers import codes
from tests.factories import ConsentFactory, FamilyFactory


def agree_to_share(family, **kwargs):
    return ConsentFactory(family=family, purpose=Consent.Purpose.SHARE, **kwargs)


def test_without_the_familys_agreement_only_codes_leave(send, client, case, family):
    page = client.get(f"/lietas/{case.code}/nosutit/")
    send(names_shared="on")

    assert page.context["form"].codes_only
    assert f"/gimenes/{family.code}/piekrisana/" in page.content.decode()
    assert Referral.objects.get().names_shared is False


def test_a_name_in_the_text_is_shown_with_the_words_around_it(send, family):
    response = send(text="Lūdzu sarunu par Kārkliņu ģimenes zēnu")

    [error] = response.context["form"].errors.as_data()["text"]
    assert error.code == "name"
    assert "sarunu par Kārkliņu ģimenes" in error.message
    assert family.code in error.message
    assert not Referral.objects.exists()


def test_with_the_agreement_the_name_may_be_written(send, family):
    agree_to_share(family)

    send(text="Saruna ar Kārkliņu ģimeni", names_shared="on")

    assert Referral.objects.get().names_shared


def test_the_agreement_has_to_be_used_before_the_name_is_written(send, family):
    agree_to_share(family)

    assert codes(send(text="Saruna ar Kārkliņu ģimeni")) == {"text": ["name"]}


def test_the_agreement_of_one_family_does_not_name_another(
    send, family, municipality, mediator
):
    agree_to_share(family)
    FamilyFactory(municipality=municipality, mediator=mediator, label="Bērziņu ģimene")

    response = send(text="Kopā ar Bērziņiem", names_shared="on")

    assert codes(response) == {"text": ["name"]}


@pytest.mark.parametrize(
    "over", [{"withdrawn_on": date(2026, 1, 1)}, {"valid_until": date(2026, 1, 1)}]
)
def test_an_agreement_that_is_over_names_nobody(send, family, over):
    agree_to_share(family, **over)

    send(names_shared="on")

    assert Referral.objects.get().names_shared is False


# The buttons beside a name that was found


def buttons(page, verb):
    return re.findall(rf'name="fix" value="({verb}:[^"]*)"', page.content.decode())


def test_one_tap_writes_the_code_and_keeps_what_else_was_typed(send, family, teacher):
    typed = {"text": "Saruna ar Kārkliņu ģimeni", "due_on": "2999-01-01"}
    [fix] = buttons(send(**typed), "replace")

    page = send(**typed, fix=fix)

    form = page.context["form"]
    assert form["text"].value() == f"Saruna ar ģimeni {family.code}"
    assert form["to"].value() == str(teacher.pk)
    assert form["due_on"].value() == "2999-01-01"
    assert not Referral.objects.exists()


def test_a_word_that_is_no_name_is_asked_about_once(send):
    text = "Saruna pie Kārkliņiem"
    [fix] = buttons(send(text=text), "spare")

    page = send(text=text, fix=fix)
    send(text=text)

    assert page.context["form"].names == []
    assert Referral.objects.get().text == text
