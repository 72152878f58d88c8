"""Whatever a council's document is made of, reading one four times as long takes four times the work."""

import sys
import time
from contextlib import suppress

import pytest

from veikart.engines.proposal import Unreadable
from veikart.engines.readers.choose import read

HEAD = "Møte i NUFA 2/2025\nDato 03.04.2025\nSted Oslo\nMedlemmer Kari Nordmann (KS)\n\n"
TABLE = "Sak Tittel Tid Type\n7/25 Budsjett 10:00 Orientering\n8/25 Valg 10:30 Drøfting\n\n"
LISTED = "Sak 1/25 Budsjett\nSak 2/25 Valg\n"
UNNUMBERED = "Agenda for møte i Fagrådet\n\nDato: 3. mars 2025\nSted: Oslo\n\nSaksliste\n"
MINUTES = (
    "Referat fra møte i NUFA 2/2025\n\nDato: 3. april 2025\n\nSak 7/25 A\nVedtak: NUFA gjør.\n\n"
)
SLIDES = "Mål: A\n\nKommentar: B\n\nMål: C\n\nKommentar: D\n\n2021 – Q1 2021 – Q2 2021 – Q3 2021 – Q4\n\n"
NOTE = "Toppnotat\n\nTil: A\nFra: B\nSaksnummer: {n}/25\n\nHensikt\n\nEn\nTo\n\nBakgrunn\n\nTre\n"
MANY = {
    "labels of a head": (HEAD, "Dato 1. mai 2025", TABLE),
    "labels of a note": (HEAD + TABLE, "Saksnummer 2/22", ""),
    "bare labels": (HEAD + TABLE, "Til", ""),
    "papers": (HEAD + LISTED, "Vedlegg {n}: Notat {n}", ""),
    "papers of one label": (HEAD + LISTED, "Vedlegg 1:", ""),
    "cases": (HEAD, "Sak {n}/25 Tittel nummer {n}", ""),
    "cases of one number": (HEAD, "Sak 1/25 {n} {n}{n} {n}", ""),
    "cases without numbers": (UNNUMBERED, "1. Tittel {n}", ""),
    "a case going on": (HEAD + "Sak Tittel Tid Type\n1/25 A 10:00\n", "1/25 forts. {n} min", ""),
    "lines without a time": (HEAD + "Sak Tittel Tid Type\n1/25 A\n", "linje {n}", ""),
    "notes": (HEAD + LISTED, NOTE, ""),
    "notes of one case": (HEAD + LISTED, NOTE.replace("{n}", "1"), ""),
    "earlier decisions": (
        HEAD + TABLE + "Sak Tema Vedtaksformulering\n\n",
        "40/21 (09.12.21) Visjon\n\nRådet gir sin anbefaling.\n",
        "",
    ),
    "seats": ("Møte i NUFA 2/2025\nMedlemmer\n", "Kari Nordmann {n} (KS)", "\n" + TABLE),
    "seats in columns": (MINUTES.partition("Sak")[0] + "Navn | Etat\n", "Kari {n} | KS", "\n" + TABLE),
    "open brackets": ("Møte i NUFA 2/2025\nMedlemmer\n", "Kari (", "\n" + TABLE),
    "questions": (HEAD + LISTED + "Vi drøfter følgende:\n", "{n}. Hva er {n}?", ""),
    "sections": (HEAD + TABLE + "Toppnotat\n\n", "Bakgrunn\n\nTekst {n}.\n", ""),
    "follow-ups": (MINUTES + "Oppfølging:\n", "- Kari: Sender {n}. Frist: 1. juni 2025", ""),
    "rows of follow-ups": (MINUTES + "Sak Tiltak Ansvarlig Frist\n", "7/25 Sende {n}", ""),
    "areas": ("", "Mål: A\nKommentar: B\n", SLIDES),
    "questions and ratings": (SLIDES, "Er dette sant?\n\nI stor grad\n", ""),
    "findings": ("Fiskerne kjenner planen, men bruker den lite\n- A\n", "- Punkt {n}\n", SLIDES),
    "dates": (SLIDES, "02.09.21", ""),
}  # fmt: skip


def work(content: bytes) -> int:
    """How many functions are called while a file is read; many of them are looks at a line."""
    calls = 0

    def count(_frame: object, event: str, _function: object) -> None:
        nonlocal calls
        calls += event in {"call", "c_call"}

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        read("a.txt", content)
    finally:
        sys.setprofile(before)
    return calls


def made(kind: str, many: int) -> bytes:
    begins, line, ends = MANY[kind]
    return (
        begins + "\n".join(line.replace("{n}", str(n)) for n in range(1, many)) + "\n" + ends
    ).encode()


@pytest.mark.parametrize("kind", MANY)
def test_four_times_the_lines_are_four_times_the_work(kind):
    short, long = work(made(kind, 60)), work(made(kind, 240))

    assert read("a.txt", made(kind, 60)).reader in {"agenda", "minutes", "slides"}
    assert long < 4.6 * short


# One line of many letters: what looks for a form at each of them, and each time reads on to the end, takes
# 64 times as long for eight times the letters.
LINES = {
    "blanks behind a label": (HEAD + "Dato", " ", "x\n" + TABLE),
    "tabs in a title": (HEAD + "Sak 1/25 A", "\t", "B\nSak 2/25 B"),
    "a word in a title": (HEAD + "Sak 1/25 Godkj", "a", "\nSak 2/25 B"),
    "dots": (HEAD + TABLE, ".", "x"),
    "a word before a hyphen": (HEAD + LISTED + "Ord ", "a", "1-\nfortsetter"),
    "plans": (SLIDES, "plan ", "x"),
    "names": (MINUTES + "Oppfølging:\n- Kari ", "Aa ", ""),
    "who is responsible": (MINUTES + "Oppfølging:\n- Kari ", "ansvar ", ""),
    "brackets": ("Møte i NUFA\nMedlemmer: Kari ", "(", "\n\n" + TABLE),
    "numbers of cases": (HEAD + TABLE, "1/22 ", ""),
    "upright lines": (HEAD + "Navn ", "| ", "\n" + TABLE),
}


def seconds(content: bytes) -> float:
    """The CPU that reading takes, the least of two times."""
    taken = []
    for _time in range(2):
        begin = time.process_time()
        with suppress(Unreadable):
            read("a.txt", content)
        taken.append(time.process_time() - begin)
    return min(taken)


@pytest.mark.parametrize("kind", LINES)
def test_one_line_of_many_letters_is_not_read_again_from_each_of_them(kind):
    begins, repeated, ends = LINES[kind]
    short, long = (
        seconds((begins + repeated * (letters // len(repeated)) + ends).encode())
        for letters in (5_000, 40_000)
    )

    assert long < 24 * short + 0.2
