"""The JSON Schema of what `veikart take-in --json` prints: a reader's proposal, kind by kind."""

import sys
from typing import Any

import msgspec

from veikart.engines.proposal import Proposal
from veikart.engines.readers import agenda_values, reply_values, slides_values
from veikart.engines.slugs import REGISTER_ID
from veikart.plan import model
from veikart.plan.schema_text import published

STRUCTS: dict[str, type[model.Part]] = {
    "vision": model.Vision,
    "overarching_goal": model.OverarchingGoal,
    "strategic_goal": model.StrategicGoal,
    "statement": model.Statement,
    "delmal": model.Delmal,
    "prerequisite": model.Prerequisite,
    "target_group": model.TargetGroup,
    "sdg": model.Sdg,
    "related_strategy": model.RelatedStrategy,
    "grouping": model.Grouping,
    "deliverable": model.Deliverable,
    "phase_period": model.PhasePeriod,
}
"""The struct of the Plan that the values of each kind are fields of."""

KEYS = {
    "vision": "^visjon$",
    "overarching_goal": r"^overordnet-mal/\d+$",
    "strategic_goal": r"^mal/\d+$",
    "statement": r"^mal/\d+/oppna/\d+$",
    "delmal": r"^delmal/\d+[A-ZÆØÅ]$",
    "prerequisite": r"^mal/\d+/forutsetter/\d+$",
    "target_group": "^malgruppe/[a-z0-9-]+$",
    "sdg": r"^fn-mal/\d+$",
    "related_strategy": "^strategi/[a-z0-9-]+$",
    "grouping": "^gruppering/[a-z0-9-]+$",
    "deliverable": f"^leveranse/{REGISTER_ID}$",
    "phase_period": rf"^leveranse/{REGISTER_ID}/periode/\d+$",
}
"""What the key of each kind looks like: the uid that the object has in the Plan."""

REPLIES: dict[str, tuple[type[msgspec.Struct], ...]] = {
    "reply": (reply_values.ReplyValues, reply_values.LetterValues, reply_values.MailValues),
    "answer": (reply_values.AnswerValues,),
    "point": (reply_values.PointValues,),
}
"""The structs that the values of a reply's items may be: the whole of one of them."""

REPLY_KEYS = {
    "reply": "^svar$",
    "answer": r"^svar/sporsmal/\d+$",
    "point": r"^svar/punkt/\d+$",
}
"""What comes behind the hearing's uid, but for the reply's number, which is not known yet."""

COUNCIL: dict[str, tuple[type[msgspec.Struct], ...]] = {
    "meeting": (agenda_values.MeetingValues,),
    "seat": (agenda_values.SeatValues,),
    "case": (agenda_values.CaseValues,),
    "question": (agenda_values.QuestionValues,),
    "attachment": (agenda_values.AttachmentValues,),
    "proposed_decision": (agenda_values.ProposedDecisionValues,),
    "decision": (agenda_values.DecisionValues,),
    "top_note": (agenda_values.TopNoteValues,),
    "follow_up": (agenda_values.FollowUpValues,),
    "area_assessment": (slides_values.AreaAssessmentValues,),
    "rating": (slides_values.RatingValues,),
    "finding": (slides_values.FindingValues,),
    "work_stream": (slides_values.WorkStreamValues,),
    "work_plan": (slides_values.WorkPlanValues,),
    "phase": (slides_values.PhaseValues,),
    "milestone": (slides_values.MilestoneValues,),
}
"""The structs that the values of what a council treats are the whole of."""

