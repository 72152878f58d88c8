"""The page of a case: what was proposed and decided, its whole path, its papers, and what became of it."""

import dataclasses
import datetime as dt
import html
import re

import pytest
from django.utils import translation
from msgspec.structs import replace

from tests.pages import council_samples as samples
from tests.pages.readings import shelved
from veikart.pages import council_facts, council_words, papers, referred
from veikart.pages.reading import Reading
from veikart.pages.render import render
from veikart.plan import paper_names
from veikart.plan.council import Case, Decision, FollowUp, Paper


def page(uid, reading=None):
    return render(reading or samples.reading(), uid).html


def words_of(text):
    main = text.partition("<main")[2].partition("</main>")[0]
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", f"<main{main}")).split())


def part(text, start, end):
    assert start in text
    return text.partition(start)[2].partition(end)[0]


def with_(**parts):
    return samples.reading(plan=samples.with_council(**parts))


def with_case(uid, **changes):
    cases = samples.council().cases
    return with_(cases=tuple(replace(c, **changes) if c.uid == uid else c for c in cases))


def test_a_case_says_first_what_was_decided_and_whether_it_was_done():
    said = words_of(page(samples.THIRD))

    assert (
        "The council decided on 20 May 2026: changed in the meeting. "
        "1 of 2 follow-ups is open. 1 is overdue." in said
    )


def test_the_proposal_stands_beside_the_decision_with_the_difference_marked():
    compared = part(page(samples.THIRD), '<dl class="phrases">', "</dl>")

    assert "<del>veikartet.</del>" in compared
    assert "<ins>veikartet, og ber om forenklet rapportering.</ins>" in compared


def test_a_decision_as_proposed_says_so_and_shows_no_difference():
    text = page(samples.EARLIER)

    assert "It is word for word what was proposed." in words_of(text)
    assert "<ins>" not in text


def test_a_decision_tells_vote_dissent_and_what_it_does():
    text = page(samples.THIRD)
    said = words_of(text)

    assert "9 voted for and 1 against. 1 voted blank." in said
    assert "Dissent KS : For dyrt." in said
    assert 'Approves: <a href="/en/utgaver/2026-1/">Edition 2026-1</a>' in text
    assert re.search(r'Asks for a change: <a href="/en/leveranse/101/">.*?</a>\. ', text)
    assert "Asks that what was said is taken along: Innspill i møtet." in said


def test_an_edition_that_is_not_approved_is_named_without_a_link():
    with translation.override("en"):
        name, address = referred.edition(samples.reading(), "2026-9")

    assert (str(name), address) == ("Edition 2026-9", None)


@pytest.mark.parametrize("uid", [samples.FIRST, samples.SECOND, samples.THIRD])
def test_the_whole_path_is_told_from_every_case_on_it(uid):
    way = part(page(uid), 'id="veien"', "</ol>")

    steps = [
        words_of(f"<main{step}</main>") for step in re.findall(r"(<li.*?)</li>", way, re.DOTALL)
    ]

    assert [step.partition(":")[0] for step in steps] == [
        "Fagutvalget", "Prioriteringsutvalget", "The council",
    ]  # fmt: skip
    assert [("this case" in step) for step in steps] == [
        uid == other for other in (samples.FIRST, samples.SECOND, samples.THIRD)
    ]
    assert "NUFA anbefaler veikartet." in steps[0]
    assert "The plan has no decision from here." in steps[1]


def test_a_case_that_came_from_nowhere_and_goes_nowhere_has_no_path():
    assert 'id="veien"' not in page("sak/radet/3-26")


def test_a_case_that_went_on_to_two_bodies_branches():
    other = Case(uid="sak/radet/9-26", body=samples.COUNCIL, number="9/26", title="Del to", came_from=samples.SECOND)  # fmt: skip
    plan = samples.with_council(cases=(*samples.council().cases, other))

    way = list(council_facts.path_of(plan, other))

    assert [(case.uid, depth) for case, depth in way] == [
        (samples.FIRST, 0), (samples.SECOND, 0), (samples.THIRD, 1), (other.uid, 1),
    ]  # fmt: skip


