"""What events need: the lists that come with the product, and a form that is filled."""

import uuid

import pytest
from django.utils import timezone

from municipalities.reference_data import load_vocabularies


@pytest.fixture
def lists(db):
    load_vocabularies()


@pytest.fixture
def post(client, lists):
    """Sends an event as somebody: ``post(mediator, title="…", count_CHILDREN=8)``."""

    def send(user, address="/pasakumi/jauns/", **answers):
        client.force_login(user)
        typed = {
            "client_uuid": str(uuid.uuid4()),
            "title": "Mājas darbu pēcpusdiena",
            "kind": "event_type.SESSION",
            "held_on": timezone.localdate().isoformat(),
            "detail-TOTAL_FORMS": "0",
            "detail-INITIAL_FORMS": "0",
        } | answers
        return client.post(address, typed)

    return send
