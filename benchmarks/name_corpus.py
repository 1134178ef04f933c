"""Texts for the name check: what has to be found, and prose in which nothing is to be.

Everybody is invented. ``report_prose.txt`` holds ordinary sentences of reports.
"""
# ruff: noqa: RUF001 -- Cyrillic is the matter here

import re
from itertools import cycle
from pathlib import Path
from typing import NamedTuple

from benchmarks import latvian_names as names
from privacy.name_check import Known

CODE = "UPC-001"
TRAPS = "traps"
PROSE = Path(__file__).with_name("report_prose.txt")
FRAMES = (
    "Oktobrī {} atnāca uz sarunu skolā.",
    "{} vajadzēja palīdzību ar dokumentiem.",
    "Visgrūtāk šomēnes gāja ar {}, jo ir īres parāds.",
    "Kopā ar skolu runājām par {}.",
    "Divas reizes biju pie {}! Saruna bija laba.",
    "Sociālais dienests (par {}) vēl nav atbildējis.",
    "Nākamajā mēnesī: {}, skolas sapulce, bibliotēka.",
    "Dokumenti nokārtoti.\n{} gaida atbildi.",
)
RUSSIAN_FRAMES = (
    "В октябре {} пришла на разговор в школу.",
    "{} нужна помощь с документами.",
    "Труднее всего было с {}, потому что есть долг.",
)
OFFICIALS = (
    *(
        "Inga Kalniņa",
        "Zane Rozīte",
        "Sanita Vītola",
        "Ilze Kronberga",
        "Māris Apsītis",
    ),
    *(
        "Anna Bērziņa",
        "Jānis Liepiņš",
        "Marija Skujiņa",
        "Kristaps Upmalis",
        "Dace Brūvere",
    ),
)
EMAILS = ("inga.kalnina@upesciems.example", "dienests@upesciems.example")
PHONE = "26 123 456"
PHONES = (
    *("26123456", "26 123 456", "2612 3456", "26-123-456", "26.123.456", "26 12 34 56"),
    *("+37126123456", "+371 26123456", "+371 26 123 456", "(+371) 26123456"),
    *("00371 26123456", "371 26123456", "+371-26-123-456", "+371 (26) 123456"),
    *("26\u00a0123\u00a0456", "26 123456", "26123 456", "26–123–456", "26123456 12"),
)
ADDRESSES = {
    "Liepu iela 5-12": (
        *("Liepu iela 5", "Liepu ielā 5", "Liepu ielas 5. mājā", "Liepu iela 5-12"),
        *(
            "Liepu ielā 5, dz. 12",
            "Liepu ielā Nr. 5",
            "Liepu ielā, mājā 5",
            "liepu ielā 5",
        ),
        *(
            "Liepu 5",
            "Liepu ielu 5",
            "Liepu ielai 5",
            "Liepu ielā 5A",
            "liepu iela 5/12",
        ),
        *("улице Лиепу 5", "Лиепу 5", "Лиепу, дом 5"),
    ),
    "Brīvības gatve 21": (
        *("Brīvības gatvē 21", "Brīvības gatves 21. namā", "Brivibas gatve 21"),
        *("Brīvības g. 21", "BRĪVĪBAS GATVE 21"),
    ),
    "Lielā Pils iela 7, Upesciems": (
        "Lielajā Pils ielā 7",
        "Lielās Pils ielas 7. mājā",
    ),
    "„Ābeļkalni”, Vidmales pagasts": ("Ābeļkalnos", "„Ābeļkalnu” mājās", "Abelkalni"),
}
PERSONAL_CODES = (
    *("010190-12345", "010190 12345", "01019012345", "010190 - 12345", "010190–12345"),
    *("321234-56789", "32123456789", "321234 56789"),
    *("311299-21234", "150305-20101", "010190\u201112345"),
)
PRIVATE_EMAILS = (
    *(
        "anna.karklina@pasts.example",
        "janka88@pasts.example",
        "Bucs-Bucs@e.pasts.example",
    ),
    *("karklini_gimene@pasts.example", "Anna.Karklina@PASTS.EXAMPLE"),
)


