"""Interpreting: an optional detail of an entry, never longer than the entry (R141)."""

import pytest
from django.db import IntegrityError

from cases.models import Visit
from tests.cases.answers import answers, codes
from tests.factories import VisitFactory


@pytest.fixture
def in_court(family, teacher):
    return {
        "family": family.code,
        "kind": "accompaniment",
        "contact": str(teacher.pk),
        "interpreting": "rom_lv",
        "is_in_court": "on",
    }


def test_all_the_time_needs_no_number(log, in_court):
    log(answers(**in_court))

    visit = Visit.objects.get()
    assert (visit.interpreting, visit.interpreted_minutes) == ("rom_lv", 45)
    assert visit.is_in_court


def test_a_part_of_the_time_is_told_in_minutes(log, in_court):
    log(answers(**in_court, interpreted_minutes="20"))

    assert Visit.objects.get().interpreted_minutes == 20


def test_it_cannot_take_longer_than_the_entry(log, in_court):
    response = log(answers(**in_court, interpreted_minutes="46"))

    assert codes(response) == {"interpreted_minutes": ["too_long"]}
    assert not Visit.objects.exists()


def test_what_is_no_longer_asked_about_is_not_meant(log, in_court):
    log(answers(**in_court | {"kind": "home_visit"}, interpreted_minutes="9999"))

    visit = Visit.objects.get()
    assert (visit.interpreting, visit.interpreted_minutes) == ("", 0)
    assert not visit.is_in_court


def test_nothing_of_it_is_required(log, family, teacher):
    log(answers(family=family.code, kind="accompaniment", contact=str(teacher.pk)))

    assert Visit.objects.get().interpreting == ""


@pytest.mark.parametrize(
    "facts",
    [
        {"interpreting": "rom_lv"},
        {"interpreting": "rom_lv", "interpreted_minutes": 61},
        {"interpreted_minutes": 5},
        {"is_in_court": True},
    ],
)
def test_the_database_refuses_what_cannot_be(db, facts):
    with pytest.raises(IntegrityError):
        VisitFactory(minutes=60, **facts)


def test_it_is_read_and_corrected(client, log, mediator, in_court):
    log(answers(**in_court))
    visit = Visit.objects.get()

    assert "romu un latviešu" in client.get(f"/ieraksti/{visit.code}/").content.decode()
    form = client.get(f"/ieraksti/{visit.code}/labot/").context["form"]
    assert form["interpreting"].value() == "rom_lv"
    assert form["interpreted_minutes"].value() is None
    client.post(
        f"/ieraksti/{visit.code}/labot/",
        answers(**in_court, minutes="30", client_uuid=None),
    )

    visit.refresh_from_db()
    assert (visit.minutes, visit.interpreted_minutes) == (30, 30)
