"""Who was there, where that stands in columns of its own: in Word, in PDF with cells high or in the middle, in text."""

import io

import docx
import pytest
import typst

from tests.engines.readers.test_any_file import is_whole
from veikart.engines.readers.choose import read

TOP = ("Referat fra møte i Nasjonalt kystråd 3/2025", "Dato: 3. april 2025", "Sted: Bodø")
BELOW = (
    ("Sak 7/25 Godkjenning av innkalling", "Vedtak: Rådet godkjenner innkallingen."),
    ("Sak 8/25 Felles arkiv", "Vedtak: Rådet anbefaler at arbeidet går videre."),
)
HEADING = ("Navn", "Organisasjon", "Rolle", "Til stede")
ROWS = (
    ("Kari Nordvik", "Kystverket", "Leder", "X"),
    ("Per-Arne Skjær", "Nasjonalforeningen for fyrvoktere og andre som bor langs kysten", "", "X"),
    ("Liv Holm", "Norges Fiskarlag", "", ""),
    (
        "Ola Tang",
        "Havforskningsinstituttet i Bergen, avdeling for kart og strømmer",
        "Observatør",
        "X",
    ),
)
EXPECTED = [
    ("Kari Nordvik", ROWS[0][1], "leader", True),
    ("Per-Arne Skjær", ROWS[1][1], "member", True),
    ("Liv Holm", ROWS[2][1], "member", False),
    ("Ola Tang", ROWS[3][1], "observer", True),
]


def seats(found):
    return [
        (
            item.values["person"],
            item.values["organisation"],
            item.values["role"],
            item.values["present"],
        )
        for item in found.items
        if item.kind == "seat"
    ]


def cautions(found):
    return [
        caution.code for caution in found.warnings if caution.code not in {"no_type", "no_decision"}
    ]


def word(rows=ROWS, heading=HEADING):
    """The minutes as a Word document."""
    document = docx.Document()
    for line in TOP:
        document.add_paragraph(line)
    table = document.add_table(rows=0, cols=len(heading))
    for row in (heading, *rows):
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    for line in (line for case in BELOW for line in case):
        document.add_paragraph(line)
    content = io.BytesIO()
    document.save(content)
    return content.getvalue()


def pdf(rows=ROWS, heading=HEADING, *, align="top", stroke="0.5pt", inset="4pt", height="29.7cm"):
    """The minutes set by Typst; `align` is where in their rows the cells are set."""
    cells = ", ".join(
        f"[{text.replace('-', chr(92) + '-')}]" for row in (heading, *rows) for text in row
    )
    widths = ", ".join(["4cm", "5cm", "2.6cm", "2.4cm", "2.4cm"][: len(heading)])
    parts = [
        f"#set page(width: 21cm, height: {height}, margin: 2cm)",
        '#set text(lang: "nb", size: 10pt, hyphenate: false)',
        " \\\n".join(TOP),
        f"#table(columns: ({widths}), align: {align}, stroke: {stroke}, inset: {inset}, {cells})",
        *(" \\\n".join(case) for case in BELOW),
    ]
    return typst.compile("\n\n".join(parts).encode())


def text(rows=ROWS, heading=HEADING, *, between="   "):
    """The minutes as text, the columns parted."""
    table = [between.join(row) for row in (heading, *rows)]
    below = [line for case in BELOW for line in ("", *case)]
    return "\n".join([*TOP, "", *table, *below]).encode()


FORMS = {
    "word": word,
    "pdf": pdf,
    "pdf, cells in the middle": lambda **given: pdf(align="horizon", **given),
    "pdf, cells in the middle and no rules": lambda **given: pdf(
        align="horizon", stroke="none", **given
    ),
    "pdf, no rules": lambda **given: pdf(stroke="none", **given),
    "pdf, at the bottom of the page": lambda **given: pdf(height="9.5cm", **given),
    "text with upright lines": lambda **given: text(between=" | ", **given),
}


@pytest.mark.parametrize("form", FORMS)
def test_names_organisations_roles_and_ticks_are_read_from_columns(form):
    found = read("referat", FORMS[form]())

    is_whole(found)
    assert found.reader == "minutes"
    assert seats(found) == EXPECTED
    assert cautions(found) == []
    assert (found.counts["case"], found.counts["decision"]) == (2, 2)


