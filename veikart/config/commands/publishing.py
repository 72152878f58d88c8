"""`veikart publish`: an edition becomes a folder of files that any web server can hand out."""

import os
import time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from veikart.config.commands.speaking import Trouble, complain, plainly, progress_bar, say
from veikart.config.commands.starting import need_tables, start_django

if TYPE_CHECKING:
    from veikart.editions.queries import Shelved

FOLLOW_EVERY = 3.0
"""Seconds between two looks at whether another edition has been approved."""


@plainly
def publish(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="The folder to write to.")],
    edition: Annotated[
        str | None, typer.Option(help="The edition's number. Else the last approved.")
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Write every file anew.")] = False,
    follow: Annotated[
        bool, typer.Option("--follow", help="Stay, and publish each edition once it is approved.")
    ] = False,
) -> None:
    """Write the whole site of an edition, in three languages, with compressed twins.

    Only what changed is written again. Example: veikart publish /srv/veikart
    """
    start_django()
    need_tables()
    if follow:
        follow_approvals(folder)
        return
    from django.conf import settings

    from veikart.editions import queries
    from veikart.publishing import manifest
    from veikart.publishing.site import NotMade, publish_edition

    shelf = manifest.state_of(settings.EDITIONS_FOLDER)
    chosen, editions = find_edition(edition), tuple(queries.editions())
    started = time.monotonic()
    with progress_bar(f"Edition {chosen.number}") as progress:
        try:
            wrote = publish_edition(
                chosen, editions, folder, shelf=shelf, progress=progress, force=force
            )
        except NotMade as problem:
            raise Trouble(f"{problem} The folder is half written; publish again.") from problem
    seconds = time.monotonic() - started
    say(
        f"Edition {chosen.number} is in {folder}: {wrote.written} files written, "
        f"{wrote.unchanged} unchanged, {wrote.removed} removed, in {seconds:.1f} s."
    )


def find_edition(number: str | None) -> "Shelved":
    """The edition to publish. Raises Trouble if there is none, or its file is not as frozen."""
    from veikart.editions import queries

    found = queries.edition(number) if number else queries.current()
    if found is None or found.state != "approved":
        raise Trouble(
            f"Expected an approved edition{f' called {number}' if number else ''}, found none. "
            "Freeze and approve it first: veikart freeze, veikart approve"
        )
    if found.file_problem:
        raise Trouble(found.file_problem)
    return found


def follow_approvals(folder: Path) -> None:
    """Publish the last approved edition now, and whenever there is another or less of one may be shown.

    Ends with its parent.
    """
    from django.conf import settings
    from django.db import connection

    from veikart.editions import queries
    from veikart.publishing import manifest
    from veikart.publishing.site import NotMade, publish_edition

    parent = os.getppid()
    published = None
    while os.getppid() == parent:
        shelf = manifest.state_of(settings.EDITIONS_FOLDER)
        editions = tuple(queries.editions())
        connection.close()
        current = editions[0] if editions else None
        wanted = (current.sha256, [kept.shown_sha256 for kept in editions]) if current else None
        if current and wanted != published and not current.file_problem:
            try:
                # One process, so that a core is left to readers.
                publish_edition(current, editions, folder, shelf=shelf, processes=1)
                published = wanted
            except (NotMade, OSError) as problem:
                complain(f"Edition {current.number} is not published yet: {problem}")
        elif current and wanted == published:
            manifest.confirm(folder, shelf)
        time.sleep(FOLLOW_EVERY)
