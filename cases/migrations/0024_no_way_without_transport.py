"""Kilometres belong to a transport that has a way: those told without one go."""

from django.db import migrations


def forget(apps, schema_editor):
    visits = apps.get_model("cases", "Visit").objects.exclude(kilometres=None)
    visits.filter(transport__code="NONE").update(kilometres=None)


class Migration(migrations.Migration):
    dependencies = [("cases", "0023_venue")]
    operations = [migrations.RunPython(forget, migrations.RunPython.noop)]
