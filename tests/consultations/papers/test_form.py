import io
import re
import zipfile
from copy import deepcopy

import docx
import pytest
from django.utils import translation
from docx.oxml.ns import qn
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from veikart.consultations import services
from veikart.consultations.matching import form_of
from veikart.consultations.models import Hearing
from veikart.consultations.papers.form import PROMPTS, form_docx
from veikart.engines.readers.reply_form import read_reply_form
from veikart.strategy import services as strategy

pytestmark = pytest.mark.django_db

W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
QUESTIONS = [
    {"no": 1, "text": "Støtter dere de strategiske målene?", "kind": "choice",
     "choices": ["Ja", "Nei", "Delvis enig i målene"], "help": "Kryss av for ett.\nDirektoratet ber om korte svar. Direktoratet mener det er nok."},
    {"no": 2, "text": "Har dere merknader til de enkelte målene?", "kind": "per_goal", "goals": ["mal/1", "mal/2"]},
    {"no": 3, "text": "Er det noe annet dere vil si?", "kind": "text"},
]  # fmt: skip
ANSWERED = {
    "respondent": "Helse Nord RHF",
    "choice": "Delvis enig i målene",
    1: "Vi støtter hovedretningen.\nMen det mangler en plan for opplæring.",
    "mal/1": "Målet bør også nevne pårørende.",
    "mal/2": "Her savner vi kommunene.\n• Legevakt er ikke nevnt.\n• Heller ikke tannhelse er nevnt.",
    3: "Takk for muligheten til å svare.",
}


@pytest.fixture
def asked(editor):
    for number, title in ((1, "Aktiv medvirkning i egen helse"), (2, "Enklere arbeidshverdag")):
        put_goal(number, title, editor)
    services.put(
        "hearing",
        "horing/22-414",
        {
            "title": "Nasjonal e-helsestrategi",
            "case_number": "22/414",
            "opens_on": "2022-05-31",
            "closes_on": "2022-10-01",
            "held_by": "Direktoratet for e-helse",
            "questions": QUESTIONS,
        },
        by=editor,
    )
    return Hearing.objects.get(pk="horing/22-414")


def put_goal(number, title, editor):
    values = {"number": number, "title": title, "kind": "direct"}
    strategy.put("strategic_goal", f"mal/{number}", values, by=editor)


def controls(document):
    """Every content control by its tag."""
    return {
        one.find(qn("w:sdtPr")).find(qn("w:tag")).get(qn("w:val")): one
        for one in document.element.body.iter(qn("w:sdt"))
    }


def tick(control):
    """Tick a box as Word does: its state, and the sign that it shows."""
    control.find(f".//{W14}checked").set(f"{W14}val", "1")
    next(control.iter(qn("w:t"))).text = "☒"


def write_in(control, text):
    """Write in a control as Word does: the prompt and its mark go, one paragraph for each line."""
    told, content = control.find(qn("w:sdtPr")), control.find(qn("w:sdtContent"))
    told.remove(told.find(qn("w:showingPlcHdr")))
    first = content[0]
    for line in text.split("\n"):
        own = deepcopy(first)
        for style in list(own.iter(qn("w:rStyle"))):
            style.getparent().remove(style)
        next(own.iter(qn("w:t"))).text = line
        content.append(own)
    content.remove(first)


def write_beside(control, text):
    """Write as who does not use the control: new paragraphs behind it, and the prompt stays."""
    for line in reversed(text.split("\n")):
        own = docx.Document().add_paragraph(line)._p
        control.addnext(own)


def filled(content, answered, *, write=write_in):
    """The form with the answers written in, as bytes."""
    document = docx.Document(io.BytesIO(content))
    found = controls(document)
    for name, said in answered.items():
        if name == "choice":
            labels = next(one["choices"] for one in QUESTIONS if "choices" in one)
            tick(found[f"question-1-choice-{labels.index(said) + 1}"])
        elif name == "respondent":
            write_in(found["respondent"], said)
        elif said:
            tag = (
                f"question-{name}"
                if isinstance(name, int)
                else f"question-2-{name.replace('/', '-')}"
            )
            write(found[tag], said)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def read(content, hearing):
    """What our reader finds, in the shape of `ANSWERED`, and what it warns of."""
    proposal = read_reply_form("skjema.docx", content, form=form_of(hearing))
    found = {}
    for item in proposal.items:
        if item.kind == "reply":
            assert item.values["case_number"] == "22/414"
            found["respondent"] = item.values["respondent"]
        elif item.kind == "answer":
            values = item.values
            if values["choice"]:
                found["choice"] = values["choice"]
            if values["goals"]:
                found |= {goal["goal"]: goal["text"] for goal in values["goals"]}
            else:
                found[values["question"]] = values["text"]
    said = {name: text for name, text in found.items() if text is not None}
    return said, [warning.code for warning in proposal.warnings]


def test_what_is_written_in_the_form_is_read_back(asked):
    assert read(filled(form_docx(asked), ANSWERED), asked) == (ANSWERED, [])


def test_what_is_written_beside_the_fields_is_read_back_too(asked):
    assert read(filled(form_docx(asked), ANSWERED, write=write_beside), asked) == (ANSWERED, [])


def test_a_form_that_nobody_filled_in_holds_no_answer_and_no_respondent(asked):
    said, warnings = read(form_docx(asked), asked)

    assert said == {}
    assert warnings == ["no_choice", "empty_form", "no_respondent"]


@pytest.mark.parametrize("name", [name for name in ANSWERED if name != "respondent"])
def test_one_answer_alone_is_read_back_alone(asked, name):
    only = {"respondent": "KS", name: ANSWERED[name]}

    said, _warnings = read(filled(form_docx(asked), only), asked)

    assert said == only


