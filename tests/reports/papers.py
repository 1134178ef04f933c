"""Reports as they come out of a snapshot, made without a database: months of any size."""

from dataclasses import replace

from django.conf import settings
from django.utils import translation

from cases.models import Area, Kind
from config import funding
from reports.indicators import BY_KEY
from reports.sections import NARRATIVE
from reports.snapshot import (
    FORMAT,
    LANGUAGE,
    PRINTED,
    PRINTED_WITH_PLAN,
    AskRow,
    ChainEnd,
    CountedRow,
    Definition,
    EarlierAskRow,
    Funder,
    PartnerRow,
    Person,
    Place,
    PlanRow,
    SectionText,
    Snapshot,
    TrendRow,
)

FUNDING = funding.read(settings.BASE_DIR / "agenda/demo/funders.toml")
SENTENCES = (
    "Visvairāk darba bija ap skolu, jo divas ģimenes pārcēlās un bērni mainīja klasi. "
    "Kopā ar sociālo pedagoģi aizgājām uz pirmajām stundām un vienojāmies, kā ziņot. "
    "Mājoklis palika otrais virziens: ģimenei UPC-009 ir īres parāds un grafika nav. "
    "Vecāki paši zvana skolai, ja bērns ir slims, un tas agrāk nenotika nevienu reizi. "
)
POSTS = ("sociālā pedagoģe", "sociālais darbinieks", "direktora vietniece", "")
PLACES = (
    "Upesciema pamatskola",
    "Upesciema novada Sociālais dienests",
    "Upesciema novada bāriņtiesa",
    "Nodarbinātības valsts aģentūras Upesciema filiāle",
    "Upesciema Kultūras nams",
    "Upesciema novada Dzīvokļu daļa",
    "Pirmsskolas izglītības iestāde „Saulīte”",
)


def words(length):
    """Whole sentences, cut to exactly so many characters, the last one a full stop."""
    text = SENTENCES * (length // len(SENTENCES) + 1)
    return text[: length - 1].rstrip().ljust(length - 1, "e") + "."


def month(entries=60, *, areas=8, partners=9, full=True, **changes):
    """An approved October of ``entries`` entries; with ``full`` every part is written out."""
    values = _values(entries)
    with translation.override(LANGUAGE):
        return replace(
            Snapshot(
                format=FORMAT,
                place=Place(
                    "Upesciema novads",
                    "Upesciema novada pašvaldībai",
                    "Upesciema novada",
                ),
                month="2026-10",
                number="UPC-2026-10",
                slug="Upesciems",
                version=1,
                code="8KQ2-M4TF",
                mediator=Person("Sanita Vītola", "feminine"),
                coordinator=Person("Ilze Kronberga", "feminine"),
                approved_at="2026-11-13T08:42:00+00:00",
                values=values,
                contracted_hours="88.0",
                areas=_counted(Area.labels[: areas if entries else 0], entries),
                kinds=_counted(Kind.labels if entries else [], entries),
                partners=_partners(partners if entries else 0),
                trend=tuple(
                    TrendRow(f"2026-{number:02}", values) for number in range(5, 11)
                ),
                sections=_sections() if full else (),
                asks=_asks() if full else (),
                coordinator_note=words(240) if full else "",
                definitions=tuple(
                    Definition(str(BY_KEY[key].label), str(BY_KEY[key].definition))
                    for key in PRINTED + (PRINTED_WITH_PLAN if entries else ())
                ),
                plan=(
                    PlanRow("Tikšanās ar iestādēm", 9, 6, 1, 2),
                    PlanRow("Visi ieplānotie soļi", 24, 17, 2, 5),
                )
                if entries
                else (),
                earlier_asks=_earlier() if full else (),
                funders=_funders(),
                funding=FUNDING.sentence,
                chain_end=ChainEnd(12345, "fedcba9876543210"),
            ),
            **changes,
        )


def draft():
    """A usual month before its approval."""
    return month(version=0, code="", approved_at=None, coordinator=None, chain_end=None)


LONG = (
    "Latvijas Republikas Labklājības ministrijas Valsts bērnu tiesību aizsardzības "
    "inspekcijas Zemgales un Sēlijas reģionālā nodaļa Dienvidkurzemes novada birojā"
)


def long_month():
    """600 entries, and every name as long as an office might have it."""
    plain = month(600, areas=14, partners=120)
    return replace(
        plain,
        place=Place(
            "Dienvidkurzemes novads",
            "Dienvidkurzemes novada pašvaldībai un tās Izglītības un sociālo lietu pārvaldei",
            "Dienvidkurzemes novada",
        ),
        mediator=Person("Annemarija Konstance Krauklis-Ziemeļzvaigzne", "feminine"),
        coordinator=Person("Aleksandra Viktorija Dzenovska-Kalniņa", "feminine"),
        number="DKZ-12-2026-10",
        asks=tuple(replace(ask, text=words(200), owner=LONG[:100]) for ask in _asks()),
        earlier_asks=tuple(
            replace(ask, text=words(200), owner=LONG[:100], outcome=words(300))
            for ask in _earlier() * 3
        ),
        partners=tuple(
            replace(row, institution=f"{number}. {LONG}", post=POSTS[0] * 2)
            for number, row in enumerate(plain.partners)
        ),
        coordinator_note=words(600),
    )


def _values(entries):
    return {
        "families": min(entries, 17 + entries // 20),
        "entries": entries,
        "hours": f"{entries * 1.4:.1f}",
        "new_cases": entries // 12,
        "solved_cases": entries // 12,
        "open_cases": entries // 3,
        "planned_meetings": 9,
        "held_meetings": 6,
    }


def _counted(labels, entries):
    share = {
        position: max(1, entries // (position + 2)) for position in range(len(labels))
    }
    return tuple(
        CountedRow(str(label), share[position], f"{share[position] * 1.4:.1f}")
        for position, label in enumerate(labels)
    )


def _partners(count):
    return tuple(
        PartnerRow(
            PLACES[number % len(PLACES)], POSTS[number % len(POSTS)], 1 + count - number
        )
        for number in range(count)
    )


def _sections():
    for_plans = "\n".join([words(119)] * 5)
    return tuple(
        SectionText(
            part.key,
            str(part.title),
            for_plans if part.lines else words(part.max_length),
        )
        for part in NARRATIVE
    )


def _funders():
    return tuple(Funder(**funder) for funder in FUNDING.funders)


def _asks():
    return tuple(
        AskRow(words(110), owner, f"2026-11-{day}", f"UPC-G01{day % 10}")
        for owner, day in (
            ("Dzīvokļu daļa", 25),
            ("Sociālais dienests", 20),
            ("Kultūras nams", 30),
        )
    )


def _earlier():
    return tuple(
        EarlierAskRow(f"2026-{number:02}", words(100), owner, status, outcome)
        for number, owner, status, outcome in (
            (7, "Dzīvokļu daļa", "Darbā", ""),
            (8, "Sociālais dienests", "Izpildīts", words(80)),
            (9, "Kultūras nams", "Jauns", ""),
        )
    )
