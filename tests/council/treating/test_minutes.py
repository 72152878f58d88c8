"""Minutes: written out of what is known, without withheld cases for the public, frozen when approved."""

import datetime as dt
import io
from importlib import import_module

import pypdfium2
import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from msgspec.structs import replace

from tests.council.treating.conftest import (
    DAY,
    MEETING,
    NEXT,
    OPEN,
    PROPOSAL,
    SECRET,
    case,
    member,
)
from veikart.council import attending, deciding, following_up, minutes_drafting, minuting, queries
from veikart.council.deciding import Said
from veikart.council.following_up import Asked
from veikart.council.models import Meeting, Minutes, Seat
from veikart.engines.readers.minutes import read_minutes
from veikart.outbox.models import Message
from veikart.people.models import AuditEntry
from veikart.plan.council import Attendance, Dissent
from veikart.plan.minutes_text import fingerprint, lines, sections

pytestmark = pytest.mark.django_db

CAME = (
    Attendance(
        no=1, role="leader", person="Ola Berg", organisation_name="Helse Vest", present=True
    ),
    Attendance(
        no=2,
        role="substitute",
        person="Una Nes",
        organisation_name="KS",
        stands_in_for="Kari Dal",
        present=True,
    ),
    Attendance(no=3, role="observer", person="Per Vik", present=True),
    Attendance(no=4, role="member", person="Eva Lie", organisation_name="FHI", present=False),
)
SAID = Said(text="NUIT velger Beta.", decided_on=DAY, proposal="NUIT velger Alfa.")


@pytest.fixture
def treated(meeting, editor):
    """The meeting with attendance, a decision with a vote and a dissent, one in the withheld case, follow-ups."""
    attending.attend(meeting, CAME, by=editor)
    public = Said(
        text=PROPOSAL,
        decided_on=DAY,
        proposal=PROPOSAL,
        votes_for=3,
        votes_against=1,
        dissents=(Dissent(no=1, who="KS", text="Fristen er for kort."),),
    )
    deciding.decide(meeting, case(OPEN), public, by=editor)
    deciding.decide(meeting, case(SECRET), SAID, by=editor)
    asked = Asked(what="Sende veikartet på høring", who="Sekretariatet", due=dt.date(2026, 9, 1))
    following_up.ask_in_case(case(OPEN), meeting, asked, by=editor)
    secret = Asked(what="Skrive under med Beta", who="Sekretariatet", due_said="snarest")
    following_up.ask_in_case(case(SECRET), meeting, secret, by=editor)
    minuting.write(
        meeting, {OPEN: "Mange ba om ordet.\n\nDet haster.", SECRET: "Beta er billigst."}, by=editor
    )
    return Meeting.objects.select_related("body").get(pk=MEETING)


def written(meeting, *, with_withheld):
    return minutes_drafting.written(minutes_drafting.held(meeting), with_withheld=with_withheld)


def test_minutes_are_written_out_of_all_that_was_done(treated):
    assert written(treated, with_withheld=False) == (
        "Referat fra møte 1/2026 i NUIT",
        "Dato: 9. juni 2026",
        "Tid: 10:30",
        "Sted: Teams",
        "",
        "Til stede",
        "Ola Berg (Helse Vest), møteleder",
        "Una Nes pva Kari Dal (KS)",
        "",
        "Observatører",
        "Per Vik",
        "",
        "Forfall",
        "Eva Lie (FHI)",
        "",
        "Sak 1/26: Godkjenning av referat",
        "",
        "Sak 2/26: Veikart 2026–2030",
        "Mange ba om ordet.",
        "Det haster.",
        "Vedtak:",
        PROPOSAL,
        "Stemmer: 3 for, 1 mot.",
        "KS var ikke enig og fikk dette ført i referatet: Fristen er for kort.",
        "Følges opp: Sende veikartet på høring",
        "Ansvarlig: Sekretariatet. Frist: 1. september 2026.",
        "",
        "En sak som ikke er offentlig",
        "Unntatt etter offentleglova § 23.",
        "",
        "Sak 4/26: Eventuelt",
    )


def test_members_have_the_withheld_case_too(treated):
    whole = dict(sections(written(treated, with_withheld=True)))

    assert whole["Sak 3/26: Kjøp av plattform – unntatt etter offentleglova § 23"] == (
        "Beta er billigst.",
        "Vedtak:",
        "NUIT velger Beta.",
        "Følges opp: Skrive under med Beta",
        "Ansvarlig: Sekretariatet. Frist: snarest.",
    )


def test_lines_and_parts_are_the_same_minutes(treated):
    text = written(treated, with_withheld=True)

    assert lines(sections(text)) == text


def test_our_own_reader_reads_the_minutes_back(treated):
    text = "\n".join(written(treated, with_withheld=False))
    found = read_minutes("referat.txt", text.encode()).items

    cases = [each.values["number"] for each in found if each.kind == "case"]
    decided = {
        each.values["number"]: each.values["text"] for each in found if each.kind == "decision"
    }
    assert cases == ["1/26", "2/26", "4/26"]
    assert list(decided) == ["2/26"]
    assert decided["2/26"].startswith(PROPOSAL)


