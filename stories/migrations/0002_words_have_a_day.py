"""The day of the words, and ideas that were taken down go back to their mediators."""

import django.utils.timezone
from django.db import migrations, models


def tell_the_day(apps, schema_editor):
    """Of words that stand there already: when they were sent for agreement, or begun."""
    for story in apps.get_model("stories", "Story").objects.all():
        sent = story.events.filter(action="propose").order_by("at").last()
        moment = sent.at if sent else story.created_at
        story.worded_on = django.utils.timezone.localdate(moment)
        story.save(update_fields=["worded_on"])


def give_ideas_back(apps, schema_editor):
    """What was never handed over may hold names; an erased family's has no mark."""
    removed = apps.get_model("stories", "Story").objects.filter(status="removed")
    removed.exclude(events__action="hand_in").exclude(mark="").update(status="idea")


class Migration(migrations.Migration):
    dependencies = [("stories", "0001_stories_publicity_materials")]

    operations = [
        migrations.AddField(
            model_name="story",
            name="worded_on",
            field=models.DateField(
                default=django.utils.timezone.localdate,
                editable=False,
                verbose_name="words last changed",
            ),
        ),
        migrations.RunPython(tell_the_day, migrations.RunPython.noop, elidable=True),
        migrations.RunPython(give_ideas_back, migrations.RunPython.noop, elidable=True),
    ]
