from django.core.management.base import BaseCommand, CommandError

from families import reference_data
from municipalities.reference_data import BrokenReferenceData


class Command(BaseCommand):
    help = (
        "Add and update regions, municipalities, vocabularies, the texts read to families "
        "and the code of ethics from the files that come with the product. Removes "
        "nothing; running it again changes nothing."
    )

    def handle(self, **options):
        try:
            results = reference_data.load()
        except BrokenReferenceData as problem:
            raise CommandError(f"Nothing was loaded. {problem}") from None
        for result in results:
            self.stdout.write(
                f"{result.file}: {result.added} added, {result.changed} changed, "
                f"{result.unchanged} as before"
            )
            for name in sorted(result.left_out):
                self.stdout.write(f"  not used by this version: {name}")
