"""The database refuses to delete what no other row refers to: files of replies, and kept e-mail.

SQLite drops triggers when Django rebuilds a table: a later migration that alters one of these must
end with `guard` from here once more; a test looks for them.
"""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

REFUSALS = {
    (
        "replyfile",
        "DELETE",
    ): "A file stays with the reply that it came with. Withdraw the reply instead.",
    ("keptmessage", "DELETE"): "An e-mail that was kept stays.",
    ("keptmessage", "UPDATE"): "An e-mail that was kept stays as it came.",
}


def guard(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Make the triggers."""
    make = {"sqlite": _for_sqlite, "postgresql": _for_postgresql}[schema_editor.connection.vendor]
    for (table, deed), refusal in REFUSALS.items():
        for statement in make(table, deed, refusal):
            schema_editor.execute(statement)


def unguard(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Take the triggers away."""
    for table, deed in REFUSALS:
        if schema_editor.connection.vendor == "sqlite":
            schema_editor.execute(f"DROP TRIGGER {_name(table, deed)}")
            continue
        schema_editor.execute(f"DROP TRIGGER {_name(table, deed)} ON consultations_{table}")
        schema_editor.execute(f"DROP FUNCTION {_name(table, deed)}()")


def _name(table: str, deed: str) -> str:
    return f"consultations_{table}_no_{deed.lower()}"


def _for_sqlite(table: str, deed: str, refusal: str) -> tuple[str, ...]:
    return (
        f"""
        CREATE TRIGGER {_name(table, deed)} BEFORE {deed} ON consultations_{table}
        BEGIN SELECT RAISE(ABORT, '{refusal}'); END
        """,
    )


def _for_postgresql(table: str, deed: str, refusal: str) -> tuple[str, ...]:
    return (
        f"""
        CREATE FUNCTION {_name(table, deed)}() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            RAISE EXCEPTION '{refusal}' USING ERRCODE = 'integrity_constraint_violation';
        END $$
        """,
        f"""
        CREATE TRIGGER {_name(table, deed)} BEFORE {deed} ON consultations_{table}
        FOR EACH ROW EXECUTE FUNCTION {_name(table, deed)}()
        """,
    )


class Migration(migrations.Migration):
    dependencies = [("consultations", "0005_voter")]

    operations = [migrations.RunPython(guard, unguard)]
