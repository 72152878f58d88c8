"""What lies in the shipped dataset: complete, resolved, in three languages, and true to its sources."""

import csv
import os
import re
from collections import Counter
from pathlib import Path

import pytest

from tests.shared import SHARED, needs_shared
from veikart.engines.readers import choose
from veikart.engines.readers.notes import parse_notes, read_notes
from veikart.engines.readers.register import read_register
from veikart.intake.datasets import (
    DATASETS,
    abbreviations,
    content,
    files,
    hearing_files,
    indicator_files,
)

EHELSE = DATASETS["ehelse"]


@pytest.fixture(scope="module")
def ehelse():
    return content.read(EHELSE)


@pytest.fixture(scope="module")
def register():
    path = EHELSE / "register-2026-08.csv"
    return read_register(path.name, path.read_bytes())


def values_of(items, kind):
    return {item.key: item.values for item in items if item.kind == kind}


def test_the_dataset_holds_what_the_strategy_and_the_roadmap_have(ehelse, register):
    counts = Counter(item.kind for item in ehelse.items)

    assert dict(counts) == {
        "organisation": 58,
        "user_group": 19,
        "phase": 5,
        "vision": 1,
        "overarching_goal": 3,
        "strategic_goal": 5,
        "statement": 41,
        "prerequisite": 9,
        "target_group": 10,
        "sdg": 6,
        "related_strategy": 15,
        "delmal": 20,
        "grouping": 54,
        "deliverable": 110,
        "dependency": 87,
        "indicator": 14,
        "hearing": 1,
        "body": 3,
        "seat": 49,
        "case": 6,
        "paper": 2,
        "meeting": 8,
        "decision": 3,
        "work_plan": 1,
        "evaluation": 1,
    }
    assert register.counts["deliverable"] == 263
    assert (
        sum(len(delmal["benefits"]) for delmal in values_of(ehelse.items, "delmal").values()) == 69
    )


def test_statements_by_goal_and_kinds_of_goals(ehelse):
    statements = Counter(values["goal"] for values in values_of(ehelse.items, "statement").values())
    goals = values_of(ehelse.items, "strategic_goal")

    assert statements == {"mal/1": 8, "mal/2": 7, "mal/3": 5, "mal/4": 10, "mal/5": 11}
    assert [goal["kind"] for goal in goals.values()] == ["direct"] * 3 + ["enabling"] * 2


@needs_shared
def test_statements_and_titles_are_word_for_word_those_of_the_strategy(ehelse):
    (document,) = (SHARED / "seeds").glob("001_*.txt")
    text = document.read_text(encoding="utf-8")

    strange = [
        item.values.get("title") or item.values["text"]
        for item in ehelse.strategy_items
        if item.kind in {"vision", "overarching_goal", "strategic_goal", "statement"}
        and (item.values.get("title") or item.values["text"]) not in text
    ]

    assert strange == []


@needs_shared
def test_the_strategy_has_the_objects_that_its_reader_finds_in_the_document(ehelse):
    (document,) = (SHARED / "seeds").glob("001_*.txt")
    found = choose.read(document.name, document.read_bytes()).items
    ours = {(item.kind, item.key): item.values for item in ehelse.strategy_items}
    beside_the_document = {
        ("related_strategy", "strategi/nasjonal-e-helsestrategi-2017-2022"),
        ("related_strategy", "strategi/nasjonal-e-helsestrategi-versjon-1-0-2025"),
    }

    theirs = {(item.kind, item.key): item.values for item in found}

    kinds = {kind for kind, _key in theirs}
    assert {place for place in ours if place[0] in kinds} - theirs.keys() == beside_the_document
    assert theirs.keys() - ours.keys() == set()
    for field in ("title", "kind", "goal", "on", "number", "name", "ring", "goals", "most_direct"):
        assert {p: _plain(v.get(field)) for p, v in theirs.items()} == {
            p: _plain(ours[p].get(field)) for p in theirs
        }


def _plain(value):
    return sorted(value) if isinstance(value, list | tuple) else value


