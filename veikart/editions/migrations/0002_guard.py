"""The database itself refuses to change what is approved, and the content of what is frozen.

SQLite drops triggers when Django rebuilds a table: a later migration that alters `Edition` must
end with `guard` from here once more; a test looks for the triggers.
"""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

FIXED = (
    "number", "year", "serial", "title", "as_of", "note", "sha256", "file_name", "previous_id",
    "previous_sha256", "frozen_at", "frozen_by_id",
)  # fmt: skip
DECIDED = "An approved or discarded edition never changes. Freeze a new edition instead."
FROZEN = "The content of a frozen edition never changes. Discard it and freeze a new one."

SQLITE = [
    f"""
    CREATE TRIGGER editions_decided_stays BEFORE UPDATE ON editions_edition
    WHEN OLD.state <> 'frozen'
    BEGIN SELECT RAISE(ABORT, '{DECIDED}'); END
    """,
    f"""
    CREATE TRIGGER editions_frozen_stays BEFORE UPDATE ON editions_edition
    WHEN {" OR ".join(f"NEW.{name} IS NOT OLD.{name}" for name in FIXED)}
    BEGIN SELECT RAISE(ABORT, '{FROZEN}'); END
    """,
]
SQLITE_BACK = [
    "DROP TRIGGER editions_decided_stays",
    "DROP TRIGGER editions_frozen_stays",
]
POSTGRESQL = [
    f"""
    CREATE FUNCTION editions_stays() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF OLD.state <> 'frozen' THEN
            RAISE EXCEPTION '{DECIDED}' USING ERRCODE = 'integrity_constraint_violation';
        END IF;
        IF {" OR ".join(f"NEW.{name} IS DISTINCT FROM OLD.{name}" for name in FIXED)} THEN
            RAISE EXCEPTION '{FROZEN}' USING ERRCODE = 'integrity_constraint_violation';
        END IF;
        RETURN NEW;
    END $$
    """,
    """
    CREATE TRIGGER editions_stays BEFORE UPDATE ON editions_edition
    FOR EACH ROW EXECUTE FUNCTION editions_stays()
    """,
]
POSTGRESQL_BACK = [
    "DROP TRIGGER editions_stays ON editions_edition",
    "DROP FUNCTION editions_stays()",
]


def guard(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Make the triggers."""
    _execute(schema_editor, {"sqlite": SQLITE, "postgresql": POSTGRESQL})


def unguard(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Take the triggers away."""
    _execute(schema_editor, {"sqlite": SQLITE_BACK, "postgresql": POSTGRESQL_BACK})


def _execute(
    schema_editor: BaseDatabaseSchemaEditor, statements: dict[str, list[str]]
) -> None:
    for statement in statements[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("editions", "0001_initial")]

    operations = [migrations.RunPython(guard, unguard)]
