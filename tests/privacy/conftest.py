import pyrage
import pytest

from privacy import child
from privacy.keys import field_keys, new_key_line


@pytest.fixture
def keys_file(settings, tmp_path):
    """A file of field keys for one test; call it with the lines to put into it."""
    path = tmp_path / "keys" / "field.keys"
    settings.FIELD_KEYS_FILE = path
    settings.BACKUP_KEY_FILE = path.with_name("backup.key")

    def write(*lines):
        path.parent.mkdir(exist_ok=True)
        path.write_text("".join(f"{line}\n" for line in lines))
        field_keys.cache_clear()
        return path

    write.path = path
    return write


@pytest.fixture
def asked(monkeypatch):
    """What the process of its own was asked, and what it answers."""
    calls = []

    def answers(what):
        def ask(*arguments, **options):
            calls.append((arguments, options))
            if isinstance(what, Exception):
                raise what
            return what

        monkeypatch.setattr(child, "ask", ask)
        return calls

    return answers


@pytest.fixture
def key(keys_file):
    """Field keys and a key of backups; the latter is returned."""
    path = keys_file(new_key_line())
    identity = pyrage.x25519.Identity.generate()
    path.with_name("backup.key").write_text(f"{identity}\n")
    return identity
