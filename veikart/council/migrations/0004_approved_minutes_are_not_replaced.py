"""SQLite asks no trigger of deletion when `INSERT OR REPLACE` puts a row in place of another."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

REFUSAL = "Approved minutes never change. Correct them in the minutes of a later meeting."
GUARD = f"""
    CREATE TRIGGER council_minutes_kept BEFORE INSERT ON council_minutes
    WHEN EXISTS (
        SELECT 1 FROM council_minutes
        WHERE state = 'approved' AND (id = NEW.id OR meeting_id = NEW.meeting_id)
    )
    BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END
"""


def guard(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Make the trigger. PostgreSQL needs none: there an upsert is an update."""
    if schema_editor.connection.vendor == "sqlite":
        schema_editor.execute(GUARD)


def unguard(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Take the trigger away."""
    if schema_editor.connection.vendor == "sqlite":
        schema_editor.execute("DROP TRIGGER IF EXISTS council_minutes_kept")


class Migration(migrations.Migration):
    dependencies = [("council", "0003_approved_minutes_stay")]

    operations = [migrations.RunPython(guard, unguard)]
