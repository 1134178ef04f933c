"""``manage.py import_file``: a list from Excel or CSV, from the command line."""

import json
from pathlib import Path
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from imports.models import Import, Kind
from imports.services import importing, matching, reading
from mediators.models import User
from municipalities.models import Municipality
from privacy.workbook_gate import NotReadable


class Command(BaseCommand):
    help = (
        "Imports a list from an .xlsx or .csv file, all rows or none. Families and "
        "entries become those of one mediator. Rows that may be on the list already are "
        "left out. Exit codes: 0 done, 1 refused and nothing stored, 2 the arguments do "
        "not make sense."
    )

    def add_arguments(self, parser):
        parser.add_argument("file", metavar="FILE", nargs="?", type=Path)
        parser.add_argument("--kind", choices=[k for k in Kind if k.has_place])
        parser.add_argument(
            "--mediator", metavar="EMAIL", help="whose families or entries they are"
        )
        parser.add_argument(
            "--municipality",
            metavar="PREFIX",
            help="where; without it institutions of the whole country",
        )
        parser.add_argument(
            "--with-similar",
            action="store_true",
            help="also rows that resemble what is on the list",
        )
        parser.add_argument("--dry-run", action="store_true", help="store nothing")
        parser.add_argument(
            "--undo", metavar="ID", type=UUID, help="take an import out again"
        )
        parser.add_argument("--json", action="store_true")

    def handle(self, **options):
        answer = undo(options["undo"]) if options["undo"] else load(options)
        if options["json"]:
            self.stdout.write(json.dumps(answer, ensure_ascii=False))
        else:
            for name, value in answer.items():
                self.stdout.write(f"{name:<10} {value}")
        if answer.get("errors"):
            raise CommandError("Nothing was stored.")


def load(options):
    if not (options["file"] and options["kind"]):
        raise CommandError("FILE and --kind are needed.", returncode=2)
    kind = Kind(options["kind"])
    person, place = owner(kind, options["mediator"], options["municipality"])
    sheet = read(options["file"], kind)
    # Without a page on which somebody would match them, unknown columns are an error
    refuse_unknown(kind, sheet)
    with transaction.atomic():
        # What is noted of it comes last: the numbers of the rows are taken before
        imported = reading.put_aside(sheet, kind=kind, by=person, place=place)
        answer = carry_out(imported, options)
        if options["dry_run"] or answer["errors"]:
            transaction.set_rollback(True)
    return answer


def read(path, kind):
    try:
        with path.open("rb") as file:
            return reading.read(file, kind)
    except OSError as problem:
        raise CommandError(f"{path}: {problem.strerror}", returncode=2) from None
    except (NotReadable, reading.NothingToRead) as problem:
        raise CommandError(str(problem)) from None


def refuse_unknown(kind, sheet):
    positions = matching.matched(kind, sheet.headings)
    if matching.is_complete(kind, positions, sheet):
        return
    missing = [str(column.column_name) for column in matching.missing(kind, positions)]
    unknown = set(matching.used(sheet)) - set(positions.values())
    raise CommandError(
        f"Columns that are missing: {', '.join(missing) or 'none'}. Columns that are not "
        f"known: {', '.join(str(at + 1) for at in sorted(unknown)) or 'none'}."
    )


def carry_out(imported, options):
    """Codes, counts and places in the file; never what stands there."""
    verdict = importing.check(imported)
    alike = verdict.alike if not options["with_similar"] else []
    answer = {
        "import": None,
        "added": 0,
        "would_add": len(verdict.new) + len(verdict.alike) - len(alike),
        "known": [row.number for row in verdict.known],
        "similar": [row.number for row in alike],
        "errors": [f"{error.place}: {error.text}" for error in verdict.problems],
    }
    if not options["dry_run"] and not verdict.problems:
        anyway = [row.number for row in verdict.alike if options["with_similar"]]
        done = importing.store(imported, verdict, anyway=anyway, actor=None)
        answer |= {"import": str(done.pk), "added": done.count}
    return answer


def owner(kind, email, prefix):
    """Whose the rows become, and where."""
    place = municipality(prefix) if prefix else None
    if not email:
        if kind.names_families or (kind == Kind.CONTACTS and not place):
            raise CommandError(
                "--mediator is needed, for contacts --municipality.", returncode=2
            )
        return None, place
    person = User.objects.filter(email__iexact=email, is_active=True).first()
    if person is None:
        raise CommandError(f"There is no account {email}.", returncode=2)
    places = list(kind.places_of(person))
    if place is None and len(places) == 1:
        [place] = places
    if place not in places:
        raise CommandError(f"{email} may not import this there.")
    return person, place


def municipality(prefix):
    place = Municipality.objects.filter(prefix=prefix.upper()).first()
    if place is None:
        raise CommandError(f"No municipality has the prefix {prefix}.", returncode=2)
    return place


def undo(pk):
    imported = Import.objects.filter(pk=pk).first()
    if imported is None or not imported.may_be_undone:
        raise CommandError("There is no such import that could still be undone.")
    try:
        importing.undo(imported, actor=None)
    except importing.InUse as used:
        raise CommandError(f"In use since: {used}.") from None
    return {"import": str(pk), "undone": True}
