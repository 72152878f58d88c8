"""Documents can be for editors only."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("documents", "0001_initial")]

    operations = [
        migrations.AlterField(
            model_name="document",
            name="visibility",
            field=models.CharField(
                choices=[
                    ("editors", "Editors only"),
                    ("internal", "Internal"),
                    ("public", "Public"),
                ],
                default="internal",
                max_length=10,
                verbose_name="visibility",
            ),
        )
    ]
