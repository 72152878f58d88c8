#!/usr/bin/env python
"""Find every sentence that can be translated, and bring the nb and nn catalogues up to date.

Run it with `just messages`. New sentences come in empty, changed ones lose their translation, and
sentences that no code uses any more are dropped. English is the language of the source.
"""

import ast
import io
import re
import tokenize
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import django
import polib
from babel.messages.extract import extract_python
from django.conf import settings
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "veikart"
LANGUAGES = ("nb", "nn")
KEYWORDS = {
    "gettext", "gettext_lazy", "gettext_noop", "_", "ngettext", "ngettext_lazy", "pgettext",
    "pgettext_lazy", "npgettext", "npgettext_lazy",
}  # fmt: skip
CALL = re.compile(r"\b(gettext|ngettext|pgettext|npgettext|_)\(")


class Sentence(NamedTuple):
    """One sentence to translate; `plural` and `context` are None where there is none."""

    context: str | None
    text: str
    plural: str | None


def sentences() -> dict[Sentence, list[tuple[str, str]]]:
    """Every sentence in code and templates, with the (file, line) places it stands in."""
    found: dict[Sentence, list[tuple[str, str]]] = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        for line, sentence in _in_python(path):
            found.setdefault(sentence, []).append((str(path.relative_to(ROOT)), str(line)))
    for path in sorted([*PACKAGE.rglob("*.html"), *PACKAGE.rglob("templates/**/*.txt")]):
        for line, sentence in _in_template(path):
            found.setdefault(sentence, []).append((str(path.relative_to(ROOT)), str(line)))
    return found


def catalogue_path(language: str) -> Path:
    """Where the catalogue of `language` lies."""
    return PACKAGE / "locale" / language / "LC_MESSAGES" / "django.po"


def update(language: str, found: dict[Sentence, list[tuple[str, str]]]) -> polib.POFile:
    """The catalogue of `language` with just the sentences in `found`; translations are kept."""
    path = catalogue_path(language)
    old = polib.pofile(str(path)) if path.exists() else polib.POFile()
    kept = {(entry.msgctxt, entry.msgid, entry.msgid_plural or None): entry for entry in old}
    new = polib.POFile(wrapwidth=100)
    new.metadata = {
        "Project-Id-Version": "veikart",
        "Language": language,
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=utf-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": "nplurals=2; plural=(n != 1);",
    }
    for sentence, places in found.items():
        entry = kept.get(tuple(sentence)) or _blank(sentence)
        entry.occurrences = [(file, "") for file in sorted({file for file, _line in places})]
        entry.flags = ["python-format"] if "%(" in sentence.text else []
        entry.obsolete = False
        new.append(entry)
    return new


def _blank(sentence: Sentence) -> polib.POEntry:
    if sentence.plural:
        return polib.POEntry(
            msgctxt=sentence.context,
            msgid=sentence.text,
            msgid_plural=sentence.plural,
            msgstr_plural={0: "", 1: ""},
        )
    return polib.POEntry(msgctxt=sentence.context, msgid=sentence.text, msgstr="")


def _in_python(path: Path) -> Iterator[tuple[int, Sentence]]:
    with path.open("rb") as source:
        for line, function, texts, _comments in extract_python(source, KEYWORDS, (), {}):
            arguments = (texts,) if isinstance(texts, str) else texts
            sentence = _sentence(function, arguments)
            if sentence:
                yield line, sentence


def _in_template(path: Path) -> Iterator[tuple[int, Sentence]]:
    code = templatize(path.read_text(), origin=str(path))
    for call in CALL.finditer(code):
        arguments = _arguments(code[call.end() - 1 :])
        sentence = _sentence(call[1], arguments)
        if sentence:
            yield code[: call.start()].count("\n") + 1, sentence


def _arguments(code: str) -> tuple[str | None, ...]:
    """The literal arguments of the call whose bracket `code` begins with; None for the others."""
    found: list[str | None] = []
    depth = 0
    for token in tokenize.generate_tokens(io.StringIO(code).readline):
        depth += {"(": 1, ")": -1}.get(token.string, 0)
        if token.type == tokenize.STRING:
            found.append(ast.literal_eval(token.string))
        if depth == 0:
            break
    return tuple(found)


def _sentence(function: str, arguments: tuple[str | None, ...]) -> Sentence | None:
    name = function.removesuffix("_lazy")
    context = arguments[0] if "pgettext" in name else None
    rest = arguments[1:] if "pgettext" in name else arguments
    if not rest or not rest[0]:
        return None
    plural = rest[1] if name.startswith("n") and len(rest) > 1 else None
    return Sentence(context, rest[0], plural)


def main() -> None:
    """Write both catalogues, and say how many sentences wait for a translation."""
    settings.configure(USE_I18N=True)
    django.setup()
    found = sentences()
    for language in LANGUAGES:
        catalogue = update(language, found)
        path = catalogue_path(language)
        path.parent.mkdir(parents=True, exist_ok=True)
        catalogue.save(str(path))
        waiting = len(catalogue.untranslated_entries())
        print(f"{language}: {len(catalogue)} sentences, {waiting} without a translation.")


if __name__ == "__main__":
    main()
