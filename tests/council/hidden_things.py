"""Councils that are made up at random, with a mark in everything that nobody outside may see, and what is published."""

import datetime as dt
import io
import random
import zipfile

from tests.pages.readings import shelved
from veikart.council import minuting, services
from veikart.council.models import Case, Comment, Meeting, Minutes, Paper, Seat
from veikart.documents import services as documents
from veikart.editions import building
from veikart.evaluation import services as evaluation
from veikart.pages.reading import Reading
from veikart.pages.render import render
from veikart.people.models import User
from veikart.plan import codec
from veikart.publishing import addresses, council_data, decision_data

MARK = "kvasirzeppelin"
ADDRESS = "olga.quisling"
TODAY = dt.date(2026, 6, 15)
BASIS = "offentleglova § 23"
BODIES = ("organ/nuit", "organ/nufa")
STATES = ("planned", "summoned", "held", "cancelled")
HELD = ("summoned", "held")


class Drawn:
    """Two bodies with cases, papers, decisions, follow-ups, meetings and minutes, as `seed` has it.

    `hidden` are the cases that are withheld or not summoned for, `hidden_papers` the papers that are not
    for the public on `TODAY`. Whatever can lead to one of them, does so now and then. With `is_open`, all is public.
    """

    def __init__(self, seed, *, is_open=False):
        self.chance, self.is_open = random.Random(seed), is_open
        self.by = User.objects.create_user(
            f"e{seed}", role=User.Role.EDITOR, email=f"{ADDRESS}@a.no"
        )
        self.hidden, self.hidden_papers = set(), set()
        self.cases = [f"sak/{b[6:]}/{no}-26" for b in BODIES for no in range(1, 6)]
        self.decisions, self.meetings = [], {}
        self.put(*(("body", uid, {"name": uid[6:].upper()}) for uid in BODIES))
        self.seats()
        for uid in self.cases:
            self.case(uid)
        for uid in self.cases:
            self.deeds(uid)
        for body in BODIES:
            for no in (1, 2, 3):
                self.meeting(body, no)
        self.evaluations()

    def put(self, *items):
        services.put_many(items, by=None)

    def often(self):
        return self.chance.random() < 0.5

    def word(self, uid):
        """Words for `uid`, with the mark where nobody outside may see them."""
        hides = uid in self.hidden or uid in self.hidden_papers
        return f"{MARK} {self.chance.randrange(99)}" if hides else "Felles journal"

    def seats(self):
        self.put(
            *(
                (
                    "seat",
                    f"{body}/plass/1",
                    {"body": body, "organisation_name": "KS", "role": "member"},
                )
                for body in BODIES
            )
        )
        Seat.objects.update(user=self.by, email=f"{ADDRESS}@a.no")

    def case(self, uid):
        kind = self.chance.choice(["public", "withheld", "unsummoned"])
        said = {"public": {}, "withheld": {"basis": BASIS}, "unsummoned": {"is_public": False}}
        if kind != "public":
            self.hidden.add(uid)
        earlier = self.cases[: self.cases.index(uid)]
        text = self.word(uid)
        self.put(
            (
                "case",
                uid,
                {
                    "body": f"organ/{uid.split('/')[1]}", "number": number(uid), "title": text,
                    "purpose": text, "text": text, "proposal": text, "presenter": text,
                    "came_from": self.chance.choice(earlier) if earlier and self.often() else None,
                    "cites": [self.chance.choice(self.decisions)] if self.decisions and self.often() else [],
                    "reason": MARK, **({} if self.is_open else said[kind]),
                },
            )
        )  # fmt: skip
        self.papers(uid)
        self.decide(uid)

    def papers(self, case):
        terms = (
            {"access": "public"},
            {"access": "from_day", "public_from": TODAY},
            {"access": "from_day", "public_from": TODAY + dt.timedelta(days=1)},
            {"access": "withheld", "basis": BASIS, "reason": MARK},
        )
        for no in range(1, self.chance.randrange(1, 4)):
            uid, chosen = f"{case}/vedlegg/{no}", self.chance.choice(terms)
            if case in self.hidden or chosen in terms[2:]:
                self.hidden_papers.add(uid)
            said = {"title": self.word(uid), "file_name": f"{self.word(uid)}.pdf"}
            chosen = {"access": "public"} if self.is_open else chosen
            self.put(("paper", uid, {"case": case, "no": no, "label": str(no), **said, **chosen}))
            document = documents.keep_for_editors("x.pdf", uid.encode(), by=None)
            Paper.objects.filter(pk=uid).update(document=document)

    def decide(self, case):
        if self.often():
            uid, text = f"{case}/vedtak", self.word(case)
            self.decisions.append(uid)
            said = {"title": text, "text": text, "proposal": text, "decided_on": TODAY}
            self.put(
                ("decision", uid, {"body": f"organ/{case.split('/')[1]}", "case": case, **said})
            )

    def deeds(self, case):
        """What leads from one to another: comments, follow-ups and effects."""
        seat = Seat.objects.filter(body=f"organ/{case.split('/')[1]}").get()
        Comment.objects.create(
            case_id=case,
            seat=seat,
            by=self.by,
            text=MARK,
            written_at=dt.datetime(2026, 6, 1, tzinfo=dt.UTC),
        )
        body, text = f"organ/{case.split('/')[1]}", self.word(case)
        said = {"body": body, "what": text, "who": text, "answer": text}
        decision = f"{case}/vedtak" if f"{case}/vedtak" in self.decisions else None
        self.put(
            ("follow_up", f"{case}/oppfolging/1", {**said, "case": case}),
            ("follow_up", f"{case}/oppfolging/2", {**said, "decision": decision}),
        )
        if decision:
            goal = self.chance.choice([*self.cases, *self.decisions])
            effect = {"no": 1, "kind": "takes_along", "uid": goal, "note": text}
            self.put(("decision", decision, {"effects": [effect]}))
        self.put(("case", case, {"about": [self.chance.choice([*self.cases, *self.decisions])]}))

    def meeting(self, body, no):
        uid, state = f"mote/{body[6:]}/{no}-2026", self.chance.choice(STATES)
        own = [case for case in self.cases if f"organ/{case.split('/')[1]}" == body]
        lines = [
            {"no": n, "kind": "case", "case": case, "presenter": self.word(case), "minutes": 5}
            for n, case in enumerate(self.chance.sample(own, 3), start=1)
        ]
        if not self.is_open:
            kept_back = {"kind": "withheld", "title": MARK, "presenter": MARK, "basis": BASIS}
            lines.append({"no": 4, **kept_back})
        if state not in HELD and not self.is_open:
            lines.append({"no": 5, "kind": "other", "title": MARK})
        self.put(
            (
                "meeting",
                uid,
                {"body": body, "year": 2026, "number": no, "state": state, "held_on": TODAY,
                 "starts_at": "10:00", "agenda": lines},
            )
        )  # fmt: skip
        Meeting.objects.filter(pk=uid).update(link=f"https://video.example/{MARK}")
        self.put(
            *(
                ("decision", f"{c}/vedtak", {"meeting": uid})
                for c in own
                if f"{c}/vedtak" in self.decisions
            )
        )
        if state == "held":
            self.minutes(uid, [line["case"] for line in lines if "case" in line])

    def minutes(self, uid, cases):
        meeting = Meeting.objects.select_related("body").get(pk=uid)
        self.put(
            *(
                ("follow_up", f"{case}/oppfolging/{n}", {"meeting": uid})
                for case in cases
                for n in (1, 2)
            )
        )
        notes = {case: f"Vi snakket om {self.word(case)}." for case in cases}
        minuting.write(
            meeting, {**notes, "punkt/4": MARK} if not self.is_open else notes, by=self.by
        )
        if self.often():
            minuting.approve(meeting, by=self.by, on=TODAY)
        else:
            Minutes.objects.filter(meeting=meeting).update(notes={uid: MARK})

    def evaluations(self):
        evaluation.put(
            "evaluation",
            "evaluering/2026",
            {"title": "E", "case": self.chance.choice(self.cases)},
            by=None,
        )
        if self.decisions:
            said = {"number": 1, "title": "P", "decision": self.chance.choice(self.decisions)}
            evaluation.put("principle", "evalueringsprinsipp/1", said, by=None)

    def hide(self):
        """Hide what `hidden` and `hidden_papers` say, after it was public."""
        Case.objects.filter(pk__in=self.hidden).update(basis=BASIS)
        Paper.objects.filter(pk__in=self.hidden_papers).update(access="withheld", basis=BASIS)


