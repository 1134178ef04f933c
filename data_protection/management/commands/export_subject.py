"""``manage.py export_subject``: the copy of one person's data, as the page gives it."""

import json
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from data_protection.models import SubjectRequest
from data_protection.services.subject_export import hand_out
from mediators.models import User
from privacy.files import write_for_owner
from reports.pdf import PdfFailed


class Command(BaseCommand):
    help = (
        "Writes everything that is held about the person of a confirmed request, others "
        "taken out, to a file that ends with .json or .pdf. Exit codes: 0 written, "
        "1 refused, 2 the arguments do not make sense."
    )

    def add_arguments(self, parser):
        parser.add_argument("--request", required=True, metavar="CODE")
        parser.add_argument(
            "--by", required=True, metavar="EMAIL", help="who hands it out"
        )
        parser.add_argument("--out", required=True, type=Path, metavar="FILE")
        parser.add_argument("--json", action="store_true", help="answer in JSON")

    def handle(self, *, request, by, out, **options):
        if out.suffix not in (".json", ".pdf"):
            raise CommandError("--out ends with .json or .pdf.", returncode=2)
        person = User.objects.filter(email__iexact=by, is_active=True).first()
        if person is None:
            raise CommandError(f"There is no account {by}.", returncode=2)
        given = SubjectRequest.objects.handed_out_by(person)
        found = given.filter(code__iexact=request).first()
        if found is None:
            raise CommandError(
                f"{request} is no confirmed request for a copy that {by} may hand out."
            )
        try:
            file = hand_out(found, out.suffix[1:], by=person, command="export_subject")
            content = file.content
            write_for_owner(out, content)
        except (PdfFailed, OSError) as problem:
            raise CommandError(f"{out} cannot be written: {problem}") from None
        answer = {"request": found.code, "file": str(out), "bytes": len(content)}
        self.stdout.write(
            json.dumps(answer) if options["json"] else f"{out}: {len(content)} bytes"
        )
