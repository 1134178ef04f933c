"""A way to hand lists over and to confirm them."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from imports.models import Import
from imports.services import reading


@pytest.fixture
def upload(client, mediator):
    """Hands a file over on the page, which reads it in a process of its own."""

    def hand_over(content, kind="families", *, by=mediator, name="saraksts.csv"):
        client.force_login(by)
        file = SimpleUploadedFile(name, content)
        return client.post(f"/ielasit/{kind}/", {"file": file}, follow=True)

    return hand_over


@pytest.fixture
def bring(client, mediator, municipality):
    """The same without the process: what the page shows of these rows."""

    def put_aside(*rows, kind="families", by=mediator):
        sheet = reading.sheet_of([list(row) for row in rows], kind)
        imported = reading.keep(sheet, kind=kind, by=by, place=municipality, actor=by)
        client.force_login(by)
        return client.get(imported.get_absolute_url(), follow=True)

    return put_aside


@pytest.fixture
def confirm(client):
    """Presses the button under what was just handed over."""

    def press(expected, **more):
        imported = Import.objects.waiting().exclude(content="").get()
        address = f"/ielasit/{imported.pk}/apstiprinat/"
        return client.post(address, {"expected": expected, **more}, follow=True)

    return press
