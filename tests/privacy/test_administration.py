"""What the pages of Django's administration let nobody do, whatever they are made of."""

import pytest
from django.http import HttpResponse
from django.urls import reverse

from mediators.models import User
from municipalities.models import Municipality
from privacy.administration import site
from privacy.models import AuditEntry, Verb


@pytest.fixture
def admin(client, administrator):
    client.force_login(administrator)
    return client


@pytest.fixture
def asked(rf, administrator):
    request = rf.get("/parvaldiba/")
    request.user = administrator
    return request


def test_the_way_from_a_row_to_a_page_outside_does_not_exist():
    names = {getattr(one, "name", "") for one in site.get_urls()}

    assert "view_on_site" not in names
    assert {"index", "login", "logout"} <= names


def test_a_view_gets_what_stands_in_its_address(asked):
    said = []

    def view(request, *args, **kwargs):
        said.append((args, kwargs))
        return HttpResponse()

    site.admin_view(view)(asked, "user", pk=1)

    assert said == [(("user",), {"pk": 1})]


@pytest.mark.parametrize(("may_be_kept", "is_kept"), [(False, False), (True, True)])
def test_a_page_is_kept_by_no_browser_unless_it_is_the_same_for_all(
    asked, may_be_kept, is_kept
):
    answer = site.admin_view(lambda request: HttpResponse(), may_be_kept)(asked)

    assert ("no-store" not in answer.get("Cache-Control", "")) == is_kept


@pytest.mark.parametrize(
    ("asked_for", "sign_in"),
    [
        ("", "/ieiet/?next="),
        (
            "?next=/parvaldiba/mediators/user/",
            "/ieiet/?next=/parvaldiba/mediators/user/",
        ),
    ],
)
def test_who_is_not_signed_in_does_so_where_everybody_does(
    client, db, asked_for, sign_in
):
    assert client.get(f"/parvaldiba/login/{asked_for}").url == sign_in


def test_who_is_signed_in_already_is_there(admin):
    assert admin.get("/parvaldiba/login/").url == "/parvaldiba/"


def test_the_prefix_of_codes_is_chosen_once(admin):
    page = admin.get(reverse("admin:municipalities_municipality_add"))

    assert 'name="prefix"' in page.text


@pytest.mark.parametrize(
    ("model", "filters", "status"),
    [
        ("mediators/user", "is_active=1", 200),
        ("municipalities/institution", "municipality=1", 200),
        ("municipalities/institution", "municipality__isnull=True", 200),
        ("municipalities/institution", "municipality__prefix=UPC", 400),
    ],
)
def test_a_list_is_narrowed_by_the_filters_that_stand_beside_it(
    admin, model, filters, status
):
    assert admin.get(f"/parvaldiba/{model}/?{filters}").status_code == status


def test_who_looked_at_a_list_and_by_which_filter_is_known(admin, administrator):
    admin.get("/parvaldiba/mediators/user/?is_active=1")

    entry = AuditEntry.objects.latest("seq")
    assert (entry.actor, entry.verb) == (administrator.pk, Verb.LIST)
    assert (entry.object_type, entry.detail) == (
        "mediators.user",
        {"filters": ["is_active"]},
    )


def test_what_is_added_to_a_page_is_on_it(asked, administrator, municipality):
    more = {"told": "more"}
    pages = site._registry[User], site._registry[Municipality]

    everything = pages[0].changelist_view(asked, more)
    one = pages[1].change_view(asked, str(municipality.pk), extra_context=more)

    assert everything.context_data["told"] == one.context_data["told"] == "more"
