from django.core.management.base import BaseCommand
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

    @transaction.atomic
    def handle(self, **options):
        person = account(options["email"])
        factor_resets.take_away(person, by=None, about=person)
        self.stdout.write(
            f"{person.email} sets up a new second factor at the next sign-in."
        )
