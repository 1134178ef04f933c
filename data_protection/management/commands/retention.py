"""``manage.py retention``: what has been kept long enough, and ending it."""

import json

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from data_protection.models import RetentionRun
from data_protection.services import retention
from data_protection.services.alerts import tell_officers
from mediators.models import Role, User
from privacy import audit


class Command(BaseCommand):
    help = (
        "Tells what has been kept long enough (--dry-run), or ends it (--run). A run "
        "needs two people: one that was ordered and confirmed on the page of retention, "
        "or their accounts here. An interrupted run goes on. Exit codes: 0 done, "
        "1 refused, 2 the arguments do not make sense."
    )

    def add_arguments(self, parser):
        deed = parser.add_mutually_exclusive_group(required=True)
        deed.add_argument("--dry-run", action="store_true", help="change nothing")
        deed.add_argument("--run", action="store_true", help="carry out a run")
        parser.add_argument("--by", metavar="EMAIL", help="the officer who orders it")
        parser.add_argument("--confirmed-by", metavar="EMAIL", help="the second person")
        parser.add_argument("--json", action="store_true")

    def handle(self, **options):
        if options["dry_run"]:
            answer = _dry_run()
        else:
            run = _confirmed_run(options["by"], options["confirmed_by"])
            answer = {"run": str(run.pk), "done": retention.carry_out(run.pk).done}
            tell_officers("retention --run", sum(answer["done"].values()))
        if options["json"]:
            self.stdout.write(json.dumps(answer))
        else:
            for kind, count in (answer.get("due") or answer.get("done") or {}).items():
                self.stdout.write(f"{kind:<12} {count:>6}")


def _dry_run():
    dues = retention.dry_run()
    codes = {due.job.key: due.codes for due in dues if due.codes}
    return {"due": retention.as_counts(dues), "codes": codes}


def _confirmed_run(by, confirmed_by):
    """The run that two people have started, here or on the page."""
    if bool(by) != bool(confirmed_by):
        raise CommandError("--by and --confirmed-by belong together.", returncode=2)
    if not by:
        run = RetentionRun.objects.to_do().first()
        if run is None:
            raise CommandError("No run was confirmed. Nothing was changed.")
        return run
    first, second = _person(by), _person(confirmed_by)
    if not first.has_role(Role.DATA_PROTECTION_OFFICER):
        raise CommandError(f"{by} is no data-protection officer.")
    with transaction.atomic():
        run = retention.order(by=first)
        if run is None:
            raise CommandError("Another run is under way.")
        if run.planned_as_of is None:
            retention.count_now()
            run.refresh_from_db()
        if not retention.agree(run, by=second):
            raise CommandError(f"{confirmed_by} cannot be the second person.")
        # Neither of them did it, but whoever is on the server
        audit.record(None, audit.Verb.UPDATE, run, by="command")
    return run


def _person(email):
    person = User.objects.filter(email__iexact=email, is_active=True).first()
    if person is None:
        raise CommandError(f"There is no account {email}.", returncode=2)
    return person