def number(uid):
    return uid.rpartition("/")[2].replace("-", "/")


def frozen():
    """The councils and evaluations as a plan, decoded from its file."""
    plan = building.plan_to_freeze(
        building.empty_plan(number="2026-1", title="Veikart", as_of=TODAY, frozen_at=None).head
    )
    return codec.decode(codec.encode(plan))


def published(plan):
    """Every byte that would be published of `plan`'s councils, by address, as text in small letters."""
    this = shelved(plan)
    reading = Reading(shelved=this, editions=(this,), language="en")
    found = {"plan.json": codec.encode(plan), "sitemap.xml": addresses.sitemap(reading)}
    for path in addresses.paths(reading):
        found[path] = render(reading, path).html.encode()
    for name, make in (*council_data.feeds(reading), *decision_data.files(reading)):
        found[name] = make()
    for name, document in council_data.oparl(plan):
        found[name] = council_data.as_json(document)
    return {name: text_of(content) for name, content in found.items()}


def text_of(content):
    if not content.startswith(b"PK"):
        return content.decode("utf-8", "replace").casefold().replace("\r\n ", "")
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        return " ".join(book.read(n).decode("utf-8", "replace") for n in book.namelist()).casefold()


def leaks(plan, words):
    """Where one of `words` stands in what is published of `plan`: address, word and some signs around it."""
    found = []
    for name, text in published(plan).items():
        for word in words:
            place = text.find(word)
            if place >= 0:
                found.append((name, word, text[max(0, place - 100) : place + 60]))
    return found
