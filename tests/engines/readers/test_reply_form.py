"""Reply forms: the same answers and points out of every file they come in, and what looks wrong."""

import datetime as dt

import pytest

from tests.engines.readers.files import docx_file, pdf_file, without_places
from tests.engines.readers.reply_forms import (
    FORM,
    LABELS,
    PROMPT,
    Filled,
    Question,
    acroform_pdf,
    changed,
    docx_form,
    flat_pdf_form,
    flattened_pdf,
    text_form,
)
from tests.shared import SHARED, needs_shared
from veikart.engines.proposal import Unreadable
from veikart.engines.readers.blocks import blocks
from veikart.engines.readers.document import pages
from veikart.engines.readers.reply_form import is_a_reply_form, read_reply_form
from veikart.engines.readers.reply_form_questions import Form, FormQuestion

MADE = {
    "svar.txt": text_form,
    "svar.docx": docx_form,
    "felter.pdf": acroform_pdf,
    "svar.pdf": flat_pdf_form,
}
HEARING = Form(
    case_number="24/1001",
    questions=tuple(
        FormQuestion(
            number=number,
            text=question.text,
            choices=("Ja", "Nei", "Vet ikke") if question.labels else (),
            per_goal=number == 2,
        )
        for number, question in enumerate(FORM.questions, start=1)
    ),
)


def read(filled, make=text_form, **how):
    return read_reply_form("svar", make(filled), **how)


def of_kind(proposal, kind):
    return [item.values for item in proposal.items if item.kind == kind]


def cautions(proposal):
    return [caution.code for caution in proposal.warnings]


@pytest.mark.parametrize("name", MADE)
def test_the_reply_its_answers_and_its_points_are_found(name):
    proposal = read_reply_form(name, MADE[name]())

    assert proposal.reader == "reply_form"
    assert proposal.warnings == ()
    assert of_kind(proposal, "reply") == [
        {
            "case_number": "24/1001",
            "respondent": "Kystlaget",
            "kind_of_respondent": None,
            "language": "nb",
            "received": None,
            "scanned": False,
        }
    ]
    found = [(a["question"], a["choice"], a["empty"]) for a in of_kind(proposal, "answer")]
    assert found == [(1, "Ja", False), (2, None, False), (3, None, True), (4, None, True)]
    assert [goal["goal"] for goal in of_kind(proposal, "answer")[1]["goals"]] == ["mal/1", "mal/2"]
    rows = [
        (p["question"], p["kind"], p["heading_path"][1:], [a["uid"] for a in p["anchors"]])
        for p in of_kind(proposal, "point")
    ]
    assert rows == [
        (1, "support", [], []),
        (1, "proposal", ["1. Rene fjorder"], []),
        (2, "question", ["Mål 1: Mer fisk i havet"], ["indikator/1.2", "mal/1"]),
        (2, "proposal", ["Mål 1: Mer fisk i havet"], ["mal/1"]),
        (2, "wording", ["Mål 2: Flere folk i båtene"], ["mal/2/oppna/1", "mal/2"]),
    ]
    assert of_kind(proposal, "point")[4]["proposed_wording"] == "Fiskere og dykkere med behov (…)"


@pytest.mark.parametrize("name", MADE)
@pytest.mark.parametrize("form", [None, HEARING], ids=["unknown", "known"])
def test_every_kind_of_file_gives_the_same(name, form):
    expected = read(FORM, form=form)

    found = read_reply_form(name, MADE[name](), form=form)

    assert without_places(found.items) == without_places(expected.items)


@pytest.mark.parametrize("name", MADE)
def test_each_point_stands_where_it_says(name):
    document = pages(name, MADE[name]())

    for item in read_reply_form(name, MADE[name]()).items:
        if item.kind == "point":
            place = item.found_at
            shown = document.text_at(place.page, place.start, place.end)
            assert " ".join(shown.split()) == item.values["text"]


@pytest.mark.parametrize("make", MADE.values(), ids=MADE)
@pytest.mark.parametrize(
    ("ticked", "choice", "codes"),
    [((1,), "Nei", []), ((2,), "Vet ikke", []), ((), None, ["no_choice"]), ((0, 2), None, ["several_choices"])],
)  # fmt: skip
def test_a_box_is_a_choice_if_it_is_the_only_one(make, ticked, choice, codes):
    proposal = read(changed(1, ticked=ticked), make)

    assert of_kind(proposal, "answer")[0]["choice"] == choice
    assert cautions(proposal) == codes
    assert all(caution.remedy for caution in proposal.warnings)


