"""What every test stands on: folders of its own, so that no test touches what is kept."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import django
import pytest
from django.conf import settings as django_settings
from django.core import management
from django.core.management import call_command
from django.db import connections
from hypothesis import settings as hypothesis_settings
from pytest_django import Settings

from tests.migrated import empty_what_is_filled, load_into, template

# A browser that one test has opened keeps an event loop running beside the tests that follow.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"

# A machine that is busy is no mistake. With HYPOTHESIS_SEARCH=1 other examples are tried each time;
# else the same, so that what a change broke is the change's own doing.
hypothesis_settings.register_profile(
    "veikart", deadline=None, derandomize=os.environ.get("HYPOTHESIS_SEARCH") != "1"
)
hypothesis_settings.load_profile("veikart")


TABLES = {"db", "transactional_db", "django_db_setup"}
"""The fixtures that lead to the database."""


def pytest_addoption(parser: pytest.Parser) -> None:
    """With `--only-tables`, what touches no table is not run: no database makes it another test."""
    parser.addoption("--only-tables", action="store_true", help="only what touches the database")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what no database can change, if told to, and name the groups that stay together."""
    if config.getoption("--only-tables"):
        leave_out(config, items)
    if getattr(config.option, "loadgroup", False):
        name_groups(items)


def leave_out(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Keep those of the tests that touch tables."""
    touching = {item for item in items if touches_tables(item)}
    config.hook.pytest_deselected(items=[item for item in items if item not in touching])
    items[:] = [item for item in items if item in touching]


def touches_tables(item: pytest.Item) -> bool:
    """Whether the test asks for the database, by mark or by fixture."""
    fixtures = getattr(item, "fixturenames", ())
    return item.get_closest_marker("django_db") is not None or not TABLES.isdisjoint(fixtures)


def name_groups(items: list[pytest.Item]) -> None:
    """Let xdist see the groups of tests: it writes them where pytest 9.2 no longer keeps the id."""
    for item in items:
        group = item.get_closest_marker("xdist_group")
        kept = getattr(item, "_id", None)
        if group and kept and "@" not in item.nodeid.rpartition("]")[2]:
            item._id = type(kept).parse(f"{item.nodeid}@{group.args[0]}")


def pytest_configure(config: pytest.Config) -> None:
    """Collect the static files once a run, among the tests' caches; all workers read them."""
    django_settings.STATIC_ROOT = Path(config.rootpath, ".pytest_cache", "static")
    if not hasattr(config, "workerinput"):
        django.setup()
        call_command("collectstatic", interactive=False, verbosity=0)


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix: None,
) -> Iterator[None]:
    """Let each worker's database begin with its tables: running all migrations takes longer than most
    files of tests. `migrate` still runs, and finds them done.
    """
    if connections["default"].vendor == "postgresql":
        address = os.environ["VEIKART_DATABASE"]
        connections["default"].settings_dict["TEST"]["TEMPLATE"] = template(address)
        empty_what_is_filled(connections["default"])
    run = management.call_command

    def with_tables(command: str, *words: object, **options: Any) -> object:
        connection = connections[options.get("database", "default")]
        if command == "migrate" and connection.vendor == "sqlite":
            connection.ensure_connection()
            # Only when the database is made: what a test runs by the command finds its tables there.
            if not connection.introspection.table_names():
                load_into(connection.connection)
        return run(command, *words, **options)

    management.call_command = with_tables
    yield
    management.call_command = run


@pytest.fixture(autouse=True)
def _quick_passwords(settings: Settings) -> None:
    """Hashing that is slow for a thief is slow for a test too."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(autouse=True)
def _own_folders(tmp_path: Path, settings: Settings) -> None:
    """Documents, editions and the published site of a test lie in the test's own folder."""
    settings.HOME = tmp_path / "home"
    settings.DOCUMENTS_FOLDER = settings.HOME / "documents"
    settings.EDITIONS_FOLDER = settings.HOME / "editions"
    settings.SITE_FOLDER = settings.HOME / "site"
    settings.DATASETS_FOLDER = settings.HOME / "datasets"
    settings.FIGURES_FOLDER = settings.HOME / "figures"
    settings.CHARTS_FOLDER = settings.HOME / "charts"
