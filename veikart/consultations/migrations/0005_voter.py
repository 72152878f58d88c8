"""Who may vote in a round of prioritising."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("consultations", "0004_reply_draft"),
    ]

    operations = [
        migrations.CreateModel(
            name="Voter",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("round", models.CharField(max_length=200, verbose_name="address of the round")),
                ("no", models.PositiveIntegerField(verbose_name="number")),
                ("name", models.CharField(max_length=200, verbose_name="name")),
                (
                    "token_hash",
                    models.CharField(
                        max_length=64, unique=True, verbose_name="hash of the link’s token"
                    ),
                ),
                (
                    "asked",
                    models.JSONField(
                        blank=True, default=list, verbose_name="the pairs that are asked about"
                    ),
                ),
                ("ballot", models.JSONField(blank=True, null=True, verbose_name="what was voted")),
                (
                    "hearing",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="voters",
                        to="consultations.hearing",
                        verbose_name="hearing",
                    ),
                ),
            ],
            options={
                "verbose_name": "voter",
                "verbose_name_plural": "voters",
                "ordering": ["round", "no"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("round", "no"),
                        name="voter_number_once_in_round",
                        violation_error_message="Somebody else was quicker. Try again.",
                    ),
                    models.UniqueConstraint(
                        fields=("round", "name"),
                        name="voter_once_in_round",
                        violation_error_message="This voter is named already.",
                    ),
                ],
            },
        ),
    ]
