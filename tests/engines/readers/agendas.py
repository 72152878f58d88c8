"""Makes agendas as secretariats send them: one meeting as text, as DOCX, and as PDF with tables ruled or not."""

import io

import docx
import msgspec
import typst

from tests.engines.readers.test_any_file import is_whole
from veikart.engines.proposal import Unreadable


class Case(msgspec.Struct, frozen=True, kw_only=True):
    """A case with all that an agenda says of it."""

    number: str
    title: str
    time: str
    kind: str = ""
    again: str = ""
    lead: str = ""
    questions: tuple[str, ...] = ()
    text: tuple[str, ...] = ()
    proposed: str = ""
    papers: tuple[tuple[str, str], ...] = ()


class Agenda(msgspec.Struct, frozen=True, kw_only=True):
    """A made-up meeting of a made-up body."""

    title: str
    number: str
    labels: tuple[tuple[str, str], ...]
    members: tuple[str, ...]
    observers: tuple[str, ...]
    cases: tuple[Case, ...]
    note: tuple[tuple[str, tuple[str, ...]], ...] = ()
    note_labels: tuple[tuple[str, str], ...] = ()
    note_for: int = 1
    earlier: tuple[tuple[str, str, tuple[str, ...]], ...] = ()


LONG = (
    "Sekretariatet har gått gjennom innspillene fra havnene og samlet dem i et eget notat, "
    "som viser hvor det er enighet og hvor det gjenstår avklaringer mellom partene."
)
COAST = Agenda(
    title="Ekstraordinært møte i Nasjonalt kystråd",
    number="Møte 3/2025",
    labels=(("Dato", "12. mars"), ("Tid", "Kl. 09.00 – 14.30"), ("Sted", "Havnegata 4, Bodø")),
    members=(
        "Kari Nordvik (Kystverket)",
        "Per-Arne Skjær (Nasjonalforeningen for fyrvoktere)",
        "Liv Sverresdatter Holm (Norges Fiskarlag)",
    ),
    observers=("Ola Tang (Havforskningsinstituttet)",),
    cases=(
        Case(
            number="11/25",
            title="Godkjenning av innkalling og saksliste",
            time="09:00",
            kind="Godkjenning",
            proposed="Nasjonalt kystråd godkjenner innkalling og saksliste.",
        ),
        Case(
            number="12/25",
            title="Ny strategi for levende havner: Utkast til mål og tiltak for små og store havner langs kysten",
            time="09:10",
            kind="Drøfting",
            again="12:00",
            lead="Sekretariatet ønsker å drøfte følgende med Nasjonalt kystråd:",
            questions=(
                "Hvilke mål er de viktigste å ta med videre i strategien for havnene?",
                "Hvilke tiltak mangler i utkastet slik det nå foreligger for rådet?",
            ),
            text=(LONG, LONG.replace("havnene", "fergene"), LONG.replace("havnene", "bryggene")),
            papers=(
                ("1", "Toppnotat Ny strategi for levende havner"),
                ("1A", "Utkast til mål og tiltak"),
            ),
            proposed="Kystverket tar med seg Nasjonalt kystråds innspill til mål og tiltak i det videre arbeidet.",
        ),
        Case(number="13/25", title="Eventuelt", time="14:20"),
    ),
    note=(
        (
            "Forslag til vedtak",
            (
                "Kystverket tar med seg Nasjonalt kystråds innspill til mål og tiltak i det videre arbeidet.",
            ),
        ),
        ("Hensikt med saken", ("Rådet bes om å drøfte utkastet før det sendes på høring.",)),
        ("Bakgrunn", ("Strategien gjelder fra 2026.", LONG)),
        ("Veien videre frem mot juni 2025", ("Utkastet sendes på høring i juni.",)),
    ),
    note_labels=(
        ("Til", "Møte 3/25"),
        ("Dato", "12.03.2025"),
        ("Saksnummer", "12/25"),
        ("Type", "Drøfting"),
        ("Fra", "Kari Nordvik"),
        ("Saksbehandler", "Truls Vik"),
    ),
    earlier=(
        (
            "40/24 (09.12.24)",
            "Visjon for kysten",
            ("Nasjonalt kystråd gir sin anbefaling til visjonen.",),
        ),
        (
            "27/24 (22.09.24)",
            "Kunnskapsgrunnlaget om havner og farleder",
            (
                "Nasjonalt kystråd ber Kystverket ta med seg innspill mottatt i møtet i det videre arbeidet med havnene.",
                "Nasjonalt kystråd var samstemte om at det er behov for en strategi.",
            ),
        ),
        (
            "20/24 (10.06.24)",
            "Plan for arbeidet",
            ("Nasjonalt kystråd tar saken til orientering.",),
        ),
    ),
)


