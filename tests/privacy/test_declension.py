"""Each form in which a Latvian name may stand in a text is known, and no other word."""
# ruff: noqa: RUF001 -- letters that look alike are the matter here

import pytest

from privacy.declension import (
    diminutives_of,
    forms_of_first_name,
    forms_of_surname,
    sound,
)
from privacy.name_stems import Stems
from privacy.name_words import words_of

pytestmark = pytest.mark.once


def strangers(forms, words):
    """Those of the words that are no form of the name."""
    stems = Stems()
    stems.add(forms, "the name")
    return [word.text for word in words_of(words) if not [*stems.fitting(word)]]


@pytest.mark.parametrize(
    "forms",
    [
        "Edgars Edgara Edgaram Edgaru Edgarā Edgar Edgari Edgariem Edgarus Edgaros",
        "Jānis Jāņa Jānim Jāni Jānī Jāņi Jāņu Jāņiem Jāņus Jāņos Jāņam",
        "Aldis Alda Alža Aldim Aldi Alži Alžu Alžiem Alžus Alžos Alžam",
        "Lācītis Lācīša Lācītim Lācīti Lācītī Lācīši Lācīšu Lācīšiem Lācīšus Lācīšos",
        "Mikus Mika Mikum Miku Mikū Miki Mikiem Mikos Mikam",
        "Anna Annas Annai Annu Annā Annām Ann",
        "Ilze Ilzes Ilzei Ilzi Ilzē Ilzu Ilzēm Ilz",
        "Brigite Brigites Brigitei Brigiti Brigišu Brigitēm",
        "Melnais Melnā Melnajam Melno Melnajā Melnie Melnajiem Melnos Melnajos Melns",
        "Melnā Melnās Melnai Melnu Melnajai Melnajā Melnajās",
        "Kevin Kevins Kevina Kevinam Kevinu Kevinā Kevini Keviniem Kevinus Kevinos",
        "Andrejs Andreja Andrejam Andreju Andrejā Andrej Andreji Andrejiem",
        "Marija Marijas Marijai Mariju Marijā Marijām Maria Marias Mariai Mariju",
        "Zoja Zojas Zojai Zoju Zojām",
        "Oto",
        "Li",
        "Kajs Kaja Kajam Kaju Kajā Kaj",
        "Jurijs Jurija Jurijam Jurij Jurijiem Juriem Juriam",
        "Niklāvs Niklāva Niklāv",
        "Kristaps Kristapa Kristap",
        "Ints Inta Intam Intu Int",
        "Roberts Roberta Robert",
        "Ģirts Girts Ģirta Ģirtam",
    ],
)
def test_a_first_name_is_known_in_every_case_and_number(forms):
    name = forms.split()[0]

    assert strangers(forms_of_first_name(name), forms) == []


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("Roxana", "Roxana Roxanas Roxanai Roksana Roksanu Роксана ROXANA"),
        ("Roksana", "Roxana Roxanai"),
        ("Walters", "Walters Valteram Walteru"),
        ("Xenia", "Xenia Ksenia Xeniai"),
        ("Zoya", "Zoya Zoja Zojas Zoyai Зоя Зое"),
        ("Майя", "Майя Майю Maija Maijas"),
        ("Алёна", "Алёна Алёны Aļona Aļonas"),
        ("Артём", "Артём Артёма Artjoms Artjomam"),
        ("Елена", "Елена Елены Jeļena Jeļenas"),
        ("Андрей", "Андрей Андрею Andrejs Andrejam"),
        ("Павел", "Павел Павла Pavels Pavelam"),
        ("Anna", "Ana Anas Анны"),
        ("Ана", "Ана"),
        ("Paegle", "Паегле Паеглей Paegle"),
        ("Mikus", "Микус Микуса Микусу Микусом"),
        ("Baltais", "Балтайс Балтайса Балтайсу"),
        ("Jānis", "Янис Яниса Янису Янисом"),
        ("Eva", "Ева Евы Евой Ев"),
        ("Edgars", "Эдгарс Эдгарса Эдгарсу Эдгар"),
    ],
)
def test_a_first_name_is_known_in_every_spelling_in_whichever_it_is_registered(
    name, words
):
    assert strangers(forms_of_first_name(name), words) == []
    assert strangers(forms_of_surname(name), words) == []


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("Jānis", "Jans Jane Jānes Jānē Janka Janvāris Ja"),
        ("Mikus", "Mike Mikes Mikš"),
        ("Anna", "Anis Annis Anne Annes Annos Annus An"),
        ("Ilze", "Ilza Ilzas Ilzai Ilzs Ilzam"),
        ("Edgars", "Edgare Edgaris Edgares"),
        ("Oto", "Ota Otam Oti Otu Otis Otos"),
        ("Eva", "Ev"),
        ("Pavels", "Pavla Pavlam"),
        ("Paegle", "Pajegle"),
        ("Ints", "Inte Intes Inš Inša"),
        ("Aldis", "Aldes Alžis Alde Alžes"),
        ("Valda", "Valža Valdis"),
        ("Maija", "Mai Mais Maias Maikls"),
        ("Melnā", "Melnais Melnie"),
    ],
)
def test_another_name_that_begins_alike_is_not_the_same(name, words):
    assert strangers(forms_of_first_name(name), words) == words.split()


