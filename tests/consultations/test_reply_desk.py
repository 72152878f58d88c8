import html
import io
import re

import pypdfium2
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.consultations.conftest import HEARING, received
from veikart.consultations import originals, queries, services
from veikart.documents import services as documents
from veikart.engines.handling import actions as do
from veikart.engines.handling.actions import FoundAt, Original
from veikart.strategy import services as strategy

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.desk_urls")]

CODE = "22-414"
REPLY = f"{HEARING}/svar/1"
LETTER = (
    "Kjære departement\n"
    "Vi støtter målene i strategien. Men innføringen går for sent,\n"
    "og kommunene må få mer hjelp.\n"
    "Måleindikator 1.4 bør telle innbyggere.\n"
)
FIRST = (
    "Vi støtter målene i strategien. Men innføringen går for sent,\nog kommunene må få mer hjelp."
)
SECOND = "Måleindikator 1.4 bør telle innbyggere."


@pytest.fixture
def desk(client, editor):
    client.force_login(editor)
    return client


@pytest.fixture
def letter(hearing, editor):
    """A reply of two points, with the letter they were read from."""
    document = documents.keep("brev.txt", LETTER.encode(), by=editor)
    points = tuple(
        Original(
            uid="",
            text=text,
            kind="proposal",
            found_at=FoundAt(
                start=LETTER.index(text), end=LETTER.index(text) + len(text), file=document.sha256
            ),
        )
        for text in (FIRST, SECOND)
    )
    file = services.File(document=document, role="letter")
    return received(hearing, points=points, files=(file,))


@pytest.fixture
def a_goal(editor):
    values = {"number": 1, "title": "Aktiv medvirkning", "kind": "direct"}
    strategy.put("strategic_goal", "mal/1", values, by=editor)


def address(no=1):
    return reverse("consultations:reply", args=[CODE, no])


def do_it(desk, verb, no=1, **given):
    to = reverse("consultations:act", args=[CODE, 1, verb])
    return desk.post(to, {"punkt": no, **given}, follow=True)


def text(response):
    plain = re.sub(r"<[^>]*>", " ", html.unescape(response.content.decode()))
    return " ".join(plain.split())


def point(no):
    return queries.state(HEARING).points[f"{REPLY}/punkt/{no}"]


def standing():
    state = queries.state(HEARING)
    return [state.text_of(each) for each in state.standing()]


def test_a_point_is_shown_with_its_place_in_the_original_marked(desk, letter):
    page = desk.get(address(), {"punkt": 2})

    marked = re.findall(r"<mark>(.*?)</mark>", page.content.decode(), re.DOTALL)
    assert [html.unescape(each) for each in marked] == [SECOND]
    assert '<a href="?punkt=1#punkt">Vi støtter målene' in page.content.decode()
    assert "2 points received = 0 handled + 2 open." in text(page)


def test_confirming_goes_on_to_the_next_point_that_waits(desk, letter):
    after = do_it(desk, "bekreft")

    assert point(1).confirmed
    assert after.redirect_chain == [(f"{address()}?punkt=2#punkt", 302)]
    assert "The point is confirmed." in text(after)


def test_all_points_of_a_reply_are_confirmed_at_once_but_those_set_aside(desk, letter, editor):
    services.act(HEARING, do.SetAside(point=f"{REPLY}/punkt/2", reason="Hilsen"), by=editor)

    do_it(desk, "bekreft-alle")

    assert (point(1).confirmed, point(2).confirmed) == (True, False)


def test_the_kind_is_changed(desk, letter):
    do_it(desk, "slag", kind="concern")

    assert point(1).kind == "concern"


def test_a_kind_that_is_none_is_refused_and_said(desk, letter):
    refused = do_it(desk, "slag", kind="poem")

    assert refused.status_code == 422
    assert "Select a valid choice" in text(refused)
    assert point(1).kind == "proposal"


def test_a_point_is_split_before_a_sentence_and_before_words(desk, letter):
    start = FIRST.index("Men")
    do_it(desk, "del", places=[start])
    assert standing() == [FIRST[:start].strip(), FIRST[start:], SECOND]

    do_it(desk, "del", no=2, words="bør telle")
    assert standing()[2:] == ["Måleindikator 1.4", "bør telle innbyggere."]


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({}, "Say where to cut it."),
        ({"words": "noe helt annet"}, "“noe helt annet” are not."),
        ({"words": "Vi støtter"}, "Expected words from within the point"),
    ],
)
def test_a_split_at_no_place_is_refused(desk, letter, given, said):
    refused = do_it(desk, "del", **given)

    assert refused.status_code == 422
    assert said in text(refused)
    assert len(standing()) == 2


