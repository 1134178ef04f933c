"""Mails that become files are readable by their owner alone, whatever the machine's umask."""

import os

import pytest
from django.core.mail import EmailMessage

from privacy import mail_files


@pytest.fixture
def open_umask():
    before = os.umask(0o000)
    yield
    os.umask(before)


def mode(path):
    return path.stat().st_mode & 0o777


@pytest.fixture
def backend(settings, tmp_path, open_umask):
    settings.EMAIL_FILE_PATH = tmp_path / "mail"
    return mail_files.EmailBackend


def test_folder_and_file_are_for_their_owner_alone(settings, backend):
    mails = [EmailMessage(word, word, "a@b.example", ["c@d.example"]) for word in "AB"]

    assert backend().send_messages(mails) == 2

    [file] = settings.EMAIL_FILE_PATH.iterdir()
    assert (mode(settings.EMAIL_FILE_PATH), mode(file)) == (0o700, 0o600)
    text = file.read_text()
    assert text.index("Subject: A") < text.index("Subject: B")


def test_a_folder_that_stood_open_is_closed(settings, backend):
    settings.EMAIL_FILE_PATH.mkdir(mode=0o755)

    backend()

    assert mode(settings.EMAIL_FILE_PATH) == 0o700


def test_a_folder_of_somebody_else_is_left_as_it_is(settings, backend, monkeypatch):
    settings.EMAIL_FILE_PATH.mkdir(mode=0o755)
    monkeypatch.setattr(os, "geteuid", lambda: os.getuid() + 1)

    backend()

    assert mode(settings.EMAIL_FILE_PATH) == 0o755


def test_it_fails_silently_where_that_is_asked_for(backend):
    assert not backend().fail_silently
    assert backend(True).fail_silently
    assert backend(fail_silently=True).fail_silently


def test_an_open_file_is_written_on(backend):
    with backend() as opened:
        assert opened.open() is False
