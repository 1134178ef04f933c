"""What is asked of a log of ten years is found without walking through it."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("cases", "0025_answers_are_sealed")]

    operations = [
        migrations.AddIndex(
            model_name="visit",
            index=models.Index(fields=["visited_on"], name="visit_of_day"),
        ),
        migrations.AddIndex(
            model_name="visit",
            index=models.Index(
                condition=models.Q(("told_in__isnull", False)),
                fields=["mediator", "told_in"],
                name="visit_told_late",
            ),
        ),
        migrations.AddIndex(
            model_name="nextstep",
            index=models.Index(
                condition=models.Q(("status", "open")),
                fields=["municipality", "due_on"],
                name="step_open_in_place",
            ),
        ),
    ]
