"""Makes reply forms as people send them: text, Word with content controls, PDF with fields, PDF without."""

import io
from copy import deepcopy
from email.message import EmailMessage

import docx
import msgspec
import pypdfium2
import pypdfium2.raw as pdfium
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from pypdf import PdfReader, PdfWriter
from reportlab.lib.utils import simpleSplit
from reportlab.pdfgen.canvas import Canvas

from tests.engines.readers.files import pdf_file

PROMPT = "Klikk eller trykk her for å skrive inn tekst."
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
W14 = 'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"'


class Question(msgspec.Struct, frozen=True, kw_only=True):
    """A question with what is filled in: one line a paragraph, "• " before items of a list."""

    text: str
    labels: tuple[str, ...] = ()
    ticked: tuple[int, ...] = ()
    answer: tuple[str, ...] = ()


class Filled(msgspec.Struct, frozen=True, kw_only=True):
    """A form as somebody filled it in."""

    head: tuple[str, ...]
    questions: tuple[Question, ...]


LABELS = ("Ja, utdyp gjerne", "Nei, utdyp gjerne", "Vet ikke, utdyp gjerne")
FORM = Filled(
    head=("Høringssvarskjema: Nasjonal fiskestrategi", "Saksnummer 24/1001"),
    questions=(
        Question(
            text="Stiller dere dere bak de to målene, gitt strategiens rolle for å skape en felles retning?",
            labels=LABELS,
            ticked=(0,),
            answer=(
                "Kystlaget stiller seg bak de to målene i strategien.",
                "1. Rene fjorder",
                "• Kystlaget mener at fjordene er en forutsetning for alt det andre i strategien.",
            ),
        ),
        Question(
            text="Har dere tilbakemelding på målene med målindikatorer?",
            answer=(
                "Mål 1: Mer fisk i havet",
                "• Måleindikator 1.2: Antall båter. Er det bedre å måle antall fisk i båtene?",
                "• Kystlaget savner tiltak for de små båtene langs kysten.",
                "Mål 2: Flere folk i båtene",
                "• Vi foreslår et tillegg i første kulepunkt «Fiskere og dykkere med behov (…)»",
            ),
        ),
        Question(text="Har dere tilbakemeldinger på oppfølgingen?"),
        Question(text="Andre innspill og tilbakemeldinger?"),
    ),
)


def changed(number, **values):
    """The form with something else filled in at a question."""
    questions = list(FORM.questions)
    questions[number - 1] = msgspec.structs.replace(questions[number - 1], **values)
    return msgspec.structs.replace(FORM, questions=tuple(questions))


def as_lines(form):
    """The form with blank lines between its parts, as it is printed."""
    yield from form.head
    for number, question in enumerate(form.questions, start=1):
        yield ""
        yield f"{number}) {question.text}"
        if question.labels:
            marks = ("☒" if place in question.ticked else "☐" for place in range(9))
            pairs = zip(marks, question.labels, strict=False)
            yield ""
            yield "  ".join(f"{mark} {label}" for mark, label in pairs)
        yield ""
        yield from question.answer or (PROMPT,)


def text_form(form=FORM):
    return "\n\n".join(line for line in as_lines(form) if line).encode()


def flat_pdf_form(form=FORM):
    """The form as printed to PDF."""
    printed = "\n".join(line.replace("• ", "- ", 1) for line in as_lines(form))
    parts, before = [], ""
    for line in printed.split("\n"):
        is_same = line.startswith("- ") == before.startswith("- ")
        parts += [line] if is_same and line.startswith("- ") else ["", line]
        before = line
    return pdf_file("\n".join(parts))


def docx_form(form=FORM):
    """The form as Word fills it in: boxes and texts are content controls."""
    document = docx.Document()
    for line in form.head:
        document.add_paragraph(line)
    for number, question in enumerate(form.questions, start=1):
        document.add_paragraph(f"{number}) {question.text}")
        if question.labels:
            choices = document.add_paragraph()
            for place, label in enumerate(question.labels):
                choices._p.append(_box(ticked=place in question.ticked))
                choices.add_run(f" {label}  ")
        _text_control(document, question.answer)
    content = io.BytesIO()
    document.save(content)
    return content.getvalue()


