"""The sample plan as it is read: alone, with an edition before it, or as the draft."""

import datetime as dt

from msgspec.structs import replace

from tests.indicators import samples as indicator_samples
from tests.plan.samples import fuzzy, sample, with_deliverables, without
from veikart.adapters.drawing import Picture
from veikart.editions.queries import Shelved
from veikart.pages.reading import Reading
from veikart.plan import codec
from veikart.plan.charts import Specification
from veikart.plan.model import Cause, Plan, Tombstone


def shelved(plan: Plan, *, previous: str | None = None) -> Shelved:
    """`plan` as an approved edition."""
    return Shelved(
        number=plan.head.number,
        title=plan.head.title,
        state="approved",
        as_of=plan.head.as_of,
        sha256=codec.fingerprint(codec.encode(plan)),
        previous=previous,
        approved_by="Ada Nes",
        approved_body="Nasjonalt e-helseråd",
        approved_on=plan.head.as_of,
        working_plan=plan,
    )


def alone(language: str = "nb", plan: Plan | None = None) -> Reading:
    """The sample plan as the only edition."""
    this = shelved(plan or sample())
    return Reading(shelved=this, editions=(this,), language=language)


def after_another(language: str = "nb") -> Reading:
    """Edition 2026-2: 101 starts six months later for a reason, 105 is gone, 104 has another name."""
    before = sample()
    by_uid = before.index.by_uid
    moved, renamed = by_uid["leveranse/101"], by_uid["leveranse/104"]
    later = replace(moved.periods[1], start=fuzzy("2026-07-01"))
    plan = with_deliverables(
        without(before, "leveranse/105"),
        replace(moved, periods=(moved.periods[0], later)),
        replace(renamed, name="Timer på nett"),
    )
    plan = replace(
        plan,
        head=replace(before.head, number="2026-2", previous="2026-1", as_of=dt.date(2026, 9, 30)),
        causes=(Cause(what="leveranse/101/periods/2/start", code="supplier"),),
        tombstones=(
            Tombstone(
                uid="leveranse/105",
                kind="deliverable",
                name="Hjemmesykehus",
                reason="Slått sammen.",
                successors=("leveranse/106",),
            ),
        ),
    )
    first, second = shelved(before), shelved(plan, previous="2026-1")
    return Reading(shelved=second, editions=(second, first), language=language)


def draft(language: str = "nb") -> Reading:
    """The sample plan as the working draft, after an edition that is the same."""
    plan = replace(sample(), head=replace(sample().head, number=None, previous="2026-1"))
    this = Shelved(
        number=None, title="Veikart", state="draft", as_of=plan.head.as_of, working_plan=plan
    )
    return Reading(shelved=this, editions=(shelved(sample()),), language=language, prefix="utkast/")


def with_indicators(language: str = "nb", plan: Plan | None = None) -> Reading:
    """The sample plan with places and indicators, their figures, and charts that are not drawn."""
    this = shelved(plan or indicator_samples.with_indicators())
    return Reading(
        shelved=this,
        editions=(this,),
        language=language,
        look_ups=indicator_samples.look_ups,
        draw=undrawn,
    )


def undrawn(wide: Specification, narrow: Specification | None = None) -> Picture:
    """What stands in for a drawing where only words are looked at."""
    signs = tuple(wide.get("usermeta", {}).get("signs", ()))
    return Picture(wide="<svg></svg>", narrow="<svg></svg>", signs=signs)
