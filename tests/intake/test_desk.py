import html

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from tests.intake.conftest import register
from veikart.editions import queries as editions
from veikart.intake import services
from veikart.intake.models import FailedReading, Proposal
from veikart.people.models import User

pytestmark = [pytest.mark.usefixtures("plan_with_goals"), pytest.mark.urls("tests.desk_urls")]

FIRST = ("Fullmakt", "Konsept", "01.07.2026", "Innsynstjenester", 101)
SECOND = ("Innsyn i prøvesvar", "Innføring", "01.01.2027", "Innsynstjenester", 102)
LATER = ("Fullmakt", "Konsept", "01.10.2026", "Innsynstjenester", 101)


@pytest.fixture
def desk(client, editor):
    client.force_login(editor)
    return client


def text(response):
    return " ".join(html.unescape(response.content.decode()).split())


def file(content, name="register.csv"):
    return {"file": SimpleUploadedFile(name, content)}


def test_an_empty_desk_says_what_to_do_first(desk):
    assert "The working plan is empty. Begin by taking in" in text(desk.get(reverse("intake:home")))


def test_a_desk_with_proposals_says_how_many_wait(desk, editor):
    services.accept(services.take_in("a.csv", register(FIRST), by=editor), by=editor)
    services.take_in("b.csv", register(LATER), by=editor)

    page = text(desk.get(reverse("intake:home")))

    assert "1 proposal waits for a decision." in page
    assert "No edition is approved yet" in page


def test_a_file_that_is_sent_becomes_a_proposal_and_is_shown(desk):
    response = desk.post(reverse("intake:list"), file(register(FIRST)), follow=True)

    proposal = Proposal.objects.get()
    assert response.redirect_chain == [(reverse("intake:proposal", args=[proposal.pk]), 302)]
    page = text(response)
    assert "4 new. 4 are not decided." in page
    assert "Fullmakt" in page
    assert "row 2" in page
    assert "Accept all 4 rows that are not decided" in page


def test_a_file_that_cannot_be_read_is_answered_with_why_and_listed(desk):
    response = desk.post(reverse("intake:list"), file(b"", "empty.csv"))

    assert response.status_code == 422
    page = text(response)
    assert "empty.csv is empty" in page
    assert "The file is kept. The working plan is as it was." in page
    assert FailedReading.objects.get().document.name == "empty.csv"


def test_sending_no_file_is_answered_with_what_to_do(desk):
    response = desk.post(reverse("intake:list"), {})

    assert response.status_code == 422
    assert "Choose a file first." in text(response)
    assert not Proposal.objects.exists()


def test_the_same_file_again_says_that_nothing_is_proposed(desk, editor):
    services.accept(services.take_in("a.csv", register(FIRST), by=editor), by=editor)

    page = text(desk.post(reverse("intake:list"), file(register(FIRST)), follow=True))

    assert "proposes nothing that is not decided already" in page
    assert "4 unchanged." in page


def test_a_change_is_shown_field_by_field(desk, editor):
    services.accept(services.take_in("a.csv", register(FIRST), by=editor), by=editor)
    proposal = services.take_in("b.csv", register(LATER), by=editor)

    page = text(desk.get(proposal.get_absolute_url()))

    assert "<dt>start</dt>" in page
    assert "<del>1 July 2026, planned</del>" in page
    assert "<ins>1 October 2026, planned</ins>" in page


def test_rows_are_shown_by_change_and_by_decision(desk, editor):
    services.accept(services.take_in("a.csv", register(FIRST, SECOND), by=editor), by=editor)
    proposal = services.take_in("b.csv", register(LATER), by=editor)
    address = proposal.get_absolute_url()

    assert page_keys(desk.get(address)) == ["leveranse/101/periode/1", "leveranse/102"]
    assert page_keys(desk.get(address, {"endring": "gone"})) == ["leveranse/102"]
    assert page_keys(desk.get(address, {"tilstand": "accepted"})) == []
    assert page_keys(desk.get(address, {"endring": "nonsense"})) != []


def page_keys(response):
    return [shown.row.key for shown in response.context["rows"]]