@pytest.mark.parametrize(
    "forms",
    [
        (
            "Kārkliņš Kārkliņa Kārkliņam Kārkliņu Kārkliņ Kārkliņi Kārkliņiem Kārkliņus "
            "Kārkliņos Kārkliņai Kārkliņas Kārkliņā Kārkliņām"
        ),
        "Kalns Kalna Kalnam Kalnu Kalni Kalniem Kalnus Kalnos Kaln",
        (
            "Briedis Brieža Briedim Briedi Brieži Briežu Briežiem Briežus Briežos Briedes "
            "Briedei Briede Briežam"
        ),
        "Brieža Briedis Briedim Briedi Briede Briedes Briedei Brieds Briedem",
        "Zutis Zuša Zutim Zušu Zušiem Zutes Zutei",
        "Zušu Zutis Zutim Zuti Zute Zutes Zutei",
        "Lācis Lāča Lācim Lāči Lāčiem",
        "Apsītis Apsīša Apsītim Apsīšiem Apsītes",
        "Ledus Ledum Ledu Ledi Ledos",
        "Liepa Liepas Liepai Liepu Liepām",
        "Liepiņa Liepiņas Liepiņš",
        "Egle Egles Eglei Egli Egļu Eglēm Eglēs",
        "Klēts Klētis Klēti Klētim Klēšu",
        (
            "Baltais Baltā Baltajam Balto Baltie Baltajiem Baltos Baltajos Baltajās Baltajai "
            "Baltās Balts"
        ),
        "Baltie Baltajiem Baltais Balto",
        "BALTIE Baltajam Baltajai",
        "Melno Melnajam Melnā",
        "Garajiem Garais Garajai Garo",
        "Garajai Garajam",
        "Garajam Garajos",
        "Garajās Garajam",
        "Garajā Garajam",
        "Garajos Garajam",
        "Garajām Garajam",
        "Zvejnieks Zvejniece Zvejnieka Zvejnieces Zvejniek Zvejniec Zvejniekiem",
        "Zvejniece Zvejnieks Zvejniekam Zvejniek",
        "Kalējs Kalēja Kalējam Kalēju Kalējiem Kalēj",
        "Andrejevs Andrejeva Andrejevam Andrejevu Andrejev Andrejeviem",
        "Ozols Ozola Ozolam Ozolu Ozoli Ozoliem Ozolus Ozolos Ozole Ozoles Ozolei",
        "Vanags Vanaga Vanagam Vanagi Vanagiem Vanag",
        "Vītols Vītola Vītolam Vītole",
        "Vējš Vēja Vējam Vēj",
        "Aiju Aijas Aija Aijs",
    ],
)
def test_a_surname_is_known_in_every_form_in_whichever_the_label_has_it(forms):
    assert strangers(forms_of_surname(forms.split()[0]), forms) == []


@pytest.mark.parametrize(
    ("label", "words"),
    [
        ("Liepa", "Liepāja Liepājas Liepājai Liepais Liepo"),
        ("Kalnu", "Kalnieši Kalnains Kalnajam Kalnajos"),
        ("Egle", "Eglaine Eglajam Eglāji"),
        ("Lācis", "Lācišķi Lācene"),
        ("Ozols", "Ozolnieki Ozolajam Ozolaine"),
        ("Briedis", "Brience Briedajam"),
        ("Aiju", "Ai Aia"),
    ],
)
def test_a_word_that_begins_like_a_surname_is_another_word(label, words):
    assert strangers(forms_of_surname(label), words) == words.split()


@pytest.mark.parametrize(
    ("name", "forms"),
    [
        ("Jānis", "Jānītis Jānīša Jānītim Jānīti Jāniņš Jāniņa Janele Janelis Januks"),
        ("Anna", "Anniņa Anniņai Annīte Annītes Annele Anneles Annuka Annukai"),
        ("Ilze", "Ilzīte Ilzītei Ilzuks Ilzuka Ilzele Ilziņa"),
        ("Pēteris", "Pēterītis Pēterīša Pēteriņš Pēteruks"),
        ("Marija", "Marijiņa Marijīte Marijiņai"),
        ("Līga", "Līgiņa Līgīte"),
        ("Zoja", "Zojiņa Zojīte"),
    ],
)
def test_a_small_form_of_a_first_name_is_known(name, forms):
    assert strangers(diminutives_of(name), forms) == []


@pytest.mark.parametrize("name", ["Oto", "Ij", "Ija", "Ada", "Eva", "Ol"])
def test_a_name_of_two_letters_and_an_ending_has_no_small_form(name):
    assert diminutives_of(name) == []


@pytest.mark.parametrize(
    ("latvian", "others"),
    [
        ("Roksana", "Roxana Роксана"),
        ("Kvants", "Qvants Kwants"),
        ("Valters", "Walters"),
        ("Jeļena", "Jelena Елена Elena ЕЛЕНА"),
        ("Andrejevs", "Андреевс АНДРЕЕВС"),
        ("Maija", "Майя МАЙЯ Maiya"),
        ("Anna", "Анна"),
        ("Gulbja", "Gulba"),
        ("Pēteris", "Peteris Петерис ПЕТЕРИС"),
        ("Aļona", "Алёна АЛЁНА Alona"),
        ("Jeva", "Ева Eva"),
        ("Artjoms", "Артёмс"),
        ("Marija", "Мария"),
        ("Dmitrijs", "Dmitrys Дмитрийс"),
        ("Jurijs", "Юрийс Yurijs Jurys"),
        ("Garijs", "Garys Гарийс"),
        ("Sofija", "София"),
        ("Viktorija", "Виктория"),
        ("Liepa", "Лиепа"),
        ("Zoja", "Зоя Zoya"),
    ],
)
def test_names_that_are_said_alike_are_the_same(latvian, others):
    for other in others.split():
        assert sound(other) == sound(latvian), other


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Liepa", "Liepāja"),
        ("Mājas", "Maijas"),
        ("Jānis", "Anis"),
        ("Juris", "Uris"),
        ("Aija", "Aja"),
    ],
)
def test_names_that_are_said_in_another_way_are_not(one, other):
    assert sound(one) != sound(other)
