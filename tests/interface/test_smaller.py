"""What a phone need not fetch: indentation of templates, comments of scripts."""

import re

import pytest
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import InMemoryStorage
from django.template import Engine

from interface.storage import Minified

NESTED = re.compile(r"`[^`]*\$\{[^}`]*`")


@pytest.mark.parametrize(
    ("name", "drawn"),
    [
        ("page.html", "<ul>\n<li>a  b</li>\n</ul>"),
        ("mail.txt", "<ul>\n  <li>a  b</li>\n</ul>"),
    ],
)
def test_a_page_is_sent_without_the_indentation_of_its_template_and_a_mail_with_it(
    tmp_path, name, drawn
):
    (tmp_path / name).write_text("<ul>\n  <li>a  b</li>\n</ul>")
    engine = Engine(dirs=[tmp_path], loaders=["interface.unindented.Loader"])

    assert engine.render_to_string(name) == drawn


def test_a_script_loses_what_its_readers_need_and_keeps_its_licence_and_its_texts():
    files = InMemoryStorage()
    script = """/*! MIT */
    // Why
    const link = "https://tilts.example";  // what
    const text = `two
      lines`;
    const slash = /[/]\\/\\/ /.test(link);
    """
    files.save("a.js", ContentFile(script.encode()))

    with Minified(files).open("a.js") as file:
        told = file.read().decode()

    assert told.startswith("/*! MIT */")
    assert "Why" not in told
    assert "what" not in told
    assert '"https://tilts.example"' in told
    assert "`two\n      lines`" in told
    assert "/[/]\\/\\/ /" in told


def test_no_script_of_ours_holds_what_is_not_understood_when_comments_are_taken_out():
    """A template within a template loses its spaces (rjsmin knows unnested ones alone)."""
    scripts = [*(settings.BASE_DIR / "static").rglob("*.js")]

    assert NESTED.search('`a ${b ? ` c` : ""}`')
    assert scripts
    assert [path.name for path in scripts if NESTED.search(path.read_text())] == []


def test_files_that_are_no_scripts_stay_as_they_are():
    files = InMemoryStorage()
    files.save("a.css", ContentFile(b"a { }  /* why */"))

    with Minified(files).open("a.css") as file:
        assert file.read() == b"a { }  /* why */"
