"""Random plans for property tests: every field of every struct, from small pools so that two meet."""

import datetime as dt
import types
from typing import Any, Literal, Union, get_args, get_origin

import msgspec
from hypothesis import strategies as st
from msgspec.structs import replace

from tests.plan.samples import fuzzy, sample
from veikart.engines.dates import FuzzyDate
from veikart.plan import consultations, council, evaluation, indicators, model
from veikart.plan.model import SCHEMA, Plan

POOLS: dict[type, tuple[str, ...]] = {
    model.Vision: ("visjon",),
    model.OverarchingGoal: ("overordnet-mal/1", "overordnet-mal/2"),
    model.StrategicGoal: ("mal/1", "mal/2", "mal/3"),
    model.Statement: ("mal/1/oppna/1", "mal/1/oppna/2", "mal/2/oppna/1"),
    model.Delmal: ("delmal/1A", "delmal/1B", "delmal/2A", "delmal/2B"),
    model.Prerequisite: ("mal/1/forutsetter/2", "mal/2/forutsetter/1"),
    model.TargetGroup: ("malgruppe/a", "malgruppe/b"),
    model.Sdg: ("fn-mal/3", "fn-mal/9"),
    model.RelatedStrategy: ("strategi/a", "strategi/b"),
    model.Phase: tuple(f"fase/{name}" for name in ("konsept", "innforing", "i-bruk")),
    model.Grouping: ("gruppering/1a-a", "gruppering/1a-b", "gruppering/2a-c"),
    model.Deliverable: tuple(f"leveranse/{number}" for number in range(1, 7)),
    model.Dependency: ("avhengighet/a", "avhengighet/b"),
    model.Organisation: ("aktor/a", "aktor/b", "aktor/c"),
    model.UserGroup: ("brukergruppe/a", "brukergruppe/b"),
    model.Region: ("helseregion/nord", "helseregion/vest"),
    indicators.Indicator: ("indikator/1.4", "indikator/e1"),
    indicators.DataSet: ("datasett/0123456789abcdef", "datasett/fedcba9876543210"),
    indicators.Result: ("indikator/1.4/serie/1", "indikator/e1/serie/1", "indikator/e1/serie/2"),
    indicators.County: ("fylke/03", "fylke/11"),
    indicators.HospitalArea: ("sykehusomrade/oslo", "sykehusomrade/stavanger"),
    indicators.Municipality: ("kommune/0301", "kommune/1103"),
    consultations.Hearing: ("horing/22-414", "arbeidsmote/2021"),
    consultations.Reply: ("horing/22-414/svar/1", "horing/22-414/svar/2"),
    consultations.Point: ("horing/22-414/svar/1/punkt/1", "horing/22-414/svar/2/punkt/1"),
    consultations.Theme: ("horing/22-414/tema/1", "horing/22-414/tema/2"),
    consultations.ChangeArea: ("horing/22-414/endringsomrade/1",),
    consultations.DraftGoal: ("horing/22-414/malutkast/1",),
    consultations.PriorityRound: ("horing/22-414/prioritering/1",),
    consultations.LedTo: ("mal/1", "leveranse/1"),
    council.Body: ("organ/nuit", "organ/rad"),
    council.Seat: ("organ/rad/plass/1", "organ/rad/plass/2"),
    council.Meeting: ("mote/rad/1-2026", "mote/rad/2-2026"),
    council.Case: ("sak/nuit/3-26", "sak/rad/1-26", "sak/rad/2-26"),
    council.Paper: ("sak/rad/1-26/vedlegg/1", "sak/rad/1-26/vedlegg/1a"),
    council.Decision: ("sak/rad/1-26/vedtak", "sak/rad/2-26/vedtak"),
    council.FollowUp: ("sak/rad/1-26/oppfolging/1", "mote/rad/1-2026/oppfolging/1"),
    council.WorkPlan: ("arbeidsplan/2026",),
    council.Effect: ("visjon", "mal/1", "delmal/1A", "leveranse/1", "indikator/1.4"),
    evaluation.Evaluation: ("evaluering/2026",),
    evaluation.Principle: ("evalueringsprinsipp/1", "evalueringsprinsipp/2"),
    evaluation.PrincipleCheck: ("evalueringsprinsipp/1/sjekk/1",),
}
POOLS[model.Tombstone] = tuple(uid for pool in POOLS.values() for uid in pool)

REFERENCES: dict[str, type] = {
    "goal": model.StrategicGoal,
    "goals": model.StrategicGoal,
    "most_direct": model.StrategicGoal,
    "delmal": model.Delmal,
    "other_delmal": model.Delmal,
    "replaces": model.Delmal,
    "grouping": model.Grouping,
    "organisation": model.Organisation,
    "user_groups": model.UserGroup,
    "regions": model.Region,
    "first_phase": model.Phase,
    "last_phase": model.Phase,
    "subject": model.Deliverable,
    "on": model.Deliverable,
    "successors": model.Tombstone,
    "indicator": indicators.Indicator,
    "measures": model.StrategicGoal,
    "county": indicators.County,
    "hospital_area": indicators.HospitalArea,
    "hearing": consultations.Hearing,
    "reply": consultations.Reply,
    "anchors": model.StrategicGoal,
    "areas": consultations.ChangeArea,
    "body": council.Body,
    "meeting": council.Meeting,
    "case": council.Case,
    "came_from": council.Case,
    "decision": council.Decision,
    "cites": council.Decision,
    "about": council.Effect,
}