def test_a_long_proposal_is_paged_by_a_hundred(desk, editor):
    rows = [(f"Leveranse {n}", "Konsept", "", "Innsyn", 1000 + n) for n in range(60)]
    proposal = services.take_in("a.csv", register(*rows), by=editor)

    first, second = (desk.get(proposal.get_absolute_url(), {"side": n}) for n in (1, 2))

    assert (len(first.context["rows"]), len(second.context["rows"])) == (100, 22)
    assert "Page 1 of 2" in text(first)


def test_chosen_rows_are_accepted_and_the_rest_wait(desk, editor):
    services.accept(services.take_in("a.csv", register(FIRST, SECOND), by=editor), by=editor)
    renamed = ("Innsyn i alle prøvesvar", *SECOND[1:])
    proposal = services.take_in("b.csv", register(LATER, renamed), by=editor)
    row = proposal.rows.get(key="leveranse/102")

    response = desk.post(
        reverse("intake:decide", args=[proposal.pk]) + "?endring=changed",
        {"verb": "accept", "rows": [row.pk]},
        follow=True,
    )

    assert response.redirect_chain[0][0] == proposal.get_absolute_url() + "?endring=changed"
    assert "1 row is accepted and in the working plan." in text(response)
    assert editions.draft().index.by_uid["leveranse/102"].name == "Innsyn i alle prøvesvar"
    assert proposal.rows.get(key="leveranse/101/periode/1").state == "pending"


def test_all_rows_are_accepted_at_once(desk, editor):
    proposal = services.take_in("a.csv", register(FIRST, SECOND), by=editor)

    page = text(
        desk.post(reverse("intake:decide", args=[proposal.pk]), {"verb": "accept_all"}, follow=True)
    )

    assert "6 rows are accepted and in the working plan." in page
    assert "Everything is decided." in page


def test_rows_with_only_another_version_are_shown_and_accepted_by_themselves(desk, editor):
    services.accept(services.take_in("a.csv", register(FIRST), by=editor), by=editor)
    newer = register(LATER).replace(b"2026-08", b"2027-02")
    proposal = services.take_in("b.csv", newer, by=editor)

    assert page_keys(desk.get(proposal.get_absolute_url(), {"endring": "kilde"})) == [
        "leveranse/101"
    ]
    desk.post(reverse("intake:decide", args=[proposal.pk]), {"verb": "accept_source"})

    assert dict(proposal.rows.values_list("key", "state")) == {
        "leveranse/101": "accepted",
        "leveranse/101/periode/1": "pending",
    }


def test_what_cannot_be_accepted_says_why(desk, editor):
    services.accept(services.take_in("a.csv", register(FIRST, SECOND), by=editor), by=editor)
    proposal = services.take_in("b.csv", register(FIRST), by=editor)

    page = text(
        desk.post(reverse("intake:decide", args=[proposal.pk]), {"verb": "accept_all"}, follow=True)
    )

    assert "1 row could not be accepted: Say why “Innsyn i prøvesvar” is gone." in page


@pytest.mark.parametrize(
    ("decision", "message"),
    [
        ({"verb": "accept"}, "Choose at least one row first."),
        ({"verb": "reject", "rows": True}, "Say why the rows are rejected."),
    ],
)
def test_a_decision_that_lacks_something_is_answered_with_what(desk, editor, decision, message):
    proposal = services.take_in("a.csv", register(FIRST), by=editor)
    if "rows" in decision:
        decision = {**decision, "rows": [proposal.rows.first().pk]}

    response = desk.post(reverse("intake:decide", args=[proposal.pk]), decision)

    assert response.status_code == 422
    assert message in text(response)
    assert set(proposal.rows.values_list("state", flat=True)) == {"pending"}


def test_rejected_rows_say_why_and_come_again_as_rejected_before(desk, editor):
    services.accept(services.take_in("a.csv", register(FIRST), by=editor), by=editor)
    proposal = services.take_in("b.csv", register(LATER), by=editor)
    desk.post(
        reverse("intake:decide", args=[proposal.pk]),
        {"verb": "reject", "rows": [proposal.rows.get().pk], "reason": "Registeret tar feil"},
    )

    again = desk.post(reverse("intake:list"), file(register(LATER), "c.csv"), follow=True)

    assert "Rejected before: Registeret tar feil" in text(again)


