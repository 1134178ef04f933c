from django.db import migrations

from privacy import append_only


def begin_the_chain(apps, schema_editor):
    apps.get_model("privacy", "AuditHead").objects.create()
    append_only.refuse_changes(schema_editor.connection)


def end_the_chain(apps, schema_editor):
    append_only.allow_changes(schema_editor.connection)
    apps.get_model("privacy", "AuditHead").objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [("privacy", "0001_initial")]

    operations = [migrations.RunPython(begin_the_chain, end_the_chain)]
