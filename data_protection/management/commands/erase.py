"""``manage.py erase``: one family or person, or once more after a restore."""

import json
import sys
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction

from data_protection.models import Erasure, SubjectRequest
from data_protection.models.request import AlreadyDecided
from data_protection.services import erasure, requests
from data_protection.services.alerts import tell_officers
from families.models import Family
from mediators.models import Role, User
from privacy import audit


class Command(BaseCommand):
    help = (
        "Erases a family, or one of its people, for two people (--by and "
        "--confirmed-by); says with --dry-run what that would change; lists what was "
        "erased (--list), and erases that again after a restore (--replay). Exit codes: "
        "0 done, 1 refused, 2 the arguments do not make sense."
    )

    def add_arguments(self, parser):
        deed = parser.add_mutually_exclusive_group(required=True)
        deed.add_argument("--family", metavar="CODE", help="for example UPC-009")
        deed.add_argument("--list", action="store_true", help="ids, for the backup")
        deed.add_argument(
            "--replay",
            nargs="?",
            const="",
            metavar="FILE",
            help="a list of --list --json, - for the standard input; without a file "
            "the list in the database",
        )
        parser.add_argument("--person", metavar="ID", help="one person of the family")
        parser.add_argument("--dry-run", action="store_true", help="change nothing")
        parser.add_argument("--by", metavar="EMAIL")
        parser.add_argument("--confirmed-by", metavar="EMAIL")
        parser.add_argument("--json", action="store_true")

    def handle(self, **options):
        if options["list"]:
            answer = {"erasures": _listed()}
        elif options["replay"] is not None:
            answer = _again(_to_replay(options["replay"]))
        else:
            answer = _of_family(options)
        if options["json"]:
            self.stdout.write(json.dumps(answer, cls=DjangoJSONEncoder))
        else:
            for name, value in answer.items():
                self.stdout.write(f"{name}: {value}")


def _listed():
    return list(Erasure.objects.values("family_id", "member_id", "why"))


def _to_replay(path):
    if not path:
        listed = _listed()
        if not listed:
            raise CommandError(
                "This database lists no erasure, so there is nothing to do again. After a "
                "restore give the list that is kept outside: erase --replay FILE"
            )
        return listed
    try:
        text = sys.stdin.read() if path == "-" else Path(path).read_text()
        return json.loads(text)["erasures"]
    except (OSError, ValueError, KeyError, TypeError):
        raise CommandError(
            f"{path} holds no list made by --list --json.", returncode=2
        ) from None


def _again(rows):
    codes, held = erasure.replay(rows)
    if codes:
        tell_officers("erase --replay", len(codes))
    return {"listed": len(rows), "erased_again": codes} | (
        {"held": held} if held else {}
    )


def _of_family(options):
    family = Family.objects.filter(code__iexact=options["family"]).first()
    if family is None:
        raise CommandError(f"There is no family {options['family']}.", returncode=2)
    member = _member(family, options["person"])
    if options["dry_run"]:
        plan = erasure.plan_member(member) if member else erasure.plan_family(family)
        return {
            "family": family.code,
            "would_change": plan.counts,
            "open_cases": plan.open_cases,
            "held": erasure.is_held(family),
        }
    if erasure.is_erased(family):
        raise CommandError(f"{family.code} is erased already. Nothing was changed.")
    if not (options["by"] and options["confirmed_by"]):
        raise CommandError("An erasure needs --by and --confirmed-by.", returncode=2)
    request = _for_two_people(family, member, options)
    return {"family": family.code, "request": request.code, "erased": True}


def _member(family, pk):
    if not pk:
        return None
    found = [person for person in family.members.all() if str(person.pk) == pk]
    if not found:
        raise CommandError(f"{family.code} has no such person.", returncode=2)
    return found[0]


@transaction.atomic
def _for_two_people(family, member, options):
    """The same way as on the pages: taken down by one, confirmed by another.

    The audit says besides that neither of them did it, but whoever is on the server.
    """
    first, second = _person(options["by"]), _person(options["confirmed_by"])
    seen = Family.objects.assigned_to(first).contains(family)
    if not seen and not first.has_role(Role.DATA_PROTECTION_OFFICER):
        raise CommandError(f"{first.email} may not ask for this.")
    request = SubjectRequest(
        kind=SubjectRequest.Kind.ERASURE, family=family, member=member
    )
    requests.receive(request, by=first)
    try:
        requests.confirm(request, by=second)
    except AlreadyDecided:
        raise CommandError(f"{second.email} cannot be the second person.") from None
    except erasure.Held:
        raise CommandError(f"{family.code} is held by law.") from None
    audit.record(None, audit.Verb.UPDATE, request, code=request.code, by="command")
    tell_officers("erase", 1)
    return request


def _person(email):
    person = User.objects.filter(email__iexact=email, is_active=True).first()
    if person is None:
        raise CommandError(f"There is no account {email}.", returncode=2)
    return person