@pytest.mark.parametrize("form", FORMS)
def test_yes_no_and_apologies_are_told_from_what_says_neither(form):
    rows = (
        ("Kari Nordvik", "Kystverket", "Ja"),
        ("Per Skjær", "Norges Fiskarlag og flere andre lag i nord", "Forfall"),
        ("Liv Holm", "Fyr", "På Teams"),
        ("Ola Tang", "Kart", "Til kl. 12"),
        ("Nils Aa", "Strøm", "Nei"),
    )

    found = read(
        "a", FORMS[form](rows=rows, heading=("Medlem", "Virksomhet", "Til stede (ja/nei)"))
    )

    assert [(person, there) for person, _organisation, _role, there in seats(found)] == [
        ("Kari Nordvik", True), ("Per Skjær", False), ("Liv Holm", True), ("Ola Tang", None), ("Nils Aa", False),
    ]  # fmt: skip
    assert cautions(found) == ["presence_unknown"]
    assert "Til kl. 12" in next(c.message for c in found.warnings if c.code == "presence_unknown")


@pytest.mark.parametrize("form", FORMS)
def test_two_columns_of_ticks_say_who_was_there_and_who_was_not(form):
    rows = (
        ("Kari Nordvik", "Kystverket", "x", "-"),
        ("Per Skjær", "Norges Fiskarlag", "-", "x"),
        ("Liv Holm", "Fyr", "-", "-"),
    )

    found = read("a", FORMS[form](rows=rows, heading=("Navn", "Etat", "Møtt", "Forfall")))

    assert [there for _person, _organisation, _role, there in seats(found)] == [True, False, False]


def test_apologies_alone_say_that_the_others_were_there():
    rows = (("Kari Nordvik", "Kystverket", ""), ("Per Skjær", "Norges Fiskarlag", "x"))

    found = read("a", word(rows=rows, heading=("Navn", "Etat", "Forfall")))

    assert [there for _person, _organisation, _role, there in seats(found)] == [True, False]


def test_a_row_of_one_word_says_what_those_below_it_are():
    rows = (
        ("Kari Nordvik", "Kystverket"),
        ("Observatører", ""),
        ("Ola Tang", "Kart"),
        ("Lise Dahl, for Per Berg", "Fyr"),
    )

    found = read("a", word(rows=rows, heading=("Navn", "Organisasjon")))

    assert seats(found) == [
        ("Kari Nordvik", "Kystverket", "member", None),
        ("Ola Tang", "Kart", "observer", None),
        ("Lise Dahl", "Fyr", "substitute", None),
    ]


def test_a_label_above_the_table_says_who_is_in_it():
    found = read(
        "a",
        text(heading=HEADING[:2], rows=[row[:2] for row in ROWS]).replace(
            b"\nNavn", b"\nTil stede:\nNavn"
        ),
    )

    assert [there for _person, _organisation, _role, there in seats(found)] == [True] * 4


def test_somebody_without_an_organisation_is_kept_and_told():
    rows = (("Kari Nordvik", "Kystverket", "X"), ("Per Skjær", "", "X"))

    found = read("a", word(rows=rows, heading=("Navn", "Organisasjon", "Til stede")))

    assert seats(found)[1] == ("Per Skjær", None, "member", True)
    assert cautions(found) == ["no_organisation"]


def test_columns_that_were_lost_on_the_way_are_told():
    found = read("a", text(between=" "))

    assert seats(found) == []
    assert [(c.code, c.line) for c in found.warnings if c.code == "seats_not_parted"] == [
        ("seats_not_parted", 5)
    ]


def test_an_agenda_may_have_its_members_in_columns_too():
    agenda = text(heading=HEADING[:2], rows=[row[:2] for row in ROWS]).replace(
        b"Referat fra m", b"M"
    )

    found = read("a", agenda)

    assert found.reader == "agenda"
    assert [
        (person, organisation, there) for person, organisation, _role, there in seats(found)
    ] == [(name, organisation, None) for name, organisation, _role, _there in EXPECTED]


def test_a_column_that_says_something_else_is_left_out():
    rows = (
        ("Kari Nordvik", "kari (a) kyst.example", "Kystverket", "X"),
        ("Per Skjær", "", "Fyr", ""),
    )

    for make in FORMS.values():
        found = read("a", make(rows=rows, heading=("Navn", "E-post", "Organisasjon", "Til stede")))

        assert seats(found) == [
            ("Kari Nordvik", "Kystverket", "member", True),
            ("Per Skjær", "Fyr", "member", False),
        ]
