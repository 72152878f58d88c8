"""`veikart take-in` and `veikart load`: documents become proposals, a dataset becomes the working plan."""

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import msgspec
import typer

from veikart.config.commands.editing import find_user
from veikart.config.commands.folders import Found, content_of, files_in, found_in
from veikart.config.commands.plans import WHICH, find_plan
from veikart.config.commands.receiving import Tally, collect, sentence_of, terms_of
from veikart.config.commands.speaking import (
    FAILED,
    Trouble,
    complain,
    plainly,
    print_bytes,
    progress_bar,
    say,
)
from veikart.config.commands.starting import make_home, need_tables, start_django
from veikart.engines.proposal import Unreadable

if TYPE_CHECKING:
    from veikart.adapters.recognition import Unrecognised
    from veikart.consultations.taking_in import Terms
    from veikart.engines.anchors.targets import Target
    from veikart.intake.models import Proposal

MAILBOXES = ("imap://", "imaps://")
MOST_CAUTIONS = 10
PLACES = ("row", "page", "line")


@plainly
def take_in(
    sources: Annotated[
        list[str],
        typer.Argument(
            metavar="FILE…", help="The documents, or folders of them, or imap://user@host/INBOX."
        ),
    ],
    as_json: Annotated[
        bool, typer.Option("--json", help="Print what is in the file as JSON; keep nothing.")
    ] = False,
    by: Annotated[
        str | None, typer.Option(help="The user name of the editor who takes them in.")
    ] = None,
    plan: Annotated[
        str | None,
        typer.Option(help=f"With --json: anchor the points of replies to this plan. {WHICH}"),
    ] = None,
    hearing: Annotated[
        str | None,
        typer.Option(help="The case number of the hearing that all of it is for, such as 22/414."),
    ] = None,
    received: Annotated[
        dt.datetime | None,
        typer.Option(
            formats=["%Y-%m-%d"],
            help="The day the files came, if not today; e-mail says it itself.",
        ),
    ] = None,
) -> None:
    """Keep documents: replies are received in their hearing, all else is proposed at the desk.

    Reads the register (CSV, XLSX), the strategy document, a council's agendas, minutes and slides (text, DOCX, PDF), and replies to hearings: reply
    forms and letters (text, DOCX, PDF, also scanned) and e-mail (.eml, mbox, a mailbox by IMAP) with what is attached to it.
    What has come before changes nothing. With --json each document gives one JSON object a line.
    Example: veikart take-in replies/ --hearing 22/414
    """
    mailboxes = [source for source in sources if source.startswith(MAILBOXES)]
    paths = [Path(source) for source in sources if source not in mailboxes]
    if as_json and mailboxes:
        raise Trouble("Expected files with --json; found a mailbox. Take it in without --json.")
    if as_json:
        failed = [str(path) for path in print_all(list(files_in(paths)), anchored_to=plan)]
    else:
        found = list(found_in(paths))
        failed = keep_all(found, mailboxes, hearing=hearing, received=received, by=by)
    if failed:
        raise typer.Exit(FAILED)


def keep_all(
    files: Sequence[Found],
    mailboxes: Sequence[str],
    *,
    hearing: str | None,
    received: dt.datetime | None,
    by: str | None,
) -> list[str]:
    """Take in the files and the mailboxes, and tell what became of them; those that were not."""
    start_django()
    need_tables()
    from veikart.people import rules

    user = find_user(by, who="editor", may=rules.can_edit) if by else None
    terms = terms_of(hearing=hearing, received=received, by=user)
    tally = Tally()
    with progress_bar("Taking in") as progress:
        for done, found in enumerate(files, start=1):
            arrive(found, terms, tally)
            progress(done, len(files))
    for mailbox in mailboxes:
        collect(mailbox, terms, tally)
    tally.tell()
    if len(tally.failed) and len(files) > 1:
        complain(sentence_of(tally.failed))
    return tally.failed


def arrive(found: Found, terms: "Terms", tally: Tally) -> None:
    """Take one file in, and count what became of it. What cannot be opened costs itself alone."""
    from veikart.consultations.taking_in import not_opened
    from veikart.documents import reading
    from veikart.engines.readers.texts import file_name
    from veikart.intake import arriving

    path, problem = found.path, found.problem
    content = b""
    if problem is None:
        try:
            content = content_of(path, most=reading.limits().largest_mailbox)
        except OSError as trouble:
            problem = f"{trouble.strerror or trouble}"
    if problem is not None:
        tally.count(str(path), not_opened(str(path), problem))
        return
    try:
        arrived = arriving.take_in(file_name(path.name) or "uten-navn", content, terms)
    except Unreadable as refusal:
        complain(f"{path}: {refusal.message} The file is kept; the working plan is as it was.")
        tally.failed.append(str(path))
        return
    if arrived.taken is not None:
        tally.count(str(path), arrived.taken)
    if arrived.proposal is not None:
        tell_proposal(path, arrived.proposal)


