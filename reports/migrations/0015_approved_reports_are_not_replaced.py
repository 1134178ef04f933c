from django.db import migrations

from privacy import append_only
from reports.frozen import VERSIONS


def refuse(apps, schema_editor):
    append_only.allow_changes(schema_editor.connection, VERSIONS)
    append_only.refuse_changes(schema_editor.connection, VERSIONS)


class Migration(migrations.Migration):
    dependencies = [("reports", "0014_exports_in_the_background")]

    operations = [migrations.RunPython(refuse, migrations.RunPython.noop)]
