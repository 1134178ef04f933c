"""Words that others read: what names a family is refused, and the refusal is kept."""

from types import SimpleNamespace

import pytest
from django import forms
from django.utils import translation

from mediators.models import Role
from privacy.audit import Verb
from privacy.models import AuditEntry
from privacy.name_check import StillLooking
from privacy.nameless import Nameless
from tests.factories import FamilyFactory, UserFactory


class Check:
    """Finds the names it was given, as often as they stand there."""

    def __init__(self, *names):
        self.names = names

    def hits(self, text):
        return [
            SimpleNamespace(found=word) for word in text.split() if word in self.names
        ]


class Form(Nameless, forms.Form):
    nameless = ("words", "more", "gone")
    words = forms.CharField(required=False)
    more = forms.CharField(required=False)
    free = forms.CharField(required=False)

    def __init__(self, *args, by, named, checks=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.by, self.named, self.checks = by, named, checks

    def get_named(self):
        return self.named

    def name_checks(self, named):
        assert named == self.named
        return iter(self.checks)


@pytest.fixture
def filled(db):
    by, family = UserFactory(role=Role.MEDIATOR), FamilyFactory()
    checks = [Check("Kārkliņi"), Check("Ozoli")]

    def fill(initial=None, **data):
        return Form(data, initial=initial, by=by, named=family, checks=checks)

    return fill


def refusals():
    return AuditEntry.objects.filter(verb=Verb.REFUSE).order_by("seq")


def test_each_name_is_refused_once_where_it_stands_and_the_refusal_is_kept(filled):
    form = filled(words="Kārkliņi Kārkliņi Ozoli", more="Mierīgi", free="Kārkliņi")

    with translation.override("en"):
        assert not form.is_valid()
        [one, two] = form.errors.as_data()["words"]
        told = [str(problem.messages[0]) for problem in (one, two)]

    assert set(form.errors) == {"words"}
    assert (one.code, two.code) == ("name", "name")
    assert told[0].startswith("“Kārkliņi” may tell which family")
    assert told[1].startswith("“Ozoli” may tell which family")
    [row] = refusals()
    assert (row.actor, row.object_id) == (form.by.pk, str(form.named.pk))
    assert row.detail == {"fields": ["words"], "names": True}


def test_what_names_nobody_passes_and_leaves_no_refusal(filled):
    assert filled(words="Mierīgi", more="").is_valid()
    assert not refusals().exists()


class Waiting(Check):
    """Does not know yet of any text that says so."""

    def hits(self, text):
        if "gaida" in text:
            raise StillLooking
        return super().hits(text)


def test_words_of_which_it_is_not_known_yet_are_not_taken_and_that_is_said_once(filled):
    form = filled(words="gaida", more="gaida arī", free="gaida")
    form.checks = [Check(), Waiting()]

    assert not form.is_valid()

    [problem] = form.errors.as_data()["words"]
    assert (problem.code, set(form.errors)) == ("waits", {"words"})
    assert form.data["words"] == "gaida"
    assert not refusals().exists()


def test_a_name_is_refused_while_other_words_wait(filled):
    form = filled(words="gaida", more="Ozoli")
    form.checks = [Waiting("Ozoli")]

    assert {
        n: [e.code for e in found] for n, found in form.errors.as_data().items()
    } == {
        "words": ["waits"],
        "more": ["name"],
    }
    assert refusals().count() == 1


def test_words_that_stood_there_already_are_not_asked_about_again(filled):
    assert filled(initial={"words": "Ozoli"}, words="Ozoli").is_valid()


def test_a_form_has_to_say_what_its_words_are_about_and_who_must_not_be_named():
    bare = Nameless.__new__(Nameless)

    with pytest.raises(NotImplementedError):
        bare.get_named()
    with pytest.raises(NotImplementedError):
        bare.name_checks(None)
