"""A dataset's folder as items: what is in its files, in the plan's own words, in the order to put."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from veikart.engines.proposal import FoundAt, Item
from veikart.engines.slugs import slug
from veikart.intake.datasets import council_files, files, hearing_files, indicator_files

LONGEST_TITLE = 60
"""As in the register's reader: so much of a grouping's title is in its address."""


@dataclass(frozen=True, kw_only=True)
class Content:
    """What a dataset holds. `after_register` is put once the register has been accepted."""

    dataset: files.DatasetEntry
    strategy: files.StrategyFile
    sources: list[files.SourceEntry]
    actors: list[Item]
    phases: list[Item]
    strategy_items: list[Item]
    after_register: list[Item]
    indicators: list[Item]
    series: list[indicator_files.SeriesFile]
    hearings: list[Item]
    replies: list[hearing_files.ReplyFound]
    councils: list[Item]

    @property
    def items(self) -> list[Item]:
        """All items, in the order they are put."""
        return [
            *self.actors,
            *self.phases,
            *self.strategy_items,
            *self.after_register,
            *self.indicators,
            *self.hearings,
            *self.councils,
        ]


def read(folder: Path) -> Content:
    """What the dataset in `folder` holds.

    Raises LookupError if `dataset.toml` or `strategy.toml` is not there, and ValueError with the
    file and the place if something does not fit.
    """
    strategy = files.read_toml(folder / "strategy.toml", files.StrategyFile)
    indicators, series = indicator_files.read(folder)
    hearings, replies = hearing_files.read(folder)
    return Content(
        dataset=files.read_toml(folder / "dataset.toml", files.DatasetEntry),
        strategy=strategy,
        sources=files.read_csv(folder / "sources.csv", files.SourceEntry),
        actors=_actors(folder),
        phases=list(_phases(folder)),
        strategy_items=[*_strategy(strategy), *_delmal(folder)],
        after_register=[*_groupings(folder), *_deliverables(folder), *_dependencies(folder)],
        indicators=indicators,
        series=series,
        hearings=hearings,
        replies=replies,
        councils=council_files.read(folder),
    )


def grouping_uid(delmal: str, title: str) -> str:
    """The address of a grouping: `gruppering/1a-innsynstjenester`."""
    return f"gruppering/{delmal.lower()}-{slug(title, longest=LONGEST_TITLE)}"


def _item(kind: str, uid: str, /, **values: Any) -> Item:
    return Item(kind=kind, key=uid, values=values, found_at=FoundAt())


def _renderings(entry: files.Translated) -> dict[str, str | None]:
    return {"nn": entry.nn, "en": entry.en}


def _actors(folder: Path) -> list[Item]:
    """Organisations that others succeed come after those that succeed them."""
    entries = files.read_csv(folder / "organisations.csv", files.OrganisationEntry)
    last = [entry for entry in entries if entry.successor]
    return [
        *map(_organisation, (entry for entry in entries if not entry.successor)),
        *_user_groups(folder),
        *map(_organisation, last),
    ]


def _organisation(entry: files.OrganisationEntry) -> Item:
    return _item(
        "organisation",
        f"aktor/{entry.slug}",
        name=entry.name,
        kind=entry.kind,
        organisation_number=entry.organisation_number,
        valid_from=entry.valid_from,
        valid_to=entry.valid_to,
        successor=f"aktor/{entry.successor}" if entry.successor else None,
    )


def _user_groups(folder: Path) -> Iterator[Item]:
    for entry in files.read_csv(folder / "user_groups.csv", files.UserGroupEntry):
        yield _item(
            "user_group",
            f"brukergruppe/{entry.slug}",
            name=entry.nb,
            translations={"nn": entry.nn, "en": entry.en},
        )


def _phases(folder: Path) -> Iterator[Item]:
    for entry in files.read_toml_list(folder / "phases.toml", "phases", files.PhaseEntry):
        yield _item(
            "phase",
            f"fase/{entry.slug}",
            number=entry.number,
            name=entry.name,
            short_name=entry.short_name,
            meaning=entry.meaning,
            pattern=entry.pattern,
            translations=_renderings(entry),
            short_translations={"nn": entry.short_nn, "en": entry.short_en},
        )


# --- The strategy -----------------------------------------------------------------------------


def _strategy(strategy: files.StrategyFile) -> Iterator[Item]:
    if strategy.vision:
        yield _vision(strategy.vision)
    for aim in strategy.overarching_goals:
        yield _item(
            "overarching_goal",
            f"overordnet-mal/{aim.number}",
            number=aim.number,
            title=aim.title,
            text=aim.text,
            translations=_renderings(aim),
        )
    for goal in strategy.goals:
        yield _goal(goal)
    for goal in strategy.goals:
        yield from _statements(goal)
    for need in strategy.prerequisites:
        yield _item(
            "prerequisite",
            f"mal/{need.goal}/forutsetter/{need.on}",
            goal=f"mal/{need.goal}",
            on=f"mal/{need.on}",
            sentence=need.sentence,
            also_stated=need.also_stated,
        )
    yield from _around_the_goals(strategy)


def _vision(vision: files.VisionEntry) -> Item:
    return _item(
        "vision",
        "visjon",
        text=vision.text,
        phrases=[
            {"no": no, "phrase": entry.phrase, "explanation": entry.explanation}
            for no, entry in enumerate(vision.phrases, start=1)
        ],
        translations=_renderings(vision),
    )


def _goal(goal: files.GoalEntry) -> Item:
    return _item(
        "strategic_goal",
        f"mal/{goal.number}",
        number=goal.number,
        title=goal.title,
        kind=goal.kind,
        summary=goal.summary,
        background=goal.background,
        attainment=goal.attainment,
        conditions=goal.conditions,
        footnotes=goal.footnotes,
        translations=_renderings(goal),
    )


def _statements(goal: files.GoalEntry) -> Iterator[Item]:
    for number, text in enumerate(goal.statements, start=1):
        yield _item(
            "statement",
            f"mal/{goal.number}/oppna/{number}",
            goal=f"mal/{goal.number}",
            number=number,
            text=text,
        )


def _around_the_goals(strategy: files.StrategyFile) -> Iterator[Item]:
    for group in strategy.target_groups:
        yield _item(
            "target_group",
            f"malgruppe/{slug(group.name)}",
            name=group.name,
            ring=group.ring,
            translations=_renderings(group),
        )
    for sdg in strategy.sdgs:
        yield _item(
            "sdg",
            f"fn-mal/{sdg.number}",
            number=sdg.number,
            title=sdg.title,
            goals=[f"mal/{number}" for number in sdg.goals],
            most_direct=[f"mal/{number}" for number in sdg.most_direct],
            text=sdg.text,
            translations=_renderings(sdg),
        )
    for related in strategy.related_strategies:
        yield _item(
            "related_strategy",
            f"strategi/{related.slug or slug(related.title)}",
            title=related.title,
            publisher=related.publisher,
            year=related.year,
            period=related.period,
            footnote=related.footnote,
            note=related.note,
        )


def _delmal(folder: Path) -> Iterator[Item]:
    benefits: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in files.read_csv(folder / "benefits.csv", files.BenefitEntry):
        benefits[row.delmal].append({"no": row.no, "text": row.text, "basis": row.basis})
    for entry in files.read_toml_list(folder / "delmal.toml", "delmal", files.DelmalEntry):
        yield _item(
            "delmal",
            f"delmal/{entry.code}",
            code=entry.code,
            title=entry.title,
            goal=f"mal/{entry.goal}",
            benefits=benefits.pop(entry.code, []),
            replaces=[f"delmal/{code}" for code in entry.replaces],
            title_variants=entry.title_variants,
            translations=_renderings(entry),
        )
    if benefits:
        raise ValueError(
            f"benefits.csv: expected the code of a delmål; found {', '.join(sorted(benefits))}. "
            "Add the delmål to delmal.toml, or correct the code."
        )


# --- The roadmap ------------------------------------------------------------------------------


def _groupings(folder: Path) -> Iterator[Item]:
    entries = files.read_toml_list(folder / "groupings.toml", "groupings", files.GroupingEntry)
    for entry in entries:
        yield _item(
            "grouping",
            grouping_uid(entry.delmal, entry.title),
            title=entry.title,
            delmal=f"delmal/{entry.delmal}",
            purpose=entry.purpose,
            owners=[
                {
                    "organisation": f"aktor/{owner.organisation}",
                    "role": owner.role,
                    "note": owner.note,
                }
                for owner in entry.owners
            ],
            user_groups=[f"brukergruppe/{name}" for name in entry.user_groups],
            regions=[f"helseregion/{name}" for name in entry.regions],
            key_dates=[
                {"no": no, "date": key_date.date, "text": key_date.text}
                for no, key_date in enumerate(entry.key_dates, start=1)
            ],
            portfolio_measure=entry.portfolio_measure,
        )


def _deliverables(folder: Path) -> Iterator[Item]:
    for entry in files.read_csv(folder / "deliverables.csv", files.DeliverableEntry):
        yield _item(
            "deliverable",
            f"leveranse/{entry.register_id}",
            owners=[
                {"organisation": uid, "role": "accountable", "note": None}
                for uid in _uids("aktor", entry.accountable)
            ],
            user_groups=_uids("brukergruppe", entry.user_groups),
            regions=_uids("helseregion", entry.regions),
        )


def _dependencies(folder: Path) -> Iterator[Item]:
    for entry in files.read_csv(folder / "dependencies.csv", files.DependencyEntry):
        yield _item(
            "dependency",
            f"avhengighet/{entry.slug}",
            subject=entry.subject,
            on=entry.on,
            on_text=entry.on_text,
            state=entry.state,
            reason=entry.reason,
        )


def _uids(kind: str, slugs: str | None) -> list[str]:
    return [f"{kind}/{each}" for each in (slugs or "").split()]
