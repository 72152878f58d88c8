"""A Plan as bytes and back: canonical JSON, its fingerprint, and the published JSON Schema."""

import hashlib
import sys
from typing import Any

import msgspec

from veikart.plan.model import SCHEMA, Plan
from veikart.plan.schema_text import published

_decoder = msgspec.json.Decoder(Plan)


def encode(plan: Plan) -> bytes:
    """Canonical JSON in UTF-8: keys sorted, no spaces, one line feed at the end.

    Equal plans give equal bytes.
    """
    return msgspec.json.encode(plan, order="sorted") + b"\n"


def decode(document: bytes) -> Plan:
    """The Plan in `document`. Raises ValueError with what was expected and found, and where."""
    try:
        plan = _decoder.decode(document)
    except msgspec.DecodeError as problem:
        raise ValueError(
            f"Expected a plan as JSON in the schema {SCHEMA}; {problem}. "
            "Fetch the file again, or validate it against docs/schema/plan.schema.json."
        ) from problem
    if plan.schema != SCHEMA:
        raise ValueError(f"Expected the schema {SCHEMA}, found {plan.schema}. Update Veikart.")
    return plan


def fingerprint(document: bytes) -> str:
    """The SHA-256 of the bytes, in hex: what an edition is known by."""
    return hashlib.sha256(document).hexdigest()


def json_schema() -> dict[str, Any]:
    """The JSON Schema of a Plan, as published in docs/schema/plan.schema.json."""
    return published(f"Plan ({SCHEMA})", msgspec.json.schema(Plan))


if __name__ == "__main__":
    schema_text = msgspec.json.format(msgspec.json.encode(json_schema()), indent=2).decode()
    sys.stdout.write(schema_text + "\n")
