"""Rows of a proposal that are accepted together, and fields that a person has to give."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """Two columns for what documents about councils need."""

    dependencies = [("intake", "0004_given_by_a_person")]

    operations = [
        migrations.AddField(
            model_name="proposalrow",
            name="asked",
            field=models.JSONField(default=dict, verbose_name="to be given by a person"),
        ),
        migrations.AddField(
            model_name="proposalrow",
            name="belongs_to",
            field=models.CharField(
                blank=True,
                default="",
                max_length=300,
                verbose_name="address of what it stands or falls with",
            ),
            preserve_default=False,
        ),
    ]
