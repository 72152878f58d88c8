import datetime as dt
import io
import unicodedata

import pypdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from veikart.adapters.typesetting import (
    TypesettingFailed,
    check_closed,
    letters,
    printable,
    typeset,
)
from veikart.design.papers.setting import FONTS, HERE

AT = dt.datetime(2026, 5, 31, 12, 0, tzinfo=dt.UTC)
LOOK = (HERE / "look.typ").read_text("utf-8")
PLAIN = """
#let told = json(bytes(sys.inputs.data))
#set document(title: "Brev")
#set text(font: ("Inter", "DejaVu Sans Mono"), fallback: false, lang: "nb")
#for one in told.said.split("\\n") { par(one) }
"""
BOLD = PLAIN.replace('lang: "nb"', 'lang: "nb", weight: 600')


def pdf(said, source=PLAIN, at=AT):
    return typeset({"main.typ": source}, {"said": said}, fonts=FONTS, at=at)


def text_of(content):
    reader = pypdf.PdfReader(io.BytesIO(content))
    return "\n".join(page.extract_text() for page in reader.pages)


@pytest.mark.parametrize(
    "said",
    [
        '#import "@preview/cetz:0.3.4"',
        '#read("/etc/passwd")',
        '#eval("1 + 1")',
        "[a] #[b] ]#panic()[",
        "$x^2$ $",
        "\\ \\u{41} \\#",
        "= Ikke en overskrift",
        "- ikke en liste",
        "*ikke fet* _ikke kursiv_ `ikke kode`",
        "<merke> @merke",
        "// ikke en merknad /* heller ikke */",
        '"); #panic("',
        "https://example.org/~sti",
        "-- --- ... 'a' \"b\"",
    ],
)
def test_what_strangers_write_is_text_and_never_a_program(said):
    assert text_of(pdf(said)) == said


def test_letters_of_europe_and_marks_are_set_as_they_are():
    said = "Sámi čđŋšŧž ǥǧǩʒ Ελληνικά Українська Tiếng Việt ½ € ☐ ☒ ✓ → ▮▮▮"

    assert " ".join(text_of(pdf(said)).split()) == said


def test_what_cannot_be_set_is_shown_by_its_code_or_left_out_if_nobody_sees_it():
    held = letters(FONTS)

    assert printable("å 😀 漢", held) == "å [U+1F600] [U+6F22]"
    assert printable("a\x00b\x1bc\u202ed\u00ade\ufeff\u200d", held) == "abcde"
    assert printable("\uf0b7 punkt \ue000 \U000f0000", held) == "• punkt [U+E000] [U+F0000]"
    assert printable("\ud800", held) == "[U+D800]"
    assert printable("en\r\nto\rtre\u2028fire\tfem\u3000seks", held) == "en\nto\ntre\nfire fem seks"
    assert printable("A\u030a ✓\ufe0f", held) == "Å ✓"


def test_private_use_characters_would_be_refused_and_are_taken_out_first():
    with pytest.raises(TypesettingFailed, match="PDF/UA-1 error"):
        typeset({"main.typ": PLAIN.replace("par(one)", r'par("\u{E000}")')}, {"said": "a"},
                fonts=FONTS, at=AT)  # fmt: skip

    assert text_of(pdf("\ue000")) == "[U+E000]"


def test_a_word_without_end_is_broken_and_nothing_of_it_is_lost():
    said = "x" * 5000

    found = pypdf.PdfReader(io.BytesIO(pdf(said)))

    assert sum(page.extract_text().count("x") for page in found.pages) == 5000
    longest = max(len(line) for page in found.pages for line in page.extract_text().splitlines())
    assert longest < 130


