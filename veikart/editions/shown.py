"""What may be shown of an approved plan by now. Decision 12 says why it is not always all of it."""

import threading
from collections import OrderedDict

from django.utils import timezone

from veikart.consultations import queries as consultations
from veikart.council import hiding
from veikart.plan import council_lessening
from veikart.plan.council_lessening import HiddenInCouncil
from veikart.plan.lessening import Hidden, lessened
from veikart.plan.model import Plan

KEPT = 8
"""So many plans are kept as they may be shown."""

_lock = threading.Lock()
_Key = tuple[int, tuple[tuple[str, int], ...], str]
_kept: "OrderedDict[_Key, tuple[Plan, dict[str, Hidden], Plan]]" = OrderedDict()


def of(plan: Plan) -> Plan:
    """`plan` as it may be shown, itself if nothing in it is hidden by now.

    A plan without replies and cases is asked nothing; for others there is one query for either.
    """
    hidden, in_council = _hidden(plan), _hidden_in_council(plan)
    if not hidden and in_council is None:
        return plan
    key = (id(plan), tuple(sorted((uid, id(one)) for uid, one in hidden.items())), repr(in_council))
    with _lock:
        if key in _kept:
            _kept.move_to_end(key)
            return _kept[key][-1]
    made = lessened(plan, hidden)
    if in_council is not None:
        made = council_lessening.lessened(made, in_council)
    with _lock:
        _kept[key] = (plan, hidden, made)  # what is kept keeps its id
        while len(_kept) > KEPT:
            _kept.popitem(last=False)
    return made


def _hidden(plan: Plan) -> dict[str, Hidden]:
    """What is hidden by now in the hearings of `plan`, by hearing."""
    if not plan.consultations.replies:
        return {}
    hearings = {reply.hearing for reply in plan.consultations.replies}
    return {uid: one for uid, one in consultations.hidden_since().items() if uid in hearings}


def _hidden_in_council(plan: Plan) -> HiddenInCouncil | None:
    """The cases and papers of `plan` that are not for the public by now; None if all are."""
    said = plan.council
    if not said.cases:
        return None
    now = hiding.hidden(on=timezone.localdate())
    cases = {case.uid: now.cases[case.uid] for case in said.cases if case.uid in now.cases}
    papers = {p.uid: now.papers[p.uid] for p in said.papers if p.uid in now.papers}
    return HiddenInCouncil(cases, papers) if cases or papers else None
