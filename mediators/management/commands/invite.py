import json

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from mediators.emails import link_of
from mediators.models import User
from mediators.services import invitations


class Command(BaseCommand):
    help = (
        "Print a link by which the owner of an account chooses a password: for an "
        "installation whose mails do not arrive. An older link opens nothing any more."
    )

    def add_arguments(self, parser):
        parser.add_argument("email")
        parser.add_argument("--json", action="store_true", help="print a JSON object")

    @transaction.atomic
    def handle(self, **options):
        person = account(options["email"])
        token = invitations.make(person, by=None).give_token()
        if options["json"]:
            answer = {"email": person.email, "link": link_of(token)}
            self.stdout.write(json.dumps(answer))
        else:
            self.stdout.write(f"Opens once, shown only now:\n{link_of(token)}")


def account(email):
    """The account with this address, switched on."""
    person = User.objects.filter(email=email.strip().lower(), is_active=True).first()
    if person is None:
        raise CommandError(f"No active account has the address {email}.")
    return person
