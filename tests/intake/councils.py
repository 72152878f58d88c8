"""Documents of councils, as tests write them: agendas and minutes in a few lines, and the agenda that they come from."""

from veikart.council import services as council
from veikart.intake import services

BODY = "organ/nasjonalt-e-helserad"
NUFA = "organ/nufa"
SUMMONS = "1/26 Godkjenning av innkalling 10:30 Godkjenning"
ROADMAP = "2/26 Veikart for helse 10:35 Drøfting"
BUDGET = "3/26 Budsjett neste år 11:15 Orientering"
OTHER = "4/26 Eventuelt 12:50"
MEETING_KEY = "mote/nasjonalt-e-helserad/1-2026"


def agenda(
    *cases, body="Nasjonalt e-helseråd", number="Møte 1/2026", day="4. februar 2026", more=""
):
    """An agenda: each case is a line of its list, such as "1/26 Veikart 10:30 Drøfting"."""
    lines = [
        f"Møte i {body}",
        number,
        f"Dato {day}",
        "Tid Kl. 10.30 – 13.00",
        "Sted Oslo",
        "Medlemmer Kari Nes (KS)",
        "Per Moe (Helse Nord RHF)",
        "",
        f"Sak Agenda {body}  Tidspunkt Sakstype",
        *cases,
        "",
        "Sak Tema Sakstype",
        "",
        more,
    ]
    return "\n".join(lines).encode()


def minutes(text, *, body="NUFA", number="2/2026", day="3. april 2026"):
    """Minutes: the head of a meeting, and `text` with its cases."""
    head = [
        f"Referat fra møte i {body} {number}",
        "",
        f"Dato: {day}",
        "Tid: 10.00-11.30",
        "Sted: Oslo",
        "Til stede: Kari Nes (KS, leder)",
        "Per Moe (Helse Nord RHF)",
        "",
    ]
    return "\n".join([*head, text]).encode()


def put(*items):
    """Put into the councils' tables, as their desk would."""
    council.put_many(items, by=None)


def taken_in(content, editor, name="a.txt"):
    """The proposal of a file."""
    return services.take_in(name, content, by=editor)


def accepted(content, editor, name="a.txt"):
    """The proposal of a file of which everything was accepted."""
    proposal = taken_in(content, editor, name)
    outcome = services.accept(proposal, by=editor)
    assert [(one.row.key, one.message) for one in outcome.refused] == []
    return proposal
