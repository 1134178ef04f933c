import getpass
import json
import secrets
import sys

from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, no_translations
from django.db import transaction

from mediators.models import Appointment, Role, User
from municipalities.models import Municipality
from privacy import audit
from privacy.models import Installation, WrongInstallation

ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"


class Command(BaseCommand):
    help = (
        "Make an account with a role: the way to the first administrator. Asks for a "
        "password on a terminal, otherwise makes one and prints it once."
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
        chosen = choose_password(person) if sys.stdin.isatty() else None
        password = chosen or generated_password()
        create(person, password, options["role"], place)
        account = {
            "role": options["role"],
            "email": person.email,
            "password": None if chosen else password,
            "municipality": place and place.label_lv,
        }
        self.report(account, as_json=options["json"])

    def report(self, account, *, as_json):
        """A password that the person chose is not repeated."""
        if as_json:
            self.stdout.write(json.dumps(account, ensure_ascii=False))
            return
        self.stdout.write(f"Made the account {account['email']} ({account['role']}).")
        if account["password"]:
            self.stdout.write(f"Password, shown only now: {account['password']}")


def municipality(prefix):
    if prefix is None:
        return None
    place = Municipality.objects.valid().filter(prefix=prefix.upper()).first()
    if place is None:
        raise CommandError(
            f"No municipality has the prefix {prefix}. Load them with: "
            "manage.py load_reference"
        )
    return place


def ask(label):
    """A missing answer, from the person at the terminal."""
    if not sys.stdin.isatty():
        option = f"--{label.lower().replace(' ', '-')}"
        raise CommandError(f"{option} is missing.")
    return input(f"{label}: ").strip()


def choose_password(person):
    """Asked for twice, until both are the same and good enough."""
    while True:
        password = getpass.getpass("Password (at least 12 characters): ")
        if password != getpass.getpass("The same again: "):
            sys.stderr.write("The passwords differ. Try again.\n")
            continue
        try:
            validate_password(password, person)
        except ValidationError as error:
            sys.stderr.write("\n".join(error.messages) + "\n")
            continue
        return password


def generated_password():
    """100 bits that can be read out on the phone."""
    letters = [secrets.choice(ALPHABET) for _position in range(20)]
    return "-".join("".join(letters[start : start + 5]) for start in range(0, 20, 5))


@transaction.atomic
def create(person, password, role, place):
    """Account and appointment; from now on the database holds real data."""
    try:
        Installation.objects.mark(demo=False)
    except WrongInstallation as problem:
        raise CommandError(str(problem)) from None
    person.set_password(password)
    refuse_invalid(person.full_clean)
    person.save()
    appointment = Appointment(user=person, role=role, municipality=place)
    refuse_invalid(appointment.full_clean)
    appointment.save()
    audit.record(None, audit.Verb.CREATE, person)
    audit.record(None, audit.Verb.CREATE, appointment, role=role)


def refuse_invalid(check, **options):
    try:
        check(**options)
    except ValidationError as error:
        raise CommandError(" ".join(error.messages)) from None
