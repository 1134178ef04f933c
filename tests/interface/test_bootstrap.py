"""Pages get only a part of Bootstrap (scripts/bootstrap): it has to be the right one."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PART = ROOT / "static" / "vendor" / "bootstrap" / "bootstrap-part.min.css"
NAMES = ROOT / "tests" / "vendor" / "bootstrap-classes.txt"
CLASS = re.compile(r"\.([a-zA-Z][\w-]*)")
ATTRIBUTE = re.compile(
    r"""class="([^"]*)"|className = "([^"]*)"|make\("\w+", "([^"]*)\""""
)
TAG = re.compile(r"{[{%].*?[%}]}")


def classes_of(path):
    """Names in the attributes of a template or a script."""
    text = TAG.sub(" ", path.read_text("utf-8"))
    return {
        name for found in ATTRIBUTE.findall(text) for name in " ".join(found).split()
    }


def defined_in(*paths):
    return {name for path in paths for name in CLASS.findall(path.read_text("utf-8"))}


def test_no_page_names_a_class_of_bootstrap_that_was_cut_away():
    ours = defined_in(*ROOT.glob("static/css/**/*.css"))
    cut_away = set(NAMES.read_text("utf-8").split()) - defined_in(PART) - ours
    pages = [*ROOT.glob("templates/**/*.html"), *ROOT.glob("static/js/**/*.js")]

    named = {path.name: classes_of(path) & cut_away for path in pages}

    assert {name: lost for name, lost in named.items() if lost} == {}
