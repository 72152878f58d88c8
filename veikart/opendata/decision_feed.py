"""The newest decisions as an Atom feed."""

import datetime as dt
from dataclasses import dataclass

from django.utils.feedgenerator import Atom1Feed

from veikart.opendata.oparl_words import OSLO, stamp
from veikart.plan import decided
from veikart.plan.council import Decision
from veikart.plan.model import Plan

NEWEST = 50
"""So many decisions are in the feed; all of them are in the register."""


@dataclass(frozen=True, kw_only=True)
class Words:
    """What the feed is called and is about; `entry` has `%(number)s`, `%(body)s` and `%(title)s`."""

    title: str
    about: str
    entry: str


def feed(plan: Plan, *, site: str, address: str, language: str, words: Words) -> bytes:
    """The newest decisions of `plan`, the last one first; those without a day are left to the register.

    `site` is the public address with the language, `address` that of the feed itself. Entries keep their id when the
    site moves or speaks another language. The same plan gives the same bytes.
    """
    changed = dt.datetime.fromisoformat(stamp(plan.head))
    made = Atom1Feed(
        title=words.title,
        link=f"{site}/vedtak/",
        description=None,
        subtitle=words.about,
        feed_url=address,
        feed_guid=f"tag:veikart,2022:vedtak/{language}",
        language=language,
    )
    made.latest_post_date = lambda: changed  # type: ignore[method-assign]  # (a Plan has no other time)
    for decision in newest(plan):
        made.add_item(
            title=_clean(_title(plan, decision, words)),
            link=f"{site}/{decision.uid}/",
            description=_clean(decision.text),
            unique_id=f"tag:veikart,2022:{decision.uid}",
            pubdate=_moment(plan, decision),
            updateddate=_moment(plan, decision),
            author_name=_body(plan, decision),
        )
    return bytes(made.writeString("utf-8").encode())


def newest(plan: Plan) -> list[Decision]:
    """The decisions that have a day, the last one first, `NEWEST` at most."""
    days = {found.uid: decided.day_of(plan.index, found) for found in plan.council.decisions}
    dated = [found for found in plan.council.decisions if days[found.uid]]
    dated.sort(key=lambda found: (days[found.uid] or dt.date.min, found.uid), reverse=True)
    return dated[:NEWEST]


def _title(plan: Plan, decision: Decision, words: Words) -> str:
    case = plan.index.cases.get(decision.case)
    said = {
        "number": case.number if case else "",
        "body": _body(plan, decision),
        "title": decision.title or (case.title if case else ""),
    }
    return words.entry % said


def _body(plan: Plan, decision: Decision) -> str:
    body = plan.index.bodies.get(decision.body)
    return (body.short_name or body.name) if body else decision.body


def _clean(text: str) -> str:
    """Without signs that XML has no way to write, which a document may have brought along."""
    return "".join(sign if sign >= " " or sign in "\n\t" else " " for sign in text)


def _moment(plan: Plan, decision: Decision) -> dt.datetime:
    day = decided.day_of(plan.index, decision) or dt.date.min
    return dt.datetime.combine(day, dt.time(), tzinfo=OSLO)
