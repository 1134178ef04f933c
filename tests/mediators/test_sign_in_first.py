from urllib.parse import parse_qs, urlsplit

import pytest
from django.urls import reverse

from tests.mediators.codes import sign_in


def test_a_page_is_opened_after_signing_in(client, db):
    response = client.get(reverse("families:list"))

    assert response.url == f"{reverse('account_login')}?next=/gimenes/"


def test_a_form_sent_after_the_session_ended_says_that_nothing_was_saved(client, db):
    response = client.post(reverse("cases:visit-create"), follow=True)

    assert response.redirect_chain == [(reverse("account_login"), 302)]
    [message] = response.context["messages"]
    assert "nav saglabāts" in str(message)


FORM = "/lietas/jauna/?gimene=UPC-001"


@pytest.mark.parametrize(
    ("referer", "back"),
    [
        (f"http://testserver{FORM}", FORM),
        (f"http://testserver.example{FORM}", None),
        (f"https://elsewhere.example{FORM}", None),
        (f"//elsewhere.example{FORM}", None),
        (f"javascript://testserver{FORM}", None),
        ("http://testserver//elsewhere.example/", None),
        ("", None),
    ],
)
def test_signing_in_leads_back_to_the_page_on_which_the_form_stood(
    client, mediator, referer, back
):
    """Its words may be there still; none of them stands in an address."""
    client.force_login(mediator)
    client.logout()

    response = client.post(
        "/lietas/jauna/", {"title": "Parāds"}, headers={"referer": referer}
    )

    next_page = parse_qs(urlsplit(response.url).query).get("next", [None])[0]
    assert (urlsplit(response.url).path, next_page) == ("/ieiet/", back)
    assert "Par" not in response.url
    landed = sign_in(client, mediator.email, query_params={"next": next_page or "/"})
    page = client.get(landed.url, follow=True).content.decode()
    assert ("pirms pieslēgšanās nosūtījāt, nav saglabāts" in page) is bool(back)
    page = client.get("/sodien/").content.decode()
    assert "pirms pieslēgšanās" not in page, "it is said once"
