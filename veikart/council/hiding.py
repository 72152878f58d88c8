"""What councils hide by now: cases and papers that are not for the public, also in what was approved before."""

import datetime as dt

from django.db.models import CharField, Q, Value

from veikart.council.models import Access, Case, Paper
from veikart.plan.council_lessening import HiddenInCouncil


def hidden(*, on: dt.date) -> HiddenInCouncil:
    """The cases and papers that are not for the public on the day `on`, with their legal basis. One query.

    What was approved before and holds them is shown without them.
    """
    cases = Case.objects.filter(Q(is_public=False) | Q(basis__isnull=False))
    waits = Q(access=Access.FROM_DAY, public_from__gt=on)
    papers = Paper.objects.filter(Q(access=Access.WITHHELD) | waits)
    is_case, is_paper = (Value(kind, output_field=CharField()) for kind in ("case", "paper"))
    rows = cases.order_by().values_list("uid", "basis", is_case)
    found = list(rows.union(papers.order_by().values_list("uid", "basis", is_paper)))
    return HiddenInCouncil(
        {uid: basis for uid, basis, kind in found if kind == "case"},
        {uid: basis for uid, basis, kind in found if kind == "paper"},
    )
