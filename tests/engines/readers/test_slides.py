"""Slides: areas with goal and comment, questions and ratings, and the plan for the work with its dates."""

import io

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.engines.readers.agendas import whole_or_refused
from tests.engines.readers.files import pdf_file
from tests.engines.readers.test_any_file import is_whole
from tests.shared import SHARED, needs_shared
from veikart.engines.proposal import Unreadable
from veikart.engines.readers.choose import read
from veikart.engines.readers.slides import read_slides

SLIDES = """
Mål: Rene fjorder

Status

Kommentar: Det er satt i gang mye, og noe gjenstår.

Mål: Flere folk i båtene

Status

Kommentar: Lite er gjort.

Er valgene tydelige?

Står prioriteringene seg?

Hvorvidt henger valgene sammen?

I stor grad

I liten grad

Styret 02.09: Innspill til status

2024 – Q1 2024 – Q2 2024 – Q3 2024 – Q4

2024 2025

Kunnskapsgrunnlag
Finne ut hva fiskerne vet om fjordene, og hva som mangler i det de vet

Offentlig høring

02.09.24

01.10.24

Møte 1.10.

31.02.24
"""
HEADS = [
    "Helsepersonell skal ha enkel og sikker tilgang til pasient- og brukeropplysninger",
    "En innovativ helsetjeneste som setter innbyggeren i sentrum",
    "E-helse skal bidra til helhetlige og godt koordinerte helse- og omsorgstjenester som ivaretar krav til "
    "pasientsikkerhet og kvalitet.",
    "Lettere tilgang til og økt utnyttelse av helsedata",
    "Felles grunnmur skal legge til rette for enkel og sikker samhandling på tvers av virksomheter. Dette skal gi "
    "raskere, sikrere og mer kostnadseffektiv digitalisering og innovasjon.",
    "Ved å legge til rette for en samordnet digitalisering av helse- og omsorgssektoren bidrar vi til en effektiv "
    "helsetjeneste av høy kvalitet",
]


def of_kind(proposal, kind):
    return [item.values for item in proposal.items if item.kind == kind]


@pytest.fixture(scope="module")
def founding():
    [path] = (SHARED / "seeds").glob("000_*.txt")
    return read(path.name, path.read_bytes())


@needs_shared
def test_six_areas_have_goal_and_comment_and_no_status_in_words(founding):
    areas = of_kind(founding, "area_assessment")

    assert founding.reader == "slides"
    assert [area["goal"] for area in areas] == HEADS
    assert [area["comment"][:28] for area in areas] == [
        "I perioden er bl.a. prosjekt",
        "Det er gjort viktige fremskr",
        "Det har blitt igangsatt og o",
        "Det er igangsatt og levert p",
        "Det er oppnådd mye innen bla",
        "Nasjonal styringsmodell, ny ",
    ]
    assert [area["comment"][-24:] for area in areas] == [
        "ikevel mye som gjenstår.",
        "lse- og omsorgstjeneste.",
        " forbedret i senere tid.",
        "elsedata i helsehjelpen.",
        "ft for området fremover.",
        " virkemidler må styrkes.",
    ]
    assert {area["status_said"] for area in areas} == {None}


@needs_shared
def test_three_questions_and_three_ratings_that_nothing_pairs(founding):
    assert [question["text"] for question in of_kind(founding, "question")] == [
        "Er det foretatt tydelige strategiske valg og i hvilken grad anvendes disse i sektoren?",
        "Hvorvidt er valgene i eksisterende strategi sammenhengende og forsterker hverandre?",
        "Hvorvidt er prioriteringene robuste/står seg i tiden fremover?",
    ]
    assert of_kind(founding, "rating") == [
        {"value": "limited", "said": "I begrenset grad", "question": None},
        {"value": "small", "said": "I liten grad", "question": None},
        {"value": "some", "said": "I noen grad", "question": None},
    ]
    assert [c.code for c in founding.warnings].count("rating_unpaired") == 3


@needs_shared
def test_ten_dates_say_what_they_are_where_the_slides_do(founding):
    dates = [(m["day"], m["what"], m["body"]) for m in of_kind(founding, "milestone")]

    assert dates == [
        ("2021-09-02", "Innspill til vurdering av status", "NUFA"),
        ("2021-09-07", None, None),
        ("2021-09-22", "Møte", None),
        ("2021-10-27", None, None),
        ("2021-11-19", None, None),
        ("2021-12-09", None, None),
        ("2021-04-21", None, None),
        ("2021-05-20", None, None),
        ("2021-06-10", None, None),
        ("2021-06-04", None, None),
    ]
    assert [c.code for c in founding.warnings].count("date_unexplained") == 8


