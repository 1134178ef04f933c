"""Which families a word of a text may name, by its letters and by its neighbours."""

import pytest

from privacy.name_check import Known, NameCheck

pytestmark = pytest.mark.once


def hits_of(text, *labels, people=(), allowed=()):
    known = [Known(f"UPC-00{at}", label) for at, label in enumerate(labels, start=1)]
    if people:
        known.append(Known("UPC-009", "Māja", people=people))
    return [
        (hit.found, hit.codes) for hit in NameCheck(known, allowed=allowed).find(text)
    ]


def found(*arguments, **more):
    return [piece for piece, _codes in hits_of(*arguments, **more)]


# Small letters


@pytest.mark.parametrize(
    ("text", "is_found"),
    [
        ("Runāju ar vanagiem.", True),
        ("Runāju ar Vanagiem.", True),
        ("Runāju ar ozoliem.", False),
        ("Runāju ar Ozoliem.", True),
        ("Runāju ar inesi.", True),
        ("Runāju ar ingu.", False),
        ("Runāju ar Ingu.", True),
    ],
)
def test_a_long_name_counts_in_small_letters_too(text, is_found):
    hits = found(text, "Vanagu ģimene", "Ozolu ģimene", people=("Inese", "Inga"))

    assert bool(hits) == is_found


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Marta", "martas"),
        ("Akmens", "akmeņa"),
        ("Krasts", "krastam"),
        ("Bumba", "bumbas"),
        ("Saule", "saules"),
        ("Kapars", "kaparam"),
        ("Spodra", "spodras"),
        ("Skaidra", "skaidras"),
        ("Maija", "maijas"),
        ("Draugs", "draugiem"),
    ],
)
def test_a_first_name_that_is_an_everyday_word_counts_with_a_capital(name, text):
    assert found(f"Runāju, {text} dēļ.", people=(name,)) == []
    assert found(f"Runāju, {text.title()} dēļ.", people=(name,)) == [text.title()]


@pytest.mark.parametrize(
    ("text", "is_found"),
    [
        ("Vakar kalnu ģimenei nebija darba.", True),
        ("Vakar kalnu familijai nebija darba.", True),
        ("Vakar ģimenē kalni nebija laba diena.", True),
        ("Ģimene kalni lūdza padomu.", True),
        ("Pie kalniem biju vakar.", True),
        ("Вчера помогла семье калнам.", True),
        ("Vakar kalnu tuvumā ģimene gāja.", False),
        ("Ģimenē teica, ka kalni zaļo.", False),
        ("Vakar pie skolas kalni zaļo.", False),
        ("Vakar kalni zaļo.", False),
        ("vakar kalni zvanīja", True),
    ],
)
def test_a_short_name_in_small_letters_counts_beside_a_word_that_says_so(
    text, is_found
):
    assert bool(found(text, "Kalnu ģimene")) == is_found


# Labels


@pytest.mark.parametrize(
    ("label", "text"),
    [
        ("Kārkliņu brāļi", "Runāju ar Brāļiem un Meitām."),
        ("Kārkliņu dvīņi", "Runāju ar Dvīņiem un Māsu."),
        ("Kārkliņi pie dzelzceļa", "Gāju gar dzelzceļu un Staciju."),
        ("Lielo Kārkliņu ģimene", "Biju Lielā pilsētā."),
        ("Kārkliņi otrā stāvā", "Biju Otrā Stāvā."),
        ("Pie ozoliem", "Biju pie ezera."),
    ],
)
def test_words_of_a_label_that_only_describe_are_no_names(label, text):
    assert found(text, label) == []


@pytest.mark.parametrize(
    ("label", "text", "piece"),
    [
        ("Lielo ģimene", "Runāju ar Lielajiem.", "Lielajiem"),
        ("kārkliņu ģimene", "Runāju ar Kārkliņiem.", "Kārkliņiem"),
        ("Lielie Kārkliņi", "Runāju ar Kārkliņiem.", "Kārkliņiem"),
        ("Rožu ielas ģimene", "Biju Rožu ielā.", "Rožu ielā"),
        ("Rožu ielas ģimene", "Biju Rožu gatvē.", "Rožu"),
        ("Zilie vārti", "Biju pie zilajiem vārtiem.", "zilajiem vārtiem"),
        (
            "Māja ar zaļo jumtu",
            "Biju vakar mājā ar zaļo jumtu.",
            "mājā ar zaļo jumtu",
        ),
    ],
)
def test_the_name_in_a_label_is_found_and_a_longer_label_word_for_word(
    label, text, piece
):
    assert found(text, label) == [piece]


