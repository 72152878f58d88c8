"""What may be shown of an approved plan by now. Decision 12 says why it is not always all of it."""

import threading
from collections import OrderedDict

from veikart.consultations import queries as consultations
from veikart.plan.lessening import Hidden, lessened
from veikart.plan.model import Plan

KEPT = 8
"""So many plans are kept as they may be shown."""

_lock = threading.Lock()
_kept: "OrderedDict[tuple[int, tuple[tuple[str, int], ...]], tuple[Plan, dict[str, Hidden], Plan]]"
_kept = OrderedDict()


def of(plan: Plan) -> Plan:
    """`plan` as it may be shown, itself if nothing in it is hidden by now.

    A plan without replies is asked nothing; for others there is one query.
    """
    if not plan.consultations.replies:
        return plan
    hearings = {reply.hearing for reply in plan.consultations.replies}
    hidden = {uid: h for uid, h in consultations.hidden_since().items() if uid in hearings}
    key = (id(plan), tuple(sorted((uid, id(one)) for uid, one in hidden.items())))
    with _lock:
        if key in _kept:
            _kept.move_to_end(key)
            return _kept[key][-1]
    made = lessened(plan, hidden)
    with _lock:
        _kept[key] = (plan, hidden, made)  # what is kept keeps its id
        while len(_kept) > KEPT:
            _kept.popitem(last=False)
    return made