TEXTS = st.sampled_from(["Innsyn", "innsyn", "Innsyn.", "Dialog", "Blå ø – «æ»", "Linje\nto"])
DATES = st.sampled_from(
    [
        fuzzy(words)
        for words in ("2025", "2026", "2026H2", "2026Q3", "~2026Q3", "2026-07", "!2026-07-01",
                      "2026-12-31", "2027-01-01", ">2026", "~>2027")
    ]
)  # fmt: skip

PLAIN: dict[Any, st.SearchStrategy[Any]] = {
    str: TEXTS,
    bool: st.booleans(),
    int: st.integers(1, 3),
    float: st.sampled_from([0.0, 0.25, 0.5, 12.5]),
    dt.date: st.dates(dt.date(2024, 1, 1), dt.date(2030, 12, 31)),
    dt.datetime: st.integers(0, 10**8).map(
        lambda second: dt.datetime.fromtimestamp(second, dt.UTC)
    ),
}

SELDOM = (
    indicators.Indicators,
    indicators.Places,
    consultations.Consultations,
    council.Council,
    evaluation.Evaluations,
)
"""Parts with many fields of which few meet in a rule: mostly empty, so that examples stay quick."""

PARTS = ("strategy", "roadmap", "actors", "indicators", "places", "council")
SELDOM_MODULES = tuple(kind.__module__ for kind in SELDOM)


def plans() -> st.SearchStrategy[Plan]:
    """Any plan that the model allows, its collections sorted and its keys unique."""
    return _struct(Plan)


@st.composite
def mutations(draw: st.DrawFn, plan: Plan) -> Plan:
    """`plan` with a few of its parts replaced by others, as an editor might."""
    for _ in range(draw(st.integers(1, 4))):
        part = draw(st.sampled_from(PARTS))
        old = getattr(plan, part)
        field = draw(st.sampled_from(msgspec.structs.fields(type(old))))
        value = getattr(old, field.name)
        if isinstance(value, tuple) and value and hasattr(value[0], "uid"):
            value = draw(_members_changed(value))
        else:
            value = draw(_field(field.name, field.type, type(old)))
        plan = replace(plan, **{part: replace(old, **{field.name: value})})
    return replace(plan, tombstones=draw(_field("tombstones", _type_of(Plan, "tombstones"), Plan)))


@st.composite
def editions(draw: st.DrawFn) -> tuple[Plan, Plan]:
    """Two plans: an edition of the sample and an edited one, or two that have little in common."""
    if draw(st.booleans()):
        before = draw(mutations(sample()))
        return before, draw(mutations(before))
    return draw(plans()), draw(plans())


@st.composite
def _members_changed(draw: st.DrawFn, members: tuple[Any, ...]) -> tuple[Any, ...]:
    place = draw(st.integers(0, len(members) - 1))
    member = members[place]
    if draw(st.booleans()):
        return members[:place] + members[place + 1 :]
    field = draw(st.sampled_from([f for f in msgspec.structs.fields(member) if f.name != "uid"]))
    value = draw(_field(field.name, field.type, type(member)))
    return (*members[:place], replace(member, **{field.name: value}), *members[place + 1 :])


def _struct(kind: type) -> st.SearchStrategy[Any]:
    if kind is FuzzyDate:
        return DATES
    fields = {f.name: _field(f.name, f.type, kind) for f in msgspec.structs.fields(kind)}
    return st.builds(kind, **fields)


def _field(name: str, kind: Any, owner: type) -> st.SearchStrategy[Any]:
    if name == "schema":
        return st.just(SCHEMA)
    if name == "uid":
        return st.sampled_from(POOLS[owner])
    if name == "no":
        return st.integers(1, 3)
    if kind in SELDOM:
        return st.one_of(st.just(kind()), st.just(kind()), _struct(kind))
    if kind is str and name in REFERENCES:
        return st.sampled_from(POOLS[REFERENCES[name]])
    return _value(name, kind)


def _value(name: str, kind: Any) -> st.SearchStrategy[Any]:
    origin = get_origin(kind)
    if origin in (Union, types.UnionType):
        choices = [st.none() if arg is type(None) else _value(name, arg) for arg in get_args(kind)]
        return st.one_of(choices)
    if origin is Literal:
        return st.sampled_from(get_args(kind))
    if origin is tuple and get_args(kind)[-1] is not Ellipsis:
        return st.tuples(*(_value(name, each) for each in get_args(kind)))
    if origin is tuple:
        return _collection(name, get_args(kind)[0])
    if kind is str and name in REFERENCES:
        return st.sampled_from(POOLS[REFERENCES[name]])
    return PLAIN[kind] if kind in PLAIN else _struct(kind)


def _collection(name: str, of: Any) -> st.SearchStrategy[tuple[Any, ...]]:
    if of is str:
        return st.lists(_value(name, str), max_size=2, unique=True).map(tuple)
    names = getattr(of, "__struct_fields__", ())
    key = next((field for field in ("uid", "no") if field in names), None)
    if key is None:
        return st.lists(_value(name, of), max_size=2).map(tuple)
    most = 1 if of.__module__ in SELDOM_MODULES else 3
    return st.lists(_struct(of), max_size=most, unique_by=lambda member: getattr(member, key)).map(
        lambda members: tuple(sorted(members, key=lambda member: getattr(member, key)))
    )


def _type_of(kind: type, name: str) -> Any:
    return next(field.type for field in msgspec.structs.fields(kind) if field.name == name)