_MEETING = "mote/[a-z0-9-]+/[a-z0-9-]+"
_CASE = rf"(?:sak/[a-z0-9-]+/\d+-\d\d(?:\.\d+)?|{_MEETING}/punkt/\d+)"
COUNCIL_KEYS = {
    "meeting": rf"^{_MEETING}(?:/\d+)?$",
    "seat": rf"^{_MEETING}/plass/\d+$",
    "case": rf"^{_CASE}$",
    "question": rf"^(?:{_CASE}/sporsmal/\d+|evaluering/sporsmal/\d+)$",
    "attachment": rf"^{_CASE}/vedlegg/[a-z0-9]+(?:\.\d+)?$",
    "proposed_decision": rf"^{_CASE}/forslag(?:/\d+)?$",
    "decision": rf"^{_CASE}/vedtak(?:/\d+)*$",
    "top_note": rf"^(?:{_CASE}|{_MEETING})/toppnotat(?:/\d+)?$",
    "follow_up": rf"^{_MEETING}/oppfolging/\d+$",
    "area_assessment": r"^evaluering/omrade/\d+$",
    "rating": r"^evaluering/vurdering/\d+$",
    "finding": r"^evaluering/funn/\d+$",
    "work_stream": r"^arbeidsplan/arbeidsstrom/\d+$",
    "work_plan": r"^arbeidsplan/\d{4}-\d{4}$",
    "phase": r"^arbeidsplan/\d{4}-\d{4}/fase/\d+$",
    "milestone": r"^arbeidsplan/\d{4}-\d{4}/dato/[0-9.-]+(?:/\d+)?$",
}
"""What the key of each of these looks like."""

_WHOLE = REPLIES | COUNCIL
_WHOLE_KEYS = REPLY_KEYS | COUNCIL_KEYS
_DEFS = "#/$defs/{name}"


def json_schema() -> dict[str, Any]:
    """The schema, as published in docs/schema/proposal.schema.json.

    The values of a reply's kinds, and of what a council treats, are all there. Those of each other kind are fields of its struct in the Plan. None is required, since a
    document need not speak of it; each may be null, since a document may leave it blank. Kinds
    that are not listed here are those of other readers, and their values are not described.
    """
    (proposal_ref, *_refs), defs = msgspec.json.schema_components(
        [Proposal, *STRUCTS.values(), *(struct for one in _WHOLE.values() for struct in one)],
        ref_template=_DEFS,
    )
    whole = defs.pop(proposal_ref["$ref"].rpartition("/")[2])
    values = {f"{kind}_values": _values(kind, defs) for kind in STRUCTS}
    kept = {name: schema for name, schema in defs.items() if name not in _replaced()}
    for structs in _WHOLE.values():
        for struct in structs:
            kept[struct.__name__] = {**defs[struct.__name__], "additionalProperties": False}
    kept["Item"] = {
        **defs["Item"],
        "allOf": [_if_kind(kind) for kind in STRUCTS] + [_if_whole(kind) for kind in _WHOLE],
    }
    definitions = dict(sorted({**kept, **values}.items()))
    return published("Proposal (veikart take-in --json)", {**whole, "$defs": definitions})


def _replaced() -> set[str]:
    """The structs whose fields stand in the values of a kind instead."""
    return {struct.__name__ for struct in STRUCTS.values()}


def _values(kind: str, defs: dict[str, Any]) -> dict[str, Any]:
    struct = defs[STRUCTS[kind].__name__]
    fields = {name: _or_null(schema) for name, schema in struct["properties"].items()}
    fields.pop("uid", None)
    if kind == "deliverable":
        fields.pop("periods")  # each is an item of its own
    if kind == "phase_period":
        fields["deliverable"] = {"type": "string", "pattern": KEYS["deliverable"]}
    return {
        "title": f"Values of {kind}",
        "description": struct["description"],
        "type": "object",
        "properties": fields,
        "additionalProperties": False,
        "minProperties": 1,
    }


def _or_null(schema: dict[str, Any]) -> dict[str, Any]:
    bare = {word: value for word, value in schema.items() if word != "default"}
    return {"anyOf": [bare, {"type": "null"}]}


def _if_kind(kind: str) -> dict[str, Any]:
    return {
        "if": {"properties": {"kind": {"const": kind}}},
        "then": {
            "properties": {
                "key": {"pattern": KEYS[kind]},
                "values": {"$ref": _DEFS.format(name=f"{kind}_values")},
            }
        },
    }


def _if_whole(kind: str) -> dict[str, Any]:
    values = [{"$ref": _DEFS.format(name=struct.__name__)} for struct in _WHOLE[kind]]
    return {
        "if": {"properties": {"kind": {"const": kind}}},
        "then": {
            "properties": {"key": {"pattern": _WHOLE_KEYS[kind]}, "values": {"anyOf": values}}
        },
    }


if __name__ == "__main__":
    sys.stdout.write(msgspec.json.format(msgspec.json.encode(json_schema())).decode() + "\n")
