import pytest

from veikart.engines.readers.norwegian import goals_named, listed, marks, same_word, sentences
from veikart.engines.readers.paragraphs import Line, Paragraph, join_lines, unmarked


def joined(*texts, width=30, **how):
    """The texts of the paragraphs that lines of text, as full as they are long, make up."""
    lines = [
        Line(
            text=text.strip("|"),
            apart=text.startswith("|"),
            full=len(text) / width,
            first_word=(len(text.split()[0]) + 1) / width,
            **how,
        )
        for text in texts
    ]
    return [paragraph.text for paragraph in join_lines(lines)]


def test_a_full_line_goes_on_and_a_short_one_ends():
    assert joined("Vi kan gå på tur i fjellet nå.", "Der er det fint.", "Nytt avsnitt her.") == [
        "Vi kan gå på tur i fjellet nå. Der er det fint.",
        "Nytt avsnitt her.",
    ]


@pytest.mark.parametrize(
    ("first", "second", "whole"),
    [
        ("kort om e-", "helse", "kort om e-helse"),
        ("kort om helse-", "og omsorg", "kort om helse- og omsorg"),
        ("kort om omsorgs-", "tjenester", "kort om omsorgstjenester"),
        ("kort om EPJ-", "systemer i EPJ-systemer", "kort om EPJ-systemer i EPJ-systemer"),
        ("kort om ikke-", "digitale ikke-digitale", "kort om ikke-digitale ikke-digitale"),
        ("kort om 2020-", "2023", "kort om 2020-2023"),
        ("kort om Sør-", "Øst", "kort om Sør-Øst"),
        ("en tanke -", "og en til", "en tanke - og en til"),
    ],
)
def test_a_hyphen_at_a_lines_end_stays_where_it_belongs(first, second, whole):
    assert joined(first, second, width=10) == [whole]


def test_a_number_in_the_middle_of_a_sentence_is_no_list():
    assert joined("Dette beskrives nærmere i mål", "4. Så går vi videre.") == [
        "Dette beskrives nærmere i mål 4. Så går vi videre."
    ]
    assert joined("Målene er:", "1. Mer fisk") == ["Målene er:", "1. Mer fisk"]


def test_bullets_part_and_lose_their_marks():
    lines = [
        Line(text="• Første punkt som går", apart=False, full=1, indent=10),
        Line(text="Videre her", apart=False, full=0.4, indent=20),
        Line(text="- Andre punkt", apart=False, full=1, indent=10),
        Line(text="Ny tekst", apart=False, full=0.4, indent=0),
    ]

    assert join_lines(lines) == (
        Paragraph(text="Første punkt som går Videre her", kind="bullet"),
        Paragraph(text="Andre punkt", kind="bullet"),
        Paragraph(text="Ny tekst"),
    )


def test_a_line_that_is_set_in_begins_a_paragraph():
    lines = [
        Line(text="Første linje som er full", apart=False, full=1, indent=20, size=10),
        Line(text="andre linje som er full", apart=False, full=1, indent=0, size=10),
        Line(text="Nytt avsnitt her", apart=False, full=0.4, indent=20, size=10),
    ]

    assert [one.text for one in join_lines(lines)] == [
        "Første linje som er full andre linje som er full",
        "Nytt avsnitt her",
    ]


def test_a_sentence_goes_on_overleaf_past_the_footnotes():
    lines = [
        Line(text="Denne setningen går", apart=False, full=1, page=1),
        Line(text="¹ En fotnote", apart=True, full=0.3, page=1),
        Line(text="over på neste side.", apart=False, full=0.5, page=2),
        Line(text="Her er en ny.", apart=True, full=0.5, page=2),
    ]

    assert [(one.text, one.page) for one in join_lines(lines)] == [
        ("Denne setningen går over på neste side.", 1),
        ("¹ En fotnote", 1),
        ("Her er en ny.", 2),
    ]


def test_a_table_of_contents_is_left_out():
    assert joined("|Innhold", "Forord.... 2", "Visjon 3", "Mål 1: Hav\t4", "|Visjon") == ["Visjon"]


def test_marks_of_markdown_are_taken_away():
    assert unmarked("*Digital kompetanse*⁷ er **viktig**") == "Digital kompetanse⁷ er viktig"
    assert unmarked("se [Meld. St. 40 \\(2020–2021\\)](#)") == "se Meld. St. 40 (2020–2021)"
    assert unmarked("2 * 3 * 4 og snake_case_name") == "2 * 3 * 4 og snake_case_name"


def test_sentences_end_where_they_end():
    assert sentences("Jf. Meld. St. 40 (2020–2021). Se f.eks. kap. 2! Ja⁴. 3 av 4 vil. Slutt") == [
        "Jf. Meld. St. 40 (2020–2021).",
        "Se f.eks. kap. 2!",
        "Ja⁴. 3 av 4 vil.",
        "Slutt",
    ]


@pytest.mark.parametrize(
    ("text", "goals"),
    [
        ("mål 4", [4]),
        ("Mål 1-3 og mål 5", [1, 2, 3, 5]),
        ("mål 1, 2 og 3", [1, 2, 3]),
        ("målene 2 til 4", [2, 3, 4]),
        ("mål 1 og mål 2", [1, 2]),
        ("alle de fem strategiske målene", [1, 2, 3, 4, 5]),
        ("alle målene", [1, 2, 3, 4, 5]),
        ("de øvrige fire målene", [1, 3, 4, 5]),
        ("alle de overordnede målene", []),
        ("de tre overordnede målene", []),
        ("bærekraftsmål 3 og mål mot 2030", []),
        ("mål 3, 2023", [3]),
        ("", []),
    ],
)
def test_goals_are_named_in_many_ways(text, goals):
    assert goals_named(text, among=range(1, 6), besides=2) == goals


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("A, B og C", ["A", "B", "C"]),
        ("helse- og omsorg og forvaltning", ["helse- og omsorg", "forvaltning"]),
        (
            "fag- og interesseorganisasjoner og andre statlige og kommunale aktører",
            ["fag- og interesseorganisasjoner", "andre statlige og kommunale aktører"],
        ),
        ("", []),
    ],
)
def test_lists_are_parted_at_commas_and_at_and(text, parts):
    assert listed(text) == parts


def test_words_are_the_same_but_for_their_endings():
    assert same_word("Fremme", "fremmer")
    assert same_word("innbygger", "innbyggere")
    assert not same_word("og", "ogs")
    assert not same_word("helse", "helsepersonell")


def test_footnote_marks_are_numbers():
    assert marks("en¹ to¹² tre") == [1, 12]
