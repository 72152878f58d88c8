"""Figures as SDMX: SDMX-CSV 2.0, and the structure that tells what is in it as SDMX-JSON 2.0."""

import re
from collections.abc import Iterator
from itertools import repeat
from typing import Any, Literal

import msgspec
from django.utils.translation import gettext as _

from veikart.opendata.cube import Cube, Dimension, cube
from veikart.opendata.json_stat import measure_labels
from veikart.opendata.published import Published
from veikart.plan.indicators import Status

AGENCY = "VEIKART"
STRUCTURES = "https://raw.githubusercontent.com/sdmx-twg/sdmx-json/master/structure-message/tools/schemas/2.0.0/sdmx-json-structure-schema.json"
URN = "urn:sdmx:org.sdmx.infomodel"

OBS_STATUS: dict[Status | None, str] = {
    None: "A",
    "missing": "O",
    "not_applicable": "M",
    "not_reported": "L",
    "suppressed": "Q",
    "rounded": "A",
    "estimated": "E",
}
"""SDMX's own code list of observation statuses, CL_OBS_STATUS 2.2."""
BREAK = "B"
FREE, CONFIDENTIAL = "F", "C"
PLAIN = "A,F"
"""The flags of nearly all cells: a normal value, free for publication."""
STATUS_LABELS = {
    "A": "Normal value",
    "B": "Time series break",
    "E": "Estimated value",
    "L": "Missing value; data exist but were not collected",
    "M": "Missing value; data cannot exist",
    "O": "Missing value",
    "Q": "Missing value; suppressed",
}
CONFIDENTIALITY = {"F": "Free (free for publication)", "C": "Confidential statistical information"}
MEASURES = {
    "value": "OBS_VALUE",
    "numerator": "NUMERATOR",
    "denominator": "DENOMINATOR",
    "lower": "LOWER",
    "upper": "UPPER",
}
ATTRIBUTES = ("OBS_STATUS", "CONF_STATUS")


def write_csv(published: Published) -> bytes:
    """SDMX-CSV 2.0: one row for each cell of the figures.

    OBS_VALUE is a part of 1, a rate or the number itself; NUMERATOR and DENOMINATOR are what it is
    read off. OBS_STATUS and CONF_STATUS tell why there is none, and where a series breaks.
    """
    made = cube(published)
    dimensions = [sdmx_id(dimension) for dimension in made.dimensions]
    head = ["STRUCTURE", "STRUCTURE_ID", "ACTION", *dimensions, *_measures(made), *ATTRIBUTES]
    name = f"{AGENCY}:{flow_id(published)}({version(published)})"
    periods = made.dimensions[-1].codes
    times = [time_of(period) for period in periods]
    broken = {each.period for each in published.indicator.breaks}
    breaks = [period in broken for period in periods]
    ids = {code: code_of(code) for each in made.dimensions[:-1] for code in each.codes}
    lines, numbers = [",".join(head)], made.texts
    for codes, here in made.series():
        # Ids have nothing in them that would need quotes.
        fixed = repeat(",".join(["dataflow", name, "I", *(ids[code] for code in codes)]))
        flags = map(_flags, made.status[here], breaks)
        cells = (texts[here] for texts in numbers)
        lines += map(",".join, zip(fixed, times, *cells, flags, strict=False))
    return "\n".join([*lines, ""]).encode()


def _flags(status: Status | Literal["absent"] | None, is_break: bool) -> str:
    """OBS_STATUS and CONF_STATUS of a cell."""
    if status is None and not is_break:
        return PLAIN
    assert status != "absent"
    observed = BREAK if status is None and is_break else OBS_STATUS[status]
    return f"{observed},{CONFIDENTIAL if status == 'suppressed' else FREE}"


def write_structure(published: Published) -> bytes:
    """The dataflow, its structure, concepts and code lists as an SDMX-JSON 2.0 structure message."""
    made = cube(published)
    message = {
        "meta": {
            "schema": STRUCTURES,
            "id": f"{flow_id(published)}-{published.result.figures[:16]}",
            # Not the moment it is made: the same figures give the same bytes.
            "prepared": f"{published.result.as_of or published.figures.borders}T00:00:00Z",
            "contentLanguages": [published.language],
            "sender": {"id": AGENCY},
        },
        "data": {
            "conceptSchemes": [_concepts(published, made)],
            "codelists": list(_codelists(published, made)),
            "dataStructures": [_structure(published, made)],
            "dataflows": [_flow(published)],
        },
    }
    return msgspec.json.encode(message) + b"\n"


def sdmx_id(dimension: Dimension) -> str:
    """The id of a dimension: SEX, AREA, TIME_PERIOD."""
    return "TIME_PERIOD" if dimension.role == "time" else code_of(dimension.id).upper()


def code_of(text: str) -> str:
    """`text` as SDMX allows an id: letters, digits, _, - and @."""
    return re.sub(r"[^A-Za-z0-9_@-]", "_", text)


