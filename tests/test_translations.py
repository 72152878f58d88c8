"""Bokmål and nynorsk are complete: every sentence in code and templates has both."""

import importlib.util
import re
from pathlib import Path

import polib
import pytest

ROOT = Path(__file__).resolve().parent.parent
specification = importlib.util.spec_from_file_location("messages", ROOT / "script" / "messages.py")
messages = importlib.util.module_from_spec(specification)
specification.loader.exec_module(messages)

PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]|%[sd]|\{(\w*)\}")


@pytest.fixture(scope="module")
def sentences():
    return messages.sentences()


@pytest.mark.parametrize("language", messages.LANGUAGES)
def test_every_sentence_is_in_the_catalogue_and_translated(language, sentences):
    catalogue = polib.pofile(str(messages.catalogue_path(language)))

    there = {(e.msgctxt, e.msgid, e.msgid_plural or None) for e in catalogue if not e.obsolete}
    missing = sorted(sentence.text for sentence in sentences if tuple(sentence) not in there)
    waiting = sorted(entry.msgid for entry in catalogue.untranslated_entries())
    fuzzy = sorted(entry.msgid for entry in catalogue.fuzzy_entries())

    assert (missing, waiting, fuzzy) == ([], [], []), "Run `just messages`, then translate."


@pytest.mark.parametrize("language", messages.LANGUAGES)
def test_no_catalogue_holds_a_sentence_that_nothing_uses(language, sentences):
    catalogue = polib.pofile(str(messages.catalogue_path(language)))

    used = {tuple(sentence) for sentence in sentences}
    unused = [
        e.msgid for e in catalogue if (e.msgctxt, e.msgid, e.msgid_plural or None) not in used
    ]

    assert unused == [], "Run `just messages`."


@pytest.mark.parametrize("language", messages.LANGUAGES)
def test_a_translation_keeps_the_placeholders_of_its_sentence(language):
    catalogue = polib.pofile(str(messages.catalogue_path(language)))

    differing = [
        entry.msgid
        for entry in catalogue
        for translation in (entry.msgstr_plural.values() or [entry.msgstr])
        if translation
        and _placeholders(translation) - _placeholders(entry.msgid, entry.msgid_plural)
    ]
    lost = [
        entry.msgid
        for entry in catalogue
        if entry.msgstr and _placeholders(entry.msgid) != _placeholders(entry.msgstr)
    ]

    assert (differing, lost) == ([], [])


def _placeholders(*texts):
    return {match[0] for text in texts for match in PLACEHOLDER.finditer(text or "")}
