"""Values given for an object become its struct: typed, complete, and in the plan's order."""

from collections.abc import Mapping
from functools import cache
from types import NoneType
from typing import Any, get_args

import msgspec
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from veikart.core.kinds import Kind


def given(kind: Kind, uid: str, old: Any, values: Mapping[str, Any]) -> Any:
    """`old` with `values` in place of its own, or a new struct where `old` is None.

    Raises ValueError for a field that the kind does not have, and ValidationError for a value
    that does not fit or is missing.
    """
    unknown = sorted(values.keys() - set(kind.fields))
    if unknown:
        raise ValueError(
            f"Expected fields of {kind.name} ({', '.join(kind.fields)}); "
            f"found {', '.join(unknown)} for {uid}. Correct the names."
        )
    converted = {
        name: _in_order(kind, name, _converted(kind.struct, uid, name, value))
        for name, value in values.items()
    }
    if old is not None:
        return msgspec.structs.replace(old, **converted)
    return kind.struct(uid=uid, **_blanks(kind.struct, uid, converted), **converted)


def given_part(struct: type, uid: str, old: Any, values: Mapping[str, Any]) -> Any:
    """As `given`, for a row of a list, whose number is in `uid`."""
    fields = [name for name in struct.__struct_fields__ if name != "no"]  # type: ignore[attr-defined]
    unknown = sorted(values.keys() - {*fields, "no"})
    if unknown:
        raise ValueError(
            f"Expected the fields {', '.join(fields)}; found {', '.join(unknown)} for {uid}. "
            "Correct the names."
        )
    converted = {n: _converted(struct, uid, n, v) for n, v in values.items() if n != "no"}
    if old is not None:
        return msgspec.structs.replace(old, **converted)
    no = int(uid.rsplit("/", 1)[-1])
    return struct(no=no, **_blanks(struct, uid, {**converted, "no": no}), **converted)


@cache
def _fields(struct: type) -> dict[str, msgspec.structs.FieldInfo]:
    return {info.name: info for info in msgspec.structs.fields(struct)}


def _admits_none(info: msgspec.structs.FieldInfo) -> bool:
    return NoneType in get_args(info.type)


def _is_list(info: msgspec.structs.FieldInfo) -> bool:
    return getattr(info.type, "__origin__", None) is tuple


def _converted(struct: type, uid: str, name: str, value: Any) -> Any:
    info = _fields(struct)[name]
    try:
        value = _without_blanks(info.type, value)
        if value is not None or _admits_none(info):
            return msgspec.convert(value, info.type)
    except (msgspec.ValidationError, ValueError) as problem:
        raise ValidationError(
            _(
                "The value given for “%(field)s” of %(uid)s does not fit: %(problem)s. "
                "Found %(found)s. Correct it where it comes from."
            ),
            code="wrong_value",
            params={"field": name, "uid": uid, "problem": problem, "found": repr(value)[:200]},
        ) from problem
    if not info.required:
        return info.default
    if _is_list(info):
        return ()
    raise _missing(uid, [name])


def _without_blanks(wanted: Any, value: Any) -> Any:
    """`value` with None for empty texts, and rows completed with what may be missing.

    Raises ValueError for a text that no database or file can hold.
    """
    if isinstance(value, str):
        if "\x00" in value or (not value.isascii() and value != _as_utf8(value)):
            raise ValueError("Expected letters and signs; found a NUL or half a character")
        return value if value.strip() else None
    if isinstance(value, list | tuple) and get_args(wanted):
        return [_without_blanks(get_args(wanted)[0], one) for one in value]
    if isinstance(value, Mapping) and hasattr(wanted, "__struct_fields__"):
        infos = _fields(wanted)
        kept = {
            key: _without_blanks(infos[key].type if key in infos else None, one)
            for key, one in value.items()
        }
        missing = (n for n, i in infos.items() if i.required and _admits_none(i) and n not in kept)
        return {**dict.fromkeys(missing), **kept}
    return value


def _as_utf8(text: str) -> str:
    return text.encode(errors="ignore").decode()


def _blanks(struct: type, uid: str, values: Mapping[str, Any]) -> dict[str, Any]:
    """What nobody gave: None or an empty list. Raises ValidationError where neither will do."""
    wanted = {
        name: info
        for name, info in _fields(struct).items()
        if info.required and name not in values and name != "uid"
    }
    missing = [n for n, info in wanted.items() if not _admits_none(info) and not _is_list(info)]
    if missing:
        raise _missing(uid, missing)
    return {name: () if _is_list(info) else None for name, info in wanted.items()}


def _missing(uid: str, names: list[str]) -> ValidationError:
    return ValidationError(
        _("Expected a value for %(fields)s of %(uid)s; found none. Give one."),
        code="missing_value",
        params={"fields": ", ".join(f"“{name}”" for name in names), "uid": uid},
    )


def _in_order(kind: Kind, name: str, value: Any) -> Any:
    if name in kind.rows:
        return kind.rows[name].in_order(value)
    if name in kind.links or name in kind.uid_lists:
        return tuple(sorted(set(value)))
    return value