def test_a_path_in_a_ring_ends():
    ring = tuple(
        Case(uid=f"sak/radet/{a}-26", body=samples.COUNCIL, number=f"{a}/26", title="Ring", came_from=f"sak/radet/{b}-26")
        for a, b in ((1, 2), (2, 1))
    )  # fmt: skip
    plan = samples.with_council(cases=ring, decisions=(), follow_ups=(), papers=(), meetings=())

    way = [case.uid for case, _depth in council_facts.path_of(plan, ring[0])]

    assert sorted(way) == ["sak/radet/1-26", "sak/radet/2-26"]


def test_a_case_tells_its_purpose_questions_text_and_note():
    said = words_of(page(samples.THIRD))

    assert "Rådet skal ta stilling. The body is asked: Er veikartet godt nok? Første linje." in said
    assert "The note that presents the case Innledning. Bakgrunn NUIT har anbefalt det." in said


def test_words_of_a_case_do_no_harm():
    text = page(samples.THIRD)

    assert "Veikart &lt;2026&gt;" in text
    assert "<2026>" not in text


def test_papers_tell_what_they_are_and_how_many_are_withheld_on_which_basis():
    text = page(samples.THIRD)
    said = words_of(text)

    assert 'id="vedlegg-1"><a href="/data/sak/radet/2-26/vedlegg/1.pdf">' in text
    assert "Paper 1: Toppnotat PDF, 12 pages, 1.2 MB." in said
    assert "Paper 1A: Utkast Public since 13 May 2026. The plan knows its title" in said
    assert "2 papers are withheld from the public. Legal basis: offentleglova § 13 ." in said


def test_a_case_cites_earlier_decisions_and_those_tell_who_cites_them():
    assert "Earlier decisions that the papers lean on Case 40/25: Visjon" in words_of(
        page(samples.THIRD)
    )
    assert "Later cases that lean on this decision Case 2/26: Veikart <2026>" in words_of(
        page(samples.EARLIER)
    )


def test_a_case_links_to_the_round_that_was_held_in_it():
    text = page(samples.THIRD)

    assert 'href="/en/horing/26-7/#prioritering-1">Rådets valg, 19 May 2026</a>' in text.replace(
        '<span lang="nb">Rådets valg</span>', "Rådets valg"
    )


def test_a_case_treated_in_two_meetings_is_one_case():
    agenda = (samples.council().meetings[2].agenda[0],)
    meetings = tuple(
        replace(m, agenda=agenda, state="summoned") if m.uid == "mote/radet/2-2026" else m
        for m in samples.council().meetings
    )

    said = words_of(page(samples.THIRD, with_(meetings=meetings)))

    assert "It is the same case in each meeting." in said.replace("it is", "It is")
    assert "Extra meeting 1/2026" in said
    assert "Meeting 2/2026" in said


@pytest.mark.parametrize(
    ("state", "day", "expected"),
    [
        ("held", dt.date(2026, 3, 3), "It was treated 3 March 2026; the plan has no decision."),
        ("summoned", dt.date(2026, 3, 3), "It was to be treated 3 March 2026; the plan has no"),
        ("summoned", dt.date(2027, 3, 3), "It is to be treated 3 March 2027."),
        ("cancelled", dt.date(2027, 3, 3), "treat it, 3 March 2027, is cancelled."),
    ],
)
def test_a_case_without_a_decision_tells_when_it_is_or_was_treated(state, day, expected):
    meetings = tuple(
        replace(m, state=state, held_on=day) if m.uid == "mote/nuit/2-2026" else m
        for m in samples.council().meetings
    )

    assert expected in words_of(page(samples.SECOND, with_(meetings=meetings)))


def test_a_case_on_no_agenda_shows_its_proposal():
    reading = with_(meetings=(), decisions=(), follow_ups=(), papers=(), work_plans=())

    said = words_of(page(samples.THIRD, reading))

    assert "It is not on the agenda of any meeting in the plan." in said
    assert f"Proposed decision {samples.PROPOSED}" in said


