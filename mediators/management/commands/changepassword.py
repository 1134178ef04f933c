from django.core.management.base import BaseCommand, CommandError


class Command(BaseCommand):
    """In place of Django's command of this name: passwords are their owners' alone."""

    help = (
        "Refused: nobody chooses the password of somebody else. See: manage.py invite"
    )

    def add_arguments(self, parser):
        parser.add_argument("username", nargs="?")

    def handle(self, **options):
        raise CommandError(
            "Nobody chooses the password of somebody else. Print a link by which its "
            "owner does: manage.py invite EMAIL"
        )
