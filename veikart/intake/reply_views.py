"""Taking in a reply at the desk: a letter, a form, an e-mail or a mailbox, for a hearing or by what it says."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from veikart.consultations import anchoring
from veikart.consultations import queries as consultations
from veikart.consultations.models import Reply
from veikart.consultations.opening import for_handlers
from veikart.consultations.taking_in import Taken, Terms
from veikart.engines.handling.state import number
from veikart.engines.proposal import Unreadable
from veikart.intake import arriving, wording
from veikart.intake.forms import TakeInForm
from veikart.people import rules

REPLIES = ("is_reply", "is_mail")
"""Why a file is refused as part of the plan that is to be taken in as a reply."""


class ReplyFileForm(TakeInForm):
    """A file with a reply, and the hearing it is for, where a person knows it."""

    hearing = forms.ChoiceField(
        label=_("The hearing it is for"),
        help_text=_("If you leave it open, the case number in the file decides."),
        required=False,
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        found = [(each.uid, each.title) for each in consultations.hearings()]
        self.fields["hearing"].choices = [("", _("Found by its case number")), *found]  # type: ignore[attr-defined]
        self.fields["file"].help_text = _(
            "A reply form, a letter or an e-mail: text, DOCX, PDF, .eml or .mbox."
        )


@for_handlers
def take_in_reply(request: HttpRequest) -> HttpResponse:
    """The form; a file that is posted is kept and received, or listed with what it needs."""
    initial = {"hearing": request.GET.get("horing", "")}
    sent = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = ReplyFileForm(*sent, initial=initial)
    if form.is_valid():
        file = form.cleaned_data["file"]
        try:
            return received(request, file.name, file.read(), form.cleaned_data["hearing"] or None)
        except Unreadable as refusal:
            for said in wording.refusal_sentences(refusal):
                form.add_error("file", said)
    status = 422 if form.errors else 200
    return render(request, "intake/take_in_reply.html", {"form": form}, status=status)


def received(
    request: HttpRequest, name: str, content: bytes, hearing: str | None = None
) -> HttpResponse:
    """Take a file in, and go on to the reply that came of it, its proposal, or what needs a person.

    Raises Unreadable for a table that cannot be read.
    """
    terms = Terms(
        by=rules.signed_in(request.user),
        received_at=timezone.now(),
        targets=anchoring.targets(),
        hearing=hearing,
    )
    arrived = arriving.take_in(name, content, terms)
    if arrived.proposal is not None:
        return redirect(arrived.proposal)
    return _landed(request, arrived.taken or Taken(), hearing)


def _landed(request: HttpRequest, taken: Taken, hearing: str | None) -> HttpResponse:
    if taken.items:
        said = ngettext(
            "%(n)d thing needs a person; it is on the list below.",
            "%(n)d things need a person; they are on the list below.",
            len(taken.items),
        )
        messages.warning(request, said % {"n": len(taken.items)})
    if taken.replies:
        said = ngettext(
            "%(n)d reply is received.", "%(n)d replies are received.", len(taken.replies)
        )
        messages.success(request, said % {"n": len(taken.replies)})
        return _reply(taken.replies[0], is_alone=len(taken.replies) == 1)
    if not taken.items:
        messages.info(request, _("This was taken in before; nothing is changed."))
    if hearing:
        return redirect("consultations:hearing", code=hearing.partition("/")[2])
    return redirect("consultations:hearings")


def _reply(reply: Reply, *, is_alone: bool) -> HttpResponse:
    """The reply's page; that of its hearing where several came."""
    code = reply.hearing_id.partition("/")[2]
    if is_alone:
        return redirect("consultations:reply", code=code, no=number(reply.uid))
    return redirect("consultations:hearing", code=code)