@pytest.mark.parametrize(
    ("facts", "state"),
    [
        ({"due": dt.date(2026, 8, 30)}, "overdue"),
        ({"due": dt.date(2026, 8, 31)}, "open"),
        ({"due": dt.date(2026, 8, 30), "state": "done"}, "done"),
        ({"due": dt.date(2026, 8, 30), "state": "dropped"}, "dropped"),
        ({}, "open"),
    ],
)
def test_a_follow_up_is_overdue_when_it_is_open_after_its_day(facts, state):
    found = FollowUp(uid="sak/a/1-26/oppfolging/1", body="organ/a", what="Noe", **facts)

    assert council_words.state_of(found, dt.date(2026, 8, 31)) == state


def test_what_is_overdue_stands_first_and_says_so_in_words():
    done = words_of(page(samples.THIRD))

    assert done.index(
        "Forenkle rapporteringen. Overdue. The deadline was 1 June 2026"
    ) < done.index("Kunngjøre veikartet. Done.")
    assert "Answered 25 May 2026: Kunngjort." in done


def test_a_vote_that_was_not_held_is_not_told():
    decision = Decision(uid="sak/a/1-26/vedtak", body="organ/a", case="sak/a/1-26", text="Ja.")

    assert council_words.vote(decision) == ""
    with translation.override("en"):
        assert council_words.vote(replace(decision, votes_for=0, votes_against=4)) == (
            "0 voted for and 4 against."
        )


@pytest.mark.parametrize(
    ("media_type", "name", "ending"),
    [
        ("application/pdf", "notat.PDF", "pdf"),
        ("application/pdf; x=y", None, "pdf"),
        ("text/html", "notat.pdf", "bin"),
        ("image/svg+xml", "tegning.svg", "bin"),
        ("application/octet-stream", "ark.xlsx", "xlsx"),
        (None, "side.html", "bin"),
        (None, None, "bin"),
    ],
)
def test_a_file_gets_an_ending_that_cannot_run(media_type, name, ending):
    paper = Paper(uid="sak/a/1-26/vedlegg/1", case="sak/a/1-26", no=1, label="1", file_name=name, media_type=media_type)  # fmt: skip

    assert paper_names.ending(paper) == ending


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Topp/notat.pdf", "notat.pdf"),
        ("..\\..\\noe.exe", "noe.pdf"),
        ("Årsplan 2026 (v. 2).pdf", "Årsplan 2026 (v. 2).pdf"),
        ('a"\r\nSet-Cookie: b.pdf', "a-Set-Cookie- b.pdf"),
        (None, "sak-a-1-26-vedlegg-1.pdf"),
    ],
)
def test_a_file_is_called_by_its_own_name_without_what_could_harm(name, expected):
    paper = Paper(
        uid="sak/a/1-26/vedlegg/1", case="sak/a/1-26", no=1, label="1", file_name=name,
        media_type="application/pdf",
    )  # fmt: skip

    assert paper_names.file_name(paper) == expected


def test_the_file_of_an_older_edition_and_of_the_draft_lie_apart_from_that_in_force():
    old = samples.reading().shelved
    new_plan = samples.with_council()
    new = shelved(replace(new_plan, head=replace(new_plan.head, number="2026-2")))
    paper = samples.council().papers[0]

    older = Reading(shelved=old, editions=(new, old), prefix="utgave/2026-1/")
    draft = Reading(
        shelved=dataclasses.replace(old, state="draft", number=None),
        editions=(new, old),
        prefix="utkast/",
    )

    assert papers.address(Reading(shelved=new, editions=(new, old)), paper) == (
        "/data/sak/radet/2-26/vedlegg/1.pdf"
    )
    assert papers.address(older, paper) == "/utgaver/2026-1/sak/radet/2-26/vedlegg/1.pdf"
    assert papers.address(draft, paper) == "/utkast/data/sak/radet/2-26/vedlegg/1.pdf"
    assert papers.address(older, samples.council().papers[1]) is None
