"""Write the PDF of a monthly report to a file, as the page would give it."""

import re
from datetime import date
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from mediators.models import User
from privacy.files import write_for_owner
from reports.models import MonthlyReport
from reports.pdf import PdfFailed, report_pdf
from reports.services.delivery import make_pdf
from reports.services.review import figures_for
from reports.snapshot import take

MONTH = re.compile(r"(\d{4})-(0[1-9]|1[0-2])")


class Command(BaseCommand):
    help = (
        "Writes the stored PDF of the newest approved version, or the preview of a "
        "report that is not approved yet. Exit codes: 0 written, 1 no such report or "
        "it could not be written, 2 the arguments do not make sense."
    )

    def add_arguments(self, parser):
        parser.add_argument("--mediator", required=True, metavar="EMAIL")
        parser.add_argument("--month", required=True, metavar="YYYY-MM")
        parser.add_argument("--out", required=True, type=Path, metavar="FILE.pdf")
        parser.add_argument(
            "--municipality",
            metavar="PREFIX",
            help="needed when the mediator works in several municipalities",
        )

    def handle(self, *, mediator, month, out, municipality, **options):
        report = _report(mediator, _month(month), municipality)
        content, name = _pdf(report)
        try:
            write_for_owner(out, content)
        except OSError as problem:
            raise CommandError(
                f"{out} cannot be written: {problem.strerror}."
            ) from None
        self.stdout.write(f"{out}: {name}, {len(content)} bytes")


def _month(text):
    found = MONTH.fullmatch(text)
    if not found:
        raise CommandError(
            f"--month is written YYYY-MM, for example 2026-10, not {text}.",
            returncode=2,
        )
    return date(int(found[1]), int(found[2]), 1)


def _report(email, month, prefix):
    mediator = User.objects.filter(email__iexact=email).first()
    if mediator is None:
        raise CommandError(f"There is no account {email}.", returncode=2)
    reports = MonthlyReport.objects.filter(mediator=mediator, month=month)
    if prefix:
        reports = reports.filter(municipality__prefix__iexact=prefix)
    found = list(reports.select_related("municipality", "mediator"))
    if len(found) > 1:
        prefixes = ", ".join(report.municipality.prefix for report in found)
        raise CommandError(
            f"There are reports for {prefixes}: choose one with --municipality.",
            returncode=2,
        )
    if not found:
        raise CommandError(f"There is no report of {email} for {month:%Y-%m}.")
    return found[0]


def _pdf(report):
    """The bytes and what they are."""
    version = report.versions.first() if report.is_final else None
    if version is None:
        try:
            return report_pdf(take(report, figures_for(report))).content, "draft"
        except PdfFailed as failure:
            raise CommandError(f"The PDF could not be made: {failure}") from failure
    if not make_pdf(version):
        raise CommandError(f"The PDF could not be made: {version.pdf_error}")
    with version.pdf.open() as stored:
        return stored.read(), f"version {version.number}, code {version.code}"
