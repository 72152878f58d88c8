"""The glossary says every word of the plan, in every language."""

import inspect
import re
from pathlib import Path

import msgspec
import pytest

from veikart.engines import dates, proposal
from veikart.engines.handling import words as handling
from veikart.people.models import User
from veikart.plan import change, consultations, council, evaluation, index, model

GLOSSARY = (Path(__file__).parents[2] / "GLOSSARY.md").read_text(encoding="utf-8")
ROWS = [
    [cell.strip() for cell in line.strip("| ").split(" | ")]
    for line in GLOSSARY.splitlines()
    if line.startswith("| ")
]
IN_CODE = " ".join(row[0] for row in ROWS)


def said(word):
    return re.search(rf"(?<!\w){re.escape(word)}(?!\w)", IN_CODE) is not None


def structs(module):
    return [
        thing
        for _name, thing in inspect.getmembers(module, inspect.isclass)
        if issubclass(thing, msgspec.Struct) and thing.__struct_fields__
    ]


@pytest.mark.parametrize(
    "struct",
    [
        *structs(model),
        *structs(consultations),
        *structs(council),
        *structs(evaluation),
        dates.FuzzyDate,
    ],
    ids=lambda s: s.__name__,
)
def test_each_struct_of_the_plan_and_each_of_its_fields_is_a_word(struct):
    words = [struct.__name__, *struct.__struct_fields__]

    assert [word for word in words if not said(word)] == []


@pytest.mark.parametrize(
    "words",
    [
        model.GoalKind,
        model.Ring,
        model.OwnerRole,
        model.DependencyState,
        model.Lifecycle,
        model.MilestoneKind,
        model.BenefitBasis,
        model.CauseCode,
        change.ChangeKind,
        handling.Stage,
        handling.QuestionKind,
        handling.PointKind,
        handling.OutcomeValue,
        council.BodyLevel,
        council.MeetingState,
        council.AgendaKind,
        council.Result,
        council.EffectKind,
        council.FollowUpState,
        evaluation.Progress,
        evaluation.CheckValue,
        dates.Precision,
        dates.Certainty,
    ],
)
def test_each_word_of_a_choice_is_said(words):
    assert [word for word in words.__args__ if not said(word)] == []


def test_kinds_roles_and_parts_of_a_proposal_are_said():
    kinds = set(index.KINDS.values())
    named = re.sub(r"\W+", "_", GLOSSARY.lower())

    assert [kind for kind in kinds if kind not in named] == []
    assert [role for role in User.Role.values if role not in IN_CODE] == []
    assert [s.__name__ for s in (proposal.Proposal, proposal.Item, proposal.Caution)] == [
        word for word in ("Proposal", "Item", "Caution") if said(word)
    ]


def test_every_row_is_whole():
    heading, abbreviation_heading = 6, 4

    assert {len(row) for row in ROWS} == {heading, abbreviation_heading}
    assert [row for row in ROWS if not all(row)] == []
