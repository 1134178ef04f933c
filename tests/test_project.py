"""The house itself: rules that no linter knows."""

import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
NOT_OURS = {".venv", "var", "node_modules", ".git", "vendor"}


def files(pattern):
    return sorted(
        path
        for path in ROOT.rglob(pattern)
        if path.is_file() and not NOT_OURS & set(path.relative_to(ROOT).parts)
    )


def templates():
    return [path for path in files("*.html") if "templates" in path.parts]


def offenders(paths, is_wrong):
    return [str(path.relative_to(ROOT)) for path in paths if is_wrong(path.read_text())]


def locked(name):
    """Package → version of a lock file."""
    return dict(
        re.findall(
            r"^([a-z0-9-]+)(?:\[[^]]*\])?==(\S+)",
            (ROOT / name).read_text(),
            re.MULTILINE,
        )
    )


def wanted(requirements):
    return {
        re.match(r"[A-Za-z0-9-]+", requirement)[0].lower()
        for requirement in requirements
    }


def services():
    """The names of the services in docker-compose.yml."""
    _, _, after = (ROOT / "docker-compose.yml").read_text().partition("\nservices:\n")
    section = re.split(r"^\w", after, maxsplit=1, flags=re.MULTILINE)[0]
    return set(re.findall(r"^  ([a-z]+):$", section, re.MULTILINE))


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt"])
def test_a_lock_file_holds_versions_and_hashes_and_no_address(name):
    lines = (ROOT / name).read_text().splitlines()

    line = re.compile(
        r"[a-z0-9-]+(\[[a-z0-9,-]+\])?==[^ ]+( ; [^\\]+)? \\|    --hash=sha256:\w{64}( \\)?"
    )
    assert [text for text in lines if not line.fullmatch(text)] == []


def test_the_lock_files_cover_what_the_project_depends_on():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())

    assert (
        wanted(project["project"]["dependencies"]) - set(locked("requirements.txt"))
        == set()
    )
    assert (
        wanted(project["dependency-groups"]["dev"])
        - set(locked("requirements-dev.txt"))
        == set()
    )


def test_the_tests_run_with_the_versions_that_are_installed_for_people():
    assert (
        locked("requirements.txt").items() - locked("requirements-dev.txt").items()
        == set()
    )


def test_the_containers_are_those_of_the_installation_and_three_that_prepare():
    assert services() == {
        "keys",
        "certificates",
        "migrate",
        "web",
        "worker",
        "backup",
        "db",
        "caddy",
    }


def test_the_log_of_the_database_quotes_no_statement_and_no_value():
    compose = (ROOT / "docker-compose.yml").read_text()

    assert "log_min_error_statement=panic" in compose
    assert "log_error_verbosity=terse" in compose


def test_the_example_of_an_environment_names_every_variable_of_the_containers():
    variables = re.compile(r"\$\{([A-Z_]+)")
    example = re.compile(r"^([A-Z_]+)=", re.MULTILINE)

    used = variables.findall((ROOT / "docker-compose.yml").read_text())
    assert set(example.findall((ROOT / ".env.example").read_text())) == set(used)


def test_the_hooks_before_a_commit_are_the_linters_of_the_test_script():
    hooks = (ROOT / ".pre-commit-config.yaml").read_text()
    script = (ROOT / "scripts/test").read_text()

    def bare(commands):
        """Without what makes a hook correct files and the script only check them."""
        return {
            re.sub(r" --(check|force-exclude)\b", "", command) for command in commands
        }

    entries = re.findall(r"entry: (?:env \S+ python )?(.+)", hooks)
    checks = re.findall(
        r"^    check (?:each '\S+' )?(.+) \|\| failed=1", script, re.MULTILINE
    )
    assert bare(entries) == {
        check.replace("manage ", "manage.py ") for check in bare(checks)
    }


def test_decisions_are_numbered_without_gaps():
    names = sorted(path.name for path in (ROOT / "docs/adr").glob("*.md"))

    assert [name[:5] for name in names] == [
        f"{number:04}-" for number in range(1, len(names) + 1)
    ]


def test_a_partial_begins_with_a_comment_on_its_arguments():
    partials = [path for path in templates() if path.name.startswith("_")]

    comment = re.compile(r"\{% comment %\}\s*\S.+?\{% endcomment %\}", re.DOTALL)
    assert offenders(partials, lambda text: not comment.match(text)) == []


def test_an_include_sees_only_what_it_is_given():
    include = re.compile(r"\{%-?\s*include\s[^%]*%\}")

    def leaks(text):
        return any(
            not re.search(r"\sonly\s*%\}$", tag) for tag in include.findall(text)
        )

    assert offenders(templates(), leaks) == []


@pytest.mark.parametrize(
    "forbidden",
    [
        r"\sstyle\s*=",
        r"<[^>]*\son[a-z]+\s*=",
        r"<script(?![^>]*\ssrc=)",
        r"<style",
        r"javascript:",
    ],
    ids=["style attribute", "handler", "script", "style sheet", "address"],
)
def test_templates_hold_nothing_the_content_security_policy_would_refuse(forbidden):
    assert offenders(templates(), re.compile(forbidden, re.IGNORECASE).search) == []


def test_no_template_script_or_style_names_a_foreign_origin():
    loads = re.compile(
        r"""(?:src|href|action|poster|data)\s*=\s*["']?(?:https?:)?//"""
        r"""|url\(\s*["']?(?:https?:)?//|@import|(?:fetch|import)\(\s*["'`](?:https?:)?//""",
        re.IGNORECASE,
    )
    ours = [*templates(), *files("*.css"), *files("*.js")]

    assert offenders(ours, loads.search) == []
    assert loads.search('<script src="https://cdn.example/x.js">')
    assert loads.search("background: url(//example.org/x.png)")


# Each was looked at: what is marked is made of our own files, addresses and escaped parts
REVIEWED_AS_SAFE = {
    "interface/charts.py": 1,
    "interface/icons.py": 1,
    "interface/squares.py": 1,
    "interface/tile_map.py": 1,
    "interface/widgets.py": 2,
    "reports/services/recounting.py": 2,
    "reports/wording.py": 1,
    "templates/cases/visit_form.html": 1,
}


def test_what_is_marked_as_safe_html_was_looked_at():
    marks = re.compile(r"mark_safe\(|SafeString\(|\|safe\b|\|safeseq|autoescape off")
    ours = [
        path for path in [*files("*.py"), *templates()] if "tests" not in path.parts
    ]
    found = {
        str(path.relative_to(ROOT)): len(marks.findall(path.read_text()))
        for path in ours
    }

    assert {name: count for name, count in found.items() if count} == REVIEWED_AS_SAFE


def test_no_file_of_python_is_longer_than_400_lines():
    ours = [path for path in files("*.py") if "migrations" not in path.parts]

    assert offenders(ours, lambda text: text.count("\n") > 400) == []


@pytest.mark.parametrize(
    "script",
    [
        "run",
        "test",
        "lock",
        "messages",
        "sbom",
        "freshness",
        "access-matrix",
        "container-certificates",
    ],
)
def test_a_script_explains_itself(script):
    result = subprocess.run(
        [ROOT / "scripts" / script, "--help"],
        env=os.environ
        | {"PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}"},
        capture_output=True,
        text=True,
        check=True,
    )

    assert result.stdout.startswith(f"Usage: scripts/{script}")


def test_operations_tell_of_every_command():
    told = (ROOT / "docs/operations.md").read_text()
    commands = {path.stem for path in files("management/commands/*.py")}

    assert {name for name in commands - {"__init__"} if f"`{name}" not in told} == set()
