"""An approval names the council's decision, and files of the time before are the same to the byte."""

import datetime as dt
import json

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse

from tests.editions.conftest import AS_OF, frozen
from veikart.council import services as council
from veikart.editions import queries, services, shelf
from veikart.editions.models import Edition
from veikart.people.models import AuditEntry

DAY = dt.date(2026, 9, 4)
UID = "sak/radet/12-26/vedtak"
TEXT = "Rådet godkjenner veikartet."

pytestmark = pytest.mark.django_db


def decided(*, edition="2026-1", uid=UID, day=DAY, **case):
    of = uid.partition("/vedtak")[0]
    number = of.rpartition("/")[2].replace("-", "/")
    council.put_many(
        [
            ("body", "organ/radet", {"name": "Rådet"}),
            ("case", of, {"body": "organ/radet", "number": number, "title": "Veikart", **case}),
            (
                "decision",
                uid,
                {
                    "body": "organ/radet",
                    "case": of,
                    "text": TEXT,
                    "decided_on": day,
                    "effects": [{"no": 1, "kind": "approves", "edition": edition}],
                },
            ),
        ],
        by=None,
    )


def approve(approver, **more):
    edition = Edition.objects.get(state="frozen")
    given = {"body": "Rådet", "on": DAY, "decision": UID} | more
    return services.approve(edition, by=approver, **given)


def kept():
    return json.loads(shelf.path_of("2026-1.approval.json").read_bytes())


def test_the_row_the_file_and_the_page_name_the_decision_word_for_word(approver):
    frozen(approver)
    decided()
    approve(approver)

    said = {"uid": UID, "case": "12/26", "body": "Rådet", "text": TEXT, "on": "2026-09-04"}
    assert kept()["decision"] == said
    assert Edition.objects.get().decision == said
    assert queries.edition("2026-1").decision == shelf.ApprovingDecision(**(said | {"on": DAY}))
    assert queries.verify() == []
    assert AuditEntry.objects.filter(verb="edition.approved").get().after["decision"] == UID


def test_a_decision_that_is_corrected_later_leaves_the_approval_as_it_was(approver):
    frozen(approver)
    decided()
    approve(approver)
    council.put("decision", UID, {"text": "Noe annet."}, by=None)

    assert kept()["decision"]["text"] == TEXT
    assert queries.verify() == []


def test_without_a_decision_the_file_is_as_it_was_before_there_were_any(approver):
    frozen(approver)
    approve(approver, decision="", note="sak 1")

    row = Edition.objects.get()
    before = {
        "approved_by": "Ada Nes",
        "body": "Rådet",
        "note": "sak 1",
        "number": "2026-1",
        "on": "2026-09-04",
        "sha256": row.sha256,
    }
    content = json.dumps(before, separators=(",", ":"), ensure_ascii=False) + "\n"
    assert shelf.path_of("2026-1.approval.json").read_bytes() == content.encode()
    assert queries.edition("2026-1").decision is None
    assert queries.verify() == []


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"decision": "sak/radet/13-26/vedtak"}, "not_approving"),
        ({"body": "NUIT"}, "decided_otherwise"),
        ({"on": dt.date(2026, 9, 5)}, "decided_otherwise"),
    ],
)
def test_another_decision_body_or_day_is_refused(approver, given, code):
    frozen(approver)
    decided()
    with pytest.raises(ValidationError) as refusal:
        approve(approver, **given)

    assert refusal.value.code == code
    assert Edition.objects.get().state == "frozen"
    assert not shelf.path_of("2026-1.approval.json").exists()


@pytest.mark.parametrize("withheld", [{"basis": "offentleglova § 23"}, {"is_public": False}])
def test_a_decision_that_the_public_may_not_read_is_not_named(approver, withheld):
    frozen(approver)
    decided(**withheld)
    with pytest.raises(ValidationError, match="No decision sak/radet/12-26/vedtak"):
        approve(approver)

    assert TEXT not in str(Edition.objects.values_list("decision"))


def test_a_decision_on_another_edition_is_not_offered(approver):
    frozen(approver)
    decided(edition="2026-2")
    with pytest.raises(ValidationError):
        approve(approver)


def test_the_database_lets_nobody_put_a_decision_to_what_is_approved_or_waits(approver):
    frozen(approver)
    rows = Edition.objects.filter(number="2026-1")
    with pytest.raises(IntegrityError), transaction.atomic():
        rows.update(decision={"uid": UID})
    decided()
    approve(approver)
    with pytest.raises(IntegrityError, match="never changes"), transaction.atomic():
        rows.update(decision=None)


def test_the_form_offers_the_decision_with_its_body_and_day(client, approver):
    frozen(approver)
    decided()
    client.force_login(approver)
    page = client.get(reverse("editions:desk"))
    form = page.context["approve_form"]
    assert (form["decision"].value(), form["body"].value(), form["on"].value()) == (
        UID,
        "Rådet",
        DAY,
    )

    client.post(
        reverse("editions:approve", args=["2026-1"]),
        {"decision": UID, "body": "Rådet", "on": "2026-09-04"},
    )

    assert kept()["decision"]["case"] == "12/26"
    assert "12/26" in client.get(reverse("editions:desk")).content.decode()


def test_where_no_decision_approves_it_none_is_asked_for(client, approver):
    frozen(approver, AS_OF)
    client.force_login(approver)

    assert "decision" not in client.get(reverse("editions:desk")).context["approve_form"].fields
