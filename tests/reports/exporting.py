"""Steps of somebody who takes results out, and what they leave."""

from io import BytesIO

from django.core.files.storage import default_storage
from django.urls import reverse

from privacy import sealed_files
from reports.models import Export
from reports.periods import Period

OCTOBER = Period.parse("2026-10")
PAGE = "reports:export"
WHY = {"purpose": "audit", "recipient": "Revīzijas birojs"}


def ask(client, file_type="xlsx", **data):
    return client.post(
        reverse(PAGE),
        {"first": "2026-10", "last": "2026-10", "file_type": file_type} | WHY | data,
    )


def fetch(client, export):
    """The answer; its file, read to the end, is ``taken``."""
    response = client.post(reverse("reports:export-fetch", args=[export.pk]))
    if response.streaming:
        response.taken = BytesIO(b"".join(response.streaming_content))
    return response


def the_export():
    [export] = Export.objects.all()
    return export


def made(client, run_tasks, file_type="xlsx", **data):
    ask(client, file_type, **data)
    run_tasks()
    export = the_export()
    assert export.status == Export.Status.READY
    return export


def files():
    try:
        return default_storage.listdir(sealed_files.FOLDER)[1]
    except FileNotFoundError:
        return []
