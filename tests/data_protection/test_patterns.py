"""What is worth a question: each pattern finds what it says, and nothing else."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine

from data_protection.services import patterns
from families.models import Family
from privacy import audit
from privacy.models import AuditEntry, Verb
from tests.factories import (
    FamilyAssignmentFactory,
    FamilyFactory,
    SubstitutionFactory,
    VisitFactory,
)
from tests.held_rows import held_rows

RIGA = ZoneInfo("Europe/Riga")
NOW = datetime(2026, 11, 26, 15, 0, tzinfo=RIGA)


def at(days_ago, hour=10):
    moment = (NOW - timedelta(days=days_ago)).replace(hour=hour)
    return time_machine.travel(moment, tick=False)


def found(pattern):
    return [(one.actor, one.text) for one in pattern.find(NOW)]


@pytest.fixture
def family(mediator):
    with at(60):
        return FamilyFactory(mediator=mediator)


def test_many_families_in_an_hour_are_compared_with_the_own_usual(mediator, colleague):
    families = Family.objects.bulk_create(
        Family(code=f"UPC-{n}", municipality=mediator.factory_municipality, label="x")
        for n in range(12)
    )
    for days in range(1, 6):
        with at(days):
            audit.record(mediator, Verb.READ, families[0])
            for family in families:
                audit.record(colleague, Verb.READ, family)
    with at(6):
        for family in families:
            audit.record(mediator, Verb.READ, family)

    assert [actor for actor, _text in found(patterns.ManyFamilies())] == [mediator.pk]


@pytest.mark.parametrize(
    ("hour", "is_night"), [(5, True), (6, False), (21, False), (22, True)]
)
def test_the_night_is_that_of_riga(mediator, family, hour, is_night):
    with at(1, hour):
        audit.record(mediator, Verb.REVEAL, family, fields=["phone"], purpose="call")

    assert bool(found(patterns.AtNight())) is is_night


def test_a_reveal_without_an_entry_within_seven_days_is_found(mediator, family):
    with at(20):
        audit.record(mediator, Verb.REVEAL, family, fields=["phone"], purpose="call")
    with at(9):
        audit.record(mediator, Verb.REVEAL, family, fields=["phone"], purpose="edit")
        audit.record(mediator, Verb.REVEAL, family, fields=["phone"], purpose="visit")
    with at(8):
        VisitFactory(
            mediator=mediator,
            municipality=family.municipality,
            family=family,
            visited_on=date(2026, 11, 18),
        )
    with at(2):
        audit.record(mediator, Verb.REVEAL, family, fields=["phone"], purpose="call")

    assert [one.at.day for one in patterns.NothingFollowed().find(NOW)] == [6]


def test_refusals_exports_and_failures_are_counted(mediator):
    with at(1):
        for _ in range(10):
            audit.record(mediator, Verb.REFUSE, mediator)
            audit.record(None, Verb.SIGN_IN_FAILED, type(mediator))
            audit.record(mediator, Verb.SIGN_IN, mediator)
        for _ in range(6):
            audit.record(mediator, Verb.EXPORT, AuditEntry)
    with at(3):
        for _ in range(9):
            audit.record(mediator, Verb.REFUSE, mediator)
            audit.record(None, Verb.SIGN_IN_FAILED, type(mediator))
        audit.record(mediator, Verb.SIGN_IN, mediator)

    for pattern, actor in (
        (patterns.ManyRefusals(), mediator.pk),
        (patterns.ManyExports(), mediator.pk),
        (patterns.FailedSignIns(), None),
    ):
        assert [who for who, _text in found(pattern)] == [actor]


def test_a_substitute_is_found_outside_the_days_alone(mediator, colleague, family):
    SubstitutionFactory(
        absent=mediator,
        substitute=colleague,
        municipality=family.municipality,
        starts_on=date(2026, 11, 10),
        ends_on=date(2026, 11, 15),
    ).assignments.create(
        family=family,
        mediator=colleague,
        kind="substitution",
        starts_on=date(2026, 11, 10),
        ends_on=date(2026, 11, 15),
    )
    for days in (14, 5):
        with at(days):
            audit.record(colleague, Verb.READ, family)
            audit.record(mediator, Verb.READ, family)

    findings = list(patterns.AfterSubstitution().find(NOW))
    assert [(one.actor, one.at.day) for one in findings] == [(colleague.pk, 21)]


def test_a_finding_leads_to_its_entries(client, data_protection_officer, mediator):
    with time_machine.travel(NOW, tick=False):
        for _ in range(10):
            audit.record(mediator, Verb.REFUSE, mediator)
        client.force_login(data_protection_officer)
        page = client.get("/datu-aizsardziba/neparasti/")
        [finding] = page.context["found"][3].newest
        entries = client.get(finding.url)

    assert finding.url in page.content.decode().replace("&amp;", "&")
    assert len(entries.context["rows"]) == 10


@pytest.fixture
def many_deeds(mediator, colleague, municipality):
    """Sixty looks of a former substitute at night, and as many refusals and files."""
    for number in range(3):
        family = FamilyFactory(mediator=mediator, municipality=municipality)
        FamilyAssignmentFactory(
            family=family,
            mediator=colleague,
            kind="substitution",
            starts_on=date(2026, 1, 1),
            ends_on=date(2026, 1, 2 + number),
        )
        for days in range(9, 29):
            with at(days, 23):
                seen = {"fields": ["phone"], "purpose": "call"}
                audit.record(colleague, Verb.REVEAL, family, **seen)
                audit.record(mediator, Verb.REFUSE, mediator)
                audit.record(mediator, Verb.EXPORT, AuditEntry)
                audit.record(None, Verb.SIGN_IN_FAILED, type(mediator))


@pytest.mark.parametrize(
    ("pattern", "count"),
    [
        (patterns.ManyFamilies(), 0),
        (patterns.AtNight(), 60),
        (patterns.NothingFollowed(), 60),
        (patterns.ManyRefusals(), 0),
        (patterns.ManyExports(), 4),
        (patterns.FailedSignIns(), 0),
        (patterns.AfterSubstitution(), 60),
    ],
    ids=lambda value: type(value).__name__,
)
def test_entries_and_assignments_stream_however_many_they_are(
    many_deeds, monkeypatch, pattern, count
):
    with held_rows() as held:
        assert sum(1 for _finding in pattern.find(NOW)) == count

    assert held.most == 0, held.sql


def test_of_many_findings_the_newest_are_held_and_all_are_counted(many_deeds):
    at_night = patterns.found(NOW)[1]

    days = [one.at.day for one in at_night.newest]
    assert (at_night.count, len(days), at_night.more) == (60, patterns.SHOWN, 40)
    assert days[:4] == [17, 17, 17, 16]
