"""The decision of a council that approved an edition, as it was then."""

from importlib import import_module

from django.db import migrations, models

guarding = import_module("veikart.editions.migrations.0002_guard")


class Migration(migrations.Migration):
    dependencies = [("editions", "0002_guard")]

    operations = [
        # SQLite rebuilds the table, which the triggers would not survive.
        migrations.RunPython(guarding.unguard, guarding.guard),
        migrations.AddField(
            model_name="edition",
            name="decision",
            field=models.JSONField(
                blank=True, null=True, verbose_name="decision that approved it"
            ),
        ),
        migrations.AddConstraint(
            model_name="edition",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("state", "approved"), ("decision__isnull", True), _connector="OR"
                ),
                name="edition_decided_when_approved",
                violation_error_message="Only an approved edition has a decision.",
            ),
        ),
        migrations.RunPython(guarding.guard, guarding.unguard),
    ]
