from django.db import migrations

from privacy import append_only


def refuse(apps, schema_editor):
    append_only.allow_changes(schema_editor.connection)
    append_only.refuse_changes(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [("privacy", "0004_verbs_of_grants")]

    operations = [migrations.RunPython(refuse, migrations.RunPython.noop)]