def test_points_are_merged_in_the_order_of_the_letter(desk, letter):
    do_it(desk, "sla-sammen", no=2, chosen=[f"{REPLY}/punkt/1"])

    assert standing() == [f"{FIRST}\n\n{SECOND}"]


def test_merging_with_nothing_says_that_two_are_needed(desk, letter):
    assert "Mark at least two." in text(do_it(desk, "sla-sammen"))


def test_what_a_point_is_about_is_searched_for_proposed_and_kept(desk, letter, a_goal):
    found = desk.get(address(), {"punkt": 1, "sok": "mal/1"})
    assert "mal/1" in [
        value for value, _label in found.context["forms"]["anker"]["chosen"].field.choices
    ]

    do_it(desk, "anker", sok="mal/1", chosen=["mal/1"])

    assert point(1).anchors == (do.Anchor(uid="mal/1", source="person"),)


def test_an_anchor_that_the_plan_has_not_is_refused(desk, letter):
    assert do_it(desk, "anker", chosen=["mal/99"]).status_code == 422


def test_a_missed_point_is_found_in_the_original(desk, letter):
    to = reverse("consultations:mark-missed", args=[CODE, 1])

    after = desk.post(to, {"text": "kjære  departement", "kind": "support"}, follow=True)

    assert point(3).found_at.start == 0
    assert point(3).found_at.end == len("Kjære departement")
    assert "<mark>Kjære departement</mark>" in after.content.decode()


def test_a_point_is_set_aside_with_a_reason_and_taken_up_again(desk, letter):
    assert "Say why." in text(do_it(desk, "sett-til-side"))

    do_it(desk, "sett-til-side", reason="En hilsen")
    assert point(1).aside == "En hilsen"

    do_it(desk, "ta-opp")
    assert point(1).aside is None


def test_an_outcome_confirms_the_point_and_keeps_what_it_changed(desk, letter, a_goal):
    after = do_it(
        desk,
        "utfall",
        value="followed",
        reason="Enig",
        uid="mal/1",
        before="Før",
        after="Etter",
    )

    held = point(1).outcome
    assert (held.value, held.reason) == ("followed", "Enig")
    assert held.led_to == (do.Led(uid="mal/1", before="Før", after="Etter"),)
    assert point(1).confirmed
    assert "2 points received = 1 handled + 1 open." in text(after)


def test_an_outcome_without_a_reason_is_refused_and_what_was_written_stays(desk, letter):
    refused = do_it(desk, "utfall", value="noted", uid="", before="Før var det slik")

    assert refused.status_code == 422
    assert "Say why. The respondent will read it." in text(refused)
    assert "Say where the sentence stands." in text(refused)
    assert "Før var det slik" in text(refused)
    assert point(1).outcome is None


def test_what_an_outcome_changed_must_be_a_sentence_or_a_deliverable(desk, letter, a_goal):
    wrong = do_it(desk, "utfall", value="followed", reason="Enig", uid="mal/11", after="Etter")

    assert wrong.status_code == 422
    assert "such as mal/1; nothing is or was at “mal/11”." in text(wrong)
    assert "Say where the sentence stands." not in text(wrong)
    assert point(1).outcome is None


def test_a_change_that_changes_nothing_is_refused_and_the_point_is_not_confirmed(
    desk, letter, a_goal
):
    refused = do_it(
        desk, "utfall", value="followed", reason="Enig", uid="mal/1", before="Likt", after="Likt"
    )

    assert "is the same before and after" in text(refused)
    assert not point(1).confirmed


def test_each_action_is_an_event_and_the_last_is_undone(desk, letter):
    do_it(desk, "slag", kind="concern")

    desk.post(reverse("consultations:undo", args=[CODE]), {"event": 2, "til": address()})

    assert point(1).kind == "proposal"
    assert [event.verb for event in queries.events(HEARING)] == ["undo", "change_kind", "receive"]


def test_after_a_refusal_undoing_leads_back_to_the_reply(desk, letter):
    do_it(desk, "slag", kind="concern")
    refused = do_it(desk, "sett-til-side")

    assert refused.context["here"] == f"{address()}?punkt=1#punkt"
    assert f'name="til" value="{address()}?punkt=1#punkt"' in refused.content.decode()


@pytest.mark.parametrize("no", ["1", "99", "x", ""])
def test_an_unknown_verb_or_point_is_not_found(desk, letter, no):
    assert do_it(desk, "finnes-ikke" if no == "1" else "bekreft", no=no).status_code == 404


def test_a_reader_and_a_stranger_neither_see_nor_do(client, letter, reader):
    assert client.get(address()).status_code == 302
    assert do_it(client, "bekreft").redirect_chain[0][1] == 302
    client.force_login(reader)
    assert client.get(address()).status_code == 403
    assert do_it(client, "bekreft").status_code == 403
    assert not point(1).confirmed


