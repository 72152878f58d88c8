"""Getting ready: Django, the folder for what is kept, its database and its static files."""

import os
from pathlib import Path

from veikart.config.commands.speaking import Trouble


def start_django() -> None:
    """Make models and settings usable; what the command says is in English."""
    import django
    from django.utils import translation

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "veikart.config.settings")
    django.setup()
    translation.activate("en")


def need_tables() -> None:
    """Raise Trouble unless the database has every table in its present form."""
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor
    from django.db.utils import OperationalError

    try:
        executor = MigrationExecutor(connection)
    except OperationalError as problem:
        raise Trouble(
            f"Expected a database at {_database()}, found none that answers ({problem}). "
            "Check VEIKART_DATABASE and VEIKART_HOME, or run: veikart load ehelse"
        ) from problem
    missing = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if missing:
        raise Trouble(
            f"Expected every table in {_database()}, found {len(missing)} changes not yet made. "
            "Run: veikart serve, or veikart load, which make them."
        )


def make_home() -> None:
    """Make the folder for what is kept, and bring its tables up to date."""
    from django.conf import settings
    from django.core.management import call_command
    from django.db.utils import OperationalError

    Path(settings.HOME).mkdir(parents=True, exist_ok=True)
    try:
        call_command("migrate", interactive=False, verbosity=0)
    except OperationalError as problem:
        raise Trouble(
            f"Expected a database at {_database()}, found none that answers ({problem}). "
            "Check VEIKART_DATABASE and VEIKART_HOME."
        ) from problem


def collect_static() -> None:
    """Bring style sheets, scripts and fonts together where they are served from."""
    from django.core.management import call_command

    call_command("collectstatic", interactive=False, verbosity=0)


def _database() -> str:
    """The database in words, without its password."""
    from django.conf import settings

    database = settings.DATABASES["default"]
    host = database.get("HOST")
    return f"{database['NAME']} on {host}" if host else str(database["NAME"])
