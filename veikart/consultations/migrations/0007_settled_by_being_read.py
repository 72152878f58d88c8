"""What needs a person may be settled by what came later, with nobody’s name and a note of what it was."""

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("consultations", "0006_guard_files"),
        ("documents", "0002_editors_only"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="intakeitem",
            name="item_settled_by_somebody",
        ),
        migrations.AddConstraint(
            model_name="intakeitem",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("settled_at", None), ("settled_by", None)),
                    models.Q(("settled_at__isnull", False), ("settled_by__isnull", False)),
                    models.Q(("note__isnull", False), ("settled_at__isnull", False)),
                    _connector="OR",
                ),
                name="item_settled_by_somebody",
                violation_error_message="Give both when it was settled and who settled it, or what settled it.",
            ),
        ),
    ]