class Sample(NamedTuple):
    """A sentence with something that has to be found, in one spelling."""

    kind: str
    spelling: str
    known: Known
    text: str
    word: str


def samples():
    """Everything that has to be found."""
    frames = cycle(FRAMES)
    russian = cycle(RUSSIAN_FRAMES)
    for kind, known, words, russian_words in _people():
        for spelling, spelled in names.SPELLINGS.items():
            for word in dict.fromkeys(map(spelled, words)):
                yield _sample(kind, spelling, known, next(frames), word)
        for word in russian_words:
            yield _sample(kind, "Cyrillic", known, next(russian), word)
    yield from _numbers(frames)


def hard_samples():
    """Beyond the goal: without capitals, and with one typing error."""
    frames = cycle(FRAMES)
    for kind, known, words, _russian in _people():
        for word in words:
            yield _sample(kind, "lower case", known, next(frames), word.lower())
        for word in words:
            if len(word) >= 8:
                for slip in names.mistyped(word).values():
                    yield _sample(kind, "one typing error", known, next(frames), slip)


def _sample(kind, spelling, known, frame, word):
    return Sample(kind, spelling, known, frame.format(word), word)


def _people():
    """(kind, known, Latvian words, words in Cyrillic)."""
    for surname in names.SURNAMES:
        words = [form.word for form in names.forms_of_surname(surname)]
        woman = names.of_a_woman(surname)
        russian = names.russian_forms(surname) + names.russian_forms(woman)
        family = names.family_name(surname)
        plural = dict(names.decline(surname))["N pl"]
        for label in dict.fromkeys(
            (f"{family} ģimene", plural, f"Vecā {woman}", surname)
        ):
            yield "surname", Known(CODE, label), words, russian
    for kind, group in (
        ("first name", names.WOMEN + names.MEN),
        ("nickname", names.NICKNAMES),
    ):
        for name in group:
            known = Known(CODE, "Māja ar zilajiem vārtiem", people=(name,))
            is_man = name in names.MEN
            words = [form.word for form in names.decline(name, is_man=is_man)]
            yield kind, known, words, names.russian_forms(name)
            small = kind == "first name" and names.diminutive(name)
            if small:
                forms = names.decline(small, is_man=is_man, with_plural=False)
                yield "diminutive", known, [form.word for form in forms], []


def _numbers(frames):
    known = Known(CODE, "Kārkliņu ģimene", PHONE)
    for phone in PHONES:
        yield _sample("phone", "every grouping", known, next(frames), phone)
    for address, spellings in ADDRESSES.items():
        known = Known(CODE, "Kārkliņu ģimene", address=address)
        for word in spellings:
            yield _sample("address", "every case", known, next(frames), word)
    for code in PERSONAL_CODES:
        yield _sample("personal code", "old and new", known, next(frames), code)
    for email in PRIVATE_EMAILS:
        yield _sample("e-mail", "private", known, next(frames), email)


def families(count):
    """That many families, as a mediator's list has them: a label and four people each."""
    people = cycle(
        names.WOMEN[::2] + names.MEN[::2] + names.WOMEN[1::2] + names.MEN[1::2]
    )
    nicknames = cycle(names.NICKNAMES)
    surnames = cycle(names.SURNAMES[::3] + names.SURNAMES[1::3] + names.SURNAMES[2::3])
    for number in range(1, count + 1):
        household = [next(people) for _person in range(4)]
        if number % 4 == 0:
            household.append(next(nicknames))
        label = f"{names.family_name(next(surnames))} ģimene"
        phone, house = f"2{6_000_000 + number * 7919}", number % 40 + 1
        address = f"{('Liepu', 'Skolas', 'Dārza', 'Rožu')[number % 4]} iela {house}"
        yield Known(f"UPC-{number:03}", label, phone, address, tuple(household))


def prose():
    """{part: text}: ordinary reports in three languages, and sentences made as traps."""
    parts = re.split(
        r"^\[(\w+)\]\n", PROSE.read_text(encoding="utf-8"), flags=re.MULTILINE
    )
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def words_in(text):
    return len(re.findall(r"\w+", text))