@pytest.mark.parametrize(("ticked", "choice"), [((0,), "Ja"), ((2,), "Vet ikke"), ((), None)])
def test_fields_that_were_made_part_of_the_page_are_read_where_they_stand(ticked, choice):
    found = read(changed(1, ticked=ticked), flattened_pdf)

    answers = of_kind(found, "answer")
    assert [(a["choice"], a["empty"]) for a in answers] == [
        (choice, False), (None, False), (None, True), (None, True),
    ]  # fmt: skip
    assert [goal["goal"] for goal in answers[1]["goals"]] == ["mal/1", "mal/2"]
    assert [p["question"] for p in of_kind(found, "point")] == [1, 1, 2, 2, 2]


@pytest.mark.parametrize(
    ("line", "choice"),
    [
        ("[x] Ja  [ ] Nei", "Ja"),
        ("( ) Ja  (X) Nei", "Nei"),
        ("\uf0a8 Ja  \uf0fe Nei", "Nei"),
        ("☑ Delvis enig  □ Uenig", "Delvis"),
        ("☐ Yes, please explain ☒ No, please explain", "No"),
        ("☐ Ja, utdyp gjerne ☒ Nei, utdyp gjerne Fordi fisken ikke kommer tilbake av seg selv.", "Nei"),
    ],
)  # fmt: skip
def test_boxes_come_in_many_signs(line, choice):
    text = f"Svarskjema\n\n1) Er dere enige?\n\n{line}\n\n2) Noe mer?\n\nNei takk."

    answer = of_kind(read_reply_form("svar.txt", text.encode()), "answer")[0]

    assert answer["choice"] == choice
    assert answer["text"] == (
        "Fordi fisken ikke kommer tilbake av seg selv." if "Fordi" in line else None
    )


@pytest.mark.parametrize(
    "prompt",
    [
        PROMPT,
        "Klikk her for å skrive inn tekst",
        "Skriv inn svaret her.",
        "Click or tap here to enter text.",
        "[Skriv her]",
        "…",
    ],
)
def test_a_prompt_is_no_answer(prompt):
    answer = of_kind(read(changed(4, answer=(prompt,))), "answer")[3]

    assert (answer["empty"], answer["text"]) == (True, None)


def test_a_short_answer_is_an_answer():
    answer = of_kind(read(changed(4, answer=("Ingen innspill.",))), "answer")[3]

    assert (answer["empty"], answer["text"]) == (False, "Ingen innspill.")


def test_who_replies_is_read_behind_its_label():
    form = Filled(head=(*FORM.head, "Høringsinstans: Havbyen kommune"), questions=FORM.questions)

    reply = of_kind(read(form), "reply")[0]

    assert (reply["respondent"], reply["kind_of_respondent"]) == ("Havbyen kommune", "municipality")


def test_a_reply_that_says_nowhere_whose_it_is_gets_a_caution():
    text = b"Svarskjema\n\n1) Er dere enige?\n\n[x] Ja\n\n2) Noe mer?\n\nVi er enige i det meste."

    proposal = read_reply_form("svar.txt", text)

    assert of_kind(proposal, "reply")[0]["respondent"] is None
    assert cautions(proposal) == ["no_respondent"]


def test_the_day_it_came_is_kept():
    reply = of_kind(read(FORM, received=dt.date(2022, 9, 12)), "reply")[0]

    assert reply["received"] == "2022-09-12"


def test_a_form_for_another_case_gets_a_caution():
    other = Filled(head=(FORM.head[0], "Saksnummer 23/77"), questions=FORM.questions)

    proposal = read(other, form=HEARING)

    assert cautions(proposal) == ["other_case"]
    assert (
        "Expected a reply to case 24/1001; the form says case 23/77."
        in proposal.warnings[0].message
    )


def test_questions_that_are_gone_are_named():
    cut_off = Filled(head=FORM.head, questions=FORM.questions[:2])

    proposal = read(cut_off, form=HEARING)

    assert cautions(proposal) == ["questions_missing"]
    assert "not found: 3, 4." in proposal.warnings[0].message


def test_questions_of_a_known_form_are_found_without_their_numbers():
    text = text_form().decode()
    for number in range(1, 5):
        text = text.replace(f"{number}) ", "")

    found = read_reply_form("svar.txt", text.encode(), form=HEARING)

    assert [a["choice"] for a in of_kind(found, "answer")] == ["Ja", None, None, None]
    assert len(of_kind(found, "point")) == 5


def test_an_empty_form_gets_a_caution():
    empty = Filled(
        head=FORM.head,
        questions=tuple(Question(text=q.text, labels=q.labels) for q in FORM.questions),
    )

    assert cautions(read(empty)) == ["no_choice", "empty_form", "no_respondent"]


def test_a_question_in_an_answer_is_no_question_of_the_form():
    form = changed(3, answer=("Ser dere ikke dette?", "1. Hva skjer?", "2. Hvem betaler?"))

    assert [a["question"] for a in of_kind(read(form), "answer")] == [1, 2, 3, 4]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("brev.txt", b"Vi viser til brev. Vi mener at strategien er god, og har ikke mer."),
        ("brev.docx", docx_file("Vi mener at strategien er god.")),
        ("brev.pdf", pdf_file("Vi mener at strategien er god.")),
    ],
)
def test_a_letter_is_refused(name, content):
    with pytest.raises(
        Unreadable, match="Expected a reply form with numbered questions"
    ) as refusal:
        read_reply_form(name, content)

    assert refusal.value.code == "unknown_kind"


