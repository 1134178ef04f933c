"""What an installation remembers about itself, and what it refuses."""

import pytest
from django.core.exceptions import ImproperlyConfigured

from config import env

KEY = "pj4Vq0sXk2Tn8Rb6Wd1Zy7Lm3Hc9Gf5Ea"


@pytest.fixture(autouse=True)
def no_key_in_the_environment(monkeypatch):
    monkeypatch.delenv("SECRET_KEY", raising=False)
    monkeypatch.delenv("SECRET_KEY_FILE", raising=False)


def test_a_prepared_checkout_finds_the_key_it_made(tmp_path):
    kept = tmp_path / "secret.key"
    kept.write_text(f"{KEY}\n")

    assert env.secret("SECRET_KEY", kept_in=kept) == KEY


def test_the_environment_goes_before_what_was_made(tmp_path, monkeypatch):
    kept = tmp_path / "secret.key"
    kept.write_text(KEY[::-1])
    monkeypatch.setenv("SECRET_KEY", KEY)

    assert env.secret("SECRET_KEY", kept_in=kept) == KEY


def test_without_any_key_nothing_starts(tmp_path):
    with pytest.raises(ImproperlyConfigured, match="Set the environment variable"):
        env.secret("SECRET_KEY", kept_in=tmp_path / "none")


def test_a_short_key_is_refused(monkeypatch):
    monkeypatch.setenv("SECRET_KEY", "short")

    with pytest.raises(ImproperlyConfigured, match="shorter than 32"):
        env.secret("SECRET_KEY")


@pytest.mark.parametrize("typed", ["django-insecure-" + KEY, "abc" * 20])
def test_a_key_that_somebody_typed_is_refused(monkeypatch, typed):
    monkeypatch.setenv("SECRET_KEY", typed)

    with pytest.raises(ImproperlyConfigured, match="not made at random"):
        env.secret("SECRET_KEY")


def test_the_mode_is_remembered(tmp_path):
    note = tmp_path / "mode"
    assert env.remembered(note, "empty") == "empty"

    note.write_text("demo\n")
    assert env.remembered(note, "empty") == "demo"
