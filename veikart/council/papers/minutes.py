"""The minutes of a meeting as PDF: the same lines as are kept and published."""

import datetime as dt
from collections.abc import Sequence
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override

from veikart.council.models import Meeting, Minutes
from veikart.design import words
from veikart.design.papers.setting import pdf
from veikart.plan.minutes_text import Section, fingerprint, sections

TEMPLATE = Path(__file__).resolve().with_name("minutes.typ")


def minutes_pdf(
    meeting: Meeting, text: Sequence[str], minutes: Minutes | None, *, has_withheld: bool
) -> bytes:
    """The minutes `text` of `meeting` as tagged PDF (PDF/UA-1), in the language of the council.

    `has_withheld` tells that `text` holds withheld cases, which the paper says. Approved ones carry their
    fingerprint. The same arguments give the same bytes. Raises as `veikart.adapters.typesetting.typeset`.
    """
    first, *rest = sections(text)
    with override(settings.LANGUAGE_CODE):
        data = {
            "facts": list(first.lines),
            "note": _note(minutes, has_withheld=has_withheld),
            "sections": [_section(each) for each in rest],
            "fingerprint": _fingerprint(text, minutes),
        }
        return pdf(
            TEMPLATE,
            data,
            title=first.heading,
            at=_dated(meeting),
            issuer=meeting.body.name,
            foot=_standing(minutes),
        )


def _dated(meeting: Meeting) -> dt.datetime:
    day = meeting.held_on or dt.date(meeting.year, 1, 1)
    return dt.datetime.combine(day, dt.time(), tzinfo=dt.UTC)


def _section(section: Section) -> dict[str, object]:
    return {"heading": section.heading, "lines": list(section.lines)}


def _standing(minutes: Minutes | None) -> str:
    if minutes is None or minutes.approved_on is None:
        return _("Draft, not approved yet")
    return _("Approved %(day)s") % {"day": words.day(minutes.approved_on)}


def _note(minutes: Minutes | None, *, has_withheld: bool) -> str | None:
    said = []
    if has_withheld:
        said.append(_("These minutes hold what is withheld from the public. Do not pass them on."))
    if minutes is None or minutes.approved_on is None:
        said.append(_("This is a draft. It holds once a later meeting has approved it."))
    return " ".join(said) or None


def _fingerprint(text: Sequence[str], minutes: Minutes | None) -> dict[str, str] | None:
    if minutes is None or minutes.approved_on is None:
        return None
    name = _("The SHA-256 of the text, line by line:")
    return {"name": name, "sha256": fingerprint(text)}
