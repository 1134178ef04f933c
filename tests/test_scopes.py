"""Queryset × role: how many rows of a full house each person gets.

The house holds two municipalities with everything in both, so that there is always
something that could leak. A model with a scope but without a row here fails.
"""

import pytest
from django.apps import apps

from cases.models import (
    CalendarFeed,
    DeletedVisit,
)
from evaluation.models import (
    Questionnaire,
    Recommendation,
)
from events import models as events
from families.models import (
    NameGrant,
    SafeguardingNotice,
    SparedWord,
)
from mediators.models import (
    MUNICIPAL,
    Appointment,
    EmailChange,
    FactorReset,
    MediatorProfile,
    Role,
    SupervisionRequest,
    SupervisionSession,
    Supervisor,
    Training,
    TrainingNeed,
    User,
)
from municipalities.models import (
    Institution,
    Municipality,
    Region,
)
from reports.models import (
    ExportLog,
)
from stories.models import Handout, Material, Story
from tests import cast
from tests.factories import (
    AppointmentFactory,
    MunicipalityFactory,
)
from tests.furniture import full_house
from tests.scope_table import EXPECTED

SCOPES = (
    "visible_to",
    "editable_by",
    "logged_by",
    "reviewable_by",
    "deliverable_by",
    "discussable_by",
    "waiting_for",
    "coordinated_by",
    "shared_with",
    "readable_by",
    "overseen_by",
    "confirmable_by",
    "liftable_by",
    "handed_out_by",
    "to_correct_by",
    "correctable_by",
    "assigned_to",
    "answerable_by",
)
CAST = (
    "mediator",
    "colleague",
    "coordinator",
    "lead_mediator",
    "project_staff",
    "administrator",
    "data_protection_officer",
    "outsider",
)


@pytest.fixture(scope="module")
def people(made_once):
    return full_house()


@pytest.mark.whole_table
@pytest.mark.parametrize(
    ("scope", "counts"),
    EXPECTED.items(),
    ids=lambda value: (
        f"{value[0].__name__}.{value[1]}" if isinstance(value[0], type) else ""
    ),
)
def test_each_person_gets_the_rows_of_the_table(db, people, scope, counts):
    model, method = scope

    found = tuple(
        getattr(model.objects, method)(people[name]).distinct().count() for name in CAST
    )

    assert found == counts


def test_every_scope_has_a_row_in_the_table():
    declared = {
        (model, scope)
        for model in apps.get_models()
        for scope in SCOPES
        if hasattr(getattr(model, "objects", None), scope)
    }

    assert declared == set(EXPECTED)


def rows_of(user):
    """Keys of everything the scopes give somebody, by scope."""
    return {
        (model, method): set(
            getattr(model.objects, method)(user).values_list("pk", flat=True)
        )
        for model, method in EXPECTED
    }


OF_THE_PERSON = {
    (Appointment, "readable_by"),
    (Appointment, "editable_by"),
    (Appointment, "visible_to"),
    (CalendarFeed, "visible_to"),
    (DeletedVisit, "editable_by"),
    (EmailChange, "visible_to"),
    (ExportLog, "visible_to"),
    (FactorReset, "visible_to"),
    (NameGrant, "editable_by"),
    (NameGrant, "visible_to"),
    (SafeguardingNotice, "visible_to"),
    (Handout, "editable_by"),
    (SparedWord, "visible_to"),
    (SupervisionRequest, "visible_to"),
    (SupervisionSession, "visible_to"),
    *(
        (model, name)
        for model in (Training, TrainingNeed, MediatorProfile)
        for name in ("visible_to", "editable_by")
    ),
}
"""What somebody did and asked for; it stays theirs wherever they work."""
OF_EVERYBODY = {
    (events.Event, "visible_to"),
    (Questionnaire, "visible_to"),
    (Recommendation, "visible_to"),
    (Institution, "visible_to"),
    (Municipality, "visible_to"),
    (Region, "visible_to"),
    (Material, "visible_to"),
    (Story, "readable_by"),
    (Supervisor, "visible_to"),
}
"""Institutions, supervisors and events of the whole country, the new municipality."""
OTHER_ROLES = [it for it in Role if it is not Role.MEDIATOR]


@pytest.mark.parametrize("role", OTHER_ROLES)
def test_a_second_role_takes_nothing_away(db, people, role):
    mediator = people["mediator"]
    before = rows_of(mediator)

    place = people["outsider"].factory_municipality if role in MUNICIPAL else None
    AppointmentFactory(user=mediator, role=role, municipality=place)

    after = rows_of(User.objects.get(pk=mediator.pk))
    assert all(rows <= after[scope] for scope, rows in before.items())
    assert after != before


@pytest.mark.parametrize("name", ["mediator", "coordinator"])
def test_who_works_there_no_longer_gets_nothing_of_it(db, people, name):
    user = people[name]
    elsewhere = MunicipalityFactory()
    Appointment.objects.filter(user=user).delete()
    AppointmentFactory(
        user=user, role=cast.PEOPLE[name]["role"], municipality=elsewhere
    )

    found = rows_of(User.objects.get(pk=user.pk))
    kept = {scope for scope, rows in found.items() if rows}

    assert kept <= OF_THE_PERSON | OF_EVERYBODY