def test_a_book_is_refused():
    form = changed(4, answer=("Fjordene må bli rene igjen, og det haster. " * 5_000,))

    with pytest.raises(Unreadable, match="at most 200,000 characters") as refusal:
        read(form)

    assert refusal.value.code == "too_long"


def test_what_is_no_form_is_not_taken_for_one():
    def looks_like_one(text):
        return is_a_reply_form(blocks(pages("x.txt", text.encode())))

    assert looks_like_one(text_form().decode())
    assert not looks_like_one("1) Hva er det?\n\n2) Hvor er det?\n\nDette er en liste.")
    assert not looks_like_one("Høringssvarskjema\n\n1) Hva er det?\n\nDet er alt.")


ELEMENTS = 18


@needs_shared
def test_the_reply_of_the_medicines_agency_is_read():
    (path,) = (SHARED / "seeds").glob("004_*.txt")

    proposal = read_reply_form(path.name, path.read_bytes())

    assert proposal.warnings == ()
    (reply,) = of_kind(proposal, "reply")
    assert reply["case_number"] == "22/414"
    assert (reply["respondent"], reply["kind_of_respondent"]) == ("Legemiddelverket", "agency")
    answers = of_kind(proposal, "answer")
    assert [(a["choice"], a["empty"]) for a in answers] == [
        ("Ja", False), (None, False), (None, True), (None, True),
    ]  # fmt: skip
    assert answers[0]["text"].startswith("Legemiddelverket stiller seg bak")
    assert [goal["goal"] for goal in answers[1]["goals"]] == [f"mal/{n}" for n in range(1, 6)]
    points = of_kind(proposal, "point")
    assert len(points) >= ELEMENTS
    wordings = {
        p["anchors"][0]["uid"]: p["proposed_wording"] for p in points if p["kind"] == "wording"
    }
    assert list(wordings) == ["mal/3", "mal/4/oppna/1"]
    assert wordings["mal/3"].startswith("Tilgang til elektroniske helsedata skal legge til rette")
    assert wordings["mal/4/oppna/1"].startswith("Helsepersonell og Helseforvaltningen")


@needs_shared
@pytest.mark.parametrize(
    ("says", "uids"),
    [
        ("innbyggere som bor i kommuner", ["indikator/1.4"]),
        ("inkludere kvalitet på", ["indikator/1.2"]),
        ("kostnadseffektive slik at", ["indikator/3.1"]),
        ("to av FNs", [f"indikator/1.{n}" for n in range(1, 5)] + ["fn-mal/3", "fn-mal/10"]),
    ],
)
def test_what_its_points_name_is_what_they_are_anchored_to(says, uids):
    (path,) = (SHARED / "seeds").glob("004_*.txt")

    (point,) = (
        point
        for point in of_kind(read_reply_form(path.name, path.read_bytes()), "point")
        if says in point["text"]
    )

    assert [a["uid"] for a in point["anchors"] if a["reason"].startswith("named")] == uids


@needs_shared
@pytest.mark.parametrize("make", [docx_form, acroform_pdf, flat_pdf_form])
def test_the_reply_of_the_medicines_agency_is_the_same_in_every_file(make):
    (path,) = (SHARED / "seeds").glob("004_*.txt")
    expected = read_reply_form(path.name, path.read_bytes())

    found = read_reply_form("svar", make(filled_in(expected)))

    # A line of a PDF may break behind a slash, and nothing tells that no blank stood there.
    assert repr(without_places(found.items)).replace("/ ", "/") == repr(
        without_places(expected.items)
    )
    assert found.counts == expected.counts


def filled_in(proposal):
    """The form that a reply was read from, to be made anew as another file."""
    answers = of_kind(proposal, "answer")
    texts = [item.values["heading_path"][0] for item in proposal.items if item.kind == "point"]
    asked = dict.fromkeys(text.split(") ", 1)[1] for text in texts)
    questions = [
        *asked,
        "Har dere noe å si om oppfølgingen?",
        "Andre innspill og tilbakemeldinger?",
    ]
    return Filled(
        head=("Høringssvarskjema", "Saksnummer 22/414"),
        questions=tuple(
            Question(
                text=text,
                labels=LABELS if answer["choice"] else (),
                ticked=(0,) if answer["choice"] == "Ja" else (),
                answer=tuple((answer["text"] or "").split("\n")) if answer["text"] else (),
            )
            for text, answer in zip(questions, answers, strict=True)
        ),
    )
