"""The councils in the shape of OParl 1.1: every object as a JSON document, and lists of them in pages.

docs/methods/oparl.md has the mapping. What OParl has no word for is told in properties that begin with `veikart:`, as
the specification allows. A Plan says when an edition was frozen, and not when each object was last changed: all have
the edition's moment as `modified`. Source of the rules: the schemas of https://schema.oparl.org/1.1/.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from veikart.engines.slugs import slug
from veikart.opendata import oparl_papers
from veikart.opendata.oparl_words import (
    MEETING_STATES,
    ROLES,
    SCHEMA,
    VERSION,
    VOTING,
    Address,
    Document,
    moment,
    stamp,
    without_blanks,
)
from veikart.plan.council import Attendance, Body, Meeting, Seat
from veikart.plan.model import Organisation, Plan

PAGE = 100
"""So many objects has a page of a list."""
LISTS = {
    "organization": "organisasjoner",
    "person": "personer",
    "membership": "plasser",
    "meeting": "moter",
    "agendaItem": "dagsordenlinjer",
    "paper": "saker",
    "consultation": "behandlinger",
    "file": "filer",
    "locationList": "steder",
    "legislativeTermList": "perioder",
}
"""What a body’s lists are called in OParl, and in our addresses."""
BODY = "radsmodell"


def documents(plan: Plan, *, site: str) -> Iterator[tuple[str, Document]]:
    """Every document of the interface: its path under `data/`, and what is in it.

    `site` is the public address, such as https://veikart.example.no. The system comes first; then the body, each
    object by itself, and the pages of the lists.
    """
    made = _Made(plan, Address(site))
    yield "oparl/1.1/system.json", made.system
    yield from made.pages("korperskap", [made.body])
    yield f"oparl/1.1/{BODY}.json", made.body
    for objects in made.lists.values():
        for found in objects:
            yield made.address.path(found["id"]), found
    for name, objects in made.lists.items():
        yield from made.pages(LISTS[name], objects)


@dataclass(frozen=True)
class _Made:
    plan: Plan
    address: Address

    @cached_property
    def stamps(self) -> Document:
        """When everything was last changed, as far as a Plan tells: when it was frozen."""
        return {"modified": stamp(self.plan.head)}

    @property
    def system(self) -> Document:
        """Where a client begins."""
        return {
            "id": self.address.of("system"),
            "type": f"{SCHEMA}/System",
            "oparlVersion": VERSION,
            "body": self.address.page("korperskap", 1),
            "name": self.plan.head.title,
            "website": f"{self.address.site}/",
            "web": f"{self.address.site}/organ/",
            **self.stamps,
        }

    @property
    def body(self) -> Document:
        """The council model as a whole: what OParl calls a body."""
        lists = {name: self.address.page(ours, 1) for name, ours in LISTS.items()}
        return {
            "id": self.address.of(BODY),
            "type": f"{SCHEMA}/Body",
            "system": self.address.of("system"),
            "name": self.plan.strategy.title,
            **lists,
            "legislativeTerm": [],
            "web": f"{self.address.site}/organ/",
            **self.stamps,
        }

    @cached_property
    def lists(self) -> dict[str, list[Document]]:
        """The objects of each list, in the plan's order."""
        meetings = [self._meeting(found) for found in self.plan.council.meetings]
        papers = oparl_papers.Papers(self.plan, self.address, self.stamps)
        cases = [papers.paper(case) for case in self.plan.council.cases]
        return {
            "organization": self._organisations(),
            "person": self._persons(),
            "membership": [self._membership(seat) for seat in self.plan.council.seats],
            "meeting": meetings,
            "agendaItem": [item for meeting in meetings for item in meeting.get("agendaItem", ())],
            "paper": cases,
            "consultation": [one for case in cases for one in case["consultation"]],
            "file": [one for case in cases for one in case.get("auxiliaryFile", ())],
            "locationList": [m["location"] for m in meetings if "location" in m],
            "legislativeTermList": [],
        }

    def pages(self, name: str, objects: list[Document]) -> Iterator[tuple[str, Document]]:
        """The pages of a list, each with links to the others; an empty list has one empty page."""
        total = max(1, -(-len(objects) // PAGE))
        for number in range(1, total + 1):
            links = {
                "first": self.address.page(name, 1),
                "self": self.address.page(name, number),
                "prev": self.address.page(name, number - 1) if number > 1 else None,
                "next": self.address.page(name, number + 1) if number < total else None,
                "last": self.address.page(name, total),
            }
            page = {
                "data": objects[(number - 1) * PAGE : number * PAGE],
                "pagination": {
                    "totalElements": len(objects),
                    "elementsPerPage": PAGE,
                    "currentPage": number,
                    "totalPages": total,
                },
                "links": without_blanks(links),
            }
            yield self.address.path(self.address.page(name, number)), page

    # --- Who ----------------------------------------------------------------------------------

    def _organisations(self) -> list[Document]:
        """The bodies, and the organisations that seats in them are of."""
        seated = {self._seated(seat): seat.organisation_name for seat in self.plan.council.seats}
        known = {found.uid: found for found in self.plan.actors.organisations}
        return [
            *(self._body_as_organisation(body) for body in self.plan.council.bodies),
            *(
                self._organisation(uid, name, known.get(uid))
                for uid, name in sorted(seated.items())
            ),
        ]

    def _body_as_organisation(self, body: Body) -> Document:
        members = [seat.uid for seat in self.plan.index.seats_in.get(body.uid, ())]
        return without_blanks(
            {
                "id": self.address.of(body.uid),
                "type": f"{SCHEMA}/Organization",
                "body": self.address.of(BODY),
                "name": body.name,
                "shortName": body.short_name,
                "organizationType": "Gremium",
                "classification": "Beirat",
                "membership": [self.address.of(uid) for uid in members],
                "website": body.address,
                "veikart:mandate": body.mandate,
                "veikart:preparesFor": body.prepares_for and self.address.of(body.prepares_for),
                "veikart:earlierNames": [name.name for name in body.earlier_names],
                "web": self.address.web(body.uid),
                **self.stamps,
            }
        )

    def _organisation(self, uid: str, name: str, known: Organisation | None) -> Document:
        return without_blanks(
            {
                "id": self.address.of(uid),
                "type": f"{SCHEMA}/Organization",
                "body": self.address.of(BODY),
                "name": known.name if known else name,
                "organizationType": "Institution",
                "web": self.address.web(uid) if known else None,
                **self.stamps,
            }
        )

    def _persons(self) -> list[Document]:
        """Everybody who is named in a seat or at a meeting; one name in one organisation is one person."""
        named: dict[str, str] = {}
        seats: dict[str, list[Seat]] = {}
        for seat in self.plan.council.seats:
            if seat.person:
                uid = person_uid(seat)
                named[uid] = seat.person
                seats.setdefault(uid, []).append(seat)
        for meeting in self.plan.council.meetings:
            for present in meeting.attendance:
                if present.person:
                    named.setdefault(person_uid(present), present.person)
        return [
            {
                "id": self.address.of(uid),
                "type": f"{SCHEMA}/Person",
                "body": self.address.of(BODY),
                "name": name,
                "membership": [self._membership(seat) for seat in seats.get(uid, ())],
                **self.stamps,
            }
            for uid, name in sorted(named.items())
        ]

    def _membership(self, seat: Seat) -> Document:
        return without_blanks(
            {
                "id": self.address.of(seat.uid),
                "type": f"{SCHEMA}/Membership",
                "person": self.address.of(person_uid(seat)) if seat.person else None,
                "organization": self.address.of(seat.body),
                "role": ROLES[seat.role],
                "votingRight": seat.role in VOTING,
                "startDate": seat.from_day and seat.from_day.isoformat(),
                "endDate": seat.until_day and _last_day(seat),
                "onBehalfOf": self.address.of(self._seated(seat)),
                "veikart:seenOn": seat.seen_on and seat.seen_on.isoformat(),
                **self.stamps,
            }
        )

    def _seated(self, seat: Seat) -> str:
        return seat.organisation or f"virksomhet/{slug(seat.organisation_name)}"

    # --- Meetings -----------------------------------------------------------------------------

    def _meeting(self, meeting: Meeting) -> Document:
        body = self.plan.index.bodies.get(meeting.body)
        number = f"{meeting.number}/{meeting.year}" if meeting.number else str(meeting.year)
        came = [person_uid(a) for a in meeting.attendance if a.person and a.present]
        return without_blanks(
            {
                "id": self.address.of(meeting.uid),
                "type": f"{SCHEMA}/Meeting",
                "name": f"{body.name if body else meeting.body} {number}",
                "meetingState": MEETING_STATES[meeting.state],
                "cancelled": meeting.state == "cancelled",
                "start": moment(meeting.held_on, meeting.starts_at),
                "end": moment(meeting.held_on, meeting.ends_at),
                "location": self._location(meeting),
                "organization": [self.address.of(meeting.body)],
                "participant": [self.address.of(uid) for uid in dict.fromkeys(came)],
                "agendaItem": list(self._agenda(meeting)),
                "veikart:day": meeting.held_on and meeting.held_on.isoformat(),
                "veikart:isExtra": meeting.is_extra,
                "veikart:sequence": meeting.sequence,
                "web": self.address.web(meeting.uid),
                **self.stamps,
            }
        )

    def _location(self, meeting: Meeting) -> Document | None:
        if meeting.place is None:
            return None
        return {
            "id": self.address.of(f"{meeting.uid}/sted"),
            "type": f"{SCHEMA}/Location",
            "description": meeting.place,
            "meeting": [self.address.of(meeting.uid)],
            **self.stamps,
        }

    def _agenda(self, meeting: Meeting) -> Iterator[Document]:
        """The lines of the agenda but for breaks, which OParl has no place for."""
        cases = self.plan.index.cases
        for line in meeting.agenda:
            if line.kind == "break":
                continue
            uid = f"{meeting.uid}/punkt/{line.no}"
            case = cases.get(line.case or "")
            decided = [
                decision
                for decision in self.plan.index.decisions_in.get(line.case or "", ())
                if decision.meeting in (None, meeting.uid)
            ]
            item: dict[str, Any] = {
                "id": self.address.of(uid),
                "type": f"{SCHEMA}/AgendaItem",
                "meeting": self.address.of(meeting.uid),
                "order": line.no,
                "number": case.number if case else None,
                "name": case.title if case else line.title,
                "public": line.kind != "withheld",
                "consultation": self.address.of(f"{uid}/behandling") if case else None,
                "result": decided[-1].result if decided else None,
                "resolutionText": "\n".join(d.text for d in decided) or None,
                "start": moment(meeting.held_on, line.starts_at),
                "veikart:isContinued": line.is_continued,
                "veikart:basis": line.basis,
                **self.stamps,
            }
            yield without_blanks(item)


def person_uid(seat: Seat | Attendance) -> str:
    """A person's address in the interface: the name and the organisation, since a Plan has none of its own."""
    named = f"{seat.person} {seat.organisation_name or ''}".strip()
    # A name in another alphabet leaves nothing that an address can hold.
    return f"person/{slug(named) or hashlib.sha256(named.encode()).hexdigest()[:16]}"


def _last_day(seat: Seat) -> str | None:
    """The last day of a seat; ours are until the day after."""
    if seat.until_day is None:
        return None
    return seat.until_day.fromordinal(seat.until_day.toordinal() - 1).isoformat()
