"""What a person can do with a point on the desk: for each verb its form, and what it does."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from veikart.consultations import anchoring, originals, services
from veikart.consultations.forms import (
    ChoosingForm,
    KindForm,
    NothingMore,
    OutcomeForm,
    ReasonForm,
    SplitForm,
)
from veikart.consultations.models import Reply
from veikart.consultations.opening import Opened
from veikart.engines.handling import actions as do
from veikart.engines.handling.extracts import found_at
from veikart.engines.handling.settling import lacking
from veikart.engines.handling.state import Point, State, number
from veikart.engines.themes.sentences import sentences

SHOWN = 80
"""So many characters of a sentence or a point are shown to choose by."""


@dataclass(frozen=True)
class Chosen:
    """A point that is worked on, in its reply."""

    at: Opened
    reply: Reply
    point: Point
    found: tuple[do.Anchor, ...] = ()

    @property
    def text(self) -> str:
        """Its words."""
        return self.at.state.text_of(self.point)

    @property
    def others(self) -> list[Point]:
        """The other standing points of the reply."""
        return [each for each in points_of(self.at.state, self.reply.uid) if each != self.point]


@dataclass(frozen=True)
class Verb:
    """`form` makes the form of what was sent, and `act` does what it says; `moves_on` if the next point follows."""

    form: Callable[[Chosen, QueryDict | None], forms.Form]
    act: Callable[[Chosen, Any], State]
    says: Any
    moves_on: bool = False


def points_of(state: State, reply: str) -> list[Point]:
    """The standing points of a reply, in reading order."""
    return [point for point in state.standing() if point.reply == reply]


def next_after(state: State, point: Point) -> int:
    """The number of the next point of the reply that lacks something; else of `point` itself."""
    waiting = {each.point for each in lacking(state)}
    listed = points_of(state, point.reply)
    uids = [each.uid for each in listed]
    place = uids.index(point.uid) if point.uid in uids else -1
    following = [uid for uid in (*uids[place + 1 :], *uids[: place + 1]) if uid in waiting]
    return number(following[0] if following else point.uid)


def brief(text: str) -> str:
    """The first words of `text`."""
    plain = " ".join(text.split())
    return plain if len(plain) <= SHOWN else f"{plain[:SHOWN]}…"


# --- Forms ------------------------------------------------------------------------------------


def _nothing(_on: Chosen, given: QueryDict | None) -> forms.Form:
    return NothingMore(given)


def _kind(on: Chosen, given: QueryDict | None) -> forms.Form:
    return KindForm(given, initial={"kind": on.point.kind}, auto_id="slag-%s")


def _split(on: Chosen, given: QueryDict | None) -> forms.Form:
    starts = [(str(start), brief(on.text[start:])) for start, _end in sentences(on.text) if start]
    return SplitForm(given, text=on.text, starts=starts, auto_id="del-%s")


def _merge(on: Chosen, given: QueryDict | None) -> forms.Form:
    text_of = on.at.state.text_of
    choices = [
        (each.uid, f"{number(each.uid)}: {brief(text_of(each))}") for each in on.others[:200]
    ]
    label = _("Points that are one with this")
    return ChoosingForm(given, label=label, choices=choices, auto_id="sla-sammen-%s")


def _anchor(on: Chosen, given: QueryDict | None) -> forms.Form:
    """The point's own anchors, chosen; those found; and those that were sent."""
    known = {each.uid: each for each in (*on.found, *on.point.anchors)}
    sent = given.getlist("chosen") if given else []
    real = {target.uid for target in anchoring.targets()}
    known = {uid: do.Anchor(uid=uid) for uid in sent if uid in real} | known
    choices = [(uid, anchoring.label(each)) for uid, each in known.items()]
    initial = {"chosen": [each.uid for each in on.point.anchors]}
    label = _("It is about")
    return ChoosingForm(given, label=label, choices=choices, initial=initial, auto_id="anker-%s")


def _aside(_on: Chosen, given: QueryDict | None) -> forms.Form:
    return ReasonForm(given, auto_id="sett-til-side-%s")


