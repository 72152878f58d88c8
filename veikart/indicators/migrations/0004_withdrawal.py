"""Data sets can be withdrawn, and the files they came from are for editors."""

import django.db.models.deletion
from django.apps.registry import Apps
from django.conf import settings
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def for_editors(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """What data sets were read from until now; a file that was made public stays so."""
    documents = apps.get_model("documents", "Document").objects.using(
        schema_editor.connection.alias
    )
    read = documents.filter(visibility="internal", data_sets__isnull=False)
    documents.filter(pk__in=list(read.values_list("pk", flat=True))).update(visibility="editors")


class Migration(migrations.Migration):
    dependencies = [
        ("documents", "0002_editors_only"),
        ("indicators", "0003_disclosure"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Withdrawal",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("reason", models.TextField(verbose_name="reason")),
                ("withdrawn_at", models.DateTimeField(verbose_name="withdrawn at")),
                (
                    "data_set",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="withdrawal",
                        to="indicators.dataset",
                        verbose_name="data set",
                    ),
                ),
                (
                    "withdrawn_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="withdrawn by",
                    ),
                ),
            ],
            options={
                "verbose_name": "withdrawal of a data set",
                "verbose_name_plural": "withdrawals of data sets",
                "ordering": ["withdrawn_at", "pk"],
            },
        ),
        migrations.RunPython(for_editors, migrations.RunPython.noop),
    ]
