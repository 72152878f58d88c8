"""What a hearing of a thousand points takes: its pages at the desk, freezing it, and its public page."""

import datetime as dt
from collections.abc import Iterator

from django.test import Client

from bench.figures import Figure, cpu
from bench.themes import points

GROUP = "consultations"
MANY, FEW = 1_000, 3
MOST_PAGE_MS = 150.0
REPLIES, THEMES = 50, 20
SENTENCES = 4


def figures() -> Iterator[Figure]:
    """Pages at the desk beside those of a hearing of three points, then the freezing."""
    many = _hearing("22-1000", points=MANY, replies=1)
    few = _hearing("22-3", points=FEW, replies=1)
    yield from _desk("a reply of 1,000 points", many, few, "svar/1/")
    several = _hearing("22-1001", points=MANY, replies=REPLIES)
    few_themes = _hearing("22-4", points=FEW, replies=1)
    _answered(several)
    _answered(few_themes)
    yield from _desk("a hearing of 1,000 points", several, few_themes, "")
    yield from _desk("themes of 1,000 points", several, few_themes, "tema/")
    yield from _desk("a theme of 1,000 points", several, few_themes, "tema/1/")
    yield from _freezing(several)


def _desk(what: str, many: str, few: str, path: str) -> Iterator[Figure]:
    """A page for who handles it, warm, and the same of three points."""
    from veikart.people.models import User

    client = Client(headers={"host": "127.0.0.1"})
    client.force_login(User.objects.get(username="demo-editor"))

    def ask(code: str) -> bytes:
        answer = client.get(f"/arbeid/horinger/{code}/{path}")
        assert answer.status_code == 200, f"{code}/{path}: {answer.status_code}"
        return answer.content

    cold = cpu(lambda: ask(many), times=1)
    page = ask(many)
    ask(few)
    warm, beside = cpu(lambda: ask(many), times=9), cpu(lambda: ask(few), times=9)
    yield Figure(
        group=GROUP,
        what=f"the desk: {what}",
        value=warm * 1000,
        unit="ms CPU",
        target=MOST_PAGE_MS,
        note=f"{warm / beside:.1f} times the same page of {FEW} points; {cold * 1000:.0f} ms the "
        f"first time; {len(page) / 1000:.0f} kB of HTML",
    )


def _freezing(code: str) -> Iterator[Figure]:
    """What the Plan gets of a hearing, and its public page in that Plan."""
    from veikart.consultations import queries
    from veikart.editions import queries as editions
    from veikart.pages.reading import Reading
    from veikart.pages.render import render

    day = dt.date(2022, 12, 1)
    frozen = queries.freeze(on=day)
    own = [point for point in frozen.points if point.uid.startswith(f"horing/{code}/")]
    assert len(own) == MANY, len(own)
    seconds = cpu(lambda: queries.freeze(on=day), times=3)
    yield Figure(
        group=GROUP,
        what="freezing all hearings, 1,000 points of one of them answered",
        value=seconds,
        unit="s CPU",
        note=f"{len(frozen.points):,} points that are cleared",
    )
    shelved = editions.working()
    reading = Reading(shelved=shelved)
    page = render(reading, f"horing/{code}")
    assert page.status == 200, page.status
    again = cpu(lambda: render(Reading(shelved=shelved), f"horing/{code}"), times=3)
    yield Figure(
        group=GROUP,
        what="publishing the page of a hearing of 1,000 points",
        value=again * 1000,
        unit="ms CPU",
        note=f"{len(page.html) / 1000:.0f} kB of HTML",
    )


def _hearing(code: str, *, points: int, replies: int) -> str:
    """The code of a hearing with so many points, shared among so many replies, each with its letter."""
    from veikart.consultations import services
    from veikart.people.models import User

    uid, editor = f"horing/{code}", User.objects.get(username="demo-editor")
    values = {
        "title": f"En høring med {points} punkter",
        "case_number": code.replace("-", "/"),
        "opens_on": "2022-05-31",
        "closes_on": "2022-10-01",
        "questions": [{"no": 1, "text": "Hva mener dere?", "kind": "text"}],
    }
    services.put("hearing", uid, values, by=editor)
    said = _said(points)
    each = points // replies
    for number in range(replies):
        own = said[number * each : (number + 1) * each]
        services.receive(uid, _incoming(code, number, own, by=editor), by=editor)
    return code


def _incoming(code: str, number: int, said: list[str], *, by: object) -> object:
    """A letter of these points, one a paragraph, with where each stands."""
    from veikart.consultations import services
    from veikart.documents import services as documents
    from veikart.engines.handling.actions import FoundAt, Original

    text = f"Svar {number} til {code}\n" + "\n".join(said)
    document = documents.keep(f"svar-{number}.txt", text.encode(), by=by)
    found, at = [], text.index("\n") + 1
    for one in said:
        place = FoundAt(start=at, end=at + len(one), file=document.sha256)
        found.append(Original(uid="", text=one, kind="proposal", found_at=place))
        at += len(one) + 1
    return services.Incoming(
        respondent=f"Lag nummer {number}",
        kind_of_respondent="interest_organisation",
        channel="email",
        received_at=dt.datetime(2022, 9, 30, 12, 0, tzinfo=dt.UTC),
        case_number=code.replace("-", "/"),
        points=tuple(found),
        files=(services.File(document=document, role="letter"),),
    )


def _said(number: int) -> list[str]:
    """So many points of made-up words, each another one."""
    return [f"Vi foreslår at {text}." for text in points(number).values()]


def _answered(code: str) -> None:
    """Clear all replies, confirm all points, put them in themes and give each theme an outcome."""
    from veikart.consultations import queries, services
    from veikart.engines.handling import actions as do
    from veikart.people.models import User

    uid, editor = f"horing/{code}", User.objects.get(username="demo-editor")
    state = queries.state(uid)
    for number, reply in enumerate(state.replies.values()):
        clearance = do.Clear(reply=reply.uid, version=1, shown_as=f"Lag nummer {number}")
        services.clear(uid, clearance, by=editor)
    every = tuple(state.points)
    services.act(uid, do.Confirm(points=every), by=editor)
    for number in range(THEMES):
        own = every[number::THEMES]
        if own:
            services.make_theme(uid, title=f"Tema {number + 1}", points=own, by=editor)
    for theme in queries.state(uid).themes:
        decided = do.Decide(on=theme, value="noted", reason="Tatt med videre.")
        services.act(uid, decided, by=editor)
    services.publish(uid, by=editor)
