"""The access matrix in words, for people who read no Python: docs/access-matrix.md."""

import re

from django.urls import get_resolver

from agenda.management.commands.print_urls import walk
from tests.access_table import ACCESS, LOGIN, PEOPLE
from tests.relation_table import PAGES, RELATIONS

ROOMS = {
    "agenda.urls": "First pages and settings",
    "families.urls": "Families, names, substitution",
    "cases.urls": "Log, cases, next steps, calendar",
    "municipalities.urls": "Institutions and officials",
    "events.urls": "Events, resource centres",
    "imports.urls": "Lists from Excel and CSV",
    "evaluation.urls": "Surveys and recommendations",
    "reports.urls": "Reports, results, documents",
    "stories.urls": "Stories, publicity, materials",
    "data_protection.urls": "Data protection",
    "mediators.urls": "Accounts, ethics, complaints, supervision",
    "offline.urls": "Pages that a phone keeps",
    "interface.urls": "Texts for scripts",
    "config.urls": "Operation",
}
OF_NO_ROOM = ("healthz", "readyz", "security-txt", "csp-report")
COLUMNS = (
    "nobody", "mediator", "colleague", "coordinator", "lead", "staff", "admin.", "DPO", "outsider",
)  # fmt: skip
HEAD = """# The access matrix

Who gets what from every address of the system. Made by `scripts/access-matrix` of
`tests/access_table.py` and `tests/relation_table.py`, the tables against which
`tests/test_access.py` asks every address for every person: an address, a method or an
answer that is not as it stands here fails the tests. What is seen on a page is said by
[permissions.md](permissions.md).

| word | means |
|---|---|
| yes | opens, or takes what is sent; an empty form comes back with what is missing |
| led on | opens another page that the person may see |
| – | answers byte for byte as an address that nobody ever made (404) |
| sign in | is asked to sign in first |
| refused | the person may, but what was sent says that it is somebody else's (403) |
| token | opens with a token for programs alone ([api.md](api.md)), else 401 |
| over | a link that does not open (any more) says so (410) |

*look* is a GET (or HEAD), *do* is a POST. Any other method is refused everywhere (405).
What stands in `<…>` names one thing; all of them belong to *mediator*. *opens to* is what the
page itself declares and what `manage.py print_urls` prints (`privacy/access.py`): roles, anybody
who is *signed in*, whoever has the *link* or the *token*, or the *public*. A page that declares
nothing opens to nobody.

| column | who |
|---|---|
{people}
"""


def document():
    """The whole page."""
    people = "\n".join(
        f"| {column} | {who} |"
        for column, who in zip(COLUMNS, PEOPLE.values(), strict=True)
    )
    sections = [HEAD.format(people=people), *map(room, ROOMS), administration()]
    return "\n".join([*sections, relations()])


def room(urls):
    rows = [line for row in addresses(urls) for line in lines_about(row)]
    return f"## {ROOMS[urls]}\n\n" + table(
        ("address", "page", "opens to", "", *COLUMNS), rows
    )


def lines_about(row):
    """One line for an address; two where looking and doing are open to others."""
    path = re.sub(r"<(?:\w+:)?(\w+)>", r"<\1>", row["pattern"])
    page = re.sub(r"[-_]", " ", row["name"].rpartition(":")[2])
    found = {
        deed: tuple(words(method, ACCESS[method, row["name"]]))
        for method, deed in (("GET", "look"), ("POST", "do"))
        if (method, row["name"]) in ACCESS
    }
    for answers in dict.fromkeys(found.values()):
        deeds = ", ".join(deed for deed, known in found.items() if known == answers)
        yield (f"`/{path}`", page, opens_to(row), deeds, *answers)


def opens_to(row):
    """What the view declares, roles in words."""
    if isinstance(row["access"], str):
        return row["access"]
    return ", ".join(role.replace("_", " ") for role in row["access"])


def addresses(urls):
    """The rows of ``print_urls`` that come from one file of addresses."""
    if urls == "config.urls":
        return (row for row in walk(get_resolver()) if row["name"] in OF_NO_ROOM)
    [included] = (
        pattern
        for pattern in get_resolver().url_patterns
        if getattr(getattr(pattern, "urlconf_module", None), "__name__", "") == urls
    )
    space = f"{included.namespace}:" if included.namespace else ""
    return walk(included, str(included.pattern), namespace=space)


def words(method, answers):
    return [word(method, answer) for answer in answers]


def word(method, answer):
    if answer == 302:
        return "led on" if method == "GET" else "yes"
    return {LOGIN: "sign in", 401: "token", 404: "–", 403: "refused", 410: "over"}.get(
        answer, "yes"
    )


def administration():
    answers = (LOGIN, *(404,) * 5, 200, 404, 404)
    declared = next(row for row in walk(get_resolver()) if row["name"] == "admin:index")
    row = (
        *("`/parvaldiba/…`", "every page", opens_to(declared), "look, do"),
        *words("GET", answers),
    )
    return "## Administration of accounts and lists\n\n" + table(
        ("address", "page", "opens to", "", *COLUMNS), [row]
    )


def relations():
    rows = [
        (relation, *words("GET", answers))
        for relation, (_, answers) in RELATIONS.items()
    ]
    return (
        "## Relations\n\nWhat opens to somebody who stands in a relation to a family,"
        " its case, an entry about it and a report.\n\n" + table(("who", *PAGES), rows)
    )


def table(head, rows):
    lines = [head, ["---"] * len(head), *rows]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)
