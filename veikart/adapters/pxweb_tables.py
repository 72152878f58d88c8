"""Questions to PxWeb services, what the services say of their tables, and what can go wrong."""

import re
from typing import Any, Literal

import msgspec

from veikart.adapters.pxweb_parts import Selection

ErrorCode = Literal[
    "not_an_address", "not_found", "refused", "too_many_cells", "too_often", "unavailable",
    "not_json", "too_large", "no_such_variable", "no_such_value",
]  # fmt: skip


class PxWebError(Exception):
    """The service gave no table. The message says what was expected, found and what to do."""

    def __init__(self, code: ErrorCode, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message


class Query(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What is asked of a table: for each variable its codes, `*` for all, `top(3)` for the three
    newest, or `from(2019)` for that code and all after it.

    A variable that is not named is left out if the table can do without it, else asked for whole.
    `address` is the table's: `…/api/v0/no/table/07459` in version 1, `…/v2/tables/07459` in 2.
    """

    address: str
    version: Literal[1, 2]
    selection: dict[str, tuple[str, ...]] = {}
    language: str | None = None


class Variable(msgspec.Struct, frozen=True, kw_only=True):
    """A variable of a table: its codes in order, a text for each, and whether it can be left out."""

    code: str
    text: str
    codes: tuple[str, ...]
    texts: tuple[str, ...]
    can_be_left_out: bool = False
    is_time: bool = False


class Table(msgspec.Struct, frozen=True, kw_only=True):
    """What a service says of a table."""

    address: str
    title: str
    variables: tuple[Variable, ...]


def encode_query(query: Query) -> str:
    """The query as JSON, as it is kept with a data set."""
    return msgspec.json.encode(query, order="deterministic").decode()


def decode_query(text: str) -> Query:
    """The query in JSON. Raises ValueError that says what does not fit."""
    try:
        return msgspec.json.decode(text, type=Query)
    except msgspec.DecodeError as problem:
        raise ValueError(
            f"Expected a question to a PxWeb service as JSON, found what does not fit: {problem}."
        ) from problem


def chosen(query: Query, table: Table) -> Selection:
    """The codes that are asked for, for each variable in the table's order.

    Raises PxWebError (`no_such_variable`, `no_such_value`).
    """
    known = {variable.code for variable in table.variables}
    for code in query.selection:
        if code not in known:
            raise PxWebError(
                "no_such_variable",
                f"Expected a variable out of {', '.join(sorted(known))}, found “{code}”. Mend the "
                "question.",
            )
    return {
        variable.code: _codes(query.selection.get(variable.code, ("*",)), variable)
        for variable in table.variables
        if variable.code in query.selection or not variable.can_be_left_out
    }


def _codes(wanted: tuple[str, ...], variable: Variable) -> list[str]:
    codes: list[str] = []
    for each in wanted:
        codes += _codes_of(each, variable)
    return list(dict.fromkeys(codes))


def _codes_of(wanted: str, variable: Variable) -> list[str]:
    known = list(variable.codes)
    if wanted in known:
        return [wanted]
    if wanted == "*":
        return known
    if match := re.fullmatch(r"top\((\d{1,6})\)", wanted):
        number = int(match[1])
        return known[max(len(known) - number, 0) :] if variable.is_time else known[:number]
    if (match := re.fullmatch(r"from\((.+)\)", wanted)) and match[1] in known:
        return known[known.index(match[1]) :]
    raise PxWebError(
        "no_such_value",
        f"Expected a code of {variable.code} ({', '.join(known[:8])}, …), *, top(n) or from(code); "
        f"found “{wanted}”. Mend the question.",
    )


def table_of_1(address: str, said: dict[str, Any]) -> Table:
    """A table as version 1 tells of it. Raises PxWebError (`not_json`)."""
    try:
        variables = tuple(
            Variable(
                code=str(each["code"]),
                text=str(each.get("text", each["code"])),
                codes=tuple(map(str, each["values"])),
                texts=tuple(map(str, each.get("valueTexts", each["values"]))),
                can_be_left_out=bool(each.get("elimination", False)),
                is_time=bool(each.get("time", False)),
            )
            for each in said["variables"]
        )
    except (KeyError, TypeError, AttributeError) as problem:
        raise not_json_at(address, "JSON that describes no table") from problem
    return Table(address=address, title=str(said.get("title", "")), variables=variables)


def table_of_2(address: str, said: dict[str, Any]) -> Table:
    """A table as version 2 tells of it, in JSON-stat. Raises PxWebError (`not_json`)."""
    try:
        times = said.get("role", {}).get("time", [])
        variables = tuple(
            _variable_of_2(str(code), said["dimension"][code], code in times) for code in said["id"]
        )
    except (KeyError, TypeError, AttributeError) as problem:
        raise not_json_at(address, "JSON that describes no table") from problem
    return Table(address=address, title=str(said.get("label", "")), variables=variables)


def _variable_of_2(code: str, said: dict[str, Any], is_time: bool) -> Variable:
    category = said["category"]
    index = category.get("index") or list(category["label"])
    codes = sorted(index, key=index.__getitem__) if isinstance(index, dict) else list(index)
    labels = category.get("label", {})
    return Variable(
        code=code,
        text=str(said.get("label", code)),
        codes=tuple(map(str, codes)),
        texts=tuple(str(labels.get(each, each)) for each in codes),
        can_be_left_out=bool((said.get("extension") or {}).get("elimination", False)),
        is_time=is_time,
    )


def not_json_at(address: str, found: str) -> PxWebError:
    """The error of an address that gives something else than JSON, such as a web page."""
    return PxWebError(
        "not_json",
        f"Expected JSON from {address}, found {found}. Look whether the address is the table’s in "
        "the service’s API, and the version the right one.",
    )


def checked_address(address: str) -> str:
    """A table's address without what ends it. Raises PxWebError (`not_an_address`)."""
    plain = address.strip().rstrip("/")
    if not re.fullmatch(r"https?://[^\s/?#]+/[^\s?#]*", plain):
        raise PxWebError(
            "not_an_address",
            f"Expected a table’s address, such as https://data.ssb.no/api/v0/no/table/07459, found "
            f"“{address}”. Copy it from the service’s page.",
        )
    return plain
