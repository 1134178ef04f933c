"""Entries of the log, offered as sentences without names; plans that become steps."""

from datetime import date

import pytest
from django.urls import reverse

from cases.models import Area, Kind, NextStep, Visit
from families import hidden_names
from families.models import Family
from municipalities.models import Institution
from reports.names import text_check
from reports.offers import offers_for
from reports.plan_lines import plan_lines
from reports.sections import BY_KEY, NARRATIVE
from tests.factories import MonthlyReportFactory, VisitFactory
from tests.reports.october import draft, log_october


@pytest.fixture(autouse=True)
def november(time_machine):
    time_machine.move_to("2026-11-03 10:00 +0200")


@pytest.fixture
def report(client, mediator):
    log_october(mediator)
    client.force_login(mediator)
    return draft(mediator)


def address(report, name, *args):
    return reverse(f"reports:{name}", args=[*report.url_args, *args])


def log(report, **more):
    family = Family.objects.get(code="UPC-001")
    return VisitFactory(
        mediator=report.mediator,
        municipality=report.municipality,
        visited_on=date(2026, 10, 19),
        **{"families_named": [family], "areas": [Area.EDUCATION]} | more,
    )


def offered(report, key="directions"):
    offers = offers_for(report, BY_KEY[key], text_check(report))
    return [offer.sentence.replace("\N{NO-BREAK SPACE}", " ") for offer in offers]


def test_an_entry_is_one_sentence_with_codes(report):
    school = Institution.objects.get(name="Upesciema pamatskola")
    log(
        report,
        kind=Kind.INSTITUTION_MEETING,
        institution=school,
        areas=[Area.EDUCATION, Area.HOUSING],
        change=Visit.Change.SOLVED,
        highlight=True,
        note="",
    )

    assert offered(report)[0] == (
        "19. oktobrī tikšanās reizē iestādē „Upesciema pamatskola” runāju par "
        "izglītību un mājokli, ģimene UPC-001; jautājums ir atrisināts."
    )


def test_every_kind_and_area_has_its_words(report):
    for kind in Kind:
        log(report, kind=kind, areas=list(Area), families_named=[])

    sentences = offered(report)

    assert len(sentences) == 5 + len(Kind)
    assert all(sentence.split()[1] == "oktobrī" for sentence in sentences)


@pytest.mark.parametrize(
    ("note", "words"),
    [
        ("Vienojāmies par grafiku.", "Vienojāmies par grafiku."),
        ("Kārkliņu mamma piekrita. Sākam pirmdien.", "UPC-001. Sākam pirmdien."),
        ("Runāju ar Kārkliņiem\nSākam pirmdien", "UPC-001. Sākam pirmdien"),
        ("Zvanīt 26123456 vakarā.", "UPC-001."),
    ],
)
def test_of_the_note_sentences_follow_that_name_nobody(report, note, words):
    log(report, highlight=True, note=note)

    assert offered(report)[0].endswith(words)
    assert not [word for word in ("Kārkliņ", "26123456") if word in offered(report)[0]]


def test_notes_stay_away_while_names_are_hidden(report):
    log(report, highlight=True, note="Vienojāmies par grafiku.")

    with hidden_names.override(hidden=True):
        assert "grafiku" not in offered(report)[0]


def test_starred_entries_come_first_then_what_suits_then_the_longest(report):
    log(report, note="Īsi.", highlight=True)
    log(report, note="Vidēji.", change=Visit.Change.SOLVED)
    log(report, note="Vidēji.", response=Visit.Response.DECLINED)
    log(report, note="Ļoti gara piezīme par to, kas notika.")

    def ends(key):
        return [sentence.rsplit(" ", 1)[-1] for sentence in offered(report, key)]

    assert ends("positive")[0] == ends("hardest")[0] == "Īsi."
    assert "atrisināts" in offered(report, "positive")[1]
    assert "nepiekrita" in offered(report, "hardest")[1]
    assert ends("directions")[1] == "notika."


@pytest.mark.parametrize(
    "part", [part for part in NARRATIVE if not part.lines], ids=lambda part: part.slug
)
def test_in_an_empty_month_writing_works(client, mediator, part):
    client.force_login(mediator)
    empty = MonthlyReportFactory(
        mediator=mediator, municipality=mediator.factory_municipality
    )

    page = client.get(address(empty, "section", part))
    saved = client.post(address(empty, "section", part), {"text": "Biju slima."})

    assert page.context["offers"] == []
    assert saved.status_code == 302


def test_a_line_of_the_plans_becomes_one_step(client, report):
    url = address(report, "plan-line", 2)
    form = client.get(url).context["form"]
    assert form["text"].value() == "Ģimenes ārsta vizītes"
    school = Institution.objects.get(name="Upesciema pamatskola")
    body = {
        "institution": str(school.pk),
        "kind": "call",
        "due_on": "2026-11-12",
        "text": "Ārsts",
    }

    client.post(url, body)
    again = client.post(url, body | {"due_on": "2026-11-13"})

    step = NextStep.objects.get(due_on=date(2026, 11, 12))
    assert again.status_code == 302
    assert not NextStep.objects.filter(due_on=date(2026, 11, 13)).exists()
    assert [line.step for line in plan_lines(report)] == [None, step, None, None]
    assert client.get(address(report, "section", BY_KEY["plans"])).status_code == 200


def test_a_line_that_is_not_there_or_not_mine_is_not_found(client, report, colleague):
    assert client.get(address(report, "plan-line", 9)).status_code == 404

    client.force_login(colleague)
    assert client.get(address(report, "plan-line", 1)).status_code == 404


def test_findings_lead_to_the_entries(client, report):
    nameless = log(report, kind=Kind.INSTITUTION_MEETING, contact=None)

    page = client.get(address(report, "check")).content.decode()

    assert reverse("cases:visit-update", args=[nameless.code]) in page
