"""The sentences of the first page and of the mail, with the forms Latvian asks for."""

import re
from dataclasses import replace

import pytest
from django.utils import translation

from reports import wording
from reports.figures import month_figures
from reports.snapshot import AskRow, CountedRow, Person, take
from tests.reports.october import MONTH, draft


@pytest.fixture
def snapshot(mediator):
    report = draft(mediator)
    figures = month_figures(mediator, report.municipality, MONTH)
    with translation.override("lv"):
        yield take(report, figures)


def with_values(snapshot, asks=0, **values):
    return replace(
        snapshot,
        values=snapshot.values | values,
        asks=tuple(AskRow(f"Lūgums {n}", "", None) for n in range(asks)),
    )


def plain(text):
    return re.sub("<[^>]+>", "", str(text)).replace("\N{NO-BREAK SPACE}", " ")


@pytest.mark.parametrize(
    ("families", "solved", "asks", "sentence"),
    [
        (
            17,
            5,
            3,
            (
                "Oktobrī mediatore strādāja ar 17 ģimenēm un palīdzēja atrisināt "
                "5 jautājumus. Trīs jautājumos vajadzīgs pašvaldības lēmums."
            ),
        ),
        (
            1,
            1,
            1,
            (
                "Oktobrī mediatore strādāja ar 1 ģimeni un palīdzēja atrisināt "
                "1 jautājumu. Vienā jautājumā vajadzīgs pašvaldības lēmums."
            ),
        ),
        (
            21,
            11,
            2,
            (
                "Oktobrī mediatore strādāja ar 21 ģimeni un palīdzēja atrisināt "
                "11 jautājumus. Divos jautājumos vajadzīgs pašvaldības lēmums."
            ),
        ),
        (11, 0, 0, "Oktobrī mediatore strādāja ar 11 ģimenēm."),
        (0, 0, 0, "Oktobrī žurnālā ir 4 ieraksti bez ģimenēm."),
    ],
)
def test_the_first_sentence_bends_its_words_to_the_numbers(
    snapshot, families, solved, asks, sentence
):
    counted = with_values(
        snapshot, asks, families=families, solved_cases=solved, entries=families or 4
    )

    assert plain(wording.lead(counted)) == sentence


def test_the_first_sentence_speaks_of_a_man_as_of_a_man(snapshot):
    man = replace(snapshot, mediator=Person("Jānis Paraugs", "masculine"))

    lead = plain(wording.lead(with_values(man, families=2, entries=2)))

    assert lead == "Oktobrī mediators strādāja ar 2 ģimenēm."


def test_an_empty_month_says_so(snapshot):
    assert (
        plain(wording.lead(with_values(snapshot)))
        == "Oktobrī žurnālā nav neviena ieraksta."
    )
    assert wording.takeaway(snapshot) == "Šajā mēnesī ierakstu nav"


@pytest.mark.parametrize(
    ("areas", "entries", "title"),
    [
        ([("Izglītība", 19)], 42, "Visbiežāk izglītība: 19 no 42 ierakstiem"),
        ([("Mājoklis", 1)], 1, "Visbiežāk mājoklis: 1 no 1 ieraksta"),
        (
            [("Izglītība", 3), ("Mājoklis", 3), ("Tiesības", 1)],
            6,
            "Visbiežāk izglītība un mājoklis: pa 3 no 6 ierakstiem",
        ),
        (
            [("Izglītība", 2), ("Mājoklis", 2), ("Tiesības", 2)],
            6,
            "Ieraksti pa jomām",
        ),
    ],
)
def test_the_title_of_the_chart_is_its_finding(snapshot, areas, entries, title):
    counted = replace(
        with_values(snapshot, entries=entries),
        areas=tuple(CountedRow(label, count, "1.0") for label, count in areas),
    )

    assert wording.takeaway(counted) == title


def test_the_four_numbers_are_told_with_what_they_count(snapshot):
    counted = replace(
        with_values(
            snapshot, families=21, entries=1, hours="1.5", solved_cases=1, open_cases=0
        ),
        contracted_hours="88.0",
    )

    told = [
        (figure.value, figure.label, plain(figure.note))
        for figure in wording.key_figures(counted)
    ]

    assert told == [
        ("21", "ģimene", "septembrī 0"),
        ("1", "apmeklējumi, tikšanās, zvani", "septembrī 0"),
        ("1,5", "darba stundas", "līgumā 88, septembrī 0"),
        ("1", "atrisināta lieta", "darbā nav nevienas lietas"),
    ]


@pytest.mark.parametrize(
    ("text", "beginning"),
    [
        ("", ""),
        ("Viens teikums bez punkta", "Viens teikums bez punkta"),
        ("Pirmais. Otrais.\nTrešais!", "Pirmais. Otrais. Trešais!"),
        ("Īss. " + "Garš " * 60 + ".", "Īss."),
        ("Garš " * 60, ("Garš " * 40)[:199] + "…"),
    ],
)
def test_the_first_page_takes_whole_sentences_while_they_fit(text, beginning):
    assert wording.excerpt(text) == beginning


def test_the_mail_says_what_is_needed_and_by_when(snapshot):
    counted = with_values(snapshot, families=17)
    counted = replace(counted, asks=snapshot.asks)

    assert (
        wording.mail_subject(counted)
        == "Romu mediatores atskaite par oktobri: vajadzīgi 3 lēmumi"
    )
    assert [plain(sentence) for sentence in wording.mail_sentences(counted, 3)] == [
        "Upesciema novada romu mediatore oktobrī strādāja ar 17 ģimenēm.",
        "Trīs jautājumos vajadzīgs jūsu lēmums, pirmais līdz 20. novembrim.",
        "Atskaite ir 3 lapas gara, galvenais ir pirmajā lapā.",
    ]


def test_the_mail_of_a_month_without_asks_is_calm(snapshot):
    counted = replace(with_values(snapshot), mediator=Person("J. P.", "masculine"))

    assert wording.mail_subject(counted) == "Romu mediatora atskaite par oktobri"
    assert [plain(sentence) for sentence in wording.mail_sentences(counted, 1)] == [
        "Upesciema novada romu mediatora atskaite par oktobri ir gatava.",
        "Šomēnes pašvaldības lēmums nav vajadzīgs.",
        "Atskaite ir 1 lapu gara, galvenais ir pirmajā lapā.",
    ]
