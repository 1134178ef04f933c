"""The words that scripts say."""

import pytest
from django.urls import reverse

from interface import words

pytestmark = pytest.mark.django_db


def test_the_words_of_scripts_come_in_each_language_and_may_be_kept(client):
    response = client.get(words.address("lv"))

    assert response.status_code == 200
    assert response["Content-Type"].startswith("text/javascript")
    assert "immutable" in response["Cache-Control"]
    assert b"ngettext" in response.content


def test_the_address_of_the_words_names_their_content():
    assert words.address("lv") == words.address("lv")
    assert words.address("lv").split("/")[-1] != "1.js"


@pytest.mark.parametrize("language", ["de", "lv-LV", "xx"])
def test_languages_that_nobody_translated_have_no_words(client, language):
    response = client.get(reverse("words", args=[language, "1"]))

    assert response.status_code == 404


def test_the_words_are_the_same_for_everybody_and_may_be_kept_by_the_browser(
    client, mediator
):
    client.force_login(mediator)

    assert "immutable" in client.get(words.address("lv"))["Cache-Control"]
    assert client.get("/sodien/")["Cache-Control"] == "no-store"
