from django.core.management.base import BaseCommand, CommandError

from municipalities import reference_data


class Command(BaseCommand):
    help = (
        "Add and update regions, municipalities and vocabularies from the files that "
        "come with the product. Removes nothing; running it again changes nothing."
    )

    def handle(self, **options):
        try:
            results = reference_data.load()
        except reference_data.BrokenReferenceData as problem:
            raise CommandError(f"Nothing was loaded. {problem}") from None
        for result in results:
            self.stdout.write(
                f"{result.file}: {result.added} added, {result.changed} changed, "
                f"{result.unchanged} as before"
            )
            for name in sorted(result.left_out):
                self.stdout.write(f"  not used by this version: {name}")
