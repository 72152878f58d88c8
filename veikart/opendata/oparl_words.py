"""The words, addresses and moments of our OParl interface."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias
from zoneinfo import ZoneInfo

from veikart.engines.readers.agenda_values import SeatRole
from veikart.engines.readers.agenda_words import CaseType
from veikart.plan.council import MeetingState
from veikart.plan.model import Head

Document: TypeAlias = dict[str, Any]

SCHEMA = "https://schema.oparl.org/1.1"
VERSION = f"{SCHEMA}/"
OSLO = ZoneInfo("Europe/Oslo")

ROLES: dict[SeatRole, str] = {
    "member": "Medlem",
    "leader": "Leder",
    "observer": "Observatør",
    "substitute": "Vara",
    "secretary": "Sekretær",
    "other": "Annen",
}
VOTING: tuple[SeatRole, ...] = ("member", "leader")
"""Those who have a vote in their own right; a substitute has one only when standing in."""

MEETING_STATES: dict[MeetingState, str] = {
    "planned": "terminiert",
    "summoned": "eingeladen",
    "held": "durchgeführt",
    "cancelled": "terminiert",
}
"""OParl recommends three words; a cancelled meeting is told by `cancelled`."""

CASE_ROLES: dict[CaseType, str] = {
    "approval": "Godkjenning",
    "information": "Orientering",
    "discussion": "Drøfting",
    "recommendation": "Anbefaling",
    "endorsement": "Tilslutning",
    "decision": "Beslutning",
}
"""What a body is asked for, as `role` of a consultation: OParl leaves that word free."""
AUTHORITATIVE: tuple[CaseType, ...] = ("approval", "endorsement", "decision")
"""Types in which the body itself settles the case; it advises or hears in the others."""


@dataclass(frozen=True)
class Address:
    """Where the documents of the interface lie under the public address `site`."""

    site: str

    @property
    def _start(self) -> str:
        return f"{self.site}/data/oparl/1.1"

    def of(self, uid: str) -> str:
        """The address of an object; `uid` is its own in the plan, where it has one."""
        return f"{self._start}/{uid}.json"

    def page(self, name: str, number: int) -> str:
        """The address of a page of a list."""
        return f"{self._start}/lister/{name}-{number}.json"

    def path(self, address: str) -> str:
        """The path of a document under `data/`."""
        return address.removeprefix(f"{self.site}/data/")

    def web(self, uid: str) -> str:
        """The page of `uid` for people."""
        return f"{self.site}/{uid}/"


def moment(day: dt.date | None, time: str | None) -> str | None:
    """A day and a time such as "10:30" in Oslo, as RFC 3339; None where either is not known."""
    if day is None or time is None:
        return None
    return dt.datetime.combine(day, dt.time.fromisoformat(time), tzinfo=OSLO).isoformat()


def stamp(head: Head) -> str:
    """When the plan was frozen; of a draft, the beginning of the day it is as of."""
    if head.frozen_at:
        return head.frozen_at.isoformat(timespec="seconds")
    return dt.datetime.combine(head.as_of, dt.time(), tzinfo=OSLO).isoformat()


def without_blanks(fields: Mapping[str, Any]) -> Document:
    """The fields that say something: OParl leaves out what is not known."""
    return {name: value for name, value in fields.items() if value is not None and value != []}
