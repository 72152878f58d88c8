"""What the files of a dataset hold, typed: TOML for what is nested, CSV for what is a plain list."""

import csv
import datetime as dt
import io
import tomllib
from pathlib import Path
from typing import TypeVar

import msgspec

from veikart.engines.dates import Certainty, FuzzyDate, Precision
from veikart.plan.model import BenefitBasis, DependencyState, GoalKind, OwnerRole, Ring


class Entry(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What all entries have in common: immutable, named fields only, nothing unknown."""


class Translated(Entry, frozen=True, kw_only=True):
    """Our own rendering of the entry's name or title in nynorsk and English."""

    nn: str | None = None
    en: str | None = None


class EditionEntry(Entry, frozen=True, kw_only=True):
    """What the first edition of the dataset is called, and the day its content was true."""

    title: str
    as_of: dt.date
    note: str | None = None


class DatasetEntry(Entry, frozen=True, kw_only=True):
    """`dataset.toml`: what the dataset is. `register` names the register's export in the folder."""

    name: str
    title: str
    edition: EditionEntry
    register: str | None = None


class PhraseEntry(Entry, frozen=True, kw_only=True):
    """A phrase of the vision."""

    phrase: str
    explanation: str | None = None


class VisionEntry(Translated, frozen=True, kw_only=True):
    """The vision."""

    text: str
    phrases: list[PhraseEntry] = []


class OverarchingGoalEntry(Translated, frozen=True, kw_only=True):
    """An overarching goal."""

    number: int
    title: str
    text: str | None = None


class GoalEntry(Translated, frozen=True, kw_only=True):
    """A strategic goal with its statements."""

    number: int
    title: str
    kind: GoalKind | None = None
    summary: str | None = None
    background: list[str] = []
    attainment: str | None = None
    conditions: list[str] = []
    footnotes: list[str] = []
    statements: list[str] = []


class PrerequisiteEntry(Entry, frozen=True, kw_only=True):
    """A goal that needs another goal, by their numbers."""

    goal: int
    on: int
    sentence: str
    also_stated: list[str] = []


class TargetGroupEntry(Translated, frozen=True, kw_only=True):
    """A target group; its address comes from its name."""

    name: str
    ring: Ring


class SdgEntry(Translated, frozen=True, kw_only=True):
    """A UN sustainable development goal, with the numbers of the goals that contribute."""

    number: int
    title: str
    goals: list[int]
    most_direct: list[int] = []
    text: str | None = None


class RelatedStrategyEntry(Entry, frozen=True, kw_only=True):
    """Another strategy or plan; its address comes from its title unless `slug` is given."""

    title: str
    slug: str | None = None
    publisher: str | None = None
    year: int | None = None
    period: str | None = None
    footnote: int | None = None
    note: str | None = None


class StrategyFile(Entry, frozen=True, kw_only=True):
    """`strategy.toml`."""

    title: str
    version: str
    publisher: str | None = None
    from_year: int | None = None
    to_year: int | None = None
    vision: VisionEntry | None = None
    overarching_goals: list[OverarchingGoalEntry] = []
    goals: list[GoalEntry] = []
    prerequisites: list[PrerequisiteEntry] = []
    target_groups: list[TargetGroupEntry] = []
    sdgs: list[SdgEntry] = []
    related_strategies: list[RelatedStrategyEntry] = []


class DelmalEntry(Translated, frozen=True, kw_only=True):
    """A delmål in `delmal.toml`; `replaces` are codes it took over."""

    code: str
    goal: int
    title: str
    title_variants: list[str] = []
    replaces: list[str] = []


class BenefitEntry(Entry, frozen=True, kw_only=True):
    """A row of `benefits.csv`."""

    delmal: str
    no: int
    text: str
    basis: BenefitBasis


class PhaseEntry(Translated, frozen=True, kw_only=True):
    """A phase in `phases.toml`; `name_2023` is for the reader of the file only."""

    number: int
    slug: str
    name: str
    short_name: str
    pattern: str
    meaning: str | None = None
    name_2023: str | None = None
    short_nn: str | None = None
    short_en: str | None = None


class OrganisationEntry(Entry, frozen=True, kw_only=True):
    """A row of `organisations.csv`; `successor` is a slug of the same file."""

    slug: str
    name: str
    kind: str
    organisation_number: str | None = None
    valid_from: dt.date | None = None
    valid_to: dt.date | None = None
    successor: str | None = None


class UserGroupEntry(Entry, frozen=True, kw_only=True):
    """A row of `user_groups.csv`: the name in each language."""

    slug: str
    nb: str
    nn: str | None = None
    en: str | None = None


class OwnerEntry(Entry, frozen=True, kw_only=True):
    """An owner of a grouping; `organisation` is a slug of `organisations.csv`."""

    organisation: str
    role: OwnerRole
    note: str | None = None


class KeyDateEntry(Entry, frozen=True, kw_only=True):
    """A date that a text names: `said` word for word, and the days it can mean."""

    said: str
    earliest: dt.date
    latest: dt.date
    precision: Precision
    certainty: Certainty
    text: str

    @property
    def date(self) -> FuzzyDate:
        """The date as the plan holds it. Raises ValueError if it ends before it begins."""
        return FuzzyDate(
            earliest=self.earliest,
            latest=self.latest,
            precision=self.precision,
            certainty=self.certainty,
            text=self.said,
        )


class GroupingEntry(Entry, frozen=True, kw_only=True):
    """A grouping in `groupings.toml`; its address comes from its delmål and title."""

    delmal: str
    title: str
    purpose: str | None = None
    owners: list[OwnerEntry] = []
    user_groups: list[str] = []
    regions: list[str] = []
    key_dates: list[KeyDateEntry] = []
    portfolio_measure: str | None = None


class DeliverableEntry(Entry, frozen=True, kw_only=True):
    """A row of `deliverables.csv`: what the register has no column for; slugs with spaces between.

    `name` is for the reader of the file only.
    """

    register_id: str
    name: str | None = None
    accountable: str | None = None
    user_groups: str | None = None
    regions: str | None = None


class DependencyEntry(Entry, frozen=True, kw_only=True):
    """A row of `dependencies.csv`."""

    slug: str
    subject: str
    on: str | None = None
    on_text: str | None = None
    state: DependencyState = "proposed"
    reason: str | None = None


class SourceEntry(Entry, frozen=True, kw_only=True):
    """A row of `sources.csv`; `file` is the source's own file, if the dataset holds it."""

    title: str
    publisher: str | None = None
    version: str | None = None
    address: str | None = None
    licence: str | None = None
    file: str | None = None


class AbbreviationEntry(Entry, frozen=True, kw_only=True):
    """A row of `abbreviations.csv`: what an abbreviation stands for in each language."""

    abbr: str
    nb: str
    nn: str
    en: str


E = TypeVar("E", bound=Entry)


def read_toml(path: Path, kind: type[E]) -> E:
    """The one entry that the TOML file `path` is.

    Raises LookupError if there is no such file, ValueError with the file, the place and what was
    expected if it does not fit.
    """
    try:
        return msgspec.convert(tomllib.loads(_text(path)), kind)
    except (tomllib.TOMLDecodeError, msgspec.ValidationError) as problem:
        raise ValueError(f"{path.name}: {problem}. Mend that place, and load again.") from problem


def read_toml_list(path: Path, name: str, kind: type[E]) -> list[E]:
    """The entries of the TOML file `path` under [[name]]; none if there is no such file.

    Raises ValueError as `read_toml` does.
    """
    if not path.exists():
        return []
    try:
        found = tomllib.loads(_text(path))
        return msgspec.convert(found, dict[str, list[kind]])[name]  # type: ignore[valid-type]
    except (tomllib.TOMLDecodeError, msgspec.ValidationError) as problem:
        raise ValueError(f"{path.name}: {problem}. Mend that place, and load again.") from problem
    except KeyError as problem:
        raise ValueError(
            f"{path.name}: expected entries that begin with [[{name}]]; found none. Add them, or "
            "take the file away."
        ) from problem


def read_csv(path: Path, kind: type[E]) -> list[E]:
    """One entry for each row of the CSV file `path`, blank cells as None; none without a file.

    Raises ValueError with the file, the row and what was expected if a row does not fit.
    """
    if not path.exists():
        return []
    entries = []
    rows = csv.DictReader(io.StringIO(_text(path), newline=""))
    for row in rows:
        filled = {name: cell for name, cell in row.items() if cell}
        try:
            entries.append(msgspec.convert(filled, kind, strict=False))
        except msgspec.ValidationError as problem:
            raise ValueError(
                f"{path.name}, line {rows.line_num}: {problem}. Expected the columns "
                f"{', '.join(kind.__struct_fields__)}. Mend the row, and load again."
            ) from problem
    return entries


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except FileNotFoundError as problem:
        raise LookupError(
            f"Expected the file {path.name} in {path.parent}; there is none. Write it as "
            "docs/recipes/add-a-dataset.md says."
        ) from problem
    except UnicodeDecodeError as problem:
        raise ValueError(
            f"{path.name} is not UTF-8: {problem}. Save it as UTF-8, and load again."
        ) from problem
