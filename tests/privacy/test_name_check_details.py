"""Who may be named, what counts as one hit, and what is written instead."""

import pytest
from django.utils.crypto import salted_hmac

from privacy.fold import fold
from privacy.name_check import Known, NameCheck, What, find

KNOWN = [
    Known("UPC-001", "Kārkliņu ģimene", people=("Anna", "Ivo")),
    Known("UPC-002", "Rožu ģimene", "26123456 29999999", "„Ābeļkalni”, Vidmale"),
    Known("UPC-003", "Kalniņu ģimene", people=("Anna", "Marta")),
]
ALLOWED = ["Inga Kalniņa", "Zane Rozīte"]
EMAILS = ["inga.kalnina@upesciems.example"]
CHECK = NameCheck(KNOWN, allowed=ALLOWED, emails=EMAILS)


def found(text):
    return [(hit.found, hit.codes) for hit in CHECK.find(text)]


@pytest.mark.parametrize(
    "text",
    [
        "Ar Ingu Kalniņu un I. Kalniņu runājām skolā.",
        "Rakstīt uz Inga.Kalnina@upesciems.example.",
        "Skola ir Rožu ielā, blakus Rožu pamatskolai.",
        "На улице Рожу есть школа.",  # noqa: RUF001
        "Martā un Maijā bija klusi.",
        "Zane Rozīte un Rozītes kundze.",
        "Ivars un Ivars strādā.",
    ],
)
def test_who_may_be_named_and_what_is_only_called_so_is_left_alone(text):
    assert found(text) == []


def test_the_surname_alone_may_be_the_familys():
    assert found("Prasīju Kalniņai.") == [("Kalniņai", ("UPC-003",))]


def test_the_full_name_of_an_official_is_found_where_a_family_has_it_too():
    check = NameCheck([Known("UPC-003", "Kalniņu ģimene", people=("Inga",))])
    with_official = NameCheck(
        [Known("UPC-003", "Kalniņu ģimene", people=("Inga",))], allowed=ALLOWED
    )

    for one in (check, with_official):
        assert [hit.found for hit in one.find("Pie Ingas Kalniņas.")] == [
            "Ingas Kalniņas"
        ]


def test_names_side_by_side_are_one_hit_of_the_family_that_has_both():
    assert found("Zvanīju Annai Kārkliņai.") == [("Annai Kārkliņai", ("UPC-001",))]


def test_a_name_that_several_families_have_offers_each_code():
    assert found("Zvanīju Annai.") == [("Annai", ("UPC-001", "UPC-003"))]


@pytest.mark.parametrize("number", ["26 123 456", "+371 29999999"])
def test_each_of_two_numbers_is_found(number):
    assert found(f"Zvanīt {number}.") == [(number, ("UPC-002",))]


def test_a_house_is_found_by_its_name():
    assert [hit.what for hit in CHECK.find("Biju Ābeļkalnos.")] == [What.ADDRESS]


@pytest.mark.parametrize(
    ("text", "instead"),
    [
        ("Palīdzēju Kārkliņu ģimenei.", "Palīdzēju ģimenei UPC-001."),
        ("Palīdzēju ģimenei Kārkliņi.", "Palīdzēju ģimenei UPC-001."),
        ("Biju pie Kārkliņiem.", "Biju pie ģimenes UPC-001."),
        ("Runāju ar Kārkliņiem.", "Runāju ar ģimeni UPC-001."),
        ("Palīdzēju Kārkliņiem.", "Palīdzēju ģimenei UPC-001."),
        ("Kārkliņiem palīdzēju.", "Ģimenei UPC-001 palīdzēju."),
        ("Kārkliņi zvanīja.", "Ģimene UPC-001 zvanīja."),
        ("Помогла семье Карклиньш.", "Помогла семье UPC-001."),
    ],
)
def test_the_code_takes_the_place_of_the_name(text, instead):
    [hit] = CHECK.find(text)

    assert hit.replaced_in(text, hit.code) == instead


@pytest.mark.parametrize(
    "text",
    [
        "Biju mājā ar zilajiem vārtiem.",
        "Runāju ar māju ar zilajiem vartiem.",
    ],
)
def test_a_nickname_of_several_words_is_found_in_small_letters(text):
    check = NameCheck([Known("UPC-016", "Māja ar zilajiem vārtiem")])

    assert [hit.code for hit in check.find(text)] == ["UPC-016"]


