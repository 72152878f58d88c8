"""How every JSON Schema of ours is published: which draft, its title, and descriptions without indents."""

import inspect
from typing import Any

DRAFT = "https://json-schema.org/draft/2020-12/schema"


def published(title: str, schema: dict[str, Any]) -> dict[str, Any]:
    """`schema` under `title`, the same whichever Python it is made with.

    Descriptions are docstrings as Python 3.13 keeps them, without the indent of the code.
    """
    return {"$schema": DRAFT, **_unindented(schema), "title": title}


def _unindented(schema: Any) -> Any:
    if isinstance(schema, list):
        return [_unindented(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    return {
        word: inspect.cleandoc(value)
        if word == "description" and isinstance(value, str)
        else _unindented(value)
        for word, value in schema.items()
    }