def test_what_the_file_lacks_is_asked_for_and_accepted_with_the_row(desk, editor):
    services.accept(services.take_in("a.csv", register(FIRST), by=editor), by=editor)
    homeless = ("Uten hjem", "Konsept", "01.07.2026", "", 103)
    proposal = services.take_in("b.csv", register(FIRST, homeless), by=editor)
    row = proposal.rows.get(key="leveranse/103")
    name = f"give-{row.pk}-grouping"

    page = text(desk.get(proposal.get_absolute_url()))
    assert f'name="{name}"' in page
    assert "The file does not say the grouping of Uten hjem." in page
    desk.post(
        reverse("intake:decide", args=[proposal.pk]),
        {"verb": "accept_all", name: "gruppering/1a-innsynstjenester"},
    )

    assert editions.draft().index.by_uid["leveranse/103"].grouping == (
        "gruppering/1a-innsynstjenester"
    )


def test_cautions_stand_beside_the_row_they_are_about(desk, editor):
    odd = ("Fullmakt", "Halvferdig", "snart", "Innsynstjenester", 101)
    proposal = services.take_in("a.csv", register(FIRST, (*odd[:4], 103)), by=editor)

    shown = desk.get(proposal.get_absolute_url()).context["rows"]

    cautioned = {s.row.key for s in shown if s.cautions}
    assert cautioned == {"leveranse/103"}


def test_cautions_about_what_is_as_before_are_listed_apart(desk, editor):
    odd = ("Fullmakt", "Halvferdig", "", "Innsynstjenester", 101)
    services.accept(services.take_in("a.csv", register(odd), by=editor), by=editor)
    proposal = services.take_in("b.csv", register(odd, SECOND), by=editor)

    response = desk.get(proposal.get_absolute_url())

    assert [place for place, _caution in response.context["other_cautions"]] == ["row 2", "row 2"]
    assert "2 cautions about what is as before" in text(response)


def test_the_original_file_is_sent_as_it_came(desk, editor):
    content = register(FIRST)
    proposal = services.take_in("registeret 2026.csv", content, by=editor)

    response = desk.get(reverse("intake:document", args=[proposal.document.sha256]))

    assert response.content == content
    assert response["Content-Disposition"] == 'attachment; filename="registeret 2026.csv"'
    assert response["Content-Type"] == "application/octet-stream"


def test_a_stranger_is_asked_to_sign_in(client, editor):
    proposal = services.take_in("a.csv", register(FIRST), by=editor)

    for address in (
        reverse("intake:home"),
        reverse("intake:list"),
        proposal.get_absolute_url(),
        reverse("intake:document", args=[proposal.document.sha256]),
    ):
        response = client.get(address)
        assert response.status_code == 302
        assert response["Location"].startswith(reverse("people:log-in"))


@pytest.mark.parametrize("role", ["reader", "reporter"])
def test_who_may_not_edit_reads_and_cannot_decide(client, editor, role):
    proposal = services.take_in("a.csv", register(FIRST), by=editor)
    client.force_login(User.objects.create_user("other", role=role))

    page = text(client.get(proposal.get_absolute_url()))
    assert "Fullmakt" in page
    assert "Accept the chosen" not in page
    assert "Accept all" not in page
    assert "Keep the file" not in text(client.get(reverse("intake:list")))
    decided = client.post(reverse("intake:decide", args=[proposal.pk]), {"verb": "accept_all"})
    sent = client.post(reverse("intake:list"), file(register(SECOND)))

    assert (decided.status_code, sent.status_code) == (403, 403)
    assert set(proposal.rows.values_list("state", flat=True)) == {"pending"}
    assert Proposal.objects.count() == 1


def test_lists_ask_the_database_as_often_for_three_as_for_one(
    desk, editor, django_assert_max_num_queries
):
    def queries_of(address):
        desk.get(address)
        with django_assert_max_num_queries(20) as asked:
            desk.get(address)
        return len(asked)

    one = services.take_in("1.csv", register(FIRST), by=editor)
    first = queries_of(reverse("intake:list")), queries_of(one.get_absolute_url())
    services.take_in("2.csv", register(FIRST, SECOND), by=editor)
    three = services.take_in("3.csv", register(FIRST, SECOND, (*LATER[:4], 103)), by=editor)
    with pytest.raises(Exception, match="empty"):
        services.take_in("empty.csv", b"", by=editor)
    later = queries_of(reverse("intake:list")), queries_of(three.get_absolute_url())

    assert first[1] == later[1]
    assert later[0] == first[0]
