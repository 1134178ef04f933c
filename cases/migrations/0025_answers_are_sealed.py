"""Answers of participants and grounds of incidents are encrypted like texts of people."""

from django.db import migrations

import privacy.fields


def _fields(apps):
    for name in ("Participant", "Incident"):
        model = apps.get_model("cases", name)
        sealed = [
            field.name
            for field in model._meta.concrete_fields
            if isinstance(field, privacy.fields.EncryptedChoiceField)
        ]
        yield model, sealed


def seal(apps, schema_editor):
    """What stands there as a token is still the word itself."""
    for model, names in _fields(apps):
        for row in model.objects.iterator():
            for name in names:
                stored = row.__dict__[name]
                setattr(row, name, stored.token if stored else stored)
            row.save(update_fields=names)


def unseal(apps, schema_editor):
    for model, names in _fields(apps):
        for row in model.objects.iterator():
            words = {name: getattr(row, name) for name in names}
            # A token is stored as it is, so that the word stands there again
            readable = {
                name: privacy.fields.Sealed(word) if word else word
                for name, word in words.items()
            }
            model.objects.filter(pk=row.pk).update(**readable)


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0024_no_way_without_transport"),
    ]

    operations = [
        migrations.AlterField(
            model_name="incident",
            name="ground",
            field=privacy.fields.EncryptedChoiceField(
                choices=[
                    ("roma", "Roma origin"),
                    ("language", "Language"),
                    ("sex", "Sex"),
                    ("age", "Age"),
                    ("disability", "Disability"),
                    ("religion", "Religion or belief"),
                    ("property", "Property or social status"),
                    ("other", "Another ground"),
                ],
                default="roma",
                max_length=20,
                verbose_name="ground",
            ),
        ),
        migrations.AlterField(
            model_name="participant",
            name="disability",
            field=privacy.fields.EncryptedChoiceField(
                blank=True,
                choices=[
                    ("yes", "Yes"),
                    ("no", "No"),
                    ("declined", "Does not want to answer"),
                ],
                max_length=10,
                verbose_name="has a disability",
            ),
        ),
        migrations.AlterField(
            model_name="participant",
            name="education",
            field=privacy.fields.EncryptedChoiceField(
                blank=True,
                choices=[
                    ("lower", "Basic or less (ISCED 0–2)"),
                    ("upper", "Secondary or vocational (ISCED 3–4)"),
                    ("tertiary", "Higher (ISCED 5–8)"),
                    ("declined", "Does not want to answer"),
                ],
                max_length=10,
                verbose_name="education at the beginning",
            ),
        ),
        migrations.AlterField(
            model_name="participant",
            name="foreign_background",
            field=privacy.fields.EncryptedChoiceField(
                blank=True,
                choices=[
                    ("yes", "Yes"),
                    ("no", "No"),
                    ("declined", "Does not want to answer"),
                ],
                max_length=10,
                verbose_name="of foreign background",
            ),
        ),
        migrations.AlterField(
            model_name="participant",
            name="homeless",
            field=privacy.fields.EncryptedChoiceField(
                blank=True,
                choices=[
                    ("yes", "Yes"),
                    ("no", "No"),
                    ("declined", "Does not want to answer"),
                ],
                max_length=10,
                verbose_name="without a home or in danger to lose it",
            ),
        ),
        migrations.AlterField(
            model_name="participant",
            name="labour",
            field=privacy.fields.EncryptedChoiceField(
                blank=True,
                choices=[
                    ("unemployed", "Unemployed"),
                    ("long_term", "Unemployed for longer than a year"),
                    ("inactive", "Neither works nor looks for work"),
                    ("employed", "Works, also for themselves"),
                    ("declined", "Does not want to answer"),
                ],
                max_length=12,
                verbose_name="work at the beginning",
            ),
        ),
        migrations.AlterField(
            model_name="participant",
            name="later_better",
            field=privacy.fields.EncryptedChoiceField(
                blank=True,
                choices=[
                    ("yes", "Yes"),
                    ("no", "No"),
                    ("declined", "Does not want to answer"),
                ],
                max_length=10,
                verbose_name="has better work six months later",
            ),
        ),
        migrations.AlterField(
            model_name="participant",
            name="later_working",
            field=privacy.fields.EncryptedChoiceField(
                blank=True,
                choices=[
                    ("yes", "Yes"),
                    ("no", "No"),
                    ("declined", "Does not want to answer"),
                ],
                max_length=10,
                verbose_name="works six months later",
            ),
        ),
        migrations.AlterField(
            model_name="participant",
            name="left_learning",
            field=privacy.fields.EncryptedChoiceField(
                blank=True,
                choices=[
                    ("yes", "Yes"),
                    ("no", "No"),
                    ("declined", "Does not want to answer"),
                ],
                max_length=10,
                verbose_name="learns after it",
            ),
        ),
        migrations.AlterField(
            model_name="participant",
            name="left_qualified",
            field=privacy.fields.EncryptedChoiceField(
                blank=True,
                choices=[
                    ("yes", "Yes"),
                    ("no", "No"),
                    ("declined", "Does not want to answer"),
                ],
                max_length=10,
                verbose_name="gained a qualification",
            ),
        ),
        migrations.AlterField(
            model_name="participant",
            name="left_searching",
            field=privacy.fields.EncryptedChoiceField(
                blank=True,
                choices=[
                    ("yes", "Yes"),
                    ("no", "No"),
                    ("declined", "Does not want to answer"),
                ],
                max_length=10,
                verbose_name="looks for work after it",
            ),
        ),
        migrations.AlterField(
            model_name="participant",
            name="left_working",
            field=privacy.fields.EncryptedChoiceField(
                blank=True,
                choices=[
                    ("yes", "Yes"),
                    ("no", "No"),
                    ("declined", "Does not want to answer"),
                ],
                max_length=10,
                verbose_name="works after it",
            ),
        ),
        migrations.AlterField(
            model_name="participant",
            name="minority",
            field=privacy.fields.EncryptedChoiceField(
                blank=True,
                choices=[
                    ("yes", "Yes"),
                    ("no", "No"),
                    ("declined", "Does not want to answer"),
                ],
                max_length=10,
                verbose_name="belongs to a minority, such as Roma",
            ),
        ),
        migrations.AlterField(
            model_name="participant",
            name="rural",
            field=privacy.fields.EncryptedChoiceField(
                blank=True,
                choices=[
                    ("yes", "Yes"),
                    ("no", "No"),
                    ("declined", "Does not want to answer"),
                ],
                max_length=10,
                verbose_name="lives in the countryside",
            ),
        ),
        migrations.AlterField(
            model_name="participant",
            name="sex",
            field=privacy.fields.EncryptedChoiceField(
                blank=True,
                choices=[
                    ("female", "Woman"),
                    ("male", "Man"),
                    ("declined", "Does not want to answer"),
                ],
                max_length=10,
                verbose_name="sex",
            ),
        ),
        migrations.AlterField(
            model_name="participant",
            name="third_country",
            field=privacy.fields.EncryptedChoiceField(
                blank=True,
                choices=[
                    ("yes", "Yes"),
                    ("no", "No"),
                    ("declined", "Does not want to answer"),
                ],
                max_length=10,
                verbose_name="citizen of a third country",
            ),
        ),
        migrations.RunPython(seal, unseal),
    ]
