"""Invented people with every form in which their names may be written.

The grammar is written down here by itself, with its diacritics, and shares nothing with
``privacy.declension``: what both believe wrongly would not be seen otherwise.
"""
# ruff: noqa: RUF001 -- Cyrillic is the matter here

import re
import unicodedata
from typing import NamedTuple

WOMEN = (
    "Anna Ilze Dace Zane Kristīne Inga Sandra Baiba Līga Marija Jeļena Svetlana Irina Olga "
    "Tatjana Natālija Ņina Valentīna Ludmila Gaļina Ieva Rūta Zelma Roze Lilija Margrieta "
    "Made Maija Marta Jūlija Laima Ilga Ausma Vija Daina Santa Samanta Vanesa Evelīna Roksana "
    "Džesika Sintija Nikola Rubīna Esmeralda Karmena Žanna Sāra Rebeka Paula Alise Elīna "
    "Monta Una Aija Ance Ace Ilona Aļona Skaidrīte Biruta Velta Ināra Agnese Liene Lelde "
    "Gundega Herta Emīlija Adele Zuzanna Katrīna Terēze Rozālija Violeta Snežana Maldīne "
    # written down after the rules were settled
    "Solveiga Iveta Vineta Sarmīte Ginta Zita Elvīra Ksenija Jūla Raisa Oksana Tamāra Zoja "
    "Marika Ārija Dzintra Ērika Ļubova Anastasija Gerda Bella Perla Stefānija Kitija Nadežda"
).split()
MEN = (
    "Jānis Pēteris Andris Juris Māris Kārlis Edgars Aivars Ivo Raivo Oto Mārtiņš Kaspars "
    "Kristaps Ģirts Guntis Uldis Valdis Atis Aigars Ainārs Ēriks Roberts Ričards Markuss "
    "Dāvis Rūdolfs Rūdis Fricis Brencis Ansis Miķelis Jēkabs Krišs Toms Niks Leo Hugo Matīss "
    "Andrejs Sergejs Aleksejs Nikolajs Jurijs Vasilijs Dmitrijs Vladimirs Pāvels Oļegs Igors "
    "Ruslans Artūrs Romāns Rinalds Raimonds Edmunds Eduards Alberts Džonijs Maikls Žans "
    "Didzis Uģis Zigurds Ingus Mikus Linards Armands Jāzeps Staņislavs Vitālijs Semjons "
    # written down after the rules were settled
    "Egons Viesturs Arnis Normunds Ojārs Ģederts Žanis Alvis Osvalds Valters Haralds Gatis "
    "Intars Jevgēņijs Fjodors Ļevs Iļja Kirils Renārs Bruno Emīls Elvis Filips Miks Teodors"
).split()
NICKNAMES = (
    "Bučs Čiriklo Čavo Bibi Dadžo Puika Melnais Garais Baltais Ruņģis Pipars Kaķēns Zvirbulis "
    "Jancis Annele Rozīte Pūka Brālītis Mazulis Beņķis Kuce Bumba Rita Zaiga Vanja Saša Žora "
    # written down after the rules were settled
    "Čalis Dūdiņa Kamolītis Brunis Žižī Pinka Dundurs"
).split()
# The form of a man; that of a woman follows from it
SURNAMES = (
    # -s
    "Kalns Ozols Vītols Bērzs Krūms Lauks Zars Vilks Sils Strazds Grants Apsītis Balodis "
    # -iņš, -ļš, -ķis, -js
    "Kārkliņš Kalniņš Bērziņš Ozoliņš Kociņš Liepiņš Krūmiņš Zariņš Siliņš Vanadziņš Dūmiņš "
    "Zaķis Rācenis Kalējs Vējš Zvejnieks Mednieks Dzirnavnieks Ceļš Kviesis Ķirsis Ābelītis "
    # -is with alternation
    "Lācis Briedis Zutis Krupis Gulbis Dzenis Lūsis Ezis Gailis Roņis Cīrulis Zvirbulis "
    "Vanags Mednis Zvaigznītis Kalnietis Rozītis Dreimanis Irbītis Ķauķis Dambis Brūveris "
    # -a, -e, -us
    "Liepa Egle Roze Priede Kļava Bite Upe Zīle Puķe Lapsa Saule Kāpa Vārpa Māra Tirgus "
    "Medus Ledus Klints Zivs Krasts Stirna Vāvere Cielava "
    # of the Roma community and of other languages
    "Kozlovskis Petrovskis Rumjancevs Čerņavskis Jezdovskis Puceviskis Maļinovskis Ivanovs "
    "Sergejevs Andrejevs Jefimovs Petrenko Ševčenko Franko Dombrovskis Paškevičs Mičs "
    "Aleksandrovičs Markevičs Didžus Gindra Bogdanovičs Žukovs Ščerbakovs Kleins Šulcs Freimanis "
    # adjectives and rare endings
    "Lielais Mazais Sarkanais Akmens Ūdens Asars Nagla Grīnbergs Šmits Zeltiņš Avots Pundurs "
    # written down after the rules were settled
    "Jansons Pētersons Krastiņš Eglītis Pūce Sproģis Vīksna Skuja Bērzkalns Dzērve Ābols "
    "Cinis Lagzdiņš Muižnieks Plūme Ronis Sniedze Tauriņš Ūdris Celmiņš Zirnis Kauliņš Klava "
    "Paegle Jurjāns Gūtmanis Hofmanis Indāns Krauklis Ločmelis Meļķis Nikitins Orlovs Putniņš "
    "Rutkis Smiltnieks Teteris Umbraško Vaļters Zālītis Čaks Šteins Ģēģeris Ķēniņš Ļaudams "
    "Ņikiforovs Lisovskis Beitāns Kokins Rozenfelds Volkovičs Jezupovs Dūda Rācis Žagars "
    "Spilva Medulis"
).split()
NO_ALTERNATION = {"Guntis", "Uldis", "Valdis", "Atis"}
PALATAL = {
    **{
        "ll": "ļļ",
        "nn": "ņņ",
        "ln": "ļņ",
        "sn": "šņ",
        "zn": "žņ",
        "sl": "šļ",
        "zl": "žļ",
    },
    **{"dz": "dž", "b": "bj", "p": "pj", "m": "mj", "v": "vj", "c": "č", "d": "ž"},
    **{"l": "ļ", "n": "ņ", "s": "š", "t": "š", "z": "ž"},
}
SINGULAR = ("N", "G", "D", "A", "L", "V")
PLURAL = ("N pl", "G pl", "D pl", "A pl", "L pl")
MASCULINE_PLURAL = ("i", "u", "iem", "us", "os")


