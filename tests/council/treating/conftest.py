"""A body with seats, a meeting that was held with four cases, one of them withheld, and who may see what."""

import datetime as dt

import pytest
import time_machine
from django.utils import translation

from veikart.council import services
from veikart.council.models import Case, Meeting, Paper, Seat
from veikart.documents import services as documents
from veikart.editions import building, opened
from veikart.people import services as people
from veikart.people.models import User

COUNCIL, NUIT, NUFA = "organ/nasjonalt-e-helserad", "organ/nuit", "organ/nufa"
MEETING, NEXT = "mote/nuit/1-2026", "mote/nuit/2-2026"
FIRST, OPEN, SECRET, OTHER = (f"sak/nuit/{no}-26" for no in (1, 2, 3, 4))
AGAIN = "sak/nuit/5-26"
DAY = dt.date(2026, 6, 9)
PROPOSAL = "NUIT anbefaler at veikartet godkjennes."
BASIS = "offentleglova § 23"


@pytest.fixture(autouse=True)
def _a_day_after_the_meeting():
    with time_machine.travel("2026-06-15T08:00:00Z", tick=True):
        yield


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


@pytest.fixture(autouse=True)
def _nothing_in_memory():
    building.forget()
    opened.forget()


@pytest.fixture
def editor():
    return User.objects.create_user("editor", password="e", role=User.Role.EDITOR)


@pytest.fixture
def organisations():
    for slug, name in (("ks", "KS"), ("helse-vest", "Helse Vest RHF")):
        people.put("organisation", f"aktor/{slug}", {"name": name, "kind": "other"}, by=None)


@pytest.fixture
def bodies(organisations):
    put(
        ("body", COUNCIL, {"name": "Nasjonalt e-helseråd"}),
        ("body", NUIT, {"name": "NUIT", "prepares_for": COUNCIL}),
        ("body", NUFA, {"name": "NUFA", "prepares_for": NUIT}),
    )


@pytest.fixture
def seats(bodies):
    rows = (
        (1, "leader", "Ola Berg", "Helse Vest RHF", "aktor/helse-vest"),
        (2, "member", "Kari Dal", "KS", "aktor/ks"),
        (3, "observer", "Per Vik", "Norsk helsenett", None),
        (4, "substitute", "Una Nes", "KS", "aktor/ks"),
    )
    put(
        *(
            (
                "seat",
                f"{NUIT}/plass/{no}",
                {
                    "body": NUIT,
                    "role": role,
                    "person": person,
                    "organisation_name": name,
                    "organisation": uid,
                },
            )
            for no, role, person, name, uid in rows
        )
    )


@pytest.fixture
def meeting(seats):
    """The meeting 1/2026 of NUIT, summoned, with four cases and a break; and the next one, planned."""
    cases = (
        (FIRST, {"title": "Godkjenning av referat", "fixed": "minutes"}),
        (OPEN, {"title": "Veikart 2026–2030", "type": "recommendation", "proposal": PROPOSAL}),
        (SECRET, {"title": "Kjøp av plattform", "basis": BASIS, "proposal": "NUIT velger Alfa."}),
        (OTHER, {"title": "Eventuelt", "fixed": "other_business"}),
    )
    put(
        *(("case", uid, {"body": NUIT, "number": number(uid), **said}) for uid, said in cases),
        ("meeting", MEETING, held("1", DAY, state="summoned", starts_at="10:30", place="Teams")),
        ("meeting", NEXT, held("2", dt.date(2026, 9, 8))),
    )
    lines = [{"kind": "case", "case": uid} for uid, _said in cases]
    lines.insert(2, {"kind": "break", "title": "Lunsj"})
    put(*(("agenda_item", f"{MEETING}/punkt/{no}", line) for no, line in enumerate(lines, 1)))
    return Meeting.objects.get(pk=MEETING)


@pytest.fixture
def papers(meeting):
    """A public paper of an open case, a withheld one, and one of the withheld case."""
    access = {
        f"{OPEN}/vedlegg/1": {"access": "public", "title": "Veikart"},
        f"{OPEN}/vedlegg/2": {"access": "withheld", "basis": BASIS, "title": "Pristilbud"},
        f"{SECRET}/vedlegg/1": {"access": "public", "title": "Kontrakt"},
    }
    for no, (uid, said) in enumerate(access.items(), start=1):
        case, _slash, label = uid.rpartition("/vedlegg/")
        put(("paper", uid, {"case": case, "no": int(label), "label": label, **said}))
        document = documents.keep_for_editors(f"{no}.pdf", b"%PDF-1.7 " + uid.encode(), by=None)
        Paper.objects.filter(pk=uid).update(document=document)
    return access


def held(no, day, **more):
    body = more.pop("body", NUIT)
    return {"body": body, "year": day.year, "number": int(no), "held_on": day, **more}


def number(uid):
    return uid.rpartition("/")[2].replace("-", "/")


def put(*items):
    services.put_many(items, by=None)


def case(uid):
    return Case.objects.select_related("body").get(pk=uid)


def member(name, seat, **dates):
    """An account that has a seat: of a reader, who may do nothing else."""
    user = User.objects.create_user(name, password=name[0], role=User.Role.READER)
    Seat.objects.filter(pk=seat).update(user=user, **dates)
    return user
