"""`veikart indicators`: what stands behind the figures: templates, data sets and their calculation."""

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from veikart.config.commands.editing import find_user
from veikart.config.commands.speaking import (
    FAILED,
    Trouble,
    complain,
    plainly,
    progress_bar,
    say,
)
from veikart.config.commands.starting import need_tables, start_django
from veikart.config.commands.taking_in import read_file

if TYPE_CHECKING:
    from veikart.indicators.previewing import Preview
    from veikart.people.models import User

MOST_FAULTS = 20
UID = Annotated[str, typer.Argument(metavar="UID", help="The indicator, such as indikator/1.4.")]
BY = Annotated[str | None, typer.Option(help="The user name of the editor who does this.")]
AS_OF = Annotated[
    dt.datetime | None,
    typer.Option(formats=["%Y-%m-%d"], help="The day the figures were true. Else today."),
]

app = typer.Typer(
    no_args_is_help=True,
    help="Take in figures, and compute the indicators from them.\n\n"
    "Example: veikart indicators compute --all",
)


@app.command("compute")
@plainly
def compute(
    uids: Annotated[
        list[str] | None, typer.Argument(metavar="[UID…]", help="Such as indikator/1.4.")
    ] = None,
    every: Annotated[bool, typer.Option("--all", help="Every indicator.")] = False,
    again: Annotated[
        bool, typer.Option(help="Also those whose data and definition have not changed.")
    ] = False,
    by: BY = None,
) -> None:
    """Compute indicators from their data sets; what has not changed is not computed again.

    It can be stopped at any time: run it again, and it goes on where it was.
    Example: veikart indicators compute --all
    """
    user = _ready(by)
    from veikart.indicators import results

    wanted = _named(uids or [], every=every)
    with progress_bar("Computing") as progress:
        outcomes = results.compute_many(wanted, by=user, again=again, progress=progress)
    count = {verb: sum(each.verb == verb for each in outcomes) for verb in _VERBS}
    said = [f"{number} {word}" for verb, word in _VERBS.items() if (number := count[verb])]
    say(f"{', '.join(said) or 'No indicator'}.")
    failed = [each for each in outcomes if each.verb == "failed"]
    for each in failed:
        complain(f"{each.indicator}: {each.problem}")
    if failed:
        raise typer.Exit(FAILED)


_VERBS = {
    "computed": "computed",
    "unchanged": "unchanged",
    "no_data": "without data",
    "failed": "not computed",
}


@app.command("list")
@plainly
def list_indicators() -> None:
    """List the indicators with their data and what is worth a second look.

    Example: veikart indicators list
    """
    _ready(None)
    from veikart.indicators import definitions, queries, results

    stale = set(results.stale())
    for standing in queries.standings():
        each, sets = standing.indicator, standing.current
        count = f"{len(sets)} data set{'' if len(sets) == 1 else 's'}"
        state = f"{count}, the last as of {sets[-1].as_of}" if sets else "no data"
        if each.uid in stale:
            state += ", to be computed"
        say(f"{each.uid}  {each.title or '(title not known)'}: {each.kind or 'no kind'}, {state}.")
        for caution in definitions.cautions(each):
            say(f"  {caution}")


@app.command("template")
@plainly
def template(
    uid: UID,
    year: Annotated[int, typer.Option(help="The year that is reported on.")],
    to: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Where to write it; else beside you.")
    ] = None,
    language: Annotated[str, typer.Option(help="Its language: nb, nn or en.")] = "nb",
) -> None:
    """Write an XLSX file for owners to fill in: a row for each municipality.

    Example: veikart indicators template indikator/1.4 --year 2026
    """
    _ready(None)
    from django.utils import translation

    from veikart.indicators import owners_workbook

    with translation.override(language):
        name, content = owners_workbook.template(uid, year=year)
    target = to or Path(name)
    if target.exists():
        raise Trouble(f"Expected no file {target}, found one. Name another with --to.")
    target.write_bytes(content)
    say(f"{target}: fill it in, and take it in: veikart indicators take-in {uid} {target}")


@app.command("take-in")
@plainly
def take_in(
    uid: UID,
    files: Annotated[list[Path], typer.Argument(metavar="FILE…", help="The files of figures.")],
    preview: Annotated[
        bool, typer.Option("--preview", help="Say what would be taken in; keep nothing.")
    ] = False,
    as_of: AS_OF = None,
    source: Annotated[str | None, typer.Option(help="Where they are from; else the name.")] = None,
    by: BY = None,
) -> None:
    """Take in files of figures (CSV, XLSX, JSON-stat, SDMX-CSV, Parquet): each becomes a data set.

    Example: veikart indicators take-in indikator/1.4 svar-2026.xlsx --as-of 2026-11-01
    """
    user = _ready(by)
    failed = 0
    for path in files:
        _refuse_too_large(path)
        content = read_file(path)
        if preview:
            failed += not _preview(uid, path.name, content)
        else:
            given = {"source": source or path.name, "as_of": as_of and as_of.date()}
            failed += not _keep(uid, path.name, content, given, by=user)
    if failed:
        raise typer.Exit(FAILED)