def test_half_of_a_longer_label_is_nobody():
    assert found("Biju mājā ar zaļo žogu.", "Māja ar zaļo jumtu") == []


def test_a_label_of_several_words_is_found_beside_an_official_as_well():
    hits = found(
        "Inga Kalniņa bija pie zilajiem vārtiem.",
        "Zilie vārti",
        allowed=["Inga Kalniņa"],
    )

    assert hits == ["zilajiem vārtiem"]


def test_a_label_that_is_the_full_name_of_an_official_may_be_written():
    assert found("inga kalniņa zvanīja", "Inga Kalniņa", allowed=["Inga Kalniņa"]) == [
        "inga kalniņa"
    ]


# People


def test_a_small_form_of_a_first_name_is_the_familys():
    assert hits_of("Aizvedu Ingiņu.", people=("Inga",)) == [("Ingiņu", ("UPC-009",))]


def test_names_that_a_comma_divides_are_two():
    assert found("Anna, Kārkliņi un Anna Kārkliņa.", "Kārkliņi", people=("Anna",)) == [
        "Anna",
        "Kārkliņi",
        "Anna",
        "Kārkliņa",
    ]


def test_side_by_side_they_are_one_hit_of_the_family_that_has_both():
    known = [Known("UPC-001", "Kārkliņi", people=("Anna",))]
    check = NameCheck(known)

    texts = ("Anna, Kārkliņi.", "Anna Kārkliņa.", "Anna-Kārkliņa.", "Anna – Kārkliņa.")
    assert [[hit.found for hit in check.find(text)] for text in texts] == [
        ["Anna", "Kārkliņi"],
        ["Anna Kārkliņa"],
        ["Anna-Kārkliņa"],
        ["Anna – Kārkliņa"],
    ]


def test_a_name_before_a_street_is_found_alone():
    hits = found("Aizvedu Annu Rožu ielā.", "Rožu ģimene", people=("Anna",))

    assert hits == ["Annu"]


@pytest.mark.parametrize("text", ["Улица Рожу закрыта.", "Тут улица Рожу."])
def test_in_russian_the_word_for_a_street_stands_before_its_name(text):
    assert found(text, "Rožu ģimene") == []


# Typing errors


@pytest.mark.parametrize(
    ("text", "is_found"),
    [
        ("Vakar Krūmņu ģimenē bija labi.", True),
        ("5 Krūmņu bērni bija skolā.", True),
        ("Vakar krūmņu ģimenē bija labi.", False),
        ("Krūmņu ģimenē bija labi.", False),
        ("Labi. Krūmņu ģimenē bija vakar.", False),
        ("Labi: „Krūmņu ģimenē bija vakar.”", False),
        ("Vakar Vītlu ģimenē bija labi.", False),
    ],
)
def test_a_long_name_may_have_an_error_where_its_capital_says_that_it_is_one(
    text, is_found
):
    hits = found(text, "Krūmiņu ģimene", "Vītolu ģimene", allowed=["Inga Kalniņa"])

    assert bool(hits) == is_found


def test_a_name_that_may_be_written_is_no_error_of_another():
    assert found("Vakar Krūmiņa zvanīja.", "Krūmaņi", allowed=["Zane Krūmiņa"]) == []


# Who may be named


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("Vakar I. Kalniņa zvanīja.", []),
        ("Vakar Inga Kalniņa zvanīja.", []),
        ("vakar runāju ar ingu kalniņu", []),
        ("Vakar Z. Kalniņa zvanīja.", ["Kalniņa"]),
        ("Vakar In. Kalniņa zvanīja.", ["Kalniņa"]),
        ("Vakar punktā i Kalniņa zvanīja.", ["Kalniņa"]),
        ("Vakar Kalniņa Inga zvanīja.", ["Kalniņa"]),
    ],
)
def test_the_full_name_or_the_initial_makes_the_official_of_it(text, pieces):
    assert found(text, "Kalniņu ģimene", allowed=["Inga Kalniņa"]) == pieces


def test_an_initial_that_somebody_of_the_family_has_may_be_theirs():
    known = [Known("UPC-001", "Kalniņu ģimene", people=("Ilze",))]
    check = NameCheck(known, allowed=["Inga Kalniņa"])

    assert [hit.found for hit in check.find("Vakar I. Kalniņa zvanīja.")] == ["Kalniņa"]
    assert check.find("Vakar Inga Kalniņa zvanīja.") == []


def test_a_shorter_name_of_a_family_is_not_covered_by_the_longer_of_an_official():
    hits = found("Aizvedu Anai grāmatu.", people=("Ana",), allowed=["Anna Bērza"])

    assert hits == ["Anai"]
