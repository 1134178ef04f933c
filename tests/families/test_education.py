"""Where a child learns: one short form, once for a school year, and what outlives the name."""

from datetime import UTC, date, datetime

import pytest
import time_machine
from django.db import IntegrityError, transaction

from data_protection.services.erasure import erase_family, erase_member
from data_protection.services.subject_export import collect
from families.models import EducationRecord, FamilyMember
from families.models.education import school_year_of
from mediators.models import Role
from privacy.models import AuditEntry, Verb
from tests.factories import (
    AppointmentFactory,
    ConsentFactory,
    EducationRecordFactory,
    FamilyFactory,
    FamilyMemberFactory,
    InstitutionFactory,
    MunicipalityFactory,
    SubjectRequestFactory,
    TermFactory,
)


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel(datetime(2026, 11, 12, 8, 15, tzinfo=UTC), tick=False):
        yield


def level(code="BASIC_1_3"):
    return TermFactory(vocabulary="edu_level", code=code)


def reason(code):
    return TermFactory(vocabulary="absence_reason", code=code)


@pytest.fixture
def family(municipality, mediator):
    family = FamilyFactory(municipality=municipality, mediator=mediator)
    ConsentFactory(family=family)
    return family


@pytest.fixture
def child(family):
    return FamilyMemberFactory(family=family, birth_year=2018, sex="male")


@pytest.fixture
def page(client, mediator, child):
    client.force_login(mediator)
    return f"/gimenes/{child.family.code}/cilveki/{child.pk}/skola/"


@pytest.mark.parametrize(
    ("day", "year"),
    [(date(2026, 8, 31), 2025), (date(2026, 9, 1), 2026), (date(2027, 1, 1), 2026)],
)
def test_a_school_year_begins_in_september(day, year):
    assert school_year_of(day) == year


def test_a_level_alone_is_enough(client, page, child, mediator):
    response = client.post(page, {"level": level().pk})

    assert response["Location"] == f"{child.family.get_absolute_url()}#people"
    [record] = EducationRecord.objects.all()
    assert (record.person_id, record.school_year) == (child.pk, 2026)
    assert (record.sex, record.age_band) == ("male", "A07_12")
    assert record.municipality == child.family.municipality
    [entry] = AuditEntry.objects.filter(object_type="families.educationrecord")
    assert (entry.verb, entry.actor) == (Verb.CREATE, mediator.pk)


def test_everything_that_is_known_is_kept(client, page, child, municipality):
    school = InstitutionFactory(
        municipality=municipality,
        type=TermFactory(vocabulary="institution_type", code="SCHOOL_PRIMARY"),
    )
    programme = TermFactory(vocabulary="edu_programme", code="SPECIAL_INTEGRATED")
    reasons = [reason("TRANSPORT"), reason("CLOTHES")]

    client.post(
        page,
        {
            "level": level().pk,
            "institution": school.pk,
            "group": "day",
            "attendance": "some",
            "attendance_before": "long",
            "programme": programme.pk,
            "reasons": [one.pk for one in reasons],
            "may_drop_out": "on",
            "home_language": "romani",
            "view_heard": "alone",
            "told_by": "school",
        },
    )

    record = EducationRecord.objects.get()
    assert (record.group, record.programme) == ("day", programme)
    assert record.institution_type == school.type
    assert set(record.reasons.all()) == set(reasons)
    assert (record.attendance_before, record.attendance) == ("long", "some")


@pytest.mark.parametrize(
    ("code", "born", "kind", "asks"),
    [
        ("HIGHER", 2021, None, True),
        ("HIGHER", 2007, "PII", True),
        ("BASIC_1_3", 2018, "PII", True),
        ("BASIC_1_3", 2018, "UNIVERSITY", True),
        ("BASIC_7_9", 2018, None, True),
        ("HIGHER", 2007, "UNIVERSITY", False),
        ("PRESCHOOL_OBL", 2020, "PII", False),
        ("PRESCHOOL_OBL", 2020, "SCHOOL_PRIMARY", False),
        ("BASIC_1_3", None, None, False),
    ],
)
def test_an_unusual_level_is_asked_about_once_and_never_forbidden(
    client, page, child, municipality, code, born, kind, asks
):
    FamilyMember.objects.filter(pk=child.pk).update(birth_year=born)
    answers = {"level": level(code).pk, "home_language": "romani"}
    if kind:
        of = TermFactory(vocabulary="institution_type", code=kind)
        place = InstitutionFactory(municipality=municipality, type=of)
        answers["institution"] = place.pk

    response = client.post(page, answers)

    assert EducationRecord.objects.exists() != asks
    if asks:
        form = response.context["form"]
        assert form.errors.keys() == {"level"}
        assert "saglabājiet vēlreiz" in form.errors["level"][0]
        assert form["home_language"].value() == "romani"
        client.post(page, answers | {"asked": form["asked"].value()})
        assert EducationRecord.objects.get().level.code == code


def test_another_unusual_level_is_asked_about_anew(client, page, child):
    asked = client.post(page, {"level": level("HIGHER").pk}).context["form"]["asked"]

    other = {"level": level("SECONDARY").pk, "asked": asked.value()}
    assert client.post(page, other).status_code == 422
    assert not EducationRecord.objects.exists()


