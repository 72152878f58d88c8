"""A Plan as bytes: the same content gives the same bytes, and the schema is the one published."""

import hashlib
import json
from pathlib import Path

import jsonschema
import pytest
from msgspec.structs import replace

from tests.plan.samples import sample
from veikart.plan import codec
from veikart.plan.model import SCHEMA

PUBLISHED = Path(__file__).parents[2] / "docs" / "schema" / "plan.schema.json"


def test_a_plan_survives_json_byte_for_byte():
    document = codec.encode(sample())

    assert codec.decode(document) == sample()
    assert codec.encode(codec.decode(document)) == document
    assert document.endswith(b"}\n")


def test_the_fingerprint_is_the_sha_256_that_anybody_can_compute():
    document = codec.encode(sample())

    assert codec.fingerprint(document) == hashlib.sha256(document).hexdigest()
    assert codec.fingerprint(document) != codec.fingerprint(document.replace(b"KS", b"Ks"))


def test_the_published_schema_is_up_to_date_and_a_plan_follows_it():
    schema = json.loads(PUBLISHED.read_text())

    assert schema == json.loads(json.dumps(codec.json_schema())), (
        "Write it anew: python -m veikart.plan.codec > docs/schema/plan.schema.json"
    )
    jsonschema.validate(json.loads(codec.encode(sample())), schema)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({"schema": SCHEMA}, schema)


def test_what_is_not_a_plan_is_refused_with_what_was_found():
    document = codec.encode(sample())

    with pytest.raises(ValueError, match="Expected a plan as JSON in the schema veikart-plan/1"):
        codec.decode(document.replace(b'"earliest":"2025-01-01"', b'"earliest":"in 2025"'))
    with pytest.raises(ValueError, match="contains unknown field `colour`"):
        codec.decode(document.replace(b'"actors":', b'"colour":"red","actors":', 1))
    with pytest.raises(ValueError, match=r"found veikart-plan/2\. Update Veikart"):
        codec.decode(codec.encode(replace(sample(), schema="veikart-plan/2")))
    with pytest.raises(ValueError, match="must not end before it begins"):
        codec.decode(document.replace(b'"earliest":"2025-01-01"', b'"earliest":"2026-01-01"'))
