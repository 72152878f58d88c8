"""E-mail that was kept, known again by what its sender wrote."""

import django.db.models.deletion
from django.db import migrations, models

import veikart.core.fields


class Migration(migrations.Migration):
    dependencies = [
        ("consultations", "0002_guard"),
        ("documents", "0002_editors_only"),
    ]

    operations = [
        migrations.CreateModel(
            name="KeptMessage",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "fingerprint",
                    models.CharField(max_length=64, unique=True, verbose_name="fingerprint"),
                ),
                (
                    "message_id",
                    veikart.core.fields.OptionalCharField(
                        blank=True, max_length=998, null=True, verbose_name="Message-ID"
                    ),
                ),
                ("kept_at", models.DateTimeField(verbose_name="kept at")),
                (
                    "document",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="documents.document",
                        verbose_name="document",
                    ),
                ),
            ],
            options={
                "verbose_name": "kept e-mail",
                "verbose_name_plural": "kept e-mails",
                "ordering": ["-kept_at", "-pk"],
            },
        ),
    ]
