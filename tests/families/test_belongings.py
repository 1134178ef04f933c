"""What belongs to a family, and that its deeds are found from the family and back."""

import pytest
from django.apps import apps
from django.utils import timezone

from data_protection.services import breaches, trail
from families.models import Family
from families.services.belongings import OF_THE_OFFICER, WAYS, ids_about
from families.services.looks import entries_about
from privacy import audit
from privacy.audit import Verb
from privacy.models import AuditEntry
from tests.factories import (
    AdviceFactory,
    BreachFactory,
    CaseFactory,
    FamilyFactory,
    IncidentFactory,
    ReferralFactory,
    SafeguardingNoticeFactory,
    StoryFactory,
    SubjectRequestFactory,
    VisitFactory,
)


def pointing_at_a_family():
    """Models with a key to a family, or to a row that has one, however far."""
    known = {Family}
    while True:
        more = {
            model
            for model in set(apps.get_models()) - known
            for field in model._meta.get_fields()
            if field.concrete and field.is_relation and field.related_model in known
        }
        if not more:
            return {model._meta.label_lower for model in known - {Family}}
        known |= more


def test_every_model_that_points_at_a_family_has_its_way_to_it():
    assert set(WAYS) == pointing_at_a_family()
    for label, path in WAYS.items():
        model = apps.get_model(label)
        for name in path.split("__"):
            model = model._meta.get_field(name).related_model
        assert model is Family, label


@pytest.fixture
def family(municipality, mediator):
    return FamilyFactory(municipality=municipality, mediator=mediator)


@pytest.fixture
def belongings(family, mediator, municipality):
    """A row of the kinds that have pages of their own."""
    case = CaseFactory(family=family, mediator=mediator)
    return [
        case,
        AdviceFactory(case=case),
        ReferralFactory(case=case),
        IncidentFactory(family=family, mediator=mediator),
        StoryFactory(family=family, mediator=mediator),
        SubjectRequestFactory(family=family, created_by=mediator),
        VisitFactory(family=family, mediator=mediator, municipality=municipality),
    ]


@pytest.mark.django_db
def test_a_deed_on_what_belongs_to_a_family_is_found_from_the_family_and_back(
    family, belongings, mediator, data_protection_officer
):
    for row in belongings:
        audit.record(mediator, Verb.READ, row)
    done = set(AuditEntry.objects.values_list("pk", flat=True))
    breach = BreachFactory(account=mediator, seen_to=timezone.now())

    seen, found = trail.entries_by_code(family.code, data_protection_officer)

    assert found == family
    assert done <= set(seen.values_list("pk", flat=True))
    assert done <= set(entries_about(family).values_list("pk", flat=True))
    assert breaches.affected(breach) == [(family.code, len(done))]


def test_what_may_endanger_whoever_told_is_for_the_officer_alone(
    family, mediator, data_protection_officer
):
    notice = SafeguardingNoticeFactory(family=family, by=mediator)
    audit.record(mediator, Verb.CREATE, notice)
    entry = AuditEntry.objects.get()

    seen, _family = trail.entries_by_code(family.code, data_protection_officer)

    assert OF_THE_OFFICER.keys() <= WAYS.keys()
    assert seen.contains(entry)
    assert not entries_about(family).contains(entry)


def test_whatever_belongs_to_a_family_is_found_with_one_query(
    family, belongings, django_assert_num_queries
):
    with django_assert_num_queries(1):
        ids = ids_about(family)

    assert {str(row.pk) for row in belongings} <= set().union(*ids.values())
