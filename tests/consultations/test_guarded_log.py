"""The log and what was received cannot be rewritten: the database refuses, and what gets past it is found."""

import pytest
from django.contrib import admin
from django.db import IntegrityError, connection, transaction

from tests.consultations.conftest import received
from veikart.consultations import log, queries, services
from veikart.consultations.models import (
    HandlingEvent,
    HandlingHead,
    IntakeItem,
    KeptMessage,
    Reply,
    ReplyFile,
)
from veikart.documents import services as documents
from veikart.engines.handling import actions as do

pytestmark = pytest.mark.django_db


@pytest.fixture
def reply(hearing):
    return received(hearing, "Mer data", "Færre skjema")


@pytest.fixture
def kept(reply):
    """A reply's file and an e-mail, each as a row that no other refers to."""
    document = documents.keep("svar.pdf", b"%PDF", by=None)
    row = Reply.objects.get()
    ReplyFile.objects.create(reply=row, document=document, role="form", name="svar.pdf")
    KeptMessage.objects.create(fingerprint="0" * 64, document=document, kept_at=row.received_at)


@pytest.mark.parametrize("model", [ReplyFile, KeptMessage])
@pytest.mark.usefixtures("kept")
def test_the_database_refuses_to_delete_what_came(model):
    with pytest.raises(IntegrityError, match="stays"), transaction.atomic():
        model.objects.all().delete()
    with (
        pytest.raises(IntegrityError, match="stays"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(f"DELETE FROM {model._meta.db_table}")

    assert model.objects.count() == 1


@pytest.mark.usefixtures("kept")
def test_an_email_that_was_kept_is_not_made_another():
    with pytest.raises(IntegrityError, match="stays as it came"), transaction.atomic():
        KeptMessage.objects.update(fingerprint="1" * 64)


def test_the_end_of_a_log_cut_off_with_its_head_is_found(hearing, reply, editor):
    services.act(hearing, do.Confirm(points=(f"{reply}/punkt/1",)), by=editor)
    services.act(hearing, do.Confirm(points=(f"{reply}/punkt/2",)), by=editor)
    first, second, third = HandlingEvent.objects.order_by("no")

    HandlingHead.objects.update(event=second)
    third.delete()

    assert list(log.verify(hearing)) == []
    assert queries.verify() == [
        f"The log of {hearing} and the record disagree on event 3; compare with a backup."
    ]
    HandlingHead.objects.update(event=first)
    second.delete()
    assert len(queries.verify()) == 2


def test_an_event_that_nobody_recorded_is_found(hearing, reply, editor):
    row = log._row(
        hearing,
        do.Confirm(points=(f"{reply}/punkt/1",)),
        by=editor,
        at=Reply.objects.get().received_at,
        reply=None,
        before=HandlingEvent.objects.get(),
    )
    row.save(force_insert=True)
    HandlingHead.objects.update(event=row)

    assert list(log.verify(hearing)) == []
    assert queries.verify() == [
        f"The log of {hearing} and the record disagree on event 2; compare with a backup."
    ]


def test_an_event_put_in_the_place_of_another_breaks_the_chain_after_it(hearing, reply, editor):
    """Also where the forger gave it a hash that fits it."""
    services.act(hearing, do.Confirm(points=(f"{reply}/punkt/1",)), by=editor)
    first, second = log._rows(hearing, since=0)
    no, at, by_name, action, _hash = first
    other = action.replace("data", "tall")
    forged = (no, at, by_name, other, log._hash("", no=no, at=at, by_name=by_name, action=other))

    assert list(log.problems(hearing, [first, second])) == []
    assert list(log.problems(hearing, [forged, second])) == [
        f"Event 2 of {hearing} was changed; compare with a backup."
    ]


def test_what_was_rolled_back_here_is_not_taken_for_what_another_program_wrote(
    hearing, reply, editor
):
    """Event 2 of a transaction that failed, and event 2 that another program wrote meanwhile."""

    @transaction.atomic
    def confirm_and_fail():
        services.act(hearing, do.Confirm(points=(f"{reply}/punkt/1",)), by=editor)
        queries.state(hearing)
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        confirm_and_fail()
    here = dict(log._kept)
    services.act(hearing, do.SetAside(point=f"{reply}/punkt/2", reason="Hilsen"), by=editor)
    log._kept.clear()
    log._kept.update(here)

    first, second = queries.state(hearing).standing()

    assert (first.confirmed, second.aside) == (False, "Hilsen")


@pytest.mark.parametrize("model", [Reply, HandlingEvent, IntakeItem])
def test_the_administration_can_read_and_nothing_else(model, rf, django_user_model):
    request = rf.get("/")
    request.user = django_user_model.objects.create_superuser("root", password="r")
    shown = admin.site._registry[model]

    assert shown.has_view_permission(request)
    assert not shown.has_add_permission(request)
    assert not shown.has_change_permission(request)
    assert not shown.has_delete_permission(request)


@pytest.mark.parametrize("model", [ReplyFile, KeptMessage, HandlingHead])
def test_what_holds_the_log_together_is_not_in_the_administration(model):
    assert model not in admin.site._registry
