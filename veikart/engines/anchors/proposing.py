"""Proposes what each point is about: what it names, the heading it stands under, what it is like."""

import re
from collections.abc import Iterable, Sequence

from veikart.engines.anchors.likeness import Likeness
from veikart.engines.anchors.mentions import LAST, Mention, mentions, statement_mentions
from veikart.engines.anchors.targets import Anchor, Target

NAMED, NAMED_VISION, SECTION = 0.95, 0.65, 0.7
_GOAL_UID = re.compile(r"mal/\d+")
_OWN_NUMBER = re.compile(r"^(?:\d+[.)]|[a-z][.)]|[-–•])\s*", re.IGNORECASE)
_SHORTEST_TITLE = 10


class Known:
    """The targets of a plan, found by uid, by what they took over, and by title.

    Without targets, nothing is known of the plan: what is named is believed to be there.
    """

    def __init__(self, targets: Sequence[Target]) -> None:
        self._uids = {target.uid for target in targets}
        self._now = {before: target.uid for target in targets for before in target.formerly}
        self._titles = {
            _bare(target.title): target.uid for target in reversed(targets) if target.title
        }
        self._children: dict[str, list[str]] = {}
        for target in targets:
            if target.kind == "statement" and target.parent:
                self._children.setdefault(target.parent, []).append(target.uid)
        self.likeness = Likeness(targets)

    def uid(self, named: str) -> str | None:
        """The uid that `named` has in this plan; None where it has none."""
        if not self._uids or named in self._uids:
            return named
        return self._now.get(named)

    def titled(self, heading: str) -> str | None:
        """What has the title that `heading` is or begins with, such as a goal."""
        bare = _bare(heading)
        if bare in self._titles:
            return self._titles[bare]
        begun = [title for title in self._titles if _is_begun(bare, title)]
        return self._titles[max(begun, key=len)] if begun else None

    def statement(self, goal: str, number: int) -> str | None:
        """The uid of a goal's bullet; the last one is known only if the goal's bullets are."""
        if number != LAST:
            return self.uid(f"{goal}/oppna/{number}")
        return f"{goal}/oppna/{len(self._children[goal])}" if goal in self._children else None


def propose(
    points: Iterable[tuple[str, Sequence[str]]], targets: Sequence[Target] = ()
) -> list[tuple[Anchor, ...]]:
    """For each point, given as its text and its headings, the anchors it may have, surest first.

    Without `targets`, only what the text and the headings name by number is proposed, and whether
    the plan has it is not known. With them, only what the plan has; headings that are its titles
    and texts that are alike count as well. A uid is proposed once, with its surest reason.
    """
    known = Known(targets)
    sections: dict[tuple[str, ...], Anchor | None] = {}
    found = []
    for text, path in points:
        headings = tuple(path)
        if headings not in sections:
            sections[headings] = _section(headings, known)
        found.append(_anchors(text, sections[headings], known))
    return found


def _anchors(text: str, section: Anchor | None, known: Known) -> tuple[Anchor, ...]:
    named = mentions(text)
    proposed = [*_named(named, known), *_statements(text, named, section, known)]
    proposed += [section] if section else []
    proposed += known.likeness.anchors(text)
    surest: dict[str, Anchor] = {}
    for anchor in proposed:
        if anchor.uid not in surest or surest[anchor.uid].score < anchor.score:
            surest[anchor.uid] = anchor
    return tuple(sorted(surest.values(), key=lambda anchor: -anchor.score))


def _named(named: Iterable[Mention], known: Known) -> Iterable[Anchor]:
    for mention in named:
        uid = known.uid(mention.uid)
        if uid is not None:
            now = "" if uid == mention.uid else f" (now {uid})"
            score = NAMED_VISION if uid == "visjon" else NAMED
            yield Anchor(uid, f"named: {mention.words}{now}", score)


def _statements(
    text: str, named: Iterable[Mention], section: Anchor | None, known: Known
) -> Iterable[Anchor]:
    """Bullets that are named, of the goal that is named with them or else that of the section."""
    found = statement_mentions(text)
    goals = [mention.uid for mention in named if _GOAL_UID.fullmatch(mention.uid)]
    if not goals and section and _GOAL_UID.fullmatch(section.uid):
        goals = [section.uid]
    if len(goals) != 1:
        return
    for mention in found:
        uid = known.statement(goals[0], mention.number)
        if uid is not None:
            yield Anchor(uid, f"named: {mention.words} ({goals[0]})", NAMED)


def _section(path: Sequence[str], known: Known) -> Anchor | None:
    """What the nearest heading is about that is about something in the plan."""
    for heading in reversed(path):
        named = (known.uid(mention.uid) for mention in mentions(heading))
        uid = next((uid for uid in named if uid is not None), None) or known.titled(heading)
        if uid is not None:
            return Anchor(uid, f"section: {heading}", SECTION)
    return None


def _bare(title: str) -> str:
    return _OWN_NUMBER.sub("", title.casefold().strip()).rstrip(" .:")


def _is_begun(heading: str, title: str) -> bool:
    """Whether a heading begins with a title, or a title with the heading, at the end of a word."""
    short, long = sorted((heading, title), key=len)
    return len(short) >= _SHORTEST_TITLE and re.match(rf"{re.escape(short)}\b", long) is not None