def _box(*, ticked):
    sign, state = ("☒", 1) if ticked else ("☐", 0)
    return parse_xml(
        f'<w:sdt {W} {W14}><w:sdtPr><w14:checkbox><w14:checked w14:val="{state}"/></w14:checkbox></w:sdtPr>'
        f"<w:sdtContent><w:r><w:t>{sign}</w:t></w:r></w:sdtContent></w:sdt>"
    )


def _text_control(document, lines):
    """A control of several paragraphs, or one that shows its prompt."""
    shows = "" if lines else "<w:showingPlcHdr/>"
    control = parse_xml(f"<w:sdt {W}><w:sdtPr>{shows}</w:sdtPr><w:sdtContent/></w:sdt>")
    document.element.body.insert(len(document.element.body) - 1, control)
    content = control.find(qn("w:sdtContent"))
    for line in lines or ("Skriv svaret deres i dette feltet",):
        style = "List Bullet" if line.startswith("• ") else None
        paragraph = document.add_paragraph(line.removeprefix("• "), style=style)
        content.append(deepcopy(paragraph._p))
        paragraph._p.getparent().remove(paragraph._p)


def acroform_pdf(form=FORM):
    """The form as a PDF with fields that are filled in."""
    content = io.BytesIO()
    canvas = Canvas(content, pagesize=(595, 842))
    place = _Place(canvas)
    for line in form.head:
        place.write(line)
    for number, question in enumerate(form.questions, start=1):
        place.skip(10)
        place.write(f"{number}) {question.text}")
        if question.labels:
            place.boxes(number, question)
        place.field(f"svar{number}", "\n".join(question.answer))
    canvas.save()
    return _with_texts(content.getvalue(), place.texts)


def _with_texts(content, texts):
    """The PDF with these texts in its fields, as a program for filling in forms writes them."""
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(content)))
    for page in writer.pages:
        writer.update_page_form_field_values(page, texts)
    filled = io.BytesIO()
    writer.write(filled)
    return filled.getvalue()


class _Place:
    """Where on the page the next thing goes."""

    def __init__(self, canvas):
        self.canvas = canvas
        self.top = 790
        self.texts = {}

    def skip(self, height):
        self.top -= height
        if self.top < 150:
            self.canvas.showPage()
            self.top = 790

    def write(self, text):
        for line in simpleSplit(text, "Helvetica", 11, 480):
            self.canvas.setFont("Helvetica", 11)
            self.canvas.drawString(50, self.top, line)
            self.skip(14)

    def boxes(self, number, question):
        self.skip(6)
        for place, label in enumerate(question.labels):
            left = 50 + 160 * place
            self.canvas.acroForm.checkbox(
                name=f"valg{number}-{place}",
                checked=place in question.ticked,
                x=left,
                y=self.top - 3,
                size=13,
            )
            self.canvas.setFont("Helvetica", 11)
            self.canvas.drawString(left + 18, self.top, label)
        self.skip(20)

    def field(self, name, text):
        self.texts[name] = text
        self.canvas.acroForm.textfield(
            name=name, x=50, y=self.top - 80, width=490, height=80, fieldFlags="multiline",
            maxlen=100_000,
        )  # fmt: skip
        self.skip(100)


def mail(*attachments, body="Vedlagt er vårt svar.", html=None, **headers):
    """An e-mail as a mailbox keeps it; attachments are (name, content)."""
    message = EmailMessage()
    head = {
        "From": "Kari Nordmann <kari@kystlaget.example>",
        "To": "postmottak@fisk.example",
        "Subject": "Svar på høring, sak 24/1001",
        "Date": "Mon, 12 Sep 2022 14:03:00 +0200",
        "Message-ID": "<1@kystlaget.example>",
    }
    for name, value in {**head, **headers}.items():
        message[name] = value
    message.set_content(body)
    if html:
        message.add_alternative(html, subtype="html")
    for name, content in attachments:
        message.add_attachment(
            content, maintype="application", subtype="octet-stream", filename=name
        )
    return message.as_bytes()


def flattened_pdf(form=FORM):
    """The form whose fields were made part of its pages, as PDFium does when it prints."""
    document = pypdfium2.PdfDocument(acroform_pdf(form))
    document.init_forms()
    for number in range(len(document)):
        page = document[number]
        assert pdfium.FPDFPage_Flatten(page.raw, pdfium.FLAT_PRINT) == pdfium.FLATTEN_SUCCESS
        page.close()
    content = io.BytesIO()
    document.save(content)
    document.close()
    return content.getvalue()
