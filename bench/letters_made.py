"""Letters made here, for where the real ones are not, and small ones to read by the thousand."""

import random

import typst

from bench.themes import points

MANY, PAGES_OF_TEXT = 40, (3, 30)
SMALL = 24


def letters() -> list[tuple[str, bytes]]:
    """Forty letters of one to ten pages each: a greeting, headings, paragraphs and lists."""
    chance = random.Random(1)
    said = list(points(2_000).values())
    return [
        (f"brev-{number:02}.pdf", _letter(chance.sample(said, chance.randint(*PAGES_OF_TEXT))))
        for number in range(MANY)
    ]


def small_letters() -> list[tuple[str, bytes]]:
    """Letters of two short paragraphs, each another one, which take some milliseconds each."""
    said = [" ".join(text.split()[:15]) for text in points(2 * SMALL).values()]
    pairs = zip(said[::2], said[1::2], strict=True)
    return [(f"lite-{number}.pdf", _letter(pair)) for number, pair in enumerate(pairs)]


def _letter(said: "list[str] | tuple[str, ...]") -> bytes:
    parts = ['#set page(numbering: "1")', "Til Helsedirektoratet", "= Høringssvar om havnene"]
    for number, text in enumerate(said):
        if number % 6 == 5:
            parts.append(f"== Om {text.split()[0]}")
        mark = "- " if number % 3 == 2 else ""
        parts.append(f"{mark}Vi foreslår at {text}.")
    parts += ["Med vennlig hilsen", "Kystlaget"]
    return typst.compile("\n\n".join(parts).encode())