def _outcome(on: Chosen, given: QueryDict | None) -> forms.Form:
    held = on.point.outcome
    initial = {"value": held.value, "reason": held.reason} if held else {}
    if held and held.led_to:
        led = held.led_to[0]
        initial |= {"uid": led.uid, "before": led.before, "after": led.after}
    return OutcomeForm(given, initial=initial, auto_id="utfall-%s")


# --- What they do -----------------------------------------------------------------------------


def _do(on: Chosen, *taken: do.AnyAction) -> State:
    return services.act(on.at.hearing.uid, *taken, by=on.at.user)


def _confirm(on: Chosen, _form: forms.Form) -> State:
    return _do(on, do.Confirm(points=(on.point.uid,)))


def _confirm_all(on: Chosen, _form: forms.Form) -> State:
    points = points_of(on.at.state, on.reply.uid)
    waiting = tuple(each.uid for each in points if not each.confirmed and each.aside is None)
    return _do(on, do.Confirm(points=waiting))


def _change_kind(on: Chosen, form: forms.Form) -> State:
    return _do(on, do.ChangeKind(point=on.point.uid, kind=form.cleaned_data["kind"]))


def _cut(on: Chosen, form: forms.Form) -> State:
    places = form.cleaned_data["places"]
    return services.split(on.at.hearing.uid, on.point.uid, places=places, by=on.at.user)


def _join(on: Chosen, form: forms.Form) -> State:
    chosen = {on.point.uid, *form.cleaned_data["chosen"]}
    ordered = [each.uid for each in points_of(on.at.state, on.reply.uid) if each.uid in chosen]
    return services.merge(on.at.hearing.uid, ordered, by=on.at.user)


def _reanchor(on: Chosen, form: forms.Form) -> State:
    known = {each.uid: each for each in (*on.found, *on.point.anchors)}
    anchors = tuple(
        do.Anchor(uid=uid, source="person")
        if uid not in known
        else do.Anchor(uid=uid, reason=known[uid].reason, score=known[uid].score, source="person")
        for uid in form.cleaned_data["chosen"]
    )
    return _do(on, do.Reanchor(point=on.point.uid, anchors=anchors))


def _set_aside(on: Chosen, form: forms.Form) -> State:
    return _do(on, do.SetAside(point=on.point.uid, reason=form.cleaned_data["reason"]))


def _take_up(on: Chosen, _form: forms.Form) -> State:
    return _do(on, do.TakeUp(point=on.point.uid))


def _decide(on: Chosen, form: Any) -> State:
    said = form.cleaned_data
    outcome = do.Decide(
        on=on.point.uid, value=said["value"], reason=said["reason"], led_to=form.led_to()
    )
    confirms = () if on.point.confirmed else (do.Confirm(points=(on.point.uid,)),)
    return _do(on, *confirms, outcome)


def mark_missed(at: Opened, reply: Reply, form: forms.Form) -> State:
    """Mark a point that the reader had missed; its place is found by its words."""
    said = form.cleaned_data
    document = originals.file_of(reply, None)
    shown = originals.sheets(document) if document else ()
    point = do.Original(
        uid="",
        text=said["text"].strip(),
        kind=said["kind"],
        found_at=originals.locate(shown, said["text"]),
    )
    return services.mark_missed(at.hearing.uid, reply.uid, point, by=at.user)


VERBS: dict[str, Verb] = {
    "bekreft": Verb(_nothing, _confirm, _("The point is confirmed."), moves_on=True),
    "bekreft-alle": Verb(_nothing, _confirm_all, _("The points of the reply are confirmed.")),
    "utfall": Verb(_outcome, _decide, _("The outcome is kept."), moves_on=True),
    "slag": Verb(_kind, _change_kind, _("The kind is changed.")),
    "anker": Verb(_anchor, _reanchor, _("What it is about is kept.")),
    "del": Verb(_split, _cut, _("The point is split.")),
    "sla-sammen": Verb(_merge, _join, _("The points are one now.")),
    "sett-til-side": Verb(_aside, _set_aside, _("The point is set aside."), moves_on=True),
    "ta-opp": Verb(_nothing, _take_up, _("The point is to be answered again.")),
}
"""By the last part of the address that it is sent to."""


def place_of(state: State, point: Point) -> do.FoundAt | None:
    """Where the words of `point` stand in its original."""
    return found_at(state, point)
