"""A month of the whole country is found by its days, however many years the log has."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("cases", "0025_answers_are_sealed")]

    operations = [
        migrations.AddIndex(
            model_name="visit",
            index=models.Index(fields=["visited_on"], name="visit_of_day"),
        ),
    ]
