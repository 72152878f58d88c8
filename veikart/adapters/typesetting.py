"""Papers set by Typst as tagged PDF (PDF/UA-1): text goes in as data and never becomes a program.

Typst gets its sources from memory, and its root is the folder of fonts, so it can read no other
file. What the data hold is handed over as JSON. The sources are ours, and are checked: they may
import one another, and neither a package (which Typst would fetch) nor anything made up of data.
"""

import datetime as dt
import re
import unicodedata
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, cast

import msgspec

if TYPE_CHECKING:
    from typst import Fonts

STANDARD: Final = "ua-1"
MAIN = "main.typ"
LINK = "address"
"""What data call the address of a link, which is followed and not printed."""
MARKS = "DejaVu Sans Mono"
"""The font that Typst carries, for what Inter lacks: arrows, boxes, checks and other marks."""

_OF_MARKS = (
    (0x2032, 0x2037), (0x2070, 0x2071), (0x2074, 0x208E), (0x2153, 0x215E), (0x2190, 0x2211), (0x2217, 0x2220),
    (0x2234, 0x223D), (0x2241, 0x2269), (0x2500, 0x262F), (0x2701, 0x2704), (0x2706, 0x2709), (0x270C, 0x2727),
    (0x2729, 0x274B), (0x2794, 0x2794), (0x2798, 0x27AF), (0x27F5, 0x27F7), (0x2B05, 0x2B0D), (0x2B12, 0x2B1A),
)  # fmt: skip
# Word's bullets, ticks and boxes, which lie where each font puts its own signs.
_OF_WORD = str.maketrans(
    {
        "\uf0b7": "•", "\uf0a7": "▪", "\uf0d8": "➢", "\uf0fc": "✓", "\uf0a8": "☐", "\uf0fe": "☑", "\uf0e0": "→",
        "\r": "\n", "\v": "\n", "\f": "\n", "\u2028": "\n", "\u2029": "\n", "\t": " ",
    }
)  # fmt: skip
_UNPRINTED = re.compile("[\x00-\x20\x7f-\x9f\ud800-\udfff]")
_UNSEEN = frozenset({"Cc", "Cf"})
_LONGEST = 24  # letters without a place to break that still fit into a column
_LONG = re.compile(rf"[^\s\u200b]{{{_LONGEST + 1},}}")
_ZERO_WIDTH = "\u200b"
_IMPORTED = re.compile(r"\b(?:import|include)\b(?P<what>[^\n]*)")
_LITERAL = re.compile(r'\s+"(?P<name>[^"@]+)"\s*(?::.*)?')
_REACHING_OUT = re.compile(r"\b(?:eval|plugin|read|image|bibliography|csv|toml|yaml|xml|cbor)\b")


class TypesettingFailed(Exception):
    """A paper could not be set: a source or its data are not as they should be. Ours to mend."""


def typeset(
    sources: Mapping[str, str], data: Mapping[str, Any], *, fonts: Path, at: dt.datetime
) -> bytes:
    """The PDF of `data` by the Typst `sources`, of which `main.typ` is the first.

    The source reads `data` by `json(bytes(sys.inputs.data))`; texts in it are made `printable`, but for those called `address`.
    `fonts` is the folder that script/build-assets wrote. `at`, an aware time, is the date of the
    document: the same sources, data and time give the same bytes. PDF/UA asks for a title, a
    language, and headings in order.

    Raises TypesettingFailed where Typst refuses, and FileNotFoundError where the fonts are not made.
    """
    import typst  # noqa: PLC0415 (20 MB: only who sets a paper loads it)

    check_closed(tuple(sorted(sources.items())))
    told = msgspec.json.encode(_printable(data, letters(fonts))).decode()
    try:
        compiler = typst.Compiler(
            # Its type stubs do not know yet that sources may come from memory.
            cast("Any", {name: source.encode() for name, source in sources.items()}),
            root=fonts,
            font_paths=_fonts(fonts),
            ignore_system_fonts=True,
            sys_inputs={"data": told},
        )
        made = compiler.compile(format="pdf", pdf_standards=[STANDARD], timestamp=_seconds(at))
    except typst.TypstError as error:
        raise TypesettingFailed(
            f"Expected a paper that follows PDF/UA; Typst says: {error.diagnostic or error}. "
            "Mend the template, or what is handed to it."
        ) from error
    if not isinstance(made, bytes):
        raise TypesettingFailed(f"Expected one PDF; Typst gave {type(made).__name__}.")
    return made


