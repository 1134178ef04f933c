"""How the interface speaks: to “jūs”, about things people know, of the field that is meant."""

import json
import re
from pathlib import Path

import pytest
from django import forms
from django.conf import settings
from django.utils import translation

from interface import errors
from interface.stock_messages import SENTENCES

# Forms of “tu”, and what only “tu” is told to do. Words that are also a noun or said of
# somebody else (ieraksti, atver) stand here with what follows them.
TO_TU = re.compile(
    r"\b(tu|tev|tevi|tevis|tevī|tav(s|a|i|as|u|am|ai|iem|ām|ā|os|ās)|esi|neesi|gribi|"
    r"izvēlies|izmaini|pasaki|paskaties|piezvani|apskati|pārliecinies|sazinies|neraksti|"
    r"atstāj tukšu|atver stāstu|zvani administratoram)\b|"
    r"\bnorādi,|\b(atver|nospied) „\w",
    re.IGNORECASE,
)
NUMBER_OF_A_REQUIREMENT = re.compile(r"\bR\d{3}\b")


def said():
    """Every text of the Latvian catalogues and what it translates, on one line each."""
    for path in Path(settings.LOCALE_PATHS[0]).glob("lv/LC_MESSAGES/*.po"):
        for block in path.read_text().split("\n\n"):
            lines = re.findall(r'^(?:msg\S+ )?("(?:.*)")$', block, re.MULTILINE)
            yield "".join(map(json.loads, lines))


def test_no_number_of_a_requirement_is_read_by_anybody():
    assert [text for text in said() if NUMBER_OF_A_REQUIREMENT.search(text)] == []


def test_everybody_is_called_jus():
    assert [text for text in said() if TO_TU.search(text)] == []


class Visit(forms.Form):
    purpose = forms.CharField(label="Mērķis")
    people = forms.CharField(label="Kas piedalījās?")
    link = forms.URLField(label="Saite", assume_scheme="https")
    hours = forms.DecimalField(label="Stundas", max_digits=3, decimal_places=1)


def test_a_summary_names_the_field_where_the_message_does_not():
    with translation.override("lv"):
        form = Visit({"link": "javascript:alert(1)", "hours": "1"})

        assert [link.message for link in errors.links(form)] == [
            "Mērķis: Šeit vajadzīga atbilde.",
            "Kas piedalījās: Šeit vajadzīga atbilde.",
            "Saite: Uzrakstiet saiti, kas sākas ar https://",
        ]


@pytest.mark.parametrize(
    ("hours", "message"),
    [
        ("daudz", "Uzrakstiet skaitli, piemēram, 1,5."),
        ("1.25", "Aiz komata var būt ne vairāk kā 1 cipars."),
        ("123", "Skaitlis ir par lielu: pirms komata var būt ne vairāk kā 2 cipari."),
    ],
)
def test_a_number_that_does_not_fit_is_answered_in_plain_words(hours, message):
    with translation.override("lv"):
        form = Visit({"purpose": "A", "people": "B", "hours": hours})

        assert form.errors["hours"][0] == message


def test_what_django_would_say_is_said_in_our_words():
    with translation.override("lv"):
        told = [translation.gettext(words) for words in SENTENCES if type(words) is str]

    assert not [
        words for words in told if "lauk" in words or "Pārliecinieties" in words
    ]


class Choosing(forms.Form):
    CHOICES = (("", "---------"), ("bus", "autobuss"))

    needed = forms.ChoiceField(choices=CHOICES)
    optional = forms.ChoiceField(choices=CHOICES, required=False)


def test_where_nothing_is_chosen_words_stand_instead_of_a_row_of_strokes():
    with translation.override("lv"):
        form = Choosing()

        assert "Izvēlieties" in str(form["needed"])
        assert "Nav izvēlēts" in str(form["optional"])
        assert "-----" not in form.as_p()