@needs_shared
def test_the_plan_has_phases_quarters_and_streams(founding):
    [plan] = of_kind(founding, "work_plan")

    assert plan["quarters"] == [f"{year}-Q{n}" for year in (2021, 2022) for n in (1, 2, 3, 4)]
    assert plan["checkpoints"] == [{"name": "HOD", "times": 8}]
    assert plan["aim"].endswith("offentlig høring i løpet av mai 2022")
    assert [(p["title"], p["kind"]) for p in of_kind(founding, "phase")] == [
        ("Kunnskapsgrunnlag", "phase"),
        ("Mål- og strategiutvikling", "phase"),
        ("Behandling innspill og beslutning", "phase"),
        ("Involvering gjennom Styringsmodellen", "involvement"),
        ("Høring", "hearing"),
        (
            "Øvrig involvering innbygger, personell i helse- og omsorgstjenestene, forskning, leverandører og "
            "næringsliv",
            "involvement",
        ),
    ]
    assert of_kind(founding, "phase")[0]["description"] == (
        "Utvikle felles forståelse av behovene strategien skal imøtekomme samt nåsituasjon og mulige "
        "fremtidsbilder for sektoren"
    )
    assert [(w["title"], len(w["questions"])) for w in of_kind(founding, "work_stream")] == [
        ("Visjon og ambisjon", 2),
        ("Styring og oppfølging", 1),
        ("Strategiske valg", 1),
    ]


@needs_shared
def test_the_four_findings_have_the_points_below_them(founding):
    findings = of_kind(founding, "finding")

    assert [(f["number"], f["text"]) for f in findings] == [
        (
            1,
            "Dagens strategi har vært viktig de første årene for å samle e-helseområdet, men basert på analyser "
            "ser vi at den i mindre grad i dag legger føringer og premisser",
        ),
        (
            2,
            "Det er et gap mellom strategien med detaljert handlingsplan, og det som faktisk følges",
        ),
        (
            3,
            "Dagens strategi påvirker i liten grad hvilke strategiske prioriteringer som blir tatt",
        ),
        (
            4,
            "Dagens strategiske satsningsområder er såpass brede at de fortsatt er relevante, men de setter kun i "
            "noen grad retning for sektoren og spissing etterlyses",
        ),
    ]
    assert [len(f["grounds"]) for f in findings] == [0, 4, 4, 3]
    assert findings[1]["grounds"][0] == (
        "Strategidokumentene som foreligger for perioden 2017-2022 gir både overordnet retning gjennom 6 "
        "satsningsområder, og mer detaljert beskrivelse gjennom 14 innsatsområder med tilhørende 49 planlagte "
        "aktiviteter i handlingsplanen."
    )
    assert findings[3]["grounds"][0].endswith(
        "plasseres under disse. Dermed unngår også strategien å bidra til effektiv prioritering og å sette retning."
    )
    assert founding.counts == {
        "area_assessment": 6, "question": 3, "rating": 3, "finding": 4, "work_stream": 3, "work_plan": 1,
        "phase": 6, "milestone": 10,
    }  # fmt: skip


FINDINGS = """
Mål: Rene fjorder

Kommentar: Noe gjenstår.

Mål: Flere folk i båtene

Kommentar: Lite er gjort.

Fiskerne kjenner planen, men bruker den lite til daglig

Planen er skrevet for dem som skrev den selv
- Den er lang, og få har lest den til slutt.
- Den nevner ingen frister.

De viktigste valgene er tatt andre steder enn i planen
- Havnene har sine egne planer.
- Bevilgningene kommer uten henvisning til den.

Evaluering

Kilder
- Intervjuer
- Årsmeldinger
"""


def word_of(text):
    """The text as a Word document: a paragraph for each line, the marked ones as a list."""
    document = docx.Document()
    for line in filter(None, text.strip().split("\n")):
        marked = line.startswith("- ")
        document.add_paragraph(line.removeprefix("- "), style="List Bullet" if marked else None)
    content = io.BytesIO()
    document.save(content)
    return content.getvalue()


