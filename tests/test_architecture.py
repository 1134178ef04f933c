"""A view takes objects only from a scope that says for whom."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
SCOPES = {
    "visible_to",
    "editable_by",
    "logged_by",
    "reviewable_by",
    "deliverable_by",
    "discussable_by",
    "coordinated_by",
    "shared_with",
    "waiting_for",
    "readable_by",
    "confirmable_by",
    "handed_out_by",
    "to_correct_by",
    "correctable_by",
    "deletable_by",
    "liftable_by",
    "assigned_to",
    # Not for an account, but for whoever holds the secret of a mail or a document
    "with_token",
    "with_hash",
    "with_code",
    "with_pdf",
    # Cards of mediators who want to be found by anybody
    "published",
}
VIEWS = sorted(
    path
    for app in (
        "agenda",
        "cases",
        "data_protection",
        "evaluation",
        "events",
        "families",
        "imports",
        "mediators",
        "municipalities",
        "reports",
        "stories",
    )
    for path in (ROOT / app).rglob("*.py")
    if path.name.startswith("views") or path.parent.name == "views"
)


def unscoped(source):
    """Lines where objects are taken from a manager without saying for whom."""
    tree = ast.parse(source)
    scoped = {
        id(node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and node.attr in SCOPES
    }
    for node in ast.walk(tree):
        if (
            isinstance(node, ast.Attribute)
            and node.attr == "objects"
            and id(node) not in scoped
        ):
            yield node.lineno
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Name)
            and node.func.id in {"get_object_or_404", "get_list_or_404"}
            and isinstance(node.args[0], ast.Name)
        ):
            yield node.lineno


@pytest.mark.parametrize("path", VIEWS, ids=lambda path: str(path.relative_to(ROOT)))
def test_views_read_only_scoped_querysets(path):
    assert list(unscoped(path.read_text(encoding="utf-8"))) == []


@pytest.mark.parametrize(
    "source",
    [
        "Family.objects.get(pk=pk)",
        "Family.objects.all()",
        "get_object_or_404(Family, pk=pk)",
        "models.Family.objects.filter(code=code).first()",
    ],
)
def test_the_check_sees_what_it_should_see(source):
    assert list(unscoped(source)) == [1]


ASKS_OTHERS = {"aiohttp", "ftplib", "http", "httpx", "requests", "socket", "urllib3"}


def asks_others(source):
    """Modules of a source that could fetch something from another machine."""
    for node in ast.walk(ast.parse(source)):
        names = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            names = [node.module or ""]
        for name in names:
            if name.partition(".")[0] in ASKS_OTHERS or name == "urllib.request":
                yield name


def test_nothing_asks_another_server_but_the_database_and_the_mail_server():
    rooms = {path.parent.name for path in ROOT.glob("*/__init__.py")} - {"tests"}
    ours = [path for room in rooms for path in (ROOT / room).rglob("*.py")]

    assert len(ours) > 200
    assert {path for path in ours if list(asks_others(path.read_text()))} == set()
    assert list(asks_others("import urllib.request\nfrom requests import get")) == [
        "urllib.request",
        "requests",
    ]