@app.command("fetch")
@plainly
def fetch(
    uid: UID,
    address: Annotated[
        str | None, typer.Argument(metavar="ADDRESS", help="A table of a PxWeb service.")
    ] = None,
    select: Annotated[
        list[str] | None,
        typer.Option(metavar="VARIABLE=CODES", help="Such as Region=0301,4601 or Tid=top(3)."),
    ] = None,
    again: Annotated[
        bool, typer.Option("--again", help="Ask what the newest data set was asked with.")
    ] = False,
    preview: Annotated[
        bool, typer.Option("--preview", help="Say what would be taken in; keep nothing.")
    ] = False,
    by: BY = None,
) -> None:
    """Ask a PxWeb service (Statistics Norway, FHI) for a table, and take it in with its query.

    Choose codes with --select, as often as there are variables. Example:
    veikart indicators fetch indikator/e9 https://data.ssb.no/api/v0/no/table/07459
    --select ContentsCode=Personer1 --select Tid=top(1)

    When the service has newer figures: veikart indicators fetch indikator/e9 --again
    """
    user = _ready(by)
    if again == bool(address or select):
        raise Trouble("Expected an address, or --again alone. Give one of the two.")
    from veikart.indicators import fetching

    try:
        if address:
            fetched = fetching.fetch(address, selection=fetching.selection_of(select or ()))
        else:
            fetched = fetching.fetch_again(uid)
    except ValueError as problem:
        raise Trouble(str(problem)) from problem
    if preview:
        done = _preview(uid, fetched.name, fetched.content)
    else:
        given = {
            "source": fetched.source,
            "as_of": fetched.as_of,
            "address": fetched.address,
            "query": fetched.query,
        }
        done = _keep(uid, fetched.name, fetched.content, given, by=user)
    if not done:
        raise typer.Exit(FAILED)


def _ready(by: str | None) -> "User | None":
    """Django started, the tables there, and who does it. Raises Trouble."""
    start_django()
    need_tables()
    from veikart.people import rules

    return find_user(by, who="editor", may=rules.can_edit) if by else None


def _named(uids: list[str], *, every: bool) -> list[str]:
    """The uids to compute: those that were named, or all. Raises Trouble for an unknown one."""
    from veikart.indicators import queries

    known = [standing.indicator.uid for standing in queries.standings()]
    if every:
        return known
    if not uids:
        raise Trouble("Expected indicators to compute, found none. Name them, or give --all.")
    unknown = [uid for uid in uids if uid not in known]
    if unknown:
        raise Trouble(
            f"Expected known indicators, found {', '.join(unknown)}. "
            f"Known: {', '.join(known) or 'none yet'}."
        )
    return uids


def _refuse_too_large(path: Path) -> None:
    """A file that no reader takes is neither held in memory nor kept. Raises Trouble."""
    from veikart.engines.observations.raw import MOST_BYTES

    size = path.stat().st_size if path.is_file() else 0
    if size > MOST_BYTES:
        raise Trouble(
            f"Expected a file of at most {MOST_BYTES // 10**6:,} MB; {path} has "
            f"{size // 10**6:,} MB. Take it in in parts, such as a year at a time, or make a "
            "Parquet file of it. Nothing was taken in."
        )


def _preview(uid: str, name: str, content: bytes) -> bool:
    """Say what the file would give; whether it could be taken in."""
    from veikart.engines.proposal import Unreadable
    from veikart.indicators import previewing

    try:
        found = previewing.preview(uid, name, content)
    except Unreadable as refusal:
        complain(f"{name}: {refusal.message}")
        return False
    _tell(name, found)
    return not found.refused


def _keep(uid: str, name: str, content: bytes, given: dict[str, Any], *, by: "User | None") -> bool:
    """Take the file in; whether it became a data set, or was one before."""
    from django.utils import timezone

    from veikart.engines.proposal import Unreadable
    from veikart.indicators import taking_in

    given["as_of"] = given["as_of"] or timezone.localdate()
    try:
        taken = taking_in.take_in_data_set(uid, name, content, by=by, **given)
    except Unreadable as refusal:
        complain(f"{name}: {refusal.message} Nothing was taken in.")
        return False
    except taking_in.Refused as refusal:
        _tell(name, refusal.preview)
        complain(f"{name}: nothing was taken in.")
        return False
    kept = taken.data_set
    if taken.preview.cautions:
        _tell(name, taken.preview)
    if taken.is_new:
        say(f"{name}: {kept.uid}, {kept.rows} rows. Now: veikart indicators compute {uid}")
    else:
        say(f"{name}: {kept.uid} was there already. Nothing is changed.")
    return True


def _tell(name: str, found: "Preview") -> None:
    """The counts of a preview, and its first faults."""
    say(f"{name}: {found.rows} rows, {found.refusals} faults, {found.cautions} to look at twice.")
    for line in found.lines(most=MOST_FAULTS):
        say(f"  {line}")
