"""The coordinator who opens the overview."""

import pytest
from django.urls import reverse


@pytest.fixture
def overview(client, coordinator):
    """Opens the overview as the coordinator, who reads English."""
    coordinator.language = "en"
    coordinator.save()
    client.force_login(coordinator)
    return lambda: client.get(reverse("agenda:dashboard"))