def whole_or_refused(reader, content):
    """What a reader gives is whole, or else it says what it expected."""
    try:
        proposal = reader("a.txt", content or b"x")
    except Unreadable as problem:
        refusal = problem
    else:
        is_whole(proposal)
        return
    assert refusal.message.startswith("Expected ")


def first_table(agenda):
    """The rows of the agenda's own table."""
    for case in agenda.cases:
        yield case.number, case.title, case.time, case.kind
        if case.again:
            yield "", "Lunsj", "11:30", ""
            yield f"{case.number} forts.", f"{case.title} forts.", case.again, ""


def case_rows(agenda):
    """The rows of the table of cases: the middle and the right cell of each as paragraphs."""
    for case in agenda.cases:
        yield case.number, [case.title], [case.kind] if case.kind else []
        middle = [case.lead] if case.lead else []
        middle += [f"{no}. {text}" for no, text in enumerate(case.questions, start=1)]
        middle += case.text
        right = [f"Vedlegg {label}: {title}" for label, title in case.papers]
        if middle or right:
            yield "", middle, right
        if case.proposed:
            yield "", ["Forslag til vedtak:", case.proposed], []


def text_agenda(agenda=COAST, *, width=60):
    """The agenda as the text of a PDF reads: cells one after the other, wrapped, blank lines between."""
    lines = ["side 1", "", agenda.title, agenda.number]
    lines += [f"{label} {value}" for label, value in agenda.labels]
    lines += _people("Medlemmer", agenda.members) + _people("Observatører", agenda.observers)
    lines += ["", f"Sak Agenda {body(agenda)}  Tidspunkt Sakstype"]
    for number, title, time, kind in first_table(agenda):
        lines += wrapped(f"{number} {title} {time} {kind}".strip(), width)
    lines += ["", "Sak Tema Sakstype"]
    for number, middle, right in case_rows(agenda):
        if number:
            lines += [
                "",
                *wrapped(f"{number} {middle[0]}", width),
                *[f"\n{kind}" for kind in right],
                "",
            ]
            continue
        for paragraph in middle:
            lines += [*wrapped(paragraph, width), *([] if paragraph.endswith(":") else [""])]
        for paragraph in right:
            lines += [*wrapped(paragraph, 20), ""]
    return "\n".join([*lines, *_note_lines(agenda), *_earlier_lines(agenda)]).encode()


def _note_lines(agenda):
    if not agenda.note:
        return
    yield from [*wrapped(agenda.cases[agenda.note_for].title, 90), ""]
    for at, (heading, paragraphs) in enumerate(agenda.note):
        yield from [heading, ""]
        for paragraph in paragraphs:
            yield from [*wrapped(paragraph, 90), ""]
        for labels in [agenda.note_labels[:4], agenda.note_labels[4:]] if at == 2 else []:
            yield from [*(label for label, _value in labels), ""]
            yield from [*(value for _label, value in labels), ""]


def _earlier_lines(agenda):
    if agenda.earlier:
        yield from ["Vedtak på anbefalingssaker", "", "Sak Tema  Vedtaksformulering", ""]
    for number, theme, wording in agenda.earlier:
        yield from [*wrapped(f"{number} {theme}", 32), ""]
        yield from [*wrapped(wording[0], 34), ""]
        for paragraph in wording[1:]:
            yield from [*wrapped(f"- {paragraph}", 24), ""]


def body(agenda):
    return agenda.title.partition(" i ")[2]


def _people(label, people):
    """Names with their organisations, broken where a narrow column breaks them."""
    lines = [line for one in people for line in wrapped(one, 34)]
    return [f"{label} {lines[0]}", *lines[1:]] if lines else []


def wrapped(text, width):
    """The text in lines of at most `width` letters; a word with a hyphen may break behind it."""
    lines = [""]
    for word in text.replace("-", "-\u200b").split(" "):
        parts = word.split("\u200b")
        for at, part in enumerate(parts):
            between = " " if at == 0 and lines[-1] else ""
            if lines[-1] and len(lines[-1]) + len(between) + len(part) > width:
                lines.append("")
                between = ""
            lines[-1] += between + part
    return lines