@plainly
def load(
    dataset: Annotated[str, typer.Argument(help="The dataset, such as ehelse.")],
) -> None:
    """Load a dataset that comes with Veikart into an empty working plan.

    Example: veikart load ehelse
    """
    start_django()
    make_home()
    from veikart.intake.datasets import loading

    with progress_bar(f"Loading {dataset}") as progress:
        try:
            loaded = loading.load(
                dataset, by=None, progress=lambda _step, done, total: progress(done, total)
            )
        except (LookupError, ValueError) as problem:
            raise Trouble(str(problem.args[0] if problem.args else problem)) from problem
    counts = ", ".join(f"{number} {kind}" for kind, number in loaded.counts.items())
    say(f"{loaded.name}: {counts}. {loaded.changed} changes to the working plan.")


def read_file(path: Path) -> bytes:
    """The bytes of the file. Raises Trouble where there is none."""
    if not path.is_file():
        raise Trouble(f"Expected a file at {path}, found none. Check the name.")
    return path.read_bytes()


def print_all(paths: Sequence[Path], *, anchored_to: str | None) -> list[Path]:
    """Print what the files hold, one JSON object a document; those with one that cannot be read."""
    from veikart.plan.anchor_targets import anchor_targets

    start_django()
    targets = anchor_targets(find_plan(anchored_to)) if anchored_to else None
    failed = []
    with progress_bar("Reading") as progress:
        for done, path in enumerate(paths, start=1):
            if not print_proposals(path, targets):
                failed.append(path)
            progress(done, len(paths))
    return failed


def print_proposals(path: Path, targets: "Sequence[Target] | None") -> bool:
    """Print what the file holds, document by document; whether all of it could be read."""
    from veikart.documents import reading
    from veikart.engines.readers.reply_items import anchored
    from veikart.engines.readers.texts import file_name
    from veikart.intake.reading import read_all

    try:
        content = content_of(path, most=reading.limits().largest_mailbox)
    except OSError as trouble:
        complain(f"{path}: {trouble.strerror or trouble}")
        return False
    is_whole = True
    for found in read_all(file_name(path.name) or "uten-navn", content, cannot=complain_of):
        if found.proposal is None:
            is_whole = False
            within = "" if found.name == path.name else f": {found.name}"
            complain(f"{path}{within}: {found.refusal.message if found.refusal else ''}")
            continue
        proposal = found.proposal if targets is None else anchored(found.proposal, targets)
        print_bytes(msgspec.json.encode(proposal) + b"\n")
    return is_whole


def complain_of(problem: "Unrecognised") -> None:
    """Tell why scanned pages were not recognised, and what to do."""
    complain(problem.message)


def tell_proposal(path: Path, proposal: "Proposal") -> None:
    """Say what the file would change, and where to decide about it."""
    from veikart.intake.models import ProposalState

    counts = (
        f"{proposal.new} new, {proposal.changed} changed, "
        f"{proposal.unchanged} unchanged, {proposal.gone} gone"
    )
    cautions = proposal.cautions
    is_open = proposal.state == ProposalState.OPEN
    todo = f"Decide at /arbeid/inntak/{proposal.pk}/" if is_open else "Nothing to decide."
    say(f"{path}: {counts}; {len(cautions)} to look at twice. {todo}")
    for line in in_lines(cautions) if is_open else ():
        say(f"  {line}")


def in_lines(cautions: list[dict[str, Any]]) -> Iterator[str]:
    """The cautions as lines, those of the rarest kinds first, and how many more there are."""
    often = Counter(caution["code"] for caution in cautions)
    for caution in sorted(cautions, key=lambda caution: often[caution["code"]])[:MOST_CAUTIONS]:
        place = " ".join(f"{name} {caution[name]}" for name in PLACES if caution.get(name))
        yield f"{place + ': ' if place else ''}{caution['message']} {caution['remedy']}"
    if len(cautions) > MOST_CAUTIONS:
        yield f"… and {len(cautions) - MOST_CAUTIONS:,} more, at the desk or with --json."