@needs_shared
def test_descriptions_are_our_own_and_copy_no_sentence_of_the_strategy(ehelse):
    (document,) = (SHARED / "seeds").glob("001_*.txt")
    text = " ".join(document.read_text(encoding="utf-8").split())
    ours = [
        sentence
        for item in ehelse.strategy_items
        for field in ("summary", "attainment", "sentence", "text", "background", "conditions")
        if not (item.kind in {"vision", "statement"} and field == "text")
        for sentence in _sentences(item.values.get(field))
    ]

    assert len(ours) > 50
    assert [sentence for sentence in ours if sentence in text] == []


def _sentences(value):
    texts = [value] if isinstance(value, str) else value or []
    return [s for text in texts for s in re.split(r"(?<=[.])\s+", text) if len(s) > 40]


def test_the_strategys_own_indicators_say_no_more_than_the_sources(ehelse):
    indicators = values_of(ehelse.items, "indicator")
    numbered = {uid: v for uid, v in indicators.items() if not v["code"].startswith("e")}

    assert [values["code"] for values in numbered.values()] == ["1.1", "1.2", "1.3", "1.4", "3.1"]
    assert [uid for uid, values in numbered.items() if values["title"] is None] == [
        "indikator/1.1",
        "indikator/1.2",
        "indikator/1.3",
    ]
    assert {series.indicator for series in ehelse.series}.isdisjoint(numbered)
    assert not any(
        values[name] for values in indicators.values() for name in ("targets", "baseline_value")
    )


def test_every_indicator_says_in_a_note_what_is_known_and_whose_the_tie_is(ehelse):
    for values in values_of(ehelse.items, "indicator").values():
        assert values["note"]
        if values["title"]:
            assert all(values["translations"].values())
        if values["code"].startswith("e"):
            assert all([values["source"], values["source_address"], values["quality"]])
            assert not values["measures"] or "vår egen kobling" in values["note"]


def test_every_reference_resolves(ehelse, register):
    regions = {f"helseregion/{name}" for name in ("vest", "midt-norge", "nord", "sor-ost")}
    known = {item.key for item in [*ehelse.items, *register.items]} | regions
    older_codes = {"delmal/2F"}

    referred = {
        found
        for item in ehelse.items
        for field, value in item.values.items()
        for found in _uids(value)
        if field not in {"text", "sentence", "reason", "note"}
    }

    assert {"aktor/ks", "fn-mal/3", "mal/1/oppna/7"} <= referred
    assert referred - known == older_codes


def _uids(value):
    if isinstance(value, str):
        return [value] if re.fullmatch(r"[a-z-]+/[\w/-]+", value) else []
    if isinstance(value, dict):
        return [uid for name, each in value.items() if name != "note" for uid in _uids(each)]
    if isinstance(value, list | tuple):
        return [uid for each in value for uid in _uids(each)]
    return []


def test_groupings_and_delmal_are_those_of_the_register(ehelse, register):
    for kind in ("grouping", "delmal"):
        ours, theirs = values_of(ehelse.items, kind), values_of(register.items, kind)
        assert ours.keys() == theirs.keys()
        assert [ours[uid]["title"] for uid in theirs] == [v["title"] for v in theirs.values()]


def test_what_we_add_to_deliverables_names_them_as_the_register_does(register):
    names = {
        values["register_id"]: values["name"]
        for values in values_of(register.items, "deliverable").values()
    }
    added = files.read_csv(EHELSE / "deliverables.csv", files.DeliverableEntry)

    assert {entry.register_id: entry.name for entry in added} == {
        entry.register_id: names[entry.register_id] for entry in added
    }


@pytest.mark.parametrize(
    "kind",
    [
        "delmal",
        "user_group",
        "vision",
        "overarching_goal",
        "strategic_goal",
        "target_group",
        "sdg",
        "phase",
    ],
)
def test_every_name_has_nynorsk_and_english(ehelse, kind):
    found = values_of(ehelse.items, kind)

    assert found
    assert [uid for uid, values in found.items() if not all(values["translations"].values())] == []


def test_nothing_is_an_empty_text(ehelse):
    assert [item.key for item in ehelse.items if _has_empty(item.values)] == []


def _has_empty(value):
    if isinstance(value, dict):
        return any(_has_empty(each) for each in value.values())
    if isinstance(value, list):
        return any(_has_empty(each) for each in value)
    return isinstance(value, str) and not value.strip()


