"""What a browser sends from the form of an institution."""

import uuid

from tests.factories import TermFactory


def institution(**changes):
    return {
        "client_uuid": str(uuid.uuid4()),
        "name": "Sociālais dienests",
        "type": TermFactory().pk,
        "phone": "20 000 002",
    } | changes
