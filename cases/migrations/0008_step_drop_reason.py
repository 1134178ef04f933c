import django.utils.timezone
from django.db import migrations, models


def say_what_the_button_said(apps, schema_editor):
    """Until now the only button to drop a step said “No longer needed”."""
    steps = apps.get_model("cases", "NextStep").objects
    steps.filter(status="dropped").update(drop_reason="not_needed")


class Migration(migrations.Migration):
    dependencies = [("cases", "0007_deleted_visit")]

    operations = [
        migrations.AddField(
            model_name="nextstep",
            name="drop_reason",
            field=models.CharField(
                blank=True,
                choices=[
                    ("not_needed", "No longer needed"),
                    ("family_declined", "The family does not want it"),
                    ("done_otherwise", "Done otherwise"),
                    ("moved_away", "The family moved away"),
                    ("other", "Another reason"),
                    ("case_closed", "The case was closed"),
                    ("corrected", "The entry was corrected"),
                ],
                default="",
                max_length=20,
                verbose_name="why it was dropped",
            ),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="nextstep",
            name="updated_at",
            field=models.DateTimeField(
                auto_now=True, default=django.utils.timezone.now
            ),
            preserve_default=False,
        ),
        migrations.RunPython(say_what_the_button_said, migrations.RunPython.noop),
    ]
