"""The database refuses to change an audit entry, whoever asks."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

SQLITE = """
CREATE TRIGGER audit_entry_is_never_changed BEFORE UPDATE ON people_auditentry
BEGIN
    SELECT RAISE(ABORT, 'An audit entry is never changed. Record what was done since as a new entry.');
END
"""

POSTGRESQL = """
CREATE FUNCTION refuse_changed_audit_entry() RETURNS trigger AS $$
BEGIN
    RAISE EXCEPTION 'An audit entry is never changed. Record what was done since as a new entry.'
        USING ERRCODE = 'integrity_constraint_violation';
END
$$ LANGUAGE plpgsql;
CREATE TRIGGER audit_entry_is_never_changed BEFORE UPDATE ON people_auditentry
    FOR EACH ROW EXECUTE FUNCTION refuse_changed_audit_entry();
"""

POSTGRESQL_BACK = """
DROP TRIGGER audit_entry_is_never_changed ON people_auditentry;
DROP FUNCTION refuse_changed_audit_entry();
"""


def refuse(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    vendor = schema_editor.connection.vendor
    schema_editor.execute({"sqlite": SQLITE, "postgresql": POSTGRESQL}[vendor])


def allow(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    vendor = schema_editor.connection.vendor
    statement = {
        "sqlite": "DROP TRIGGER audit_entry_is_never_changed",
        "postgresql": POSTGRESQL_BACK,
    }[vendor]
    schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("people", "0001_initial")]

    operations = [migrations.RunPython(refuse, allow)]
