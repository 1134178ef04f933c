"""Queryset × day: what a substitute sees of the families of who is away."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from cases.models import Case, CaseEvent, NextStep, Visit
from families.models import Consent, Family, Substitution
from families.services import substitutions
from tests.factories import SubstitutionFactory
from tests.furniture import furnish

# What a colleague sees of the mediator's families before, during and after covering
COVERING = {
    (Family, "visible_to"):       (0, 1, 0),
    (Consent, "visible_to"):      (0, 1, 0),
    (Case, "visible_to"):         (0, 1, 0),
    (CaseEvent, "visible_to"):    (0, 1, 0),
    (NextStep, "visible_to"):     (0, 1, 0),
    (Visit, "visible_to"):        (0, 1, 0),
    (Visit, "editable_by"):       (0, 0, 0),
    (Visit, "logged_by"):         (0, 0, 0),
    (Substitution, "visible_to"): (1, 1, 1),
    (Substitution, "editable_by"): (0, 0, 0),
}  # fmt: skip


@pytest.mark.parametrize(
    ("scope", "counts"),
    COVERING.items(),
    ids=lambda value: getattr(value[0], "__name__", ""),
)
def test_a_substitute_sees_what_is_to_be_done_only_while_covering(
    municipality, mediator, colleague, scope, counts
):
    furnish(municipality, mediator)
    Substitution.objects.all().delete()
    today = timezone.localdate()
    substitutions.arrange(
        SubstitutionFactory.build(
            absent=mediator,
            substitute=colleague,
            municipality=municipality,
            starts_on=today + timedelta(days=1),
            ends_on=today + timedelta(days=2),
        ),
        by=mediator,
    )
    model, method = scope
    found = []
    for days in (0, 2, 3):
        with time_machine.travel(timezone.now() + timedelta(days=days), tick=False):
            person = type(colleague).objects.get(pk=colleague.pk)
            found.append(getattr(model.objects, method)(person).count())

    assert tuple(found) == counts
