"""What others may read of hearings: the state of each, the newest replies, and their part of the Plan."""

import datetime as dt
from collections.abc import Iterable, Sequence

from veikart.consultations import freezing, hiding, log
from veikart.consultations.models import HandlingEvent, Hearing, IntakeItem, Reply
from veikart.engines.handling.state import State
from veikart.people.models import User
from veikart.plan import consultations as plan
from veikart.plan.lessening import Hidden
from veikart.plan.model import Tombstone


def state(hearing: str) -> State:
    """The state of the handling of `hearing` (a uid): the fold of its log, kept in memory. One query."""
    return log.state_of(hearing)


def states(hearings: Iterable[str]) -> dict[str, State]:
    """The state of each of `hearings`, by uid. One query, and one more for each that has changed."""
    return log.states_of(hearings)


def hearings() -> list[Hearing]:
    """All hearings and workshops, the newest first. One query."""
    return list(Hearing.objects.all())


def hearing_of(code: str) -> Hearing | None:
    """The hearing or the workshops with `code` as the last part of their uid. One query."""
    return Hearing.objects.filter(uid__in=[f"horing/{code}", f"arbeidsmote/{code}"]).first()


def public_hearings() -> list[str]:
    """The uids of the hearings that the public may see, in the plan's order. One query."""
    return sorted(Hearing.objects.filter(is_public=True).values_list("uid", flat=True))


def newest_replies(hearing: str) -> dict[str, Reply]:
    """The version that holds of each reply, by uid, in the order they came. One query."""
    rows = Reply.objects.filter(hearing=hearing).order_by("no", "version")
    return {row.uid: row for row in rows}


def versions(reply: str) -> list[Reply]:
    """All versions of the reply `reply` (a uid), the newest first, with their files."""
    rows = Reply.objects.filter(uid=reply).order_by("-version")
    return list(rows.prefetch_related("files__document"))


def events(hearing: str, *, newest: int = 50) -> list[HandlingEvent]:
    """The last events of `hearing`, the newest first. One query."""
    return list(HandlingEvent.objects.filter(hearing=hearing).order_by("-no")[:newest])


def done_by(user: User, hearing: str, *, newest: int = 20) -> list[HandlingEvent]:
    """The last events of `hearing` that are `user`’s own, the newest first. One query."""
    return list(HandlingEvent.objects.filter(hearing=hearing, by=user).order_by("-no")[:newest])


def needing_a_person(hearing: str | None = None) -> Sequence[IntakeItem]:
    """What nobody has settled yet, the newest first: of one hearing, or of all. One query."""
    rows = IntakeItem.objects.filter(settled_at=None).select_related("document", "reply")
    return list(rows if hearing is None else rows.filter(hearing=hearing))


def number_needing_a_person() -> int:
    """How many things nobody has settled yet, in all hearings and outside them. One query."""
    return IntakeItem.objects.filter(settled_at=None).count()


def verify() -> list[str]:
    """What is wrong with the logs of hearings, one sentence each; nothing if they are whole, and the
    record of who did what knows the same events.
    """
    uids = Hearing.objects.order_by("uid").values_list("uid", flat=True)
    own = [problem for uid in uids for problem in log.verify(uid)]
    return [*own, *log.verify_by_record()]


def freeze(*, on: dt.date) -> plan.Consultations:
    """The consultations' part of the Plan as of the day `on`: what is cleared, and nothing else."""
    return freezing.freeze(on=on)


def as_held(hearing: str, *, on: dt.date) -> plan.Consultations:
    """What tells how one public hearing was held, without its other points; see `procedure.findings`."""
    return freezing.as_held(hearing, on=on)


def tombstones() -> tuple[Tombstone, ...]:
    """A stone for every reply that was withdrawn, by uid."""
    return freezing.tombstones()


def hidden_since() -> dict[str, Hidden]:
    """What each hearing hides by now, to be taken out of what was approved before.

    One query, and more for each hearing that something was done in since the last time.
    """
    return {uid: hiding.since(uid, stamp) for uid, stamp in log.stamps().items()}
