"""Papers as people send them to a meeting, honest and hostile, made here and now."""

import datetime as dt
import io
import zipfile
from functools import cache

import pikepdf
import typst
from pikepdf import Array, Dictionary, Name, Stream
from reportlab.pdfgen import canvas

from veikart.adapters import binding
from veikart.adapters.binding_parts import Case, Cover, Paper
from veikart.adapters.reading_apart import Apart, Limits
from veikart.adapters.reading_process import found_in
from veikart.design.papers import bound

AT = dt.datetime(2022, 1, 28, 12, 0, tzinfo=dt.UTC)
A4 = (595.0, 842.0)
COVER = Cover(
    title="Møte 1/2022 i Nasjonalt e-helsestyre",
    issuer="Direktoratet for e-helse",
    facts=(("Tid", "4. februar 2022 kl. 10.30–13.00"), ("Sted", "Videomøte")),
    lead="Sakspapirene samlet i én fil.",
)


@cache
def plain(pages=1, *, size=A4, text="Notat", x=72, y=700):
    """Pages without tags, each with a line of text."""
    content = io.BytesIO()
    drawn = canvas.Canvas(content, pagesize=size, invariant=True, pageCompression=1)
    for page in range(1, pages + 1):
        drawn.setFont("Helvetica", 12)
        drawn.drawString(x, y, f"{text} {page}")
        drawn.showPage()
    drawn.save()
    return content.getvalue()


@cache
def tagged(pages=2, title="Strategi"):
    """A tagged paper with headings, a list, bookmarks, and links within it and out of it."""
    parts = [
        f'= {title} {page}\n#link(<first>)[Til start] og #link("https://example.org/")[ut].\n- punkt {page}'
        for page in range(1, pages + 1)
    ]
    parts[0] = parts[0].replace("\n", " <first>\n", 1)
    source = f'#set document(title: "{title}", date: datetime(year: 2022, month: 1, day: 1))\n#set text(lang: "nb")\n'
    return typst.compile(
        (source + "\n#pagebreak()\n".join(parts)).encode(), pdf_standards=["ua-1"], timestamp=0
    )


@cache
def with_fields(value):
    """A form with a field that was filled in."""
    content = io.BytesIO()
    drawn = canvas.Canvas(content, pagesize=A4, invariant=True, pageCompression=1)
    drawn.drawString(72, 750, "Navn:")
    drawn.acroForm.textfield(name="navn", x=120, y=740, width=300, height=20, value=value)
    drawn.showPage()
    drawn.save()
    return content.getvalue()


def changed(content, change, **more):
    """The PDF after `change` was made of it."""
    with pikepdf.open(io.BytesIO(content)) as pdf:
        change(pdf)
        made = io.BytesIO()
        pdf.save(made, static_id=True, **more)
    return made.getvalue()


def script(pdf):
    """An action that runs a script."""
    return Dictionary(S=Name.JavaScript, JS="app.alert('a')")


def full_of_actions(pdf):
    """Put an action wherever a PDF can have one, and attach a file."""
    root, page = pdf.Root, pdf.pages[0]
    launch = Dictionary(S=Name.Launch, F="cmd.exe", Next=script(pdf))
    root.OpenAction = pdf.make_indirect(launch)
    root.AA = Dictionary(WC=script(pdf))
    root.Names = Dictionary(JavaScript=Dictionary(Names=Array(["a", script(pdf)])))
    pdf.attachments["budsjett.xlsx"] = b"PK\x03\x04 budsjett"
    page.obj.AA = Dictionary(O=script(pdf))
    rect = Array([20, 20, 200, 60])
    page.obj.Annots = Array(
        [
            pdf.make_indirect(Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=rect, A=action))
            for action in (
                launch,
                script(pdf),
                Dictionary(S=Name.URI, URI="javascript:alert(1)"),
                Dictionary(S=Name.URI, URI="file:///etc/passwd"),
                Dictionary(S=Name.GoToR, F="other.pdf", D=Array([0, Name.Fit])),
                Dictionary(S=Name.SubmitForm, F="https://example.org/"),
                Dictionary(S=Name.URI, URI="https://example.org/ok", Next=script(pdf)),
            )
        ]
    )
    page.obj.Resources.Smuggled = root
    drawing = Stream(pdf, b"", Dictionary(Type=Name.XObject, Subtype=Name.Form, BBox=[0, 0, 1, 1]))
    drawing.F = "https://example.org/elsewhere"
    drawing.Resources = Dictionary(Smuggled=script(pdf), Catalogue=root)
    page.obj.Resources.XObject = Dictionary(Im=drawing)


def zipped(*names):
    """A packed file with parts of these names, as Office files are."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as packed:
        for name in names:
            packed.writestr(name, "x")
    return content.getvalue()


class Here:
    """Reads in this process, for tests of what is made and not of how apart it is made."""

    limits = Limits()

    def ask(self, task):
        return found_in(task, None)


def paper(content, label="Vedlegg 1", title="Notat", name="notat.pdf", **more):
    return Paper(label=label, title=title, name=name, content=content, **more)


def bind(*papers, cases=None, apart=None, cover=COVER):
    """The papers, all of one case if no cases are given, bound."""
    cases = cases or (Case(number="2/22", title="Ny strategi", kind="Drøfting", papers=papers),)
    return binding.bind(
        cover, cases, words=bound.words(), look=bound.look(), apart=apart or Here(), at=AT
    )


def apart_within(**limits):
    """A reading process with limits of its own."""
    return Apart(Limits(**limits))