def test_approved_they_are_frozen_with_their_fingerprint_and_the_withheld_apart(treated, editor):
    before = written(treated, with_withheld=False)
    minuting.approve(treated, by=editor, on=dt.date(2026, 6, 15))
    row = Minutes.objects.get()

    assert tuple(row.lines) == before
    assert row.sha256 == fingerprint(before)
    assert "Beta" not in str(row.lines)
    assert "Beta er billigst." in row.whole_lines
    frozen = queries.freeze(on=dt.date(2026, 6, 15))
    assert frozen.meetings[0].minutes.text == before
    assert "Beta" not in str(frozen)
    assert "plattform" not in str(frozen)
    assert queries.verify() == []


def test_what_is_corrected_later_does_not_change_approved_minutes(treated, editor):
    minuting.approve(treated, by=editor, on=DAY)
    before = minuting.text_of(minutes_drafting.held(treated), with_withheld=True).lines
    decision = treated.decisions.get(case=OPEN)

    said = Said(text="Noe annet.", decided_on=DAY, proposal=PROPOSAL)
    deciding.correct(decision, said, by=editor, reason="Feil")

    assert minuting.text_of(minutes_drafting.held(treated), with_withheld=True).lines == before
    for act in (
        lambda: minuting.write(treated, {OPEN: "Mer"}, by=editor),
        lambda: minuting.approve(treated, by=editor, on=DAY),
        lambda: attending.attend(treated, CAME[:1], by=editor),
        lambda: deciding.decide(treated, case(OPEN), SAID, by=editor),
        lambda: minuting.send(treated, by=editor),
    ):
        with pytest.raises(ValidationError, match="approved and never change"):
            act()


def test_the_database_refuses_to_change_or_delete_approved_minutes(treated, editor):
    minuting.approve(treated, by=editor, on=DAY)
    row = Minutes.objects.get()
    attempts = (
        lambda: Minutes.objects.filter(pk=row.pk).update(lines=["Noe annet"]),
        lambda: Minutes.objects.filter(pk=row.pk).update(state="draft", sha256=None),
        lambda: row.delete(),
        lambda: _execute("UPDATE council_minutes SET sha256 = 'x'"),
        lambda: _execute("DELETE FROM council_minutes"),
    )

    for attempt in attempts:
        with pytest.raises(IntegrityError, match="never change"), transaction.atomic():
            attempt()
    assert next(iter(Minutes.objects.get().lines)) == "Referat fra møte 1/2026 i NUIT"


def test_the_database_refuses_to_put_another_row_in_place_of_approved_minutes(treated, editor):
    minuting.approve(treated, by=editor, on=DAY)
    columns = ", ".join(field.column for field in Minutes._meta.concrete_fields)
    forged = columns.replace("approved_on", "'2026-06-14'")
    if connection.vendor == "sqlite":
        attempt = f"INSERT OR REPLACE INTO council_minutes ({columns}) SELECT {forged} FROM council_minutes"
    else:
        attempt = (
            f"INSERT INTO council_minutes ({columns}) SELECT {columns} FROM council_minutes "
            "ON CONFLICT (id) DO UPDATE SET approved_on = '2026-06-14'"
        )

    with pytest.raises(IntegrityError, match="never change"), transaction.atomic():
        _execute(attempt)

    assert Minutes.objects.get().approved_on == DAY


@pytest.mark.parametrize("column", ["approved_on = '2026-06-14'", f"approved_at_id = '{NEXT}'"])
def test_another_day_or_meeting_of_approval_is_found(treated, editor, column):
    minuting.approve(treated, by=editor, on=DAY)
    _unguarded(f"UPDATE council_minutes SET {column}")

    assert queries.verify() == [
        f"The minutes of {MEETING} do not stand as the record says that they were approved; "
        "compare with a backup."
    ]


def test_a_draft_can_be_changed_and_deleted(treated):
    Minutes.objects.update(notes={})
    assert Minutes.objects.all().delete()[0] == 1


def test_minutes_that_got_past_the_database_are_found(treated, editor):
    minuting.approve(treated, by=editor, on=DAY)
    _unguarded("UPDATE council_minutes SET whole_sha256 = NULL")

    assert queries.verify() == [
        f"The minutes of {MEETING} were changed after they were approved; compare with a backup.",
        f"The minutes of {MEETING} do not stand as the record says that they were approved; "
        "compare with a backup.",
    ]


def test_minutes_put_in_with_a_hash_that_fits_are_found_by_the_record(treated, editor):
    Minutes.objects.all().delete()
    Minutes.objects.create(
        meeting=treated,
        state="approved",
        lines=["Falsk"],
        sha256=fingerprint(["Falsk"]),
        approved_on=DAY,
    )

    assert queries.verify() == [
        f"The minutes of {MEETING} do not stand as the record says that they were approved; "
        "compare with a backup."
    ]


