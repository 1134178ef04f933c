from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from mediators.management.commands.invite import account
from mediators.services import factor_resets


class Command(BaseCommand):
    help = (
        "Take the second factor from an account at once: for an office with one "
        "administrator who has lost it. The owner is told by mail."
    )

    def add_arguments(self, parser):
        parser.add_argument("email")
        parser.add_argument(
            "--force",
            action="store_true",
            help="although two others could do it in the browser, with a day's delay",
        )

    @transaction.atomic
    def handle(self, **options):
        person = account(options["email"])
        if factor_resets.two_others_can(person) and not options["force"]:
            raise CommandError(
                "Two others can do this in the browser, where the owner has a day to say "
                "no. If they cannot sign in either: --force."
            )
        factor_resets.take_away(person, by=None, about=person)
        self.stdout.write(
            f"{person.email} sets up a new second factor at the next sign-in."
        )
