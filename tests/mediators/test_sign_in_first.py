from django.urls import reverse


def test_a_page_is_opened_after_signing_in(client, db):
    response = client.get(reverse("families:list"))

    assert response.url == f"{reverse('account_login')}?next=/gimenes/"


def test_a_form_sent_after_the_session_ended_says_that_nothing_was_saved(client, db):
    response = client.post(reverse("cases:visit-create"), follow=True)

    assert response.redirect_chain == [(reverse("account_login"), 302)]
    [message] = response.context["messages"]
    assert "nav saglabāts" in str(message)
