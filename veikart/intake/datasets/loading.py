"""Loads a dataset into the working plan: through the services, in one transaction, and only once."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from pathlib import Path

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from veikart.consultations import services as consultations
from veikart.engines import proposal as engine
from veikart.intake import services as intake
from veikart.intake.datasets import content as contents
from veikart.intake.datasets import files
from veikart.intake.datasets.content import Content
from veikart.intake.kinds import TAKEN
from veikart.intake.models import Change, Proposal, ProposalState
from veikart.intake.reading import read
from veikart.people.models import User
from veikart.places import services as places
from veikart.plan.model import Source
from veikart.strategy import services as strategy

DATASETS: dict[str, Path] = {"ehelse": Path(__file__).parent / "ehelse"}
"""The datasets that come with Veikart, by name."""

Progress = Callable[[str, int, int], None]
"""Called at each step with its name, how many steps are done, and how many there are."""


@dataclass(frozen=True, kw_only=True)
class Loaded:
    """How many objects of each kind the dataset holds, and how many changes it made to the plan."""

    name: str
    counts: dict[str, int]
    changed: int


def names() -> list[str]:
    """The names of the datasets that come with Veikart."""
    return sorted(DATASETS)


def folder_of(name: str) -> Path:
    """The folder of the dataset `name`: one that comes with Veikart, or a folder's own path.

    Raises LookupError that names the known ones if there is none.
    """
    if name in DATASETS:
        return DATASETS[name]
    if (Path(name) / "dataset.toml").is_file():
        return Path(name)
    raise LookupError(
        f"Expected one of the datasets {', '.join(names())}, or a folder with a dataset.toml; "
        f"found “{name}”. Write such a folder as docs/recipes/add-a-dataset.md says."
    )


@cache
def abbreviations(name: str) -> tuple[files.AbbreviationEntry, ...]:
    """What the abbreviations of the dataset `name` stand for, in each language; read once.

    Raises LookupError for an unknown dataset, ValueError for a file that does not fit.
    """
    path = folder_of(name) / "abbreviations.csv"
    return tuple(files.read_csv(path, files.AbbreviationEntry))


@transaction.atomic
def load(name: str, *, by: User | None, progress: Progress | None = None) -> Loaded:
    """Make the working plan say what the dataset says: all of it, or nothing.

    What the dataset does not speak of stays. The register is taken in and accepted whole the
    first time; after that it is for a person to take it in again and decide. Loading again
    changes nothing that nobody else has changed.

    Raises LookupError for an unknown dataset, ValueError for a file that does not fit, Unreadable
    for a register that cannot be read, and ValidationError for what the plan refuses.
    """
    folder = folder_of(name)
    content = contents.read(folder)
    register = _Register.of(folder, content.dataset.register)
    steps: list[tuple[str, Callable[[], int]]] = [
        ("actors", lambda: _put(content.actors, by=by)),
        ("places", _load_places),
        ("phases", lambda: _put(content.phases, by=by)),
        ("strategy", lambda: _put_strategy(content, by=by)),
        ("indicators", lambda: _put(content.indicators, by=by)),
        ("register", lambda: register.accept_whole(by=by) if register else 0),
        ("roadmap", lambda: _put(content.after_register, by=by)),
        ("hearings", lambda: _put(content.hearings, by=by) + _receive(content, by=by)),
        ("councils", lambda: _put(content.councils, by=by)),
        ("figures", lambda: _take_in_figures(content, by=by)),
        ("sources", lambda: _cite(content, register, by=by)),
    ]
    changed = 0
    for done, (step, take) in enumerate(steps):
        if progress:
            progress(step, done, len(steps))
        changed += take()
    if progress:
        progress(steps[-1][0], len(steps), len(steps))
    return Loaded(name=content.dataset.name, counts=_counts(content, register), changed=changed)


@dataclass(frozen=True)
class _Register:
    """The register's export in the dataset's folder, and what its reader found."""

    name: str
    content: bytes
    found: engine.Proposal

    @classmethod
    def of(cls, folder: Path, name: str | None) -> "_Register | None":
        if name is None:
            return None
        content = (folder / name).read_bytes()
        found, _title = read(name, content)
        return cls(name, content, found)

    def accept_whole(self, *, by: User | None) -> int:
        """Take it in and accept every row; 0 if that was done before."""
        taken = Proposal.objects.filter(document__sha256=self.found.file.sha256)
        if taken.filter(state=ProposalState.CLOSED).exists():
            return 0
        proposal = intake.take_in(self.name, self.content, by=by)
        _refuse_other_roadmap(proposal)
        outcome = intake.accept(proposal, by=by)
        if outcome.refused:
            raise ValidationError(
                _(
                    "%(number)d rows of %(name)s do not fit the plan, the first of them %(row)s: %(why)s"
                ),
                code="register_refused",
                params={
                    "number": len(outcome.refused),
                    "name": self.name,
                    "row": outcome.refused[0].row.key,
                    "why": outcome.refused[0].message,
                },
            )
        return len(outcome.accepted)


def _refuse_other_roadmap(proposal: Proposal) -> None:
    """Raise ValidationError if the plan holds what the register lacks: it is another roadmap."""
    gone = proposal.rows.filter(change=Change.GONE).first()
    if gone:
        raise ValidationError(
            _(
                "Expected an empty working plan, or that of the dataset; found %(number)d objects "
                "that %(name)s lacks, such as “%(row)s”. Name another folder in VEIKART_HOME, and "
                "load again."
            ),
            code="another_plan",
            params={"number": proposal.gone, "name": proposal.document.name, "row": gone.name},
        )


def _load_places() -> int:
    """Municipalities and regions; they are reference tables, and not counted as changes."""
    places.load_reference()
    return 0


def _put(items: list[engine.Item], *, by: User | None) -> int:
    """Put the items, each by the app that keeps its kind; answers how many changed something."""
    changed = 0
    for kind, listed in groupby(items, key=lambda item: item.kind):
        values = [(item.kind, item.key, item.values) for item in listed]
        changes = TAKEN[kind].put_many(values, by=by)
        changed += sum(change.verb != "unchanged" for change in changes)
    return changed


def _put_strategy(content: Content, *, by: User | None) -> int:
    head = content.strategy
    names = ("title", "version", "publisher", "from_year", "to_year")
    strategy.set_strategy({name: getattr(head, name) for name in names}, by=by)
    return _put(content.strategy_items, by=by)


def _take_in_figures(content: Content, *, by: User | None) -> int:
    """Take in the indicators' files; answers how many gave a data set that was not there."""
    if not content.series:
        return 0
    # It loads Arrow, which only those need who take in figures.
    from veikart.indicators import taking_in  # noqa: PLC0415

    new = 0
    for series in content.series:
        entry = series.entry
        taken = taking_in.take_in_data_set(
            series.indicator,
            series.path.name,
            series.path.read_bytes(),
            as_of=entry.as_of,
            source=entry.source,
            address=entry.address,
            note=entry.note,
            mapping=taking_in.mapping_of(series.indicator, entry.mapping),
            by=by,
        )
        new += taken.is_new
    return new


def _receive(content: Content, *, by: User | None) -> int:
    """Receive the replies to the dataset's hearings; answers how many were not there before."""
    received = (
        consultations.receive_public(reply.hearing, reply.incoming, by=by)
        for reply in content.replies
    )
    return sum(reply is not None for reply in received)


def _cite(content: Content, register: _Register | None, *, by: User | None) -> int:
    """Name the sources, the register with its fingerprint; changes here are not counted."""
    for entry in content.sources:
        cited = {name: getattr(entry, name) for name in files.SourceEntry.__struct_fields__}
        is_register = register is not None and entry.file == register.name
        sha256 = register.found.file.sha256 if register and is_register else None
        cited.pop("file")
        strategy.cite(Source(**cited, sha256=sha256), by=by)
    return 0


def _counts(content: Content, register: _Register | None) -> dict[str, int]:
    """How many objects there are of each kind, in the order they are put."""
    found = [*content.items, *(register.found.items if register else ())]
    counted = Counter(kind for kind, _key in {(item.kind, item.key) for item in found})
    return {kind: counted[kind] for kind in TAKEN if counted[kind]}
