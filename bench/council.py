"""Councils: how many agendas are read a second, as text, DOCX and PDF; and what twenty years of decisions cost."""

import io
from collections.abc import Iterator
from functools import partial

from bench import decisions
from bench.figures import Figure, cpu
from veikart.engines.readers.choose import read

LEAST_A_SECOND = 20.0
CASES, PARAGRAPHS = 12, 60
SENTENCE = (
    "Sekretariatet har gått gjennom innspillene fra kommunene og samlet dem i et notat, som viser hvor "
    "det er enighet og hvor det gjenstår avklaringer."
)


def figures() -> Iterator[Figure]:
    """Reading agendas, then freezing a large council and its register."""
    yield from _agendas()
    yield from decisions.figures()


def _agendas() -> Iterator[Figure]:
    """One figure for each form: an agenda of twelve cases with a note of four pages."""
    for form, content in (("text", as_text()), ("DOCX", as_docx()), ("PDF", as_pdf())):
        found = read("agenda", content)
        assert (found.reader, found.counts["case"], found.counts["seat"]) == (
            "agenda",
            CASES,
            CASES,
        )
        yield Figure(
            group="council",
            what=f"agendas read, {form}",
            value=1 / cpu(partial(read, "agenda", content)),
            unit="a second",
            target=LEAST_A_SECOND,
            at_least=True,
            note=f"{CASES} cases, a note of {PARAGRAPHS} paragraphs",
        )


def rows() -> Iterator[tuple[str, str, str, str]]:
    """The rows of the agenda's table."""
    yield "Sak", "Agenda", "Tidspunkt", "Sakstype"
    for case in range(1, CASES + 1):
        yield f"{case}/25", f"Sak om felles journal nummer {case}", f"{8 + case:02d}:30", "Drøfting"


def head() -> Iterator[str]:
    """The lines above the table."""
    yield "Møte i Nasjonalt kystråd"
    yield "Møte 3/2025"
    yield "Dato 12. mars"
    yield "Sted Bodø"
    yield "Medlemmer Kari Nordvik (Kystverket)"
    yield from (f"Ola Nordmann Hansen (Havn {number})" for number in range(2, CASES + 1))


def note() -> Iterator[str]:
    """The paragraphs of a note on the second case."""
    yield "Sak om felles journal nummer 2"
    yield "Hensikt med saken"
    yield SENTENCE
    yield "Bakgrunn"
    yield from (f"{number} kommuner. {SENTENCE}" for number in range(1, PARAGRAPHS + 1))
    yield "Veien videre"
    yield SENTENCE


def as_text() -> bytes:
    """The agenda as plain text."""
    table = "\n".join(" ".join(row) for row in rows())
    return "\n".join([*head(), "", table, "", "\n\n".join(note())]).encode()


def as_docx() -> bytes:
    """The agenda as a Word document."""
    import docx

    document = docx.Document()
    for line in head():
        document.add_paragraph(line)
    table = document.add_table(rows=0, cols=4)
    for row in rows():
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    for line in note():
        document.add_paragraph(line)
    content = io.BytesIO()
    document.save(content)
    return content.getvalue()


def as_pdf() -> bytes:
    """The agenda as a PDF."""
    import typst

    cells = ", ".join(f"[{text.replace('/', chr(92) + '/')}]" for row in rows() for text in row)
    parts = [
        '#set text(lang: "nb", size: 10pt)',
        " \\\n".join(head()),
        f"#table(columns: (2cm, 8cm, 3cm, 3cm), {cells})",
        "#pagebreak()",
        "\n\n".join(note()),
    ]
    return typst.compile("\n\n".join(parts).encode())