@pytest.mark.parametrize(
    ("on", "at", "says"),
    [
        (dt.date(2026, 6, 8), None, "cannot be approved before the meeting was held"),
        (dt.date(2026, 6, 16), None, "The day is still to come"),
        (DAY, MEETING, "approved at another meeting of the same body"),
    ],
)
def test_a_day_or_meeting_that_cannot_be_is_refused(treated, editor, on, at, says):
    other = Meeting.objects.get(pk=at) if at else None
    with pytest.raises(ValidationError, match=says):
        minuting.approve(treated, by=editor, on=on, at=other)

    assert Minutes.objects.get().state == "draft"


def test_a_meeting_that_was_not_held_has_no_minutes_to_approve(meeting, editor):
    with pytest.raises(ValidationError, match="is not held yet"):
        minuting.approve(meeting, by=editor, on=DAY)


def test_those_that_the_next_meeting_can_approve(treated, editor):
    later = Meeting.objects.get(pk=NEXT)
    assert minuting.to_approve("organ/nuit", before=later) == [treated]

    minuting.approve(treated, by=editor, on=DAY)

    assert minuting.to_approve("organ/nuit", before=later) == []


def test_they_are_sent_to_those_who_had_a_seat_without_what_is_withheld(treated, editor):
    member("ola", "organ/nuit/plass/1", email="ola@example.org")
    Seat.objects.filter(pk="organ/nuit/plass/2").update(email="kari@example.org")
    Seat.objects.filter(pk="organ/nuit/plass/3").update(
        email="per@example.org", until_day=dt.date(2026, 6, 1)
    )

    drafted = minuting.send(treated, by=editor)

    assert sorted(message.address for message in drafted) == ["kari@example.org", "ola@example.org"]
    assert {message.state for message in Message.objects.all()} == {"draft"}
    attached = drafted[0].attachments.get()
    assert attached.name == "mote-nuit-1-2026-referat.pdf"
    assert attached.document.visibility == "editors"
    content = minuting.pdf(minutes_drafting.held(treated), with_withheld=False)
    assert "Beta" not in text_of_pdf(content)
    assert "Beta" not in drafted[0].body
    assert "/arbeid/mine-moter/nuit/1-2026/" in drafted[0].body
    assert "unntatt" in drafted[0].body.casefold()
    assert Minutes.objects.get().state == "sent"
    with pytest.raises(ValidationError, match="wait in the outbox"):
        minuting.send(treated, by=editor)


def test_nobody_with_an_address_is_told(treated, editor):
    with pytest.raises(ValidationError, match="Nobody with a seat that day has an e-mail address"):
        minuting.send(treated, by=editor)

    assert Minutes.objects.get().state == "draft"


def test_the_paper_says_what_it_is(treated, editor):
    def paper(*, with_withheld):
        return text_of_pdf(
            minuting.pdf(minutes_drafting.held(treated), with_withheld=with_withheld)
        )

    draft, whole = paper(with_withheld=False), paper(with_withheld=True)
    minuting.approve(treated, by=editor, on=DAY)
    approved = paper(with_withheld=False)

    assert "Utkast, ikke godkjent ennå" in draft
    assert "Beta" not in draft
    assert "Ikke gi det videre." in whole
    assert "NUIT velger Beta." in whole
    assert "Godkjent 9. juni 2026" in approved
    assert Minutes.objects.get().sha256[:16] in approved.replace("\n", "")


def test_the_record_tells_what_was_written(treated, editor):
    minuting.write(treated, {OPEN: "Nytt"}, by=editor)

    entry = AuditEntry.objects.filter(verb="minutes.written").first()
    assert entry.after == {OPEN: "Nytt"}
    assert set(entry.before) == {OPEN, SECRET}


def test_those_who_have_a_seat_that_day_are_proposed_until_somebody_is_entered(meeting, editor):
    proposed = attending.proposed(meeting)
    assert [(row.role, row.person, row.present) for row in proposed] == [
        ("leader", "Ola Berg", None),
        ("member", "Kari Dal", None),
        ("observer", "Per Vik", None),
    ]

    attending.attend(meeting, [replace(proposed[0], present=True)], by=editor)

    assert [row.person for row in attending.proposed(meeting)] == ["Ola Berg"]


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("Una Nes pva Kari Dal", ("Una Nes", "Kari Dal")),
        ("Una Nes  PVA. Kari Dal ", ("Una Nes", "Kari Dal")),
        ("Una Nes på vegne av Kari Dal", ("Una Nes", "Kari Dal")),
        ("Kari Dal", ("Kari Dal", None)),
        ("", ("", None)),
    ],
)
def test_on_whose_behalf_somebody_came_is_read(typed, expected):
    assert attending.stood_in(typed) == expected


def text_of_pdf(content):
    with pypdfium2.PdfDocument(io.BytesIO(content)) as document:
        pages = [page.get_textpage().get_text_range() for page in document]
    return "\n".join(pages).replace("\r\n", "\n")


def _execute(statement):
    with connection.cursor() as cursor:
        cursor.execute(statement)


def _unguarded(statement):
    """What somebody with the keys to the database can do: take the guard away."""
    guard = import_module("veikart.council.migrations.0003_approved_minutes_stay")
    backs = {"sqlite": guard.SQLITE_BACK, "postgresql": guard.POSTGRESQL_BACK}
    for back in (*backs[connection.vendor], statement):
        _execute(back)