def time_of(period: str) -> str:
    """A period as SDMX writes it: half-years are S1 and S2; the rest is as we have it."""
    return period.replace("-H", "-S")


def flow_id(published: Published) -> str:
    """The id of the indicator's dataflow: DF_1_4."""
    return f"DF_{code_of(published.indicator.code).upper()}"


def version(published: Published) -> str:
    """The definition's version as SDMX writes it."""
    return f"{published.figures.version}.0"


def _named(published: Published, what: str, /, name: str, **more: Any) -> dict[str, Any]:
    return {
        "id": what,
        "version": version(published),
        "agencyID": AGENCY,
        "name": name,
        "names": {published.language: name},
        **more,
    }


def _items(pairs: Iterator[tuple[str, str]], language: str) -> list[dict[str, Any]]:
    return [{"id": code, "name": name, "names": {language: name}} for code, name in pairs]


def _urn(published: Published, kind: str, what: str) -> str:
    return f"{URN}.{kind}={AGENCY}:{what}({version(published)})"


def _concepts(published: Published, made: Cube) -> dict[str, Any]:
    told = [(sdmx_id(dimension), dimension.label) for dimension in made.dimensions]
    labels = measure_labels(published)
    told += [(MEASURES[name], labels[name]) for name in made.measures]
    told += [
        ("OBS_STATUS", _("Observation status")),
        ("CONF_STATUS", _("Confidentiality")),
    ]
    items = _items(iter(told), published.language)
    return _named(published, _scheme(published), _("Concepts"), concepts=items)


def _scheme(published: Published) -> str:
    return f"CS_{code_of(published.indicator.code).upper()}"


def _list(published: Published, what: str) -> str:
    return f"CL_{what}_{code_of(published.indicator.code).upper()}"


def _codelists(published: Published, made: Cube) -> Iterator[dict[str, Any]]:
    for dimension in made.dimensions[:-1]:
        pairs = zip(map(code_of, dimension.codes), dimension.labels, strict=True)
        what = _list(published, sdmx_id(dimension))
        items = _items(pairs, published.language)
        yield _named(published, what, dimension.label, codes=items)
    for what, codes in (("OBS_STATUS", STATUS_LABELS), ("CONF_STATUS", CONFIDENTIALITY)):
        items = _items(iter(codes.items()), "en")
        yield _named(published, _list(published, what), what, codes=items)


def _concept(published: Published, what: str) -> str:
    scheme = f"{AGENCY}:{_scheme(published)}({version(published)}).{what}"
    return f"{URN}.conceptscheme.Concept={scheme}"


def _enumerated(published: Published, what: str) -> dict[str, Any]:
    return {"enumeration": _urn(published, "codelist.Codelist", _list(published, what))}


def _structure(published: Published, made: Cube) -> dict[str, Any]:
    components = {
        "dimensionList": _dimensions(published, made),
        "measureList": {
            "id": "MeasureDescriptor",
            "measures": [_measure(published, what) for what in _measures(made)],
        },
        "attributeList": {
            "id": "AttributeDescriptor",
            "attributes": [_attribute(published, what) for what in ATTRIBUTES],
        },
    }
    return _named(published, _dsd(published), published.title, dataStructureComponents=components)


def _dimensions(published: Published, made: Cube) -> dict[str, Any]:
    *coded, _period = map(sdmx_id, made.dimensions)
    dimensions = [
        {
            "id": what,
            "position": position,
            "type": "Dimension",
            "conceptIdentity": _concept(published, what),
            "localRepresentation": _enumerated(published, what),
        }
        for position, what in enumerate(coded, start=1)
    ]
    time = {
        "id": "TIME_PERIOD",
        "type": "TimeDimension",
        "conceptIdentity": _concept(published, "TIME_PERIOD"),
        "localRepresentation": {"format": {"dataType": "ObservationalTimePeriod"}},
    }
    return {"id": "DimensionDescriptor", "dimensions": dimensions, "timeDimension": time}


def _measure(published: Published, what: str) -> dict[str, Any]:
    return {
        "id": what,
        "conceptIdentity": _concept(published, what),
        "localRepresentation": {"format": {"dataType": "Double"}},
        "usage": "optional",
    }


def _attribute(published: Published, what: str) -> dict[str, Any]:
    return {
        "id": what,
        "conceptIdentity": _concept(published, what),
        "localRepresentation": _enumerated(published, what),
        "attributeRelationship": {"observation": {}},
        "usage": "optional",
    }


def _measures(made: Cube) -> list[str]:
    return [MEASURES[name] for name in made.measures]


def _dsd(published: Published) -> str:
    return f"DSD_{code_of(published.indicator.code).upper()}"


def _flow(published: Published) -> dict[str, Any]:
    structure = _urn(published, "datastructure.DataStructure", _dsd(published))
    return _named(published, flow_id(published), published.title, structure=structure)