class Form(NamedTuple):
    """A word in one of its forms: “Kārkliņiem”, the dative of the plural."""

    case: str
    word: str


def palatal(stem):
    for end in sorted(PALATAL, key=len, reverse=True):
        if stem.endswith(end):
            return stem.removesuffix(end) + PALATAL[end]
    return stem


def decline(name, *, is_man=True, with_plural=True):
    """All forms of a name, or of a surname as a man or a woman bears it."""
    singular, plural = _paradigm(name, is_man)
    forms = [Form(*row) for row in zip(SINGULAR, singular, strict=True)]
    if with_plural:
        forms += [Form(*row) for row in zip(PLURAL, plural, strict=True)]
    return [form for form in dict.fromkeys(forms) if form.word]


def _paradigm(name, is_man):
    if name.endswith("ais"):
        return _adjective(name.removesuffix("ais"), is_man=True)
    if name.endswith("ā"):
        return _adjective(name.removesuffix("ā"), is_man=False)
    if name in ("Klints", "Zivs"):
        stem, soft = name[:-1], palatal(name[:-1])
        rest = _all(stem, "s", "s", "ij", "i", "ī", "s")
        return rest, [f"{stem}is", f"{soft}u", f"{stem}īm", f"{stem}is", f"{stem}īs"]
    if name in ("Akmens", "Ūdens"):
        stem = name[:-1]
        soft = palatal(stem)
        rest = [name, name, f"{stem}im", f"{stem}i", f"{stem}ī", name]
        return rest, _all(soft, *MASCULINE_PLURAL)
    if name.endswith("is") and name not in ("Krišs",):
        stem = name.removesuffix("is")
        soft = stem if name in NO_ALTERNATION else palatal(stem)
        singular = [name, f"{soft}a", *_all(stem, "im", "i", "ī", "i")]
        return singular, _all(soft, *MASCULINE_PLURAL)
    if name.endswith("us") and not name.endswith("uss"):
        stem = name.removesuffix("us")
        singular = _all(stem, "us", "us", "um", "u", "ū", "u")
        return singular, _all(stem, *MASCULINE_PLURAL)
    if name.endswith(("s", "š")):
        stem = name[:-1]
        singular = [name, *_all(stem, "a", "am", "u", "ā", "")]
        return singular, _all(stem, *MASCULINE_PLURAL)
    return _ending_in_a_vowel(name, is_man)