def docx_agenda(agenda=COAST):
    """The agenda as Word documents are made: tables for the head, the agenda, the cases and the history."""
    document = docx.Document()
    document.add_paragraph(agenda.title)
    document.add_paragraph(agenda.number)
    labels = [*((label, [value]) for label, value in agenda.labels)]
    labels += [("Medlemmer", list(agenda.members)), ("Observatører", list(agenda.observers))]
    _table(document, [([label], value) for label, value in labels])
    document.add_paragraph()
    _table(
        document,
        [
            (["Sak"], ["Agenda"], ["Tidspunkt"], ["Sakstype"]),
            *(tuple([cell] if cell else [] for cell in row) for row in first_table(agenda)),
        ],
    )
    document.add_paragraph()
    rows = [
        ([number] if number else [], middle, right) for number, middle, right in case_rows(agenda)
    ]
    _table(document, [(["Sak"], ["Tema"], ["Sakstype"]), *rows])
    if agenda.note:
        document.add_paragraph(agenda.cases[agenda.note_for].title)
        _table(document, [([label], [value]) for label, value in agenda.note_labels])
        for heading, paragraphs in agenda.note:
            document.add_paragraph(heading)
            for paragraph in paragraphs:
                document.add_paragraph(paragraph)
    if agenda.earlier:
        document.add_paragraph("Vedtak på anbefalingssaker")
        earlier = [
            ([number], [theme], [wording[0], *(f"- {more}" for more in wording[1:])])
            for number, theme, wording in agenda.earlier
        ]
        _table(document, [(["Sak"], ["Tema"], ["Vedtaksformulering"]), *earlier])
    content = io.BytesIO()
    document.save(content)
    return content.getvalue()


def _table(document, rows):
    table = document.add_table(rows=0, cols=len(rows[0]))
    for row in rows:
        cells = table.add_row().cells
        for cell, paragraphs in zip(cells, row, strict=True):
            for at, paragraph in enumerate(paragraphs):
                if at == 0:
                    cell.paragraphs[0].text = paragraph
                else:
                    cell.add_paragraph(paragraph)


def pdf_agenda(agenda=COAST, *, ruled=True, height="14cm", align="left + top"):
    """The agenda set by Typst on low pages, so that rows are broken over pages; with or without rules, the
    cells of a row high or in its middle.
    """
    stroke = "0.5pt" if ruled else "none"
    parts = [
        f"#set page(width: 21cm, height: {height}, margin: 2cm, footer: context [#align(center)[side #counter(page).display()]])",
        '#set text(lang: "nb", size: 10pt, hyphenate: false)',
        f"#set table(align: {align}, stroke: {stroke}, inset: 4pt)",
        f"*{_e(agenda.title)}* \\\n{_e(agenda.number)}",
    ]
    labels = [*((label, [value]) for label, value in agenda.labels)]
    labels += [("Medlemmer", list(agenda.members)), ("Observatører", list(agenda.observers))]
    parts.append(_grid("(2.6cm, 7cm)", [([label], value) for label, value in labels], lines=True))
    rows = [[[cell] if cell else [] for cell in row] for row in first_table(agenda)]
    parts.append(
        _grid("(2cm, 9cm, 2.4cm, 3cm)", [(["Sak"], ["Agenda"], ["Tidspunkt"], ["Sakstype"]), *rows])
    )
    rows = [
        ([number] if number else [], middle, right) for number, middle, right in case_rows(agenda)
    ]
    parts.append(_grid("(2cm, 10cm, 4cm)", [(["Sak"], ["Tema"], ["Sakstype"]), *rows]))
    if agenda.note:
        parts += ["#pagebreak()", f"#text(size: 13pt)[{_e(agenda.cases[agenda.note_for].title)}]"]
        parts.append(
            _grid("(3cm, 6cm)", [([label], [value]) for label, value in agenda.note_labels])
        )
        for heading, paragraphs in agenda.note:
            parts.append(f"*{_e(heading)}*")
            parts += [_e(paragraph) for paragraph in paragraphs]
    if agenda.earlier:
        parts.append("*Vedtak på anbefalingssaker*")
        earlier = [
            ([number], [theme], [wording[0], *(f"- {more}" for more in wording[1:])])
            for number, theme, wording in agenda.earlier
        ]
        parts.append(
            _grid(
                "(3.4cm, 5cm, 5.5cm)",
                [(["Sak"], ["Tema"], ["Vedtaksformulering"]), *earlier],
                repeat=True,
            )
        )
    return typst.compile("\n\n".join(parts).encode())


def _grid(columns, rows, *, lines=False, repeat=False):
    between = " \\\n" if lines else "\n\n"
    head, *rest = (", ".join(f"[{between.join(map(_e, cell))}]" for cell in row) for row in rows)
    head = f"table.header({head})" if repeat else head
    return f"#table(columns: {columns}, {', '.join([head, *rest])})"


def _e(text):
    """Text as Typst prints it word for word."""
    return "".join(
        f"\\{letter}" if letter in '\\#*_`$<>@[]~"/=+-.()' else letter for letter in text
    )
