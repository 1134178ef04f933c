import json
import sys

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, no_translations
from django.db import transaction

from mediators.emails import link_of
from mediators.models import Appointment, Role, User
from mediators.services import invitations
from municipalities.models import Municipality
from privacy import audit
from privacy.models import Installation, WrongInstallation


class Command(BaseCommand):
    help = (
        "Make an account with a role: the way to the first administrator. Prints a link, "
        "once, by which the person chooses a password and a second factor."
    )

    def add_arguments(self, parser):
        parser.add_argument("--role", required=True, choices=Role.values)
        parser.add_argument("--email", required=True)
        parser.add_argument("--first-name", help="asked for when it is missing")
        parser.add_argument("--last-name", help="asked for when it is missing")
        parser.add_argument(
            "--municipality",
            metavar="PREFIX",
            help="for mediators and coordinators, e.g. RIX",
        )
        parser.add_argument("--json", action="store_true", help="print a JSON object")

    @no_translations
    def handle(self, **options):
        if settings.DEMO:
            raise CommandError(
                "DEMO=true: a demo has its own accounts, see manage.py demo_accounts."
            )
        place = municipality(options["municipality"])
        person = User(
            email=User.objects.normalize_email(options["email"]).lower(),
            first_name=options["first_name"] or ask("First name"),
            last_name=options["last_name"] or ask("Last name"),
        )
        refuse_invalid(person.clean_fields, exclude=["password"])
        if User.objects.filter(email=person.email).exists():
            raise CommandError(f"There is an account with {person.email} already.")
        token = create(person, options["role"], place)
        account = {
            "role": options["role"],
            "email": person.email,
            "link": link_of(token),
            "municipality": place and place.label_lv,
        }
        self.report(account, as_json=options["json"])

    def report(self, account, *, as_json):
        if as_json:
            self.stdout.write(json.dumps(account, ensure_ascii=False))
            return
        self.stdout.write(f"Made the account {account['email']} ({account['role']}).")
        self.stdout.write(
            "The link to a password opens once, within 72 hours, and is shown only now:\n"
            + account["link"]
        )


def municipality(prefix):
    if prefix is None:
        return None
    place = Municipality.objects.valid().filter(prefix=prefix.upper()).first()
    if place is None:
        raise CommandError(
            f"No municipality has the prefix {prefix}. Load them with: "
            "manage.py load_reference",
            returncode=2,
        )
    return place


def ask(label):
    """A missing answer, from the person at the terminal."""
    if not sys.stdin.isatty():
        option = f"--{label.lower().replace(' ', '-')}"
        raise CommandError(f"{option} is missing.", returncode=2)
    return input(f"{label}: ").strip()


@transaction.atomic
def create(person, role, place):
    """Account and appointment; from now on the database holds real data. The token of
    the invitation is returned, and kept nowhere."""
    try:
        Installation.objects.mark(demo=False)
    except WrongInstallation as problem:
        raise CommandError(str(problem)) from None
    person.set_unusable_password()
    refuse_invalid(person.full_clean)
    person.save()
    appointment = Appointment(user=person, role=role, municipality=place)
    refuse_invalid(appointment.full_clean)
    appointment.save()
    audit.record(None, audit.Verb.CREATE, person)
    audit.record(None, audit.Verb.CREATE, appointment, role=role)
    return invitations.make(person, by=None).give_token()


def refuse_invalid(check, **options):
    try:
        check(**options)
    except ValidationError as error:
        raise CommandError(" ".join(error.messages), returncode=2) from None