def test_a_page_of_a_pdf_is_sent_as_a_picture_and_no_other_file_is(desk, hearing, editor):
    document = documents.keep("brev.pdf", an_empty_page(), by=editor)
    other = documents.keep("annet.txt", b"annet", by=editor)
    received(hearing, "En", files=(services.File(document=document, role="letter"),))

    def picture(sha256, page):
        return desk.get(reverse("consultations:picture", args=[CODE, 1, sha256, page]))

    assert picture(document.sha256, 1).content.startswith(b"\x89PNG")
    assert picture(document.sha256, 2).status_code == 404
    assert picture(other.sha256, 1).status_code == 404


def test_a_hostile_original_costs_its_own_page_and_never_the_desk(desk, hearing, editor, settings):
    settings.READING_SECONDS = 1
    hostile = documents.keep("ond.pdf", drawings_in_drawings(), by=editor)
    whole = documents.keep("brev.txt", LETTER.encode(), by=editor)
    received(hearing, "En", files=(services.File(document=hostile, role="letter"),))
    received(hearing, FIRST, files=(services.File(document=whole, role="letter"),), respondent="To")

    drawn = desk.get(reverse("consultations:picture", args=[CODE, 1, hostile.sha256, 1]))
    page = desk.get(address(1))
    other = desk.get(address(2))

    said = "ond.pdf cannot be shown here: it takes too long to read. Open the original file."
    assert (drawn.status_code, drawn["Content-Type"]) == (422, "image/svg+xml")
    assert said in text(drawn)
    assert said in text(page)
    assert reverse("intake:document", args=[hostile.sha256]) in page.content.decode()
    assert "The original file, brev.txt" in text(other)


def test_an_original_that_cannot_be_read_says_why_and_is_offered_as_it_came(desk, hearing, editor):
    broken = documents.keep("brev.pdf", b"%PDF-1.7 ond", by=editor)
    received(hearing, "En", files=(services.File(document=broken, role="letter"),))

    page = desk.get(address())

    assert "brev.pdf cannot be shown here. Open the original file." in text(page)
    offered = reverse("intake:document", args=[broken.sha256])
    assert f'<a href="{offered}">The original file, brev.pdf</a>' in page.content.decode()
    assert desk.get(offered).content == b"%PDF-1.7 ond"


def test_an_original_whose_file_is_gone_says_so(desk, hearing, editor, settings, tmp_path):
    gone = documents.keep("borte.pdf", an_empty_page() + b"borte", by=editor)
    received(hearing, "En", files=(services.File(document=gone, role="letter"),))
    settings.DOCUMENTS_FOLDER = tmp_path

    page = desk.get(address())
    drawn = desk.get(reverse("consultations:picture", args=[CODE, 1, gone.sha256, 1]))

    said = "borte.pdf cannot be shown here: its file is missing or was changed."
    assert said in text(page)
    assert (drawn.status_code, said in text(drawn)) == (422, True)


def an_empty_page():
    made, held = pypdfium2.PdfDocument.new(), io.BytesIO()
    made.new_page(200, 300)
    made.save(held)
    return held.getvalue()


def drawings_in_drawings():
    """A PDF of few bytes whose page is a drawing of ten drawings, each of ten more, and so on."""
    each = b" ".join([b"/D Do"] * 10)
    drawings = [
        b"<</Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</D %d 0 R>>>>"
        b"/Length %d>>stream\n%s\nendstream" % (number + 1, len(each), each)
        for number in range(4, 20)
    ]
    parts = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 300]/Resources<</XObject<</D 5 0 R>>>>"
        b"/Contents 4 0 R>>",
        *drawings,
    ]
    written = b"".join(b"%d 0 obj%s endobj\n" % part for part in enumerate(parts, start=1))
    return b"%PDF-1.7\n" + written + b"trailer<</Root 1 0 R/Size 99>>"


def test_three_points_ask_as_few_questions_as_one(desk, hearing):
    received(hearing, "En", respondent="En AS")
    received(hearing, "En", "To", "Tre", respondent="Tre AS")
    counted = []
    for no in (1, 2):
        desk.get(address(no))
        with CaptureQueriesContext(connection) as asked:
            desk.get(address(no))
        counted.append(len(asked))

    assert counted[0] == counted[1]
    assert counted[0] < 20


def test_overlapping_places_lose_no_word():
    places = [
        originals.Place(0, 10, 1),
        originals.Place(5, 10, 2, is_chosen=True),
        originals.Place(90, 99, 3),
    ]

    pieces = originals.marked("Vi støtter dette helt.", places)

    assert "".join(each.text for each in pieces) == "Vi støtter dette helt."
    assert [(each.text, each.point) for each in pieces] == [
        ("Vi st", 1),
        ("øtter", 2),
        (" dette helt.", None),
    ]
