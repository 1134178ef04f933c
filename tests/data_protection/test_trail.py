"""Who saw a family and who did what, as the data-protection officer reads it."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from data_protection.models import Erasure
from data_protection.services import trail
from data_protection.services.erasure import erase_family
from families.models import FamilyMember
from privacy import audit
from privacy.models import AuditEntry, Verb
from reports.models import ExportLog
from tests.factories import (
    ApiTokenFactory,
    FamilyAssignmentFactory,
    FamilyFactory,
    FamilyMemberFactory,
    VisitFactory,
)

FAMILY = "/datu-aizsardziba/kas-skatija/"
ACCOUNT = "/datu-aizsardziba/kas-ko-darija/"


@pytest.fixture
def officer(client, data_protection_officer):
    client.force_login(data_protection_officer)
    return client


@pytest.fixture
def family(municipality, mediator, colleague):
    family = FamilyFactory(
        municipality=municipality,
        mediator=mediator,
        label="K\u0101rkli\u0146u \u0123imene",
    )
    FamilyAssignmentFactory(family=family, mediator=colleague, kind="shared")
    return family


def rows(response):
    return [(row.who, row.deed, row.code, row.why) for row in response.context["rows"]]


def test_all_who_saw_the_family_or_what_belongs_to_it_are_named(
    officer, family, mediator, colleague
):
    visit = VisitFactory(
        mediator=mediator, municipality=family.municipality, family=family
    )
    audit.record(mediator, Verb.READ, family)
    audit.record(colleague, Verb.REVEAL, family, fields=["phone"], purpose="call")
    audit.record(colleague, Verb.READ, FamilyMemberFactory(family=family))
    audit.record(mediator, Verb.READ, visit)
    audit.record(mediator, Verb.READ, FamilyFactory(mediator=mediator))

    response = officer.get(FAMILY, {"kods": family.code.lower()})

    assert [(who, code) for who, _deed, code, _why in rows(response)] == [
        (mediator.full_name, visit.code),
        (colleague.full_name, family.code),
        (colleague.full_name, family.code),
        (mediator.full_name, family.code),
    ]
    assert response.context["rows"][2].is_reveal
    assert response.context["rows"][2].why
    assert "mediator" in response.context["rows"][0].role
    assert "K\u0101rkli\u0146" not in response.content.decode()


def test_the_look_of_the_officer_is_seen_by_the_family_and_its_mediator(
    officer, client, family, mediator, data_protection_officer
):
    officer.get(FAMILY, {"kods": family.code})

    client.force_login(mediator)
    page = client.get(f"/gimenes/{family.code}/skatijumi/")
    assert data_protection_officer in [look.by for look in page.context["looks"]]


def test_a_family_whose_row_is_gone_is_found_by_its_code(officer, mediator):
    family = FamilyFactory(mediator=mediator)
    person = FamilyMemberFactory(family=family)
    audit.record(mediator, Verb.CREATE, family, code=family.code)
    audit.record(mediator, Verb.CREATE, person, family=family.pk)
    audit.record(mediator, Verb.READ, person)
    audit.record(None, Verb.DELETE, family, code=family.code)
    FamilyMember.objects.all().delete()
    family.delete()

    response = officer.get(FAMILY, {"kods": family.code})

    assert len(rows(response)) == 4
    assert AuditEntry.objects.latest("seq").detail == {
        "page": "family",
        "code": family.code,
    }


def test_an_erased_family_is_found_by_its_code(officer, mediator):
    family = FamilyFactory(mediator=mediator)
    audit.record(mediator, Verb.CREATE, family, code=family.code)
    erase_family(family, why=Erasure.Why.RETENTION, by=None)

    response = officer.get(FAMILY, {"kods": family.code})

    assert [row.code for row in response.context["rows"]] == [family.code] * 2


# PostgreSQL reads so few entries one after the other
@pytest.mark.once
def test_for_a_code_that_no_family_has_those_are_read_that_were_ever_made_alone(
    family, mediator
):
    for _ in range(300):
        audit.record(mediator, Verb.READ, family)
    audit.record(mediator, Verb.CREATE, family, code=family.code)

    entries = trail.taken_on("UPC-999")

    assert "audit_of_new_families" in entries.explain()
    assert not entries.exists()


def test_a_form_for_a_request_about_data_is_told_as_what_it_is(
    officer, data_protection_officer, mediator
):
    family = FamilyFactory(mediator=mediator)
    audit.record(data_protection_officer, Verb.READ, family, page="request")
    officer.get(reverse("data_protection:request-create"), {"gimene": family.code})

    response = officer.get(FAMILY, {"kods": family.code})

    told = [row.what for row in response.context["rows"]]
    assert told == ["veidlapa pieprasījumam par datiem"] * 2


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ({"kods": "UPC-999"}, 200),
        ({"kods": "K\u0101rkli\u0146i"}, 422),
        ({"kods": "UPC-001", "no": "2026-10-02", "lidz": "2026-10-01"}, 422),
        ({"kods": "UPC-001", "no": "vakar"}, 422),
        ({"kods": "UPC-001", "no": "0001-01-01"}, 422),
        ({"kods": "UPC-001", "lidz": "9999-12-31"}, 422),
    ],
)
def test_what_does_not_exist_or_makes_no_sense_is_said(officer, query, status):
    response = officer.get(FAMILY, query)

    assert response.status_code == status
    assert "rows" not in response.context or rows(response) == []


def test_a_period_counts_days_as_they_are_in_riga(officer, family, mediator):
    audit.record(mediator, Verb.READ, family)
    today = timezone.localdate()
    yesterday = today - timedelta(days=1)

    for first, last, count in ((today, today, 1), (yesterday, yesterday, 0)):
        query = {"kods": family.code, "no": first, "lidz": last}
        assert len(rows(officer.get(FAMILY, query))) == count


def test_what_was_refused_taken_out_and_read_by_a_program_is_told(
    officer, client, project_staff, data_protection_officer
):
    token = ApiTokenFactory(owner=project_staff, name="Gada tabula")
    audit.record(project_staff, Verb.LINK_VIEW, token, period="2026-Q3")
    audit.record(project_staff, Verb.REFUSE, project_staff, view="reports:gone")
    log = ExportLog(pk=1, by=project_staff)
    first, last = date(2026, 7, 1), date(2026, 9, 30)
    audit.record(project_staff, Verb.EXPORT, log, first=first, last=last)
    client.force_login(project_staff)
    assert client.get("/gimenes/UPC-009/").status_code == 404

    client.force_login(data_protection_officer)
    response = client.get(ACCOUNT, {"konts": project_staff.pk})
    found = response.context["rows"]

    assert [row.also for row in found if row.also] == [
        "/gimenes/<code>/",
        "01.07.2026.–30.09.2026.",
        "Gada tabula, 2026-Q3",
    ]
    assert found[0].code == "UPC-009"


def test_an_account_is_counted_by_deed_and_day(officer, family, mediator):
    for verb in (Verb.READ, Verb.READ, Verb.UPDATE):
        audit.record(mediator, verb, family)

    response = officer.get(ACCOUNT, {"konts": mediator.pk})
    narrowed = officer.get(ACCOUNT, {"konts": mediator.pk, "darbiba": "update"})

    counts = response.context["counts"]
    assert [(verb, n) for verb, _word, n in counts.by_deed] == [
        ("read", 2),
        ("update", 1),
    ]
    assert counts.by_day == [(timezone.localdate(), 3)]
    assert len(rows(response)) == 3
    assert len(rows(narrowed)) == 1


def test_looking_at_an_account_is_recorded(officer, mediator, data_protection_officer):
    officer.get(ACCOUNT, {"konts": mediator.pk, "darbiba": "read"})

    entry = AuditEntry.objects.latest("seq")
    assert entry.actor == data_protection_officer.pk
    assert entry.detail == {
        "page": "account",
        "account": str(mediator.pk),
        "filters": ["darbiba", "konts", "no"],
    }


def test_an_account_that_is_none_is_named(officer):
    response = officer.get(ACCOUNT, {"konts": "x", "lidz": "9999-12-31"})

    assert response.status_code == 422
    assert response.context["form"].errors["konts"] == ["Izvēlieties kontu"]
    [day] = response.context["form"].errors["lidz"]
    assert day.startswith("Pārbaudiet gadu: izvēlieties dienu no 01.01.2010. līdz ")


def test_pages_over_the_audit_ask_as_often_whatever_it_holds(
    officer, family, mediator, colleague
):
    pages = (FAMILY, {"kods": family.code}), (ACCOUNT, {"konts": mediator.pk})
    pages += (("/datu-aizsardziba/neparasti/", {}),)

    def queries():
        counts = []
        for address, query in pages:
            with CaptureQueriesContext(connection) as asked:
                assert officer.get(address, query).status_code == 200
            counts.append(len(asked))
        return counts

    def deeds(times):
        for number in range(times):
            visit = VisitFactory(
                mediator=mediator, municipality=family.municipality, family=family
            )
            audit.record(mediator, Verb.READ, visit)
            audit.record(mediator, Verb.READ, FamilyFactory(mediator=mediator))
            facts = {"fields": ["phone"], "purpose": "call"}
            audit.record(colleague, Verb.REVEAL, family, **facts)
            audit.record(mediator, Verb.EXPORT, family, number=number)

    deeds(7)
    few = queries()
    deeds(10)

    assert queries() == few
