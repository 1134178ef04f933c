"""A file of all cases asks each for its entries of a period."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("cases", "0026_indexes_of_a_long_log")]

    operations = [
        migrations.AddIndex(
            model_name="visit",
            index=models.Index(
                fields=["case", "visited_on", "id"], name="visit_of_case"
            ),
        ),
        migrations.AlterField(
            model_name="visit",
            name="case",
            field=models.ForeignKey(
                blank=True,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="visits",
                to="cases.case",
                verbose_name="case",
            ),
        ),
    ]