def test_the_address_of_a_link_is_kept_as_it_is():
    address = "https://veikart.invalid/horing/22-414/svar/1/?q=" + "x" * 80
    source = (
        PLAIN.replace("told.said.split", "told.at(0).said.split") + "#link(told.at(0).address)[a]"
    )
    source = source.replace("told.at(0)", "told.links.at(0)")

    made = typeset(
        {"main.typ": source},
        {"links": [{"said": "a", "address": address + "\n"}]},
        fonts=FONTS,
        at=AT,
    )

    (note,) = pypdf.PdfReader(io.BytesIO(made)).pages[0]["/Annots"]
    assert note.get_object()["/A"]["/URI"] == address


def test_every_letter_that_is_said_to_be_held_can_be_set_in_both_weights():
    held = sorted(letters(FONTS))
    said = "\n".join(chr(letter) for letter in held)

    for source in (PLAIN, BOLD):
        assert pdf(said, source).startswith(b"%PDF-1.7")
    assert len(held) > 2200


@given(st.text(alphabet=st.characters(), max_size=400))
@settings(max_examples=60, deadline=None)
def test_any_text_can_be_set(said):
    assert pdf(said).startswith(b"%PDF-1.7")


@given(st.text(max_size=60))
@settings(max_examples=200)
def test_what_is_printable_stays_so_and_holds_only_what_can_be_set(said):
    held = letters(FONTS)

    once = printable(said, held)

    assert printable(once.replace("\u200b", ""), held).replace("\u200b", "") == once.replace(
        "\u200b", ""
    )
    assert all(
        ord(letter) in held or letter in "\n\u200b" for letter in unicodedata.normalize("NFC", once)
    )


@pytest.mark.parametrize(
    "source",
    [
        '#import "@preview/cetz:0.3.4"',
        '#import "@preview/cetz:0.3.4": canvas',
        '#import "@local/a:1.0.0": *',
        '#import "@pre" + "view/cetz:0.3.4"',
        "#include sys.inputs.data",
        '#let x = { import "/etc/passwd" }',
        '#import "other.typ"; #import "@preview/a:1.0.0"',
        '#include "../settings.py"',
    ],
)
def test_a_template_can_fetch_no_package_and_no_other_file(source):
    with pytest.raises(TypesettingFailed, match=r"Expected main\.typ to import only"):
        typeset({"main.typ": source, "other.typ": ""}, {}, fonts=FONTS, at=AT)


@pytest.mark.parametrize("source", ['#read("a")', "#eval(sys.inputs.data)", '#plugin("a.wasm")'])
def test_a_template_works_on_its_data_alone(source):
    with pytest.raises(TypesettingFailed, match="to work on its data alone"):
        check_closed((("main.typ", source),))


def test_json_outside_the_folder_of_fonts_cannot_be_opened(tmp_path):
    secret = tmp_path / "secret.json"
    secret.write_text('"hemmelig"')

    for path in (str(secret), "../__init__.py", "../../../../../../etc/passwd"):
        with pytest.raises(TypesettingFailed, match=r"not found|escape the project root"):
            pdf("a", f'#json("{path}")')


def test_the_same_data_and_time_give_the_same_bytes():
    assert pdf("Likt") == pdf("Likt")
    assert pdf("Likt") != pdf("Likt", at=AT + dt.timedelta(days=1))


def test_a_time_without_its_zone_is_refused():
    with pytest.raises(ValueError, match="with its zone"):
        pdf("a", at=dt.datetime(2026, 5, 31, 12, 0))  # noqa: DTZ001 (what is tested)


def test_without_fonts_it_says_what_to_run(tmp_path):
    with pytest.raises(FileNotFoundError, match=r"Run script/build-assets"):
        typeset({"main.typ": PLAIN}, {"said": "a"}, fonts=tmp_path, at=AT)


def test_a_paper_without_a_title_is_refused():
    with pytest.raises(TypesettingFailed, match="title"):
        pdf("a", PLAIN.replace('#set document(title: "Brev")', ""))


def test_the_look_reaches_out_to_nothing():
    check_closed((("look.typ", LOOK),))