@cache
def check_closed(sources: tuple[tuple[str, str], ...]) -> None:
    """Raise TypesettingFailed if a source reaches outside: a package, a file, text run as a program."""
    names = {name for name, _source in sources}
    for name, source in sources:
        for found in _IMPORTED.finditer(source):
            literal = _LITERAL.fullmatch(found["what"])
            if literal is None or literal["name"] not in names:
                raise TypesettingFailed(
                    f"Expected {name} to import only {', '.join(sorted(names))}; found "
                    f"“{found[0].strip()}”. Put what it needs into one of these."
                )
        reaching = _REACHING_OUT.search(source)
        if reaching:
            raise TypesettingFailed(
                f"Expected {name} to work on its data alone; found “{reaching[0]}”. "
                "Hand in what it needs as data."
            )


@cache
def letters(fonts: Path) -> frozenset[int]:
    """The code points that can be set with the fonts in `fonts` and the one for marks."""
    path = fonts / "letters.json"
    try:
        ranges = msgspec.json.decode(path.read_bytes(), type=list[tuple[int, int]])
    except FileNotFoundError as error:
        raise FileNotFoundError(
            f"Expected the fonts of papers in {fonts}, found none. Run script/build-assets."
        ) from error
    return frozenset(
        letter for first, last in (*ranges, *_OF_MARKS) for letter in range(first, last + 1)
    )


def printable(text: str, held: frozenset[int]) -> str:
    """`text` as it can be set: nothing unseen in it, and every letter is one of `held`.

    Each letter that no font holds, such as an emoji, stands by its code: [U+1F600]. Word's own
    bullets become bullets; line feeds stay. Places to break are put into very long words.
    """
    whole = unicodedata.normalize("NFC", text.replace("\r\n", "\n").translate(_OF_WORD))
    return _LONG.sub(_with_breaks, "".join(_letter(letter, held) for letter in whole))


def _letter(letter: str, held: frozenset[int]) -> str:
    category = unicodedata.category(letter)
    if letter == "\n":
        return letter
    # Variation selectors choose between pictures of a letter that is shown by itself.
    if category in _UNSEEN or "\ufe00" <= letter <= "\ufe0f":
        return ""
    if ord(letter) in held:
        return letter
    return " " if category == "Zs" else f"[U+{ord(letter):04X}]"


def _with_breaks(found: re.Match[str]) -> str:
    word = found[0]
    return _ZERO_WIDTH.join(word[at : at + _LONGEST] for at in range(0, len(word), _LONGEST))


def _printable(value: Any, held: frozenset[int], name: str = "") -> Any:
    if isinstance(value, str):
        return _UNPRINTED.sub("", value) if name == LINK else printable(value, held)
    if isinstance(value, Mapping):
        return {name: _printable(one, held, name) for name, one in value.items()}
    if isinstance(value, list | tuple):
        return [_printable(one, held) for one in value]
    return value


@cache
def _fonts(folder: Path) -> "Fonts":
    """The fonts of `folder` and those that Typst carries, found once."""
    import typst  # noqa: PLC0415 (as above)

    return typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=True, font_paths=[str(folder)]
    )


def _seconds(at: dt.datetime) -> int:
    if at.tzinfo is None:
        raise ValueError(f"Expected a time with its zone; found {at}. Hand in an aware time.")
    return int(at.timestamp())
