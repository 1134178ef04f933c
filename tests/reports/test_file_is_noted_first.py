"""A file leaves only after it was written down who takes it."""

import pytest
from django.db import connection
from django.urls import reverse

from privacy import audit
from privacy.models import AuditEntry
from tests import cast
from tests.house import House


@pytest.mark.django_db(transaction=True)
def test_the_entry_is_committed_before_the_first_byte_leaves(client):
    people = cast.everybody(cast.upesciems())
    mediator = people["mediator"]
    house = House(mediator.factory_municipality, mediator, people["coordinator"])
    client.force_login(mediator)
    name = "reports:pdf-version"

    response = client.get(reverse(name, kwargs=house.arguments(name)))

    assert response.streaming
    # What can be read without a transaction has been committed
    assert not connection.in_atomic_block
    assert AuditEntry.objects.latest("seq").verb == audit.Verb.PDF