@pytest.mark.parametrize("make", [str.encode, word_of, pdf_file], ids=["text", "word", "pdf"])
def test_findings_are_told_from_titles_and_other_lists(make):
    found = read("lysark", make(FINDINGS))

    is_whole(found)
    assert [(f["text"], f["grounds"]) for f in of_kind(found, "finding")] == [
        ("Fiskerne kjenner planen, men bruker den lite til daglig", []),
        (
            "Planen er skrevet for dem som skrev den selv",
            ["Den er lang, og få har lest den til slutt.", "Den nevner ingen frister."],
        ),
        (
            "De viktigste valgene er tatt andre steder enn i planen",
            ["Havnene har sine egne planer.", "Bevilgningene kommer uten henvisning til den."],
        ),
    ]
    assert [item.key for item in found.items if item.kind == "finding"] == [
        f"evaluering/funn/{number}" for number in (1, 2, 3)
    ]


def test_findings_beside_a_plan_are_none_of_its_phases():
    text = SLIDES + FINDINGS.partition("gjort.")[2].partition("Evaluering")[0]

    found = read("a.txt", text.encode())

    assert [p["title"] for p in of_kind(found, "phase")] == [
        "Kunnskapsgrunnlag",
        "Offentlig høring",
    ]
    assert [len(f["grounds"]) for f in of_kind(found, "finding")] == [0, 2, 2]


@pytest.mark.parametrize("make", [str.encode, pdf_file], ids=["text", "pdf"])
def test_made_up_slides_are_read_from_text_and_pdf(make):
    found = read("lysark", make(SLIDES))

    is_whole(found)
    assert [(a["goal"], a["comment"]) for a in of_kind(found, "area_assessment")] == [
        ("Rene fjorder", "Det er satt i gang mye, og noe gjenstår."),
        ("Flere folk i båtene", "Lite er gjort."),
    ]
    assert [q["text"] for q in of_kind(found, "question")] == [
        "Er valgene tydelige?",
        "Hvorvidt henger valgene sammen?",
    ]
    assert [(p["title"], p["kind"]) for p in of_kind(found, "phase")] == [
        ("Kunnskapsgrunnlag", "phase"),
        ("Offentlig høring", "hearing"),
    ]
    assert [
        (m["day"], m["day_said"], m["what"], m["body"]) for m in of_kind(found, "milestone")
    ] == [
        ("2024-09-02", "02.09.24", "Innspill til status", "Styret"),
        ("2024-10-01", "01.10.24", "Møte", None),
        (None, "31.02.24", None, None),
    ]
    assert "date_impossible" in [caution.code for caution in found.warnings]


def test_a_rating_right_below_its_question_answers_it():
    text = "Er valgene tydelige?\n\nI stor grad\n\nHvorvidt henger de sammen?\n\nI liten grad\n"

    found = read_slides("a.txt", text.encode())

    assert [(r["value"], r["question"]) for r in of_kind(found, "rating")] == [
        ("large", "evaluering/sporsmal/1"),
        ("small", "evaluering/sporsmal/2"),
    ]
    assert [c.code for c in found.warnings] == []


def test_a_status_in_words_is_kept():
    text = "Mål: A\n\nStatus: gul\n\nKommentar: B.\n\nMål: C\n\nStatus: rød\n\nKommentar: D.\n"

    found = read("a.txt", text.encode())

    assert [a["status_said"] for a in of_kind(found, "area_assessment")] == ["gul", "rød"]
    assert found.warnings == ()


def test_a_comment_too_few_is_told():
    text = "Mål: A\n\nMål: B\n\nKommentar: C.\n\nMål: D\n\nKommentar: E.\n"

    found = read("a.txt", text.encode())

    assert [a["comment"] for a in of_kind(found, "area_assessment")] == [None, "C.", "E."]
    assert [c.code for c in found.warnings] == ["comments_missing", "status_not_written"]


def test_other_text_is_no_slides():
    with pytest.raises(Unreadable, match="Expected slides with areas") as refusal:
        read_slides("a.txt", b"Hei alle sammen.")

    assert refusal.value.code == "unknown_kind"


@settings(max_examples=150, deadline=None)
@given(
    st.lists(
        st.sampled_from([*SLIDES.split("\n"), "HOD HOD", "Status", "Kommentar:", "Mål:"]),
        max_size=50,
    )
)
def test_shuffled_slides_give_a_proposal_or_a_refusal(lines):
    whole_or_refused(read_slides, "\n".join(lines).encode())