def test_abbreviations_are_written_out_once_each_in_every_language():
    written = [entry.abbr for entry in abbreviations("ehelse")]
    glossary = (Path(__file__).parents[2] / "GLOSSARY.md").read_text(encoding="utf-8")

    assert len(set(written)) == len(written) == 55
    assert [
        entry.abbr
        for entry in abbreviations("ehelse")
        if f"| {entry.abbr} | {entry.nb} | {entry.nn} | {entry.en} |" not in glossary
    ] == []


def test_sixteen_disagreements_change_rows_that_are_there(register):
    paths = sorted((EHELSE / "disagreements").iterdir())
    known = {item.key for item in register.items}

    notes = [parse_notes(path.name, path.read_bytes()) for path in paths]
    proposals = [read_notes(path.name, path.read_bytes()) for path in paths]

    assert len(paths) == len({note.title for note in notes}) == 16
    assert all(proposal.items and proposal.warnings for proposal in proposals)
    changed = {item.key for proposal in proposals for item in proposal.items}
    assert {re.sub(r"/periode/\d+$", "", key) for key in changed} <= known
    assert len(changed) == 27


def test_every_file_of_the_dataset_has_its_source(ehelse):
    sources = (EHELSE / "SOURCES.md").read_text(encoding="utf-8")

    unnamed = [
        name for name in os.listdir(EHELSE) if name != "SOURCES.md" and f"`{name}" not in sources
    ]

    assert unnamed == []


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("strategy.toml", 'title = "A"', "strategy.toml: Object missing required field `version`"),
        ("strategy.toml", "title =", "strategy.toml: Invalid value"),
        ("delmal.toml", "", r"delmal.toml: expected entries that begin with \[\[delmal\]\]"),
        ("benefits.csv", "delmal,no,text,basis\n9Z,1,Bra,prose\n", "benefits.csv: .* found 9Z"),
        ("user_groups.csv", "slug,nb,nn,xx\na,A,A,A\n", "user_groups.csv, line 2: .* `xx`"),
        ("groupings.toml", "[[groupings]]\ncolour = 1", "groupings.toml: .* `colour`"),
    ],
)
def test_a_file_that_does_not_fit_is_refused_with_its_name_and_place(
    tmp_path, name, text, expected
):
    for path in (Path(__file__).parent / "eksempel").glob("*.*"):
        (tmp_path / path.name).write_bytes(path.read_bytes())
    (tmp_path / name).write_text(text, encoding="utf-8")

    with pytest.raises(ValueError, match=expected):
        content.read(tmp_path)


def test_a_folder_without_its_files_is_refused(tmp_path):
    with pytest.raises(LookupError, match=r"Expected the file strategy.toml in .*; there is none"):
        content.read(tmp_path)


def test_csv_cells_that_are_blank_are_missing(tmp_path):
    path = tmp_path / "organisations.csv"
    path.write_text("slug,name,kind,valid_to\na,A,agency,\n", encoding="utf-8")

    (entry,) = files.read_csv(path, files.OrganisationEntry)

    assert (entry.valid_to, entry.organisation_number) == (None, None)


def test_the_csv_files_have_only_columns_that_are_read():
    kinds = {
        "benefits": files.BenefitEntry,
        "organisations": files.OrganisationEntry,
        "user_groups": files.UserGroupEntry,
        "deliverables": files.DeliverableEntry,
        "dependencies": files.DependencyEntry,
        "sources": files.SourceEntry,
        "abbreviations": files.AbbreviationEntry,
    }
    for name, kind in kinds.items():
        with (EHELSE / f"{name}.csv").open(encoding="utf-8", newline="") as file:
            assert tuple(next(csv.reader(file))) == kind.__struct_fields__


def test_the_recipe_names_every_file_and_field():
    recipe = (Path(__file__).parents[2] / "docs/recipes/add-a-dataset.md").read_text("utf-8")
    entries = [
        entry
        for entry in {**vars(files), **vars(indicator_files), **vars(hearing_files)}.values()
        if isinstance(entry, type) and issubclass(entry, files.Entry)
    ]

    fields = {field for entry in entries for field in entry.__struct_fields__}

    assert [f for f in sorted(fields) if not re.search(rf"[`\[.]{f}[`\]]", recipe)] == []
    assert [
        path.name
        for path in EHELSE.iterdir()
        if f"`{path.name}" not in recipe and not path.name.startswith("register")
    ] == []