def _ending_in_a_vowel(name, is_man):
    stem, last = name[:-1], name[-1]
    if last == "a":
        singular = _all(stem, "a", "as", "am" if is_man else "ai", "u", "ā", "a")
        return singular, _all(stem, "as", "u", "ām", "as", "ās")
    if last == "e":
        singular = _all(stem, "e", "es", "em" if is_man else "ei", "i", "ē", "e")
        return singular, [
            f"{stem}es",
            f"{palatal(stem)}u",
            *_all(stem, "ēm", "es", "ēs"),
        ]
    return [name] * 6, [name] * 5


def _adjective(stem, *, is_man):
    if is_man:
        singular = _all(stem, "ais", "ā", "ajam", "o", "ajā", "ais")
        return singular, _all(stem, "ie", "o", "ajiem", "os", "ajos")
    singular = _all(stem, "ā", "ās", "ajai", "o", "ajā", "ā")
    return singular, _all(stem, "ās", "o", "ajām", "ās", "ajās")


def _all(stem, *endings):
    return [stem + ending for ending in endings]


def of_a_woman(surname):
    """Kārkliņš is Kārkliņa, Lācis is Lāce, Petrovskis is Petrovska; Liepa stays."""
    for end, woman in (
        ("nieks", "niece"),
        ("skis", "ska"),
        ("ais", "ā"),
        ("is", "e"),
        ("š", "a"),
    ):
        if surname.endswith(end):
            return surname.removesuffix(end) + woman
    if surname.endswith("s") and surname not in (
        *("Tirgus", "Medus", "Ledus", "Klints", "Zivs", "Didžus", "Akmens", "Ūdens"),
    ):
        return surname[:-1] + "a"
    return surname


def forms_of_surname(surname):
    """Of the man, of the woman, of the family."""
    woman = of_a_woman(surname)
    found = decline(surname) + decline(woman, is_man=False)
    return list(dict.fromkeys(found))


def family_name(surname):
    """Kārkliņu, as in the label “Kārkliņu ģimene”."""
    return dict(decline(surname))["G pl"]


def diminutive(name):
    """Jānītis, Ilzīte, Anniņa; none of names that end otherwise."""
    for end, small in (("is", "ītis"), ("e", "īte"), ("a", "iņa")):
        if name.endswith(end) and len(name) > 3:
            return name.removesuffix(end) + small
    return ""


# How a word may be spelled


def bare(word):
    """Without diacritics: Karklina."""
    letters = unicodedata.normalize("NFD", word)
    return "".join(one for one in letters if not unicodedata.combining(one))


def doubled(word):
    """As in messages: Shulcs, Chernavskis, Kaarklinjsh."""
    pairs = str.maketrans(
        {
            **{
                "š": "sh",
                "č": "ch",
                "ž": "zh",
                "ā": "aa",
                "ē": "ee",
                "ī": "ii",
                "ū": "uu",
            },
            **{"ņ": "nj", "ļ": "lj", "ķ": "kj", "ģ": "gj"},
        }
    )
    return word.lower().translate(pairs).capitalize()


def marked(word):
    """With marks that are letters of their own, as some keyboards write them."""
    return unicodedata.normalize("NFD", word)


SPELLINGS = {
    "with diacritics": lambda word: word,
    "without diacritics": bare,
    "sh, zh, aa, nj": doubled,
    "capitals": str.upper,
    "combining marks": marked,
}

SOFT = {"a": "я", "u": "ю", "i": "и", "e": "е", "o": "ё"}
PLAIN = {
    **dict(zip("abcčdefgģhiklmnoprsštuvzž", "абцчдефггхиклмнопрсштувзж", strict=True)),
    **{"ķ": "к", "й": "й"},
}


