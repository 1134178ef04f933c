from django.db import migrations

from privacy import append_only
from reports.frozen import VERSIONS


def refuse(apps, schema_editor):
    append_only.refuse_changes(schema_editor.connection, VERSIONS)


def allow(apps, schema_editor):
    append_only.allow_changes(schema_editor.connection, VERSIONS)


class Migration(migrations.Migration):
    dependencies = [("reports", "0010_words_while_they_are_written")]

    operations = [migrations.RunPython(refuse, allow)]