def test_two_records_of_a_child_and_year_are_one(client, page, child):
    client.post(page, {"level": level().pk, "reasons": [reason("WORK").pk]})
    client.post(page, {"level": level("BASIC_4_6").pk})

    record = EducationRecord.objects.get()
    assert record.level.code == "BASIC_4_6"
    assert not record.reasons.exists()


def test_the_database_holds_a_child_and_year_once(child):
    EducationRecordFactory(family=child.family, person_id=child.pk)

    with pytest.raises(IntegrityError), transaction.atomic():
        EducationRecordFactory(family=child.family, person_id=child.pk)


def test_a_new_year_begins_with_what_was_known_last(client, page, child):
    EducationRecordFactory(
        family=child.family,
        person_id=child.pk,
        school_year=2025,
        level=level("BASIC_4_6"),
        group="boarding",
        attendance="frequent",
    )

    form = client.get(page).context["form"]

    assert form["group"].value() == "boarding"
    assert form["attendance_before"].value() == "frequent"
    assert form["attendance"].value() == ""
    assert EducationRecord.objects.count() == 1, "nothing is stored by looking"


def test_an_earlier_year_may_still_be_written_down(client, page):
    client.post(f"{page}?gads=2024", {"level": level().pk})

    assert EducationRecord.objects.get().school_year == 2024


@pytest.mark.parametrize("year", ["2023", "2027", "x", ""])
def test_other_years_are_not_there(client, page, year):
    assert client.get(f"{page}?gads={year}").status_code == 404


@pytest.mark.parametrize(("born", "status"), [(2001, 302), (2000, 422), (2027, 422)])
def test_somebody_older_than_25_or_not_born_yet_is_no_pupil(
    client, page, child, born, status
):
    child.birth_year = born
    child.save()

    assert client.post(page, {"level": level("ADULT").pk}).status_code == status


def test_a_child_in_no_education_has_no_school(client, page):
    response = client.post(page, {"level": level("NONE").pk, "attendance": "regular"})

    assert list(response.context["form"].errors) == ["attendance"]


@pytest.mark.parametrize(("born", "status"), [(2018, 302), (2010, 422)])
def test_nobody_is_too_old_for_preschool(client, page, child, born, status):
    FamilyMember.objects.filter(pk=child.pk).update(birth_year=born)

    response = client.post(page, {"level": level("PRESCHOOL_OBL").pk})

    assert response.status_code == status


def test_the_form_is_offered_from_the_page_of_a_child_alone(client, page, child):
    person = page.removesuffix("skola/")
    assert page in client.get(person).content.decode()

    child.birth_year = 1980
    child.save()

    assert page not in client.get(person).content.decode()


def test_a_school_of_another_municipality_cannot_be_chosen(client, page):
    elsewhere = InstitutionFactory(
        municipality=MunicipalityFactory(),
        type=TermFactory(vocabulary="institution_type", code="SCHOOL_PRIMARY"),
    )

    response = client.post(page, {"level": level().pk, "institution": elsewhere.pk})

    assert response.status_code == 422
    assert not EducationRecord.objects.exists()


def test_a_child_that_moved_in_the_middle_of_the_year_counts_where_it_is_now(
    client, page, child, mediator
):
    client.post(page, {"level": level().pk})
    family, there = child.family, MunicipalityFactory()
    family.municipality = there
    family.save()
    AppointmentFactory(user=mediator, role=Role.MEDIATOR, municipality=there)

    client.post(page, {"level": level().pk})

    assert EducationRecord.objects.get().municipality == there


def test_without_consent_nothing_new_is_written(client, page, child):
    child.family.consents.update(withdrawn_on=date(2026, 11, 1))

    assert client.post(page, {"level": level().pk}).status_code == 422
    assert not EducationRecord.objects.exists()


@pytest.fixture
def known(child, municipality):
    record = EducationRecordFactory(
        family=child.family,
        person_id=child.pk,
        institution=InstitutionFactory(municipality=municipality),
        institution_type=TermFactory(vocabulary="institution_type", code="PII"),
        group="all_day",
        home_language="romani",
        view_heard="alone",
    )
    record.reasons.add(reason("FAMILY"))
    return record


@pytest.mark.parametrize("erase", [erase_member, None])
def test_an_erased_child_leaves_its_counts_alone(known, child, mediator, erase):
    if erase:
        erase_member(child, why="request", by=mediator)
    else:
        erase_family(child.family, why="request", by=mediator)

    known.refresh_from_db()
    assert (known.group, known.institution_type.code) == ("all_day", "PII")
    assert known.institution is None
    assert (known.home_language, known.view_heard) == ("", "")
    assert not known.reasons.exists()


def test_who_asks_for_a_copy_reads_it_year_by_year(known, child):
    request = SubjectRequestFactory(family=child.family)

    [person] = collect(child.family, child, request)["people"]

    [year] = person["education"]
    assert (year["school_year"], year["group"]["code"]) == (2026, "all_day")
    assert year["reasons"] == [reason("FAMILY").label_lv]
