"""The JSON Schema of what `veikart take-in --json` prints: a reader's proposal, kind by kind."""

import sys
from typing import Any

import msgspec

from veikart.engines.proposal import Proposal
from veikart.engines.readers import reply_values
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

_DEFS = "#/$defs/{name}"


def json_schema() -> dict[str, Any]:
    """The schema, as published in docs/schema/proposal.schema.json.

    The values of a reply's kinds are all there. Those of each other kind are fields of its struct in the Plan. None is required, since a
    document need not speak of it; each may be null, since a document may leave it blank. Kinds
    that are not listed here are those of other readers, and their values are not described.
    """
    (proposal_ref, *_refs), defs = msgspec.json.schema_components(
        [Proposal, *STRUCTS.values(), *(struct for one in REPLIES.values() for struct in one)],
        ref_template=_DEFS,
    )
    whole = defs.pop(proposal_ref["$ref"].rpartition("/")[2])
    values = {f"{kind}_values": _values(kind, defs) for kind in STRUCTS}
    kept = {name: schema for name, schema in defs.items() if name not in _replaced()}
    for structs in REPLIES.values():
        for struct in structs:
            kept[struct.__name__] = {**defs[struct.__name__], "additionalProperties": False}
    kept["Item"] = {
        **defs["Item"],
        "allOf": [_if_kind(kind) for kind in STRUCTS] + [_if_reply(kind) for kind in REPLIES],
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


def _if_reply(kind: str) -> dict[str, Any]:
    values = [{"$ref": _DEFS.format(name=struct.__name__)} for struct in REPLIES[kind]]
    return {
        "if": {"properties": {"kind": {"const": kind}}},
        "then": {"properties": {"key": {"pattern": REPLY_KEYS[kind]}, "values": {"anyOf": values}}},
    }


if __name__ == "__main__":
    sys.stdout.write(msgspec.json.format(msgspec.json.encode(json_schema())).decode() + "\n")
