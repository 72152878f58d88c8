"""Every caution and refusal of a reader has words that a person can be shown."""

import ast
import re
from pathlib import Path

import pytest
from django.template import Context, Template
from django.utils import translation

from tests.languages import in_english  # noqa: F401 (a fixture for every test here)
from veikart.adapters.reading_apart import REFUSED
from veikart.engines.proposal import Unreadable
from veikart.intake.wording import (
    COUNCIL,
    FIGURES,
    FILES,
    REGISTER,
    REPLIES,
    STRATEGY,
    caution_words,
    refusal_sentences,
)

ROOT = Path(__file__).resolve().parent.parent.parent / "veikart"
SAYING = {"add", "add_at", "Unreadable", "Caution"}
CODE = re.compile(r"[a-z]+(_[a-z0-9]+)*")


def codes():
    """Every code that is given to a caution or a refusal in the readers and the intake."""
    files = [*ROOT.glob("engines/readers/*.py"), *ROOT.glob("intake/*.py")]
    calls = [
        node
        for file in files
        for node in ast.walk(ast.parse(file.read_text()))
        if isinstance(node, ast.Call)
    ]
    return {
        value.value
        for call in calls
        if _name(call.func) in SAYING
        for value in [*call.args[:2], *(word.value for word in call.keywords if word.arg == "code")]
        if isinstance(value, ast.Constant) and CODE.fullmatch(str(value.value))
    }


def codes_of_figures():
    """Every code that a file of figures is refused with."""
    source = [file.read_text() for file in ROOT.glob("engines/observations/*.py")]
    return {code for text in source for code in re.findall(r'Unreadable\(\s*"(\w+)"', text)}


def _name(function):
    return getattr(function, "attr", None) or getattr(function, "id", None)


def test_every_code_has_words_and_no_words_are_left_over():
    worded = {*REGISTER, *STRATEGY, *REPLIES, *COUNCIL, *FILES}

    found = codes() | set(REFUSED)

    assert len(found) > 50
    assert (found - worded, worded - found) == (set(), set())


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_words_are_whole_sentences(language):
    with translation.override(language):
        sentences = [
            str(said) for code in codes() | codes_of_figures() for said in caution_words(code)
        ]

    assert [s for s in sentences if not re.fullmatch(r"[A-ZÆØÅ].*\.", s)] == []


def test_every_refusal_of_figures_has_words_too():
    found = codes_of_figures()

    assert len(found) > 8
    assert set(FIGURES) <= found <= {*FIGURES, *FILES}


def test_an_unknown_code_has_no_words():
    assert caution_words("sunspots") is None


def test_a_refusal_is_told_in_the_language_of_the_page_and_then_in_the_readers_words():
    refusal = Unreadable("empty", "Expected <text>; a.csv is empty.")

    with translation.override("nb"):
        said = refusal_sentences(refusal)

    assert said == [
        "Filen er tom. Eksporter eller lagre den på nytt, og se på den før du tar den inn.",
        '<span lang="en">Expected &lt;text&gt;; a.csv is empty.</span>',
    ]


@pytest.mark.parametrize(
    ("code", "shown"),
    [
        ("start_missing", '<p lang="en">No start. Look.</p>'),
        ("disagreement", '<p lang="nb">No start. Look.</p>'),
        ("sunspots", '<p lang="en">No start. Look.</p>'),
    ],
)
def test_a_caution_is_shown_with_the_readers_own_words_in_their_language(code, shown):
    page = Template("{% load wording %}{% caution code said %}")

    html = page.render(Context({"code": code, "said": {"message": "No start.", "remedy": "Look."}}))

    assert shown in html
    assert ("<details" in html) == (caution_words(code) is not None)
