import json
import re
from datetime import date

from django.core.management.base import BaseCommand
from django.urls import get_resolver
from django.urls.resolvers import RegexPattern

from privacy.access import access_of
from privacy.middleware import METHODS

SAMPLES = {
    "int": "1",
    "uuid": "00000000-0000-7000-8000-000000000000",
    "month": f"{date(2026, 10, 1):%Y-%m}",
    "path": "x",
}
"""What may stand in an address, by kind of argument; other kinds take a word."""
WORD = "x"
NAMED_GROUP = re.compile(r"\(\?P<\w+>([^()]*)\)")


class Command(BaseCommand):
    help = (
        "List every address as the running code knows it: pattern, name, methods, who may "
        "open it at all, and a sample. Which rows somebody sees there is decided by the "
        "scopes of docs/permissions.md."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "--json", action="store_true", help="print a list of objects"
        )

    def handle(self, **options):
        addresses = list(walk(get_resolver()))
        if options["json"]:
            self.stdout.write(json.dumps(addresses, ensure_ascii=False))
            return
        for row in addresses:
            methods = ",".join(row["methods"])
            access = row["access"]
            access = access if isinstance(access, str) else ", ".join(access)
            self.stdout.write(f"/{row['pattern']}  {row['name']}  {methods}  {access}")


def walk(resolver, before="", sample="/", namespace=""):
    """A dictionary for each address below a resolver."""
    for pattern in resolver.url_patterns:
        route = before + str(pattern.pattern).removeprefix("^")
        here = sample + sample_of(pattern.pattern)
        if hasattr(pattern, "url_patterns"):
            inner = (
                f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            )
            yield from walk(pattern, route, here, inner)
        else:
            yield {
                "pattern": route,
                "name": f"{namespace}{pattern.name}" if pattern.name else "",
                "methods": methods_of(pattern.callback),
                "access": access_of(pattern.callback),
                "sample": here,
            }


def methods_of(view):
    """What ``require_http_methods`` lets through, or what a class answers; else all."""
    for layer in layers(view):
        names = getattr(getattr(layer, "__code__", None), "co_freevars", ())
        if "request_method_list" in names:
            cell = layer.__closure__[names.index("request_method_list")]
            return list(cell.cell_contents)
    kind = getattr(view, "view_class", None)
    return [name for name in METHODS if kind is None or answers(kind, name)]


def answers(kind, method):
    """A view class answers HEAD by its ``get``."""
    return hasattr(kind, method.lower().replace("head", "get"))


def sample_of(pattern):
    """What may stand for one part of an address, written as a route or as an expression."""

    def fill(found):
        kind, _, name = found[1].rpartition(":")
        regex = getattr(pattern.converters.get(name), "regex", "")
        return first_of(regex) or SAMPLES.get(kind, WORD)

    if isinstance(pattern, RegexPattern):
        words = NAMED_GROUP.sub(lambda found: first_of(found[1]) or WORD, str(pattern))
        return words.strip("^$")
    return re.sub(r"<([^>]+)>", fill, str(pattern))


def first_of(regex):
    """The first of the words between which an expression leaves the choice, if it does."""
    words = regex.split("|")
    are_words = all(word.replace("-", "").isalpha() for word in words)
    return words[0] if len(words) > 1 and are_words else ""


def layers(view):
    """The view as it is called, and what its decorators wrap."""
    while view is not None:
        yield view
        view = getattr(view, "__wrapped__", None)
