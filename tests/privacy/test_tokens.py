"""Secrets that nobody guesses, and that can be copied from paper."""

import re

from privacy import tokens


def test_a_link_has_256_bits_and_is_never_the_same():
    assert len(tokens.new_token()) == 43  # of 6 bits each
    assert tokens.new_token() != tokens.new_token()


def test_a_code_has_groups_of_signs_that_are_equally_likely_and_look_different():
    code = tokens.new_code(groups=200)

    assert re.fullmatch(r"[2-9A-Z]{4}(-[2-9A-Z]{4}){199}", code)
    assert not set(code) & set("ILOU")
    assert len(set(tokens.SIGNS)) == len(tokens.SIGNS) == 30
