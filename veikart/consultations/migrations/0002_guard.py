"""The database itself refuses to change what was received and what was done.

Deleting is refused by references: each event refers to the one before, the head to the last one,
and the event of its receipt to each reply. SQLite drops triggers when Django rebuilds a table: a later
migration that alters one of these must end with `guard` from here once more; a test looks for them.
"""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

REFUSALS = {
    "handlingevent": "An event is never changed. Undo it, or record what was done since.",
    "reply": "A reply stays as it was received. Receive a new version of it instead.",
    "replyfile": "A file stays with the reply that it came with. Receive a new version instead.",
}

SQLITE = [
    f"""
    CREATE TRIGGER consultations_{table}_stays BEFORE UPDATE ON consultations_{table}
    BEGIN SELECT RAISE(ABORT, '{refusal}'); END
    """
    for table, refusal in REFUSALS.items()
]
SQLITE_BACK = [f"DROP TRIGGER consultations_{table}_stays" for table in REFUSALS]
POSTGRESQL = [
    statement
    for table, refusal in REFUSALS.items()
    for statement in (
        f"""
        CREATE FUNCTION consultations_{table}_stays() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            RAISE EXCEPTION '{refusal}' USING ERRCODE = 'integrity_constraint_violation';
        END $$
        """,
        f"""
        CREATE TRIGGER consultations_{table}_stays BEFORE UPDATE ON consultations_{table}
        FOR EACH ROW EXECUTE FUNCTION consultations_{table}_stays()
        """,
    )
]
POSTGRESQL_BACK = [
    statement
    for table in REFUSALS
    for statement in (
        f"DROP TRIGGER consultations_{table}_stays ON consultations_{table}",
        f"DROP FUNCTION consultations_{table}_stays()",
    )
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
    dependencies = [("consultations", "0001_initial")]

    operations = [migrations.RunPython(guard, unguard)]
