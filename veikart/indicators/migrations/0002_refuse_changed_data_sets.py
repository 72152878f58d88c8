"""The database refuses to change a data set, whoever asks.

SQLite drops triggers when Django rebuilds a table: a later migration that alters `DataSet` must
end with `guard` from here once more; a test looks for the trigger.
"""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

REFUSAL = "A data set never changes. Take in a newer one instead."

SQLITE = [
    f"""
    CREATE TRIGGER indicators_data_set_stays BEFORE UPDATE ON indicators_dataset
    BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END
    """
]
SQLITE_BACK = ["DROP TRIGGER indicators_data_set_stays"]
POSTGRESQL = [
    f"""
    CREATE FUNCTION indicators_data_set_stays() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        RAISE EXCEPTION '{REFUSAL}' USING ERRCODE = 'integrity_constraint_violation';
    END $$
    """,
    """
    CREATE TRIGGER indicators_data_set_stays BEFORE UPDATE ON indicators_dataset
    FOR EACH ROW EXECUTE FUNCTION indicators_data_set_stays()
    """,
]
POSTGRESQL_BACK = [
    "DROP TRIGGER indicators_data_set_stays ON indicators_dataset",
    "DROP FUNCTION indicators_data_set_stays()",
]


def guard(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Make the trigger."""
    _execute(schema_editor, {"sqlite": SQLITE, "postgresql": POSTGRESQL})


def unguard(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Take the trigger away."""
    _execute(schema_editor, {"sqlite": SQLITE_BACK, "postgresql": POSTGRESQL_BACK})


def _execute(schema_editor: BaseDatabaseSchemaEditor, statements: dict[str, list[str]]) -> None:
    for statement in statements[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("indicators", "0001_initial")]

    operations = [migrations.RunPython(guard, unguard)]