@pytest.mark.parametrize(
    ("text", "is_found"),
    [
        ("vakar rozes lūdza palīdzību", True),
        ("Vakar biju pie rozēm.", True),
        ("Vakar rozes ziedēja pie skolas.", False),
    ],
)
def test_an_everyday_word_counts_where_capitals_tell_nothing(text, is_found):
    assert bool(found(text)) == is_found


def test_the_number_beside_a_name_is_covered_too():
    [name, number] = CHECK.find("Kārkliņi, tālr. 26123456.")

    assert "26123456" not in name.after
    assert number.found == "26123456"


def test_the_mark_holds_for_word_and_sentence_and_says_neither():
    [one] = CHECK.find("Labi. Biju pie Kārkliņiem!")
    [same] = CHECK.find("Biju pie kārkliņiem. Viss labi.")
    [other] = CHECK.find("Biju divreiz pie Kārkliņiem!")

    assert one.mark == same.mark != other.mark
    assert "karkl" not in one.mark


def test_a_number_is_not_shown_again():
    [hit] = CHECK.find("Zvanīt 26 123 456.")

    assert hit.shown == "2• ••• •••"


@pytest.mark.parametrize(
    ("prepositions", "family"),
    [
        ("pie no bez pēc aiz pirms kopš virs zem", "ģimenes"),
        ("ar par uz pret starp caur gar ap", "ģimeni"),
        ("līdz līdzi pretī", "ģimenei"),
    ],
)
def test_the_family_stands_in_the_case_that_the_word_before_it_wants(
    prepositions, family
):
    for word in prepositions.split():
        for typed in (word, word.capitalize()):
            text = f"Biju {typed} Kārkliņam."
            [hit] = CHECK.find(text)
            assert hit.replaced_in(text, "UPC-001") == f"Biju {typed} {family} UPC-001."


@pytest.mark.parametrize("name", ["Kārkliņiem", "Kalniņām", "Rozēm", "Annai", "Rozei"])
def test_without_such_a_word_the_ending_of_the_name_tells_the_case(name):
    text = f"Vakar palīdzēju {name}."
    [hit] = CHECK.find(text)

    assert hit.replaced_in(text, "UPC-001") == "Vakar palīdzēju ģimenei UPC-001."


@pytest.mark.parametrize(
    "word", ["ģimenei", "ĢIMENEI", "gimenei", "Familijai", "семье"]
)
def test_a_family_that_is_called_one_already_is_not_called_so_twice(word):
    for text in (f"Palīdzēju {word} Kārkliņi.", f"Palīdzēju Kārkliņu {word}."):
        [hit] = CHECK.find(text)
        assert hit.replaced_in(text, "UPC-001") == f"Palīdzēju {word} UPC-001."


def test_a_name_may_be_spared_and_a_number_may_not():
    for text, may_be in [("Kārkliņi zvanīja.", True), ("Zvanīt 26123456.", False)]:
        assert [hit.may_be_spared for hit in CHECK.find(text)] == [may_be]


# Numbers and mails


@pytest.mark.parametrize(
    ("known", "typed"),
    [
        ("26123456", "+371 26123456"),
        ("26123456", "00371 26 123 456"),
        ("0037126123456", "26123456"),
        ("+371 26123456", "26123456"),
        ("2612345629999999", "29999999"),
        ("+44 20 7946 0958", "+44 2079460958"),
        ("0044 20 7946 0958", "+442079460958"),
    ],
)
def test_a_number_is_found_however_it_is_written_here_and_there(known, typed):
    check = NameCheck([Known("UPC-002", "Rožu ģimene", known)])

    [hit] = check.find(f"Zvanīt {typed}.")

    assert (hit.what, hit.codes) == (What.PHONE, ("UPC-002",))


def test_a_number_abroad_is_known_by_its_last_digits_whatever_stands_before_them():
    check = NameCheck([Known("UPC-002", "Rožu ģimene", "+44 20 7946 0958")])

    assert check.find("Zvanīt 20 7946 095.") == []
    assert check.find("Zvanīt 37144 2079460958.")


def test_a_number_that_two_families_share_offers_both_codes():
    check = NameCheck(
        [Known(code, "Rožu ģimene", "26123456") for code in ("UPC-002", "UPC-004")]
    )

    assert [hit.codes for hit in check.find("Zvanīt 26123456.")] == [
        ("UPC-002", "UPC-004")
    ]


