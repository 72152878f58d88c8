"""The database itself refuses to change what a message says, and to send what was sent or is not approved.

SQLite drops triggers when Django rebuilds a table: a later migration that alters one of these must
end with `guard` from here once more; a test looks for them.
"""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

FIXED = (
    "kind", "about", "version", "page", "name", "language", "subject", "body", "message_id",
    "sha256", "made_at", "made_by_id",
)  # fmt: skip
STEPS = (
    "draft>approved", "draft>discarded",
    "approved>sending", "approved>discarded", "approved>unclear",
    "sending>sent", "sending>failed", "sending>approved", "sending>unclear",
    "failed>approved", "failed>discarded",
    "unclear>sent", "unclear>failed", "unclear>approved", "unclear>discarded",
)  # fmt: skip
"""From which state a message may come into which. From being sent and discarded no way leads on."""

SAYS = "What a message says never changes. Discard it, and make another."
STEP = "A message cannot go from this state to that. Nothing is sent twice or without approval."
WITH = "What goes with a message is settled when it is made. Discard it, and make another."

MAY = ", ".join(f"'{step}'" for step in STEPS)
WRONG_STEP = f"NEW.state <> OLD.state AND (OLD.state || '>' || NEW.state) NOT IN ({MAY})"

SQLITE = [
    f"""
    CREATE TRIGGER outbox_message_says BEFORE UPDATE ON outbox_message
    WHEN {" OR ".join(f"NEW.{name} IS NOT OLD.{name}" for name in FIXED)}
        OR (NEW.address IS NOT OLD.address AND NEW.address IS NOT NULL)
    BEGIN SELECT RAISE(ABORT, '{SAYS}'); END
    """,
    f"""
    CREATE TRIGGER outbox_message_steps BEFORE UPDATE ON outbox_message
    WHEN {WRONG_STEP}
    BEGIN SELECT RAISE(ABORT, '{STEP}'); END
    """,
    f"""
    CREATE TRIGGER outbox_attachment_stays BEFORE UPDATE ON outbox_attachment
    BEGIN SELECT RAISE(ABORT, '{WITH}'); END
    """,
    f"""
    CREATE TRIGGER outbox_attachment_comes BEFORE INSERT ON outbox_attachment
    WHEN (SELECT state FROM outbox_message WHERE id = NEW.message_id) <> 'draft'
    BEGIN SELECT RAISE(ABORT, '{WITH}'); END
    """,
]
SQLITE_BACK = [
    "DROP TRIGGER outbox_message_says",
    "DROP TRIGGER outbox_message_steps",
    "DROP TRIGGER outbox_attachment_stays",
    "DROP TRIGGER outbox_attachment_comes",
]
POSTGRESQL = [
    f"""
    CREATE FUNCTION outbox_message_stays() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF {" OR ".join(f"NEW.{name} IS DISTINCT FROM OLD.{name}" for name in FIXED)}
            OR (NEW.address IS DISTINCT FROM OLD.address AND NEW.address IS NOT NULL) THEN
            RAISE EXCEPTION '{SAYS}' USING ERRCODE = 'integrity_constraint_violation';
        END IF;
        IF {WRONG_STEP} THEN
            RAISE EXCEPTION '{STEP}' USING ERRCODE = 'integrity_constraint_violation';
        END IF;
        RETURN NEW;
    END $$
    """,
    """
    CREATE TRIGGER outbox_message_stays BEFORE UPDATE ON outbox_message
    FOR EACH ROW EXECUTE FUNCTION outbox_message_stays()
    """,
    f"""
    CREATE FUNCTION outbox_attachment_stays() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF TG_OP = 'INSERT' AND
            (SELECT state FROM outbox_message WHERE id = NEW.message_id) = 'draft' THEN
            RETURN NEW;
        END IF;
        RAISE EXCEPTION '{WITH}' USING ERRCODE = 'integrity_constraint_violation';
    END $$
    """,
    """
    CREATE TRIGGER outbox_attachment_stays BEFORE INSERT OR UPDATE ON outbox_attachment
    FOR EACH ROW EXECUTE FUNCTION outbox_attachment_stays()
    """,
]
POSTGRESQL_BACK = [
    "DROP TRIGGER outbox_message_stays ON outbox_message",
    "DROP FUNCTION outbox_message_stays()",
    "DROP TRIGGER outbox_attachment_stays ON outbox_attachment",
    "DROP FUNCTION outbox_attachment_stays()",
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
    dependencies = [("outbox", "0001_initial")]

    operations = [migrations.RunPython(guard, unguard)]
