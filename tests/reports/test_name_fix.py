"""The buttons beside a name that was found: the code instead, or “that is no name”."""

import re

import pytest
from django.urls import reverse

from families.models import SparedWord
from privacy.models import AuditEntry
from reports.names import names_in_report
from reports.services import review
from reports.workflow import Status
from tests.factories import FamilyFactory, UserFactory
from tests.reports.october import TEXTS, draft, log_october

HARDEST = "Visgrūtāk gāja Kārkliņu ģimenei. Liepas stāv pagalmā."


@pytest.fixture(autouse=True)
def november(time_machine):
    time_machine.move_to("2026-11-03 10:00 +0200")


@pytest.fixture
def report(client, mediator):
    log_october(mediator)
    FamilyFactory(
        municipality=mediator.factory_municipality,
        mediator=mediator,
        label="Liepu ģimene",
    )
    client.force_login(mediator)
    return draft(mediator, hardest=HARDEST)


def address(report, name, *args):
    return reverse(f"reports:{name}", args=[*report.url_args, *args])


def buttons(page, verb):
    """What the buttons of a page would send."""
    return re.findall(rf'name="fix" value="({verb}:[^"]*)"', page.content.decode())


def press(client, report, verb, number=0):
    page = client.get(address(report, "check"))
    fix = buttons(page, verb)[number]
    return client.post(address(report, "name-fix"), {"fix": fix}, follow=True)


def texts(report):
    return {row.key: row.text for row in report.sections.all() if row.text}


def test_one_tap_writes_the_code_and_changes_nothing_else(client, report):
    press(client, report, "replace")

    assert texts(report) == TEXTS | {
        "hardest": "Visgrūtāk gāja ģimenei UPC-001. Liepas stāv pagalmā."
    }
    entry = AuditEntry.objects.filter(verb="update").last()
    assert entry.detail == {"section": "hardest", "replaced": "name"}


def test_a_word_that_is_no_name_is_remembered_and_the_report_handed_in(
    client, report, mediator
):
    press(client, report, "replace")
    press(client, report, "spare")

    assert names_in_report(report) == []
    review.submit(report, by=mediator)
    report.refresh_from_db()
    assert report.status == Status.SUBMITTED


def test_the_decision_says_who_and_when_but_holds_no_word(client, report, mediator):
    press(client, report, "spare", number=1)

    word = SparedWord.objects.get()
    assert word.mediator == mediator
    assert re.fullmatch("[0-9a-f]{64}", word.mark)
    assert AuditEntry.objects.filter(object_id=str(word.pk), verb="create").exists()


def test_the_question_comes_again_when_the_sentence_changes(client, report):
    press(client, report, "spare", number=1)
    section = report.sections.get(key="hardest")
    found = [named.hit.found for named in names_in_report(report)]
    section.text = section.text.replace("Liepas stāv", "Liepas dēls stāv")
    section.save()

    assert found == ["Kārkliņu"]
    assert [named.hit.found for named in names_in_report(report)] == [
        "Kārkliņu",
        "Liepas",
    ]


def test_the_decision_of_one_mediator_says_nothing_for_another(client, report):
    press(client, report, "spare", number=1)
    SparedWord.objects.update(mediator=UserFactory())

    assert len(names_in_report(report)) == 2


def test_a_name_in_an_ask_is_replaced_too(client, report):
    ask = report.asks.first()
    ask.text = "Malka Kārkliņiem"
    ask.save()

    press(client, report, "replace", number=-1)

    ask.refresh_from_db()
    assert ask.text == "Malka ģimenei UPC-001"


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Zvanīt 26 123 456, lūdzu.", "Zvanīt, lūdzu."),
        ("Skolas ielā 7 ir auksti.", "ir auksti."),
        ("Raksta uz janka@pasts.example bieži.", "Raksta uz bieži."),
    ],
)
def test_a_number_or_an_address_is_deleted(client, report, text, left):
    section = report.sections.get(key="hardest")
    section.text = text
    section.save()

    press(client, report, "replace")

    assert texts(report)["hardest"] == left


def test_a_phone_number_cannot_be_spared(client, report):
    section = report.sections.get(key="hardest")
    section.text = "Zvanīt 26 123 456."
    section.save()
    page = client.get(address(report, "check"))
    [fix] = buttons(page, "replace")
    mark = fix.split(":")[1]

    client.post(address(report, "name-fix"), {"fix": f"spare:{mark}:"})

    assert buttons(page, "spare") == []
    assert not SparedWord.objects.exists()
    assert "<mark>2• ••• •••</mark>" in page.content.decode()


def test_a_button_of_a_page_that_is_out_of_date_changes_nothing(client, report):
    page = client.get(address(report, "check"))
    fix = buttons(page, "replace")[0]
    section = report.sections.get(key="hardest")
    section.text = "Viss jau izlabots."
    section.save()

    client.post(address(report, "name-fix"), {"fix": fix})

    assert texts(report)["hardest"] == "Viss jau izlabots."


@pytest.mark.parametrize("fix", ["", "replace", "spare:x:", "a:b:c:d", "replace::UPC"])
def test_a_button_that_does_not_exist_changes_nothing(client, report, fix):
    client.post(address(report, "name-fix"), {"fix": fix})

    assert texts(report)["hardest"] == HARDEST
    assert not SparedWord.objects.exists()


def test_the_code_of_another_family_is_not_written(client, report):
    page = client.get(address(report, "check"))
    fix = buttons(page, "replace")[0].replace("UPC-001", "UPC-999")

    client.post(address(report, "name-fix"), {"fix": fix})

    assert texts(report)["hardest"] == HARDEST


def test_a_full_part_takes_no_longer_code(client, report):
    section = report.sections.get(key="hardest")
    section.text = f"Pie Kārkliņiem. {'a' * 584}"
    section.save()

    page = press(client, report, "replace")

    assert "Kārkliņiem" in texts(report)["hardest"]
    assert [str(message.tags) for message in page.context["messages"]] == ["error"]


# While somebody types


def test_the_button_of_a_part_keeps_all_that_is_typed_and_saves_nothing(client, report):
    url = address(report, "section", report.sections.get(key="hardest").definition)
    page = client.get(url)
    typed = {"text": f"Jauns sākums.\r\n{HARDEST}", "is_finished": "on"}
    [fix, _other] = buttons(page, "replace")

    page = client.post(url, typed | {"fix": fix})

    form = page.context["form"]
    assert form["text"].value() == (
        "Jauns sākums.\nVisgrūtāk gāja ģimenei UPC-001. Liepas stāv pagalmā."
    )
    assert form["is_finished"].value()
    assert texts(report)["hardest"] == HARDEST


def test_a_decision_while_typing_is_kept_and_the_text_stays(client, report):
    url = address(report, "section", report.sections.get(key="hardest").definition)
    fix = buttons(client.get(url), "spare")[1]

    page = client.post(url, {"text": f"{HARDEST} Vēl.", "fix": fix})

    assert page.context["form"]["text"].value() == f"{HARDEST} Vēl."
    assert [row.hit.found for row in page.context["form"].names] == ["Kārkliņu"]
    assert SparedWord.objects.count() == 1