def cyrillic(word):
    """As Russian newspapers write Latvian names: Янис, Карклиньш, Гулбья, Элина."""
    said, russian, position = _with_glides(bare_vowels(word.lower())), "", 0
    while position < len(said):
        letter, after = said[position], said[position + 1 : position + 2]
        step = 1
        if letter == "j":
            russian, step = _with_j(russian, after)
        elif letter in "ņļ":
            russian += {"ņ": "н", "ļ": "л"}[letter]
            russian += SOFT.get(after) or "ь"
            step = 2 if after in SOFT else 1
        elif letter == "l" and after and after not in "aeiouj":
            russian += "ль"
        elif letter == "š" and after == "č":
            russian, step = russian + "щ", 2
        elif letter == "e" and not position:
            russian += "э"
        else:
            russian += PLAIN[letter]
        position += step
    return russian.capitalize()


def _with_glides(said):
    """Айварс, Дрейманис; but Лиепа."""
    return re.sub("(?<=[aeu])i(?=[^aeioujй]|$)", "й", said)


def bare_vowels(word):
    return word.translate(str.maketrans("āēīū", "aeiu"))


def _with_j(russian, after):
    if after not in SOFT:
        return russian + "й", 1
    if russian and russian[-1] not in "аеёиоуыэюя":
        return russian + ("" if after == "o" else "ь") + SOFT[after], 2
    if after == "i":
        return russian + "и", 2
    return russian + ("йо" if after == "o" else SOFT[after]), 2


WITHOUT_S = {
    *(
        "Vladimirs",
        "Oļegs",
        "Igors",
        "Ruslans",
        "Artūrs",
        "Romāns",
        "Eduards",
        "Alberts",
    ),
    *("Staņislavs", "Semjons"),
}
RUSSIAN_MAN = ("", "а", "у", "ом", "е", "ы", "ов", "ам", "ами")
RUSSIAN_SOFT_MAN = ("", "а", "у", "ем", "е", "и", "ей", "ам", "ами")
RUSSIAN_ADJECTIVE = ("ий", "ого", "ому", "им", "ом", "ие", "их", "ими")
RUSSIAN_ADJECTIVE_WOMAN = ("ая", "ой", "ую")


def russian_forms(name):
    """The forms of Russian grammar, and those of Latvian in Cyrillic."""
    latvian = [cyrillic(form.word) for form in decline(name)]
    return list(dict.fromkeys([*_russian(name), *latvian]))


def _russian(name):
    if name.endswith("skis"):
        stem = cyrillic(name.removesuffix("is"))
        return [stem + end for end in RUSSIAN_ADJECTIVE]
    if name.endswith("ska"):
        stem = cyrillic(name.removesuffix("a"))
        return [stem + end for end in RUSSIAN_ADJECTIVE_WOMAN]
    if name == "Pāvels":
        return ["Павел", "Павла", "Павлу", "Павлом", "Павле"]
    if re.search("(?:ov|ev|ič)s$", name) or name in WITHOUT_S:
        name = name[:-1]
    if name.endswith("js"):
        stem = cyrillic(name.removesuffix("js"))
        return [stem + end for end in ("й", "я", "ю", "ем", "е")]
    said = cyrillic(name)
    if said.endswith("а"):
        last = "и" if said[-2] in "гкхжшчщ" else "ы"
        return [said[:-1] + end for end in ("а", last, "е", "у", "ой")]
    if said.endswith("я"):
        return [said[:-1] + end for end in ("я", "и", "е", "ю", "ей")]
    if said[-1] in "еиоуэюё":
        return [said]
    endings = RUSSIAN_SOFT_MAN if said[-1] in "жшчщц" else RUSSIAN_MAN
    return [said + end for end in endings]


def mistyped(word):
    """One slip in the middle of a long word: a letter left out, doubled, replaced, swapped."""
    middle = len(word) // 2
    left, letter, right = word[:middle], word[middle], word[middle + 1 :]
    return {
        "left out": left + right,
        "replaced": f"{left}{'e' if letter != 'e' else 'o'}{right}",
        "swapped": left + right[:1] + letter + right[1:],
    }