def test_an_address_that_may_stand_there_may_in_whatever_letters():
    text = "Rakstīt uz Zane.Roze@Skola.example."
    mails = ["ZANE.Roze@skola.example"]

    assert find(text, KNOWN, emails=mails) == []
    assert [hit.what for hit in find(text, KNOWN)] == [What.EMAIL]


# What is shown around


def test_whole_words_are_shown_around_on_one_line():
    many = "viens divi trīs četri pieci seši septiņi astoņi"
    text = f"{many}\nKārkļiem. Kārkliņiem\n{many}"

    [hit] = [one for one in CHECK.find(text) if one.found == "Kārkliņiem"]

    assert hit.before == "pieci seši septiņi astoņi Kārkļiem. "
    assert hit.after == " viens divi trīs četri pieci seši"
    assert hit.sentence == "Kārkliņiem\n"


def test_of_two_names_side_by_side_each_is_a_hit():
    assert found("26123456,29999999") == [
        ("26123456", ("UPC-002",)),
        ("29999999", ("UPC-002",)),
    ]


@pytest.mark.parametrize(
    ("text", "without"),
    [
        ("Zvanīt 26123456.", "Zvanīt."),
        ("Zvanīt 26123456", "Zvanīt"),
        ("Zvanīt 26123456 rīt", "Zvanīt rīt"),
        ("Zvanīt\n26123456 rīt", "Zvanīt\n rīt"),
        ("26123456 atbild", "atbild"),
        ("26123456\natbild", "\natbild"),
        ("Zvanīt: 26123456-Inga", "Zvanīt: -Inga"),
        ("Rakstīt MAX 26123456.", "Rakstīt MAX."),
        ("26123456 Xenia atbild", "Xenia atbild"),
        ("Zvanīt 26123456XL", "Zvanīt XL"),
        ("26123456", ""),
    ],
)
def test_a_number_goes_with_the_space_that_nobody_needs_then(text, without):
    [hit] = CHECK.find(text)

    assert hit.replaced_in(text, hit.code) == without


def test_a_decision_holds_for_the_same_piece_in_the_same_sentence_alone():
    def mark(text):
        return CHECK.find(text)[0].mark

    words = f"{fold('Kārkliņi')}\n{fold('Kārkliņi zvanīja.')}"
    sealed = salted_hmac("privacy.name_check", words, algorithm="sha256")
    known = sealed.hexdigest()
    assert mark("Kārkliņi zvanīja.") == known
    assert mark("Rīt. Karklini zvanija.") == known
    assert mark("Kārkliņi nezvanīja.") != known
    text = "Kārkliņi un Kalniņi."
    assert len({hit.mark for hit in NameCheck(KNOWN).find(text)}) == 2


def test_a_name_is_shown_as_it_stands_and_a_number_by_its_first_digit():
    shown = [hit.shown for hit in CHECK.find("Kārkliņi: 26 123 456")]
    check = NameCheck([Known("UPC-002", "Rožu ģimene", address="Skolas iela 15")])

    assert shown == ["Kārkliņi", "2• ••• •••"]
    assert [hit.shown for hit in check.find("Skolas iela 15")] == ["Skolas iela 15"]


@pytest.mark.parametrize("text", ["Kārkliņi26123456", "26123456Kārkliņi"])
def test_a_number_that_touches_a_name_hides_neither(text):
    assert {hit.what for hit in CHECK.find(text)} == {What.NAME, What.PHONE}


def test_a_sign_that_stands_for_several_moves_nothing():
    [hit] = CHECK.find("Jā… ﬁrma ½ zvanīja 26123456.")

    assert hit.found == "26123456"


def test_forty_letters_around_are_shown_whole():
    before, after = "Ilgi " + "a" * 34 + " ", " " + "b" * 34 + " ilgi"

    [hit] = CHECK.find(f"{before}Kārkliņi{after}")

    assert (len(before), hit.before, hit.after) == (40, before, after)
    [hit] = CHECK.find(f"I{before}Kārkliņi{after}i")
    assert (hit.before, hit.after) == (before[5:], after[:-5])


def test_the_word_just_before_the_name_tells_the_case():
    text = "Mēs divi ilgi bijām pie Kārkliņam."
    [hit] = CHECK.find(text)

    assert hit.replaced_in(text, "UPC-001").endswith("pie ģimenes UPC-001.")
