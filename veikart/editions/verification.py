"""Whether the shelf is whole: each file as frozen, the chain unbroken, the approvals as recorded."""

from collections.abc import Iterator
from dataclasses import dataclass

import msgspec
from django.utils.translation import gettext as _
from msgspec.structs import replace

from veikart.editions import opened, shelf
from veikart.editions.models import Edition, State
from veikart.indicators import verification as indicators
from veikart.plan import codec
from veikart.plan.model import Head


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong on the shelf: a code, the file or edition it is about, and what to do."""

    code: str
    subject: str
    message: str


class _Headed(msgspec.Struct):
    head: Head


_head_decoder = msgspec.json.Decoder(_Headed)


def verify() -> list[Problem]:
    """Everything wrong with the editions' files, the newest edition first; empty if all is well."""
    rows = list(Edition.objects.kept().select_related("previous"))
    problems = [problem for row in rows for problem in _problems_of(row)]
    return problems + list(_strays(rows))


def verify_figures() -> list[Problem]:
    """What is wrong with the files of figures and data sets that editions name, and what comes out
    otherwise when it is computed again. What several editions share is told, and computed, once.
    """
    told: dict[str, Problem] = {}
    done: set[tuple[str, str]] = set()
    for row in Edition.objects.kept():
        plan = opened.open_file(row.file_name).plan
        if plan is None:
            continue  # Said already, as a missing or changed file.
        for sentence in indicators.problems(plan.indicators):
            told.setdefault(sentence, Problem("figures", row.number, sentence))
        results = plan.indicators.results
        fresh = tuple(each for each in results if (each.inputs, each.figures) not in done)
        done.update((each.inputs, each.figures) for each in fresh)
        for sentence in indicators.recomputed(replace(plan.indicators, results=fresh)):
            told.setdefault(sentence, Problem("recomputed", row.number, sentence))
    return list(told.values())


def approval_of(row: Edition) -> shelf.Approval:
    """What the approval file of an approved edition must hold."""
    if row.approved_on is None:
        raise ValueError(f"Expected an approved edition, found {row.number} not approved.")
    return shelf.Approval(
        number=row.number,
        sha256=row.sha256,
        approved_by=row.approver_name,
        body=row.approved_body,
        on=row.approved_on,
        note=row.decision_note or None,
        decision=decision_of(row),
    )


def decision_of(row: Edition) -> shelf.ApprovingDecision | None:
    """The decision that approved an edition, if one was named."""
    if row.decision is None:
        return None
    return msgspec.convert(row.decision, shelf.ApprovingDecision)


def _problems_of(row: Edition) -> Iterator[Problem]:
    yield from _file_problems(row)
    yield from _chain_problems(row)
    yield from _approval_problems(row)


def _file_problems(row: Edition) -> Iterator[Problem]:
    path = shelf.path_of(row.file_name)
    found = codec.fingerprint(path.read_bytes()) if path.exists() else None
    message = opened.problem_with(row.file_name, expected=row.sha256, found=found)
    if message:
        yield Problem("file_changed" if found else "file_missing", row.number, message)


def _chain_problems(row: Edition) -> Iterator[Problem]:
    before = row.previous.sha256 if row.previous else ""
    if row.previous_sha256 != before:
        yield Problem(
            "chain_broken",
            row.number,
            _(
                "Edition %(number)s was frozen after an edition with sha256 %(expected)s; "
                "the edition before now has %(found)s. Restore the database from a backup."
            )
            % {"number": row.number, "expected": row.previous_sha256, "found": before},
        )
    head = _head_of(row)
    if head is None:
        return
    said = (head.number, head.previous, head.previous_sha256)
    expected = (
        row.number,
        row.previous.number if row.previous else None,
        row.previous_sha256 or None,
    )
    if said != expected:
        yield Problem(
            "head_differs",
            row.number,
            _(
                "The file %(name)s says that it is %(said)s; expected %(expected)s (number, "
                "edition before, its sha256). Fetch the file from a backup."
            )
            % {"name": row.file_name, "said": said, "expected": expected},
        )


def _head_of(row: Edition) -> Head | None:
    path = shelf.path_of(row.file_name)
    try:
        return _head_decoder.decode(path.read_bytes()).head
    except (FileNotFoundError, ValueError):
        return None  # Said already, as a missing or changed file.


def _approval_problems(row: Edition) -> Iterator[Problem]:
    name = shelf.approval_name(row.number)
    path = shelf.path_of(name)
    found = path.read_bytes() if path.exists() else None
    if row.state == State.FROZEN:
        if found is not None:
            yield Problem(
                "approval_without_record",
                name,
                _(
                    "The file %(name)s says that %(number)s is approved; the database knows of no "
                    "approval. An approval was interrupted: approve the edition again."
                )
                % {"name": name, "number": row.number},
            )
        return
    if found is None:
        yield Problem(
            "approval_missing",
            name,
            _("The file %(name)s is missing. Fetch it from a backup.") % {"name": name},
        )
    elif found != approval_of(row).encode():
        yield Problem(
            "approval_differs",
            name,
            _(
                "The file %(name)s and the database do not tell of the same approval. "
                "Compare the two, and fetch the file or the database from a backup."
            )
            % {"name": name},
        )


def _strays(rows: list[Edition]) -> Iterator[Problem]:
    known = {row.file_name for row in rows} | {shelf.approval_name(row.number) for row in rows}
    for name in shelf.names():
        if name in known:
            continue
        yield Problem(
            "stray_file",
            name,
            _(
                "The file %(name)s belongs to no edition in the database. If freezing was "
                "interrupted, freeze again: the file is then set aside. If the database was "
                "restored from an older backup, restore a newer one."
            )
            % {"name": name},
        )
