"""The extract for the head of one institution: the work with it, and no family."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
import time_machine
from django.db import connection
from django.utils import translation

from cases.models import Area, Kind, Referral
from privacy.models import AuditEntry, Verb
from reports.documents.institution import extract
from reports.indicators import Scope, compute
from reports.models import ExportLog
from reports.periods import Period
from reports.small_numbers import told_in_steps
from tests import cast
from tests.factories import (
    CaseFactory,
    FamilyFactory,
    InstitutionContactFactory,
    InstitutionFactory,
    NextStepFactory,
    ReferralFactory,
    VisitFactory,
)
from tests.reports.paper import assert_accessible, text_of

pytestmark = pytest.mark.django_db

OCTOBER = Period.parse("2026-10")
URL = "/dokumenti/iestade/"


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel(datetime(2026, 11, 12, 8, 15, tzinfo=UTC), tick=False):
        yield


@pytest.fixture
def school(municipality):
    return InstitutionFactory(municipality=municipality, name="Upesciema pamatskola")


@pytest.fixture
def october(mediator, municipality, colleague, school):
    """Two contacts of the mediator, one of a colleague, and what is not of the school."""
    pedagogue = InstitutionContactFactory(institution=school, name="Inga Paraudziņa")
    families = [
        FamilyFactory(municipality=municipality, mediator=mediator, label=name)
        for name in ("Kārkliņu ģimene", "Ozolu ģimene")
    ]

    def log(day, minutes, **facts):
        facts = {"mediator": mediator, "institution": school} | facts
        VisitFactory(
            municipality=municipality,
            visited_on=date(2026, 10, day),
            minutes=minutes,
            **facts,
        )

    log(
        6,
        60,
        kind=Kind.INSTITUTION_MEETING,
        contact=pedagogue,
        families_named=families,
        areas=[Area.EDUCATION, Area.HOUSING],
    )
    log(8, 90, kind=Kind.ACCOMPANIMENT, families_named=families[:1])
    log(9, 30, mediator=colleague, kind=Kind.CALL)
    log(12, 45, institution=InstitutionFactory(municipality=municipality))
    log(13, 45, institution=None)
    case = CaseFactory(family=families[0], mediator=mediator)
    for sent_on, answer, answered_on in [
        (date(2026, 10, 5), Referral.Answer.ACCEPTED, date(2026, 10, 9)),
        (date(2026, 10, 5), Referral.Answer.REFUSED, date(2026, 10, 19)),
        (date(2026, 10, 12), "", None),
        (date(2026, 9, 1), Referral.Answer.ACCEPTED, date(2026, 9, 2)),
    ]:
        ReferralFactory(
            case=case,
            institution=school,
            sent_on=sent_on,
            answer=answer,
            answered_on=answered_on,
        )
    for due_on, institution in [
        (date(2026, 11, 10), school),
        (date(2026, 11, 16), school),
        (date(2026, 11, 17), None),
    ]:
        NextStepFactory(
            mediator=mediator,
            municipality=municipality,
            family=families[0],
            institution=institution,
            due_on=due_on,
            kind=Kind.CALL,
            text="Runāt par Kārkliņu meiteni",
        )
    return families


def test_the_extract_is_a_recount_of_the_own_log(
    october, mediator, municipality, school
):
    found = extract(mediator, school, municipality, OCTOBER)

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT COUNT(*), SUM(v.minutes) FROM cases_visit v "
            "JOIN mediators_user u ON u.id = v.mediator_id "
            "JOIN municipalities_institution i ON i.id = v.institution_id "
            "WHERE u.email = %s AND i.name = %s "
            "AND v.visited_on BETWEEN '2026-10-01' AND '2026-10-31'",
            [mediator.email, school.name],
        )
        assert cursor.fetchone() == (len(found.contacts), 150) == (2, 150)
    assert str(found.hours) == "2.5"
    assert [(row.kind, row.entries) for row in found.kinds] == [
        (Kind.INSTITUTION_MEETING, 1),
        (Kind.ACCOMPANIMENT, 1),
    ]
    assert [(row.area, row.entries) for row in found.areas] == [
        (Area.EDUCATION, 2),
        (Area.HOUSING, 1),
    ]
    assert [(row.post, row.entries) for row in found.posts] == [
        ("", 1),
        ("sociālā pedagoģe", 1),
    ]
    asked = found.referrals
    assert (asked.sent, asked.accepted, asked.refused, asked.unanswered) == (3, 1, 1, 1)
    assert asked.days == 7, "four and ten working days"
    assert [row.day for row in found.planned] == [date(2026, 11, 16)]


def test_a_coordinator_tells_of_the_whole_municipality(
    october, coordinator, mediator, colleague, municipality, school
):
    found = extract(coordinator, school, municipality, OCTOBER)

    assert [row.minutes for row in found.contacts] == [60, 90, 30]
    assert set(found.mediators) == {mediator, colleague}
    assert found.referrals.sent == 3
    everything = compute(
        Scope(OCTOBER.first, OCTOBER.last, type(municipality).objects.all())
    )
    assert everything["institution_contacts"] == len(found.contacts) + 1


def test_few_families_are_told_as_few(
    october, mediator, municipality, school, settings
):
    found = extract(mediator, school, municipality, OCTOBER)

    assert str(found.families) == "<5"
    settings.SMALL_NUMBERS_BELOW = 1
    assert extract(mediator, school, municipality, OCTOBER).families == "2"


def test_more_families_are_told_in_steps_so_that_two_extracts_differ_by_nobody():
    with translation.override("en"):
        told = [told_in_steps(count) for count in (0, 4, 5, 9, 10, 23)]

    assert told == ["0", "<5", "at least 5", "at least 5", "at least 10", "at least 20"]


def take_out(client, user, school, **data):
    client.force_login(user)
    data = {
        "municipality": "upesciems",
        "institution": school.pk,
        "period": "2026-10",
        "format": "pdf",
    } | data
    return client.post(URL, data)


def test_the_pdf_is_accessible_and_names_no_family(client, october, mediator, school):
    response = take_out(client, mediator, school)

    assert_accessible(response.content)
    text = text_of(response.content, "-raw")
    assert "Upesciema pamatskola" in text
    assert "Ar iestādi bija 2 saziņas reizes, kopā 2,5 h." in text
    assert "06.10.2026. Tikšanās iestādē" in text
    assert "16.11.2026. pirmdiena Zvans vai ziņa" in text
    assert "<5" in text
    for secret in ("Kārkliņ", "Ozol", "Inga", *(family.code for family in october)):
        assert secret not in text
    assert response["Content-Disposition"] == (
        'attachment; filename="Izraksts_Upesciems_2026-10.pdf"'
    )
    [export] = ExportLog.objects.all()
    assert (export.by, export.sheets) == (mediator, {"institution.pdf": 2})
    [entry] = AuditEntry.objects.filter(verb=Verb.EXPORT)
    assert entry.detail["institution"] == str(school.pk)


def test_of_very_many_contacts_paper_tells_the_sums_alone(
    client, october, coordinator, school, municipality, monkeypatch
):
    each = extract(coordinator, school, municipality, OCTOBER)
    monkeypatch.setattr("reports.documents.institution.ON_PAPER", 2)
    sums = extract(coordinator, school, municipality, OCTOBER)

    assert len(each.contacts) == each.count == 3
    assert sums == replace(each, contacts=())
    text = text_of(take_out(client, coordinator, school).content)
    assert "Saziņas reižu ir pārāk daudz, lai šeit uzskaitītu katru." in text
    assert "Visas saziņas reizes" not in text


def test_a_quiet_institution_gets_a_calm_page(client, coordinator, school):
    response = take_out(client, coordinator, school, first="2026-02", last="2026-01")

    text = text_of(response.content)
    assert "nav nevienas saziņas reizes" in text
    assert "_2026-01_2026-02.pdf" in response["Content-Disposition"]
    assert_accessible(response.content)


def test_a_national_institution_can_be_told_too(client, mediator, municipality):
    agency = InstitutionFactory(municipality=None, name="Nodarbinātības aģentūra")
    client.force_login(mediator)

    assert agency in client.get(URL).context["form"].fields["institution"].queryset


@pytest.mark.parametrize(
    ("data", "field"),
    [
        ({"institution": ""}, "institution"),
        ({"institution": "x"}, "institution"),
        ({"municipality": "cits"}, "municipality"),
        ({"period": "2026-13"}, "period"),
        ({"first": "\x00"}, "first"),
    ],
)
def test_a_wrong_choice_is_told(client, mediator, school, data, field):
    response = take_out(client, mediator, school, **data)

    assert response.status_code == 422
    assert field in response.context["form"].errors
    assert not ExportLog.objects.exists()


def test_institutions_of_others_are_not_on_the_list(client, mediator):
    foreign = InstitutionFactory(municipality=cast.stranger().factory_municipality)

    assert take_out(client, mediator, foreign).status_code == 422
