"""Answers that telephones keep are sent as small as the browser takes them."""

import brotli
import pytest
from django.urls import reverse

from interface import words

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("what", ["words", "pages"])
def test_a_browser_that_takes_brotli_gets_the_same_in_fewer_bytes(
    client, mediator, what
):
    client.force_login(mediator)
    address = words.address("lv") if what == "words" else reverse("offline:pages")

    small = client.get(address, headers={"Accept-Encoding": "gzip, br"})
    plain = client.get(address, headers={"Accept-Encoding": "gzip"})

    assert small["Content-Encoding"] == "br"
    assert "Content-Encoding" not in plain
    assert brotli.decompress(small.content) == plain.content
    assert "Accept-Encoding" in small["Vary"]
    assert "Accept-Encoding" in plain["Vary"]


def test_what_holds_a_persons_data_is_not_compressed_with_it(client, mediator):
    client.force_login(mediator)

    response = client.get("/ierice/", headers={"Accept-Encoding": "gzip, br"})

    assert "Content-Encoding" not in response
