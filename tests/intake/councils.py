"""Documents of councils, as tests write them: agendas and minutes in a few lines, and the agenda that they come from."""

from veikart.council import services as council

BODY = "organ/nasjonalt-e-helserad"
NUFA = "organ/nufa"


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