WORDS = st.text(alphabet="abcdefghijklmnopqrstuvwxyzæøå", min_size=2, max_size=14)
SENTENCES = st.lists(WORDS, min_size=3, max_size=30).map(
    lambda words: "Vi " + " ".join(words) + ", sier <b>&amp; «vi» 50 % #[x] $y$."
)
TEXTS = st.one_of(st.just(""), st.lists(SENTENCES, min_size=1, max_size=4).map("\n".join))


@given(
    st.fixed_dictionaries({1: TEXTS, "mal/1": TEXTS, "mal/2": TEXTS, 3: TEXTS}),
    st.sampled_from([None, "Ja", "Nei", "Delvis enig i målene"]),
    st.sampled_from([write_in, write_beside]),
)
@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_whatever_sentences_are_written_come_back_where_they_were_written(
    asked, texts, choice, write
):
    answered = {"respondent": "Helse Nord RHF", **texts, **({"choice": choice} if choice else {})}

    said, _warnings = read(filled(form_docx(asked), answered, write=write), asked)

    assert said == {name: text for name, text in answered.items() if text}


def test_help_is_no_answer_where_a_program_forgot_that_nobody_wrote_it(asked):
    document = docx.Document(io.BytesIO(filled(form_docx(asked), ANSWERED)))
    control = controls(document)["guidance"]
    for line in reversed(list(control.find(qn("w:sdtContent")))):
        control.addnext(line)
    control.getparent().remove(control)
    out = io.BytesIO()
    document.save(out)

    assert read(out.getvalue(), asked) == (ANSWERED, [])


def test_the_form_is_a_document_that_can_be_read_aloud(asked):
    document = docx.Document(io.BytesIO(form_docx(asked)))

    headings = [p.text for p in document.paragraphs if p.style.name.startswith("Heading")]
    assert document.core_properties.title == "Svarskjema: Nasjonal e-helsestrategi"
    assert document.core_properties.language == "nb"
    assert headings == [
        "1) Støtter dere de strategiske målene?",
        "2) Har dere merknader til de enkelte målene?",
        "Mål 1: Aktiv medvirkning i egen helse",
        "Mål 2: Enklere arbeidshverdag",
        "3) Er det noe annet dere vil si?",
    ]
    lang = document.styles.element.find(f".//{qn('w:docDefaults')}//{qn('w:lang')}")
    assert lang.get(qn("w:val")) == "nb-NO"
    names = [
        one.find(f".//{qn('w:alias')}").get(qn("w:val")) for one in controls(document).values()
    ]
    assert names == [
        "Høringsinstans", "Veiledning", "Ja", "Nei", "Delvis enig i målene", "Svar på spørsmål 1",
        "Mål 1: Aktiv medvirkning i egen helse", "Mål 2: Enklere arbeidshverdag", "Svar på spørsmål 3",
    ]  # fmt: skip


def test_the_form_tells_where_the_terms_are(asked, settings):
    settings.ADDRESS = "https://veikart.invalid"

    document = docx.Document(io.BytesIO(form_docx(asked)))

    assert any("https://veikart.invalid/svar/22-414/" in one.text for one in document.paragraphs)


def test_each_field_shows_the_prompt_that_word_shows(asked):
    document = docx.Document(io.BytesIO(form_docx(asked)))

    found = controls(document)
    empty = [
        tag
        for tag, one in found.items()
        if PROMPTS["nb"] in "".join(t.text for t in one.iter(qn("w:t")))
    ]
    assert empty == [
        "respondent",
        "question-1",
        "question-2-mal-1",
        "question-2-mal-2",
        "question-3",
    ]
    assert all(one.find(f".//{qn('w:showingPlcHdr')}") is not None for tag, one in found.items()
               if tag in empty)  # fmt: skip


def test_the_same_hearing_gives_the_same_bytes_in_bokmål_while_it_asks_in_nothing_else(asked):
    with translation.override("en"):
        first = form_docx(asked)
    with translation.override("nn"):
        second = form_docx(Hearing.objects.get(pk=asked.pk))

    assert first == second
    dates = {part.date_time for part in zipfile.ZipFile(io.BytesIO(first)).infolist()}
    assert dates == {(2022, 5, 31, 0, 0, 0)}


TRANSLATED = {
    "nn": ("Støttar de dei strategiske måla?", "Har de merknader til dei einskilde måla?", "Er det noko anna de vil seie?"),
    "en": ("Do you support the strategic goals?", "What do you think of each goal?", "Is there anything else?"),
}  # fmt: skip


@pytest.mark.parametrize("language", ["nn", "en"])
def test_a_hearing_that_asks_in_another_language_has_a_form_in_it_that_is_read_back(
    asked, language
):
    for question in asked.questions.all():
        for code, texts in TRANSLATED.items():
            setattr(question, f"text_{code}", texts[question.no - 1])
        question.save()
    with translation.override(language):
        content = form_docx(asked)

    assert read(filled(content, ANSWERED), asked) == (ANSWERED, [])
    assert read(content, asked)[0] == {}
    headings = [
        p.text for p in docx.Document(io.BytesIO(content)).paragraphs if p.style.name == "Heading 1"
    ]
    assert headings == [f"{no}) {text}" for no, text in enumerate(TRANSLATED[language], 1)]


def test_what_xml_cannot_hold_does_not_stop_the_form(asked):
    asked.questions.filter(no=3).update(text="Er det \x01noe annet\x0c dere vil si?")

    said, _warnings = read(filled(form_docx(asked), ANSWERED), asked)

    assert said[3] == ANSWERED[3]


def test_a_hearing_without_questions_has_no_form(asked):
    asked.questions.all().delete()

    with pytest.raises(ValueError, match=re.escape("Expected a hearing with questions")):
        form_docx(asked)
