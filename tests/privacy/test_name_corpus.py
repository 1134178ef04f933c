"""A small part of the corpus of ``benchmarks/name_check``, always the same one."""

from collections import Counter
from itertools import islice

import pytest

from benchmarks import name_corpus
from privacy.name_check import NameCheck

EVERY = 61
"""Prime, so that forms, spellings and sentences meet in ever other ways."""


def check_for(known):
    return NameCheck(known, allowed=name_corpus.OFFICIALS, emails=name_corpus.EMAILS)


def is_found(sample):
    begin = sample.text.index(sample.word)
    end = begin + len(sample.word)
    hits = check_for([sample.known]).find(sample.text)
    return any(hit.start < end and hit.end > begin for hit in hits)


def test_of_a_thousand_names_in_all_forms_at_most_ten_are_missed():
    found = Counter(map(is_found, islice(name_corpus.samples(), 0, None, EVERY)))

    assert found.total() > 1000
    assert found[True] / found.total() >= 0.99


@pytest.mark.parametrize(
    ("spellings", "kind"),
    [
        (name_corpus.PHONES, "phone"),
        (name_corpus.PERSONAL_CODES, "personal code"),
        (name_corpus.PRIVATE_EMAILS, "e-mail"),
        (sum(name_corpus.ADDRESSES.values(), ()), "address"),
    ],
)
def test_numbers_and_addresses_are_found_in_every_way_of_writing_them(spellings, kind):
    samples = [sample for sample in name_corpus.samples() if sample.kind == kind]

    assert [sample.word for sample in samples] == list(spellings)
    assert [sample.text for sample in samples if not is_found(sample)] == []


def test_ordinary_prose_has_at_most_two_false_alarms_in_a_thousand_words():
    check = check_for(list(name_corpus.families(40)))
    prose = name_corpus.prose()
    del prose[name_corpus.TRAPS]
    words = sum(map(name_corpus.words_in, prose.values()))
    hits = [hit for text in prose.values() for hit in check.find(text)]

    assert words > 4900
    assert len(hits) / words <= 2 / 1000
