"""Lists are offered in the order in which people look for a word."""

import pytest

from stories.forms.materials import HandoutForm
from stories.forms.media import MediaFilterForm, MediaItemForm
from stories.models import Handout, MediaItem
from tests.factories import MaterialFactory, MunicipalityFactory

NAMES = ["Abavas novads", "Āraišu novads", "Celmu novads", "Čiekuru novads"]
LATER = ["Kalnu novads", "Ķeguma novads", "Lauku novads", "Ļaudonas novads"]


@pytest.fixture
def places(db):
    """Made in another order than the one they are looked for in."""
    names = NAMES + LATER
    for name in sorted(names):
        MunicipalityFactory(label_lv=name)
    return names


def offered(field, names):
    labels = [str(label) for _value, label in field.choices]
    return [label for label in labels if label in names]


@pytest.mark.parametrize(
    "made",
    [
        lambda by: MediaItemForm(instance=MediaItem(), by=by),
        lambda by: MediaFilterForm(by=by),
        lambda by: HandoutForm(instance=Handout(), by=by),
    ],
)
def test_municipalities_are_offered_in_the_latvian_order(project_staff, places, made):
    form = made(project_staff)

    assert offered(form.fields["municipality"], places) == places
    assert [line for line in str(form["municipality"]).split("\n") if "value" in line]


def test_the_library_is_read_in_the_latvian_order(client, mediator):
    titles = ["Dokumenti", "Ēdināšana", "Ģimenes ārsts", "Trūcīgas ģimenes statuss"]
    for title in sorted(titles):
        MaterialFactory(title=title)
    client.force_login(mediator)

    page = client.get("/materiali/").content.decode()

    places = [page.index(f">{title}<") for title in titles]
    assert places == sorted(places)
