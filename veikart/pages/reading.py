"""What is read: one plan, as an edition or as the working draft, in one language."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from django.conf import settings

from veikart.adapters.drawing import Picture
from veikart.editions.queries import Shelved
from veikart.indicators import shelf
from veikart.pages.pictures import drawn, map_drawn
from veikart.plan.charts import Specification
from veikart.plan.figures import Figures
from veikart.plan.index import Thing
from veikart.plan.indicators import Places
from veikart.plan.model import Dependency, Phase, Plan, Prerequisite, Statement
from veikart.plan.reading_figures import FiguresRead

WITHOUT_EDITION = ("utgaver", "endringer", "om/metode", "om/tilgjengelighet")
"""Pages that are about all editions: they have one address, whichever edition one comes from."""

WITH_PAGES = (
    "mal", "delmal", "gruppering", "leveranse", "aktor", "brukergruppe", "helseregion",
    "indikator", "fylke", "sykehusomrade", "kommune", "horing", "arbeidsmote",
)  # fmt: skip
"""The first part of those uids that have a page of their own."""

SAID = re.compile(
    r"(?P<page>(?:horing|arbeidsmote)/[\w-]+(?:/(?:svar|bidrag|tema)/\d+)?)"
    r"(?:/(?P<place>punkt|sporsmal|endringsomrade|malutkast|prioritering)/(?P<no>\d+)(?P<option>/valg/\d+)?)?"
)
"""The uids of what was said in hearings: a page, and perhaps a place on it."""

COUNCIL = re.compile(
    r"(?P<page>organ/[\w-]+|mote/[\w-]+/[\d-]+|sak/[\w-]+/\d+-\d\d|arbeidsplan/[\d-]+)"
    r"(?:/(?P<place>plass|vedlegg|vedtak|oppfolging)(?:/(?P<no>[\w.]+))?)?"
)
"""The uids of councils: a page, and perhaps a place on it."""


@dataclass(frozen=True, kw_only=True)
class Reading:
    """A plan with all that its pages need to know around it. Pages are a pure function of it.

    `shelved` is what is read, `editions` the approved editions with the newest first, and `prefix`
    what comes before the address of each page: nothing, `utgave/2026-1/` or `utkast/`. Figures and
    drawings are found by hash: what a hash names never changes.
    """

    shelved: Shelved
    editions: tuple[Shelved, ...] = ()
    language: str = "nb"
    prefix: str = ""
    look_ups: Callable[[str], FiguresRead | None] = shelf.look_ups
    draw: Callable[[Specification, Specification | None], Picture] = drawn
    draw_map: Callable[[Figures, Places, str], Picture | None] = map_drawn

    @cached_property
    def plan(self) -> Plan:
        """The plan that is read."""
        return self.shelved.plan

    @property
    def number(self) -> str | None:
        """The edition's number; None for the draft."""
        return self.shelved.number

    @property
    def is_draft(self) -> bool:
        """Whether this is the working draft."""
        return self.shelved.state == "draft"

    @property
    def is_waiting(self) -> bool:
        """Whether this is an edition that is frozen and not approved yet."""
        return self.shelved.state == "frozen"

    @property
    def is_older(self) -> bool:
        """Whether a newer edition holds."""
        if not self.editions or self.is_draft or self.is_waiting:
            return False
        return self.number != self.editions[0].number

    @cached_property
    def file_problem(self) -> str | None:
        """What is wrong with the edition's file, if anything is."""
        return self.shelved.file_problem

    @cached_property
    def previous(self) -> Shelved | None:
        """The edition before; for the draft the one that holds."""
        if self.is_draft:
            return self.editions[0] if self.editions else None
        wanted = self.shelved.previous
        return next((kept for kept in self.editions if kept.number == wanted), None)

    @property
    def root(self) -> str:
        """Where the language's pages begin."""
        return "/" if self.language == settings.LANGUAGE_CODE else f"/{self.language}/"

    @property
    def home(self) -> str:
        """Where the pages of what is read begin."""
        return self.root + self.prefix

    @property
    def data(self) -> str | None:
        """Where the downloads of indicators lie: of the edition in force, or of this one; none of a draft."""
        if self.is_draft:
            return None
        in_force = self.editions and self.number == self.editions[0].number
        return f"{self.root}data/" if in_force else f"{self.root}utgaver/{self.number}/"

    def address(self, path: str) -> str:
        """The address of the page `path`, of which a uid is one."""
        start = self.root if path.startswith(WITHOUT_EDITION) else self.home
        return f"{start}{path}/" if path else start

    def link(self, uid: str) -> str | None:
        """Where to read about the thing called `uid`; None for what no page tells of."""
        if said := SAID.fullmatch(uid):
            return self._said(**said.groupdict())
        if found := COUNCIL.fullmatch(uid):
            return self._in_council(uid, **found.groupdict())
        return self._link(self.plan.index.by_uid.get(uid), uid)

    def place(self, uid: str) -> str | None:
        """Where on a page `uid` is told of: a statement, a point; None for what is no place on a page.

        A point that was cut or merged is where it went.
        """
        points = self.plan.index.points
        if "/punkt/" in uid and uid not in points:
            made = next((p.uid for p in points.values() if uid in p.origins), None)
            return self.place(made) if made else None
        link = self.link(uid)
        return link if link and "#" in link else None

    def _said(self, page: str, place: str | None, no: str | None, option: str | None) -> str | None:
        index = self.plan.index
        there = (index.hearings, index.replies, index.themes, index.tombstones)
        if not any(page in known for known in there):
            return None
        inside = f"{no}{(option or '').replace('/', '-')}"
        return f"{self.address(page)}#{place}-{inside}" if place else self.address(page)

    def _in_council(self, uid: str, page: str, place: str | None, no: str | None) -> str | None:
        index = self.plan.index
        if place is None:
            pages = (index.bodies, index.meetings, index.cases, index.work_plans)
            return self.address(uid) if any(uid in known for known in pages) else None
        places = (index.seats, index.papers, index.decisions, index.follow_ups)
        if not any(uid in known for known in places):
            return None
        return f"{self.address(page)}#{place}-{no}" if no else f"{self.address(page)}#{place}"

    def _link(self, thing: Thing | None, uid: str) -> str | None:
        if isinstance(thing, Statement):
            return f"{self.address(thing.goal)}#oppna-{thing.number}"
        if isinstance(thing, Prerequisite):
            return f"{self.address(thing.goal)}#forutsetter"
        if isinstance(thing, Phase):
            return f"{self.address('veikart')}?fase={uid.removeprefix('fase/')}"
        if isinstance(thing, Dependency):
            return self.link(thing.subject)
        if thing is None and uid not in self.plan.index.tombstones:
            return None
        return self.address(uid) if uid.partition("/")[0] in WITH_PAGES else self.address("mal")
