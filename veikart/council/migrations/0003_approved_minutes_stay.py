"""Minutes with withheld cases are kept apart, and the database refuses to change or delete approved ones.

SQLite drops triggers when Django rebuilds a table: a later migration that alters `Minutes` must begin with
`unguard` and end with `guard` from here once more; a test looks for the triggers.
"""

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

import veikart.core.fields

REFUSAL = "Approved minutes never change. Correct them in the minutes of a later meeting."

SQLITE = [
    f"""
    CREATE TRIGGER council_minutes_{name} BEFORE {deed} ON council_minutes
    WHEN OLD.state = 'approved'
    BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END
    """
    for name, deed in (("stay", "UPDATE"), ("remain", "DELETE"))
]
SQLITE_BACK = [
    "DROP TRIGGER IF EXISTS council_minutes_stay",
    "DROP TRIGGER IF EXISTS council_minutes_remain",
]
POSTGRESQL = [
    f"""
    CREATE FUNCTION council_minutes_stay() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF OLD.state = 'approved' THEN
            RAISE EXCEPTION '{REFUSAL}' USING ERRCODE = 'integrity_constraint_violation';
        END IF;
        IF TG_OP = 'DELETE' THEN
            RETURN OLD;
        END IF;
        RETURN NEW;
    END $$
    """,
    """
    CREATE TRIGGER council_minutes_stay BEFORE UPDATE OR DELETE ON council_minutes
    FOR EACH ROW EXECUTE FUNCTION council_minutes_stay()
    """,
]
POSTGRESQL_BACK = [
    "DROP TRIGGER council_minutes_stay ON council_minutes",
    "DROP FUNCTION council_minutes_stay()",
]


def guard(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Make the triggers."""
    _execute(schema_editor, {"sqlite": SQLITE, "postgresql": POSTGRESQL})


def unguard(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Take the triggers away."""
    _execute(schema_editor, {"sqlite": SQLITE_BACK, "postgresql": POSTGRESQL_BACK})


def _execute(schema_editor: BaseDatabaseSchemaEditor, statements: dict[str, list[str]]) -> None:
    for statement in statements[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("council", "0002_constraints")]

    operations = [
        migrations.RemoveConstraint(model_name="minutes", name="minutes_approval_is_whole"),
        migrations.AddField(
            model_name="minutes",
            name="whole_lines",
            field=models.JSONField(
                blank=True, default=list, verbose_name="the text with withheld cases"
            ),
        ),
        migrations.AddField(
            model_name="minutes",
            name="whole_sha256",
            field=veikart.core.fields.OptionalCharField(
                blank=True,
                max_length=64,
                null=True,
                verbose_name="SHA-256 of the text with withheld cases",
            ),
        ),
        migrations.AddConstraint(
            model_name="minutes",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("approved_on__isnull", False),
                        ("sha256__isnull", False),
                        ("state", "approved"),
                    ),
                    models.Q(
                        models.Q(("state", "approved"), _negated=True),
                        ("approved_at", None),
                        ("approved_on", None),
                        ("sha256", None),
                        ("whole_sha256", None),
                    ),
                    _connector="OR",
                ),
                name="minutes_approval_is_whole",
                violation_error_message="Approved minutes have a day and a fingerprint.",
            ),
        ),
        migrations.RunPython(guard, unguard),
    ]
