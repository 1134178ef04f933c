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
    "assigned_to",
    # Not for an account, but for whoever holds the secret of a mail or a document
    "with_token",
    "with_hash",
    "with_code",
    "with_pdf",
}
VIEWS = sorted(
    path
    for app in (
        "agenda",
        "cases",
        "data_protection",
        "families",
        "imports",
        "mediators",
        "municipalities",
        "reports",
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
