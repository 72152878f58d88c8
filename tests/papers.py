"""What tests read off a paper: its tags, its headings and the heads of its tables."""

import io

import pypdf
from pypdf.generic import ArrayObject, DictionaryObject


def is_tagged_and_titled(content, *, title, language):
    """The document says that it is tagged, PDF/UA-1, and has a title and a language."""
    found = pypdf.PdfReader(io.BytesIO(content))
    root = found.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"].value is True
    assert root["/Lang"] == language
    assert root["/ViewerPreferences"]["/DisplayDocTitle"].value is True
    assert found.metadata.title == title
    assert b"pdfuaid:part" in root["/Metadata"].get_object().get_data()
    assert "/StructTreeRoot" in root


def headings(content):
    """Each heading as its level and its text, in the order that they are read aloud."""
    return [
        (int(tag[2:]), text) for tag, text in read_aloud(content) if tag[:2] == "/H" and tag[2:]
    ]


def table_heads(content):
    """The heads of each table, in order."""
    tables = []
    for tag, text in read_aloud(content):
        if tag == "/Table":
            tables.append([])
        elif tag == "/TH":
            tables[-1].append(text)
    return tables


def tags(content):
    """The tags of the document, in the order that they are read aloud."""
    return [tag for tag, _text in read_aloud(content)]


def read_aloud(content):
    """Each tag with its text, in the order that they are read aloud."""
    found = pypdf.PdfReader(io.BytesIO(content))
    words = {page.indirect_reference.idnum: _marked(page) for page in found.pages}
    return list(_walk(found.trailer["/Root"]["/StructTreeRoot"], words, None))


def _walk(element, words, page):
    page = element.raw_get("/Pg").idnum if "/Pg" in element else page
    tag = element.get("/S")
    if tag:
        yield str(tag), " ".join("".join(_text(element, words, page)).split())
    for kid in _kids(element):
        if isinstance(kid, DictionaryObject) and "/S" in kid:
            yield from _walk(kid, words, page)


def _text(element, words, page):
    page = element.raw_get("/Pg").idnum if "/Pg" in element else page
    for kid in _kids(element):
        if isinstance(kid, int):
            yield words[page].get(int(kid), "")
        elif "/MCID" in kid:
            own = kid.raw_get("/Pg").idnum if "/Pg" in kid else page
            yield words[own].get(int(kid["/MCID"]), "")
        elif "/S" in kid:
            yield from _text(kid, words, page)


def _kids(element):
    kids = element.get("/K", [])
    kids = kids if isinstance(kids, ArrayObject) else [kids]
    return [kid.get_object() for kid in kids]


def _marked(page):
    """The text of each marked piece of a page, by its number."""
    found, open_ = {}, []

    def before(operator, operands, _matrix, _text_matrix):
        if operator == b"BDC":
            known = operands[1]
            known = known.get_object() if hasattr(known, "get_object") else known
            open_.append(known.get("/MCID") if isinstance(known, DictionaryObject) else None)
        elif operator == b"BMC":
            open_.append(None)
        elif operator == b"EMC" and open_:
            open_.pop()

    def text(said, *_more):
        number = next((one for one in reversed(open_) if one is not None), None)
        if number is not None:
            found[int(number)] = found.get(int(number), "") + said

    page.extract_text(visitor_operand_before=before, visitor_text=text)
    return found
