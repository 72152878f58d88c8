"""An indicator in a few words: what lists, goals and the front page say about it."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.html import strip_tags
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from veikart.design import amounts, words
from veikart.design.templatetags.veikart import in_language
from veikart.pages import area_names, indicator_words
from veikart.pages.indicator_judgement import Judged, judged
from veikart.pages.memory import each_remembered
from veikart.pages.reading import Reading
from veikart.plan import charts
from veikart.plan.indicators import Indicator, Result
from veikart.plan.model import Delmal, Statement, StrategicGoal


@dataclass(frozen=True, slots=True)
class Told:
    """What a list says about one indicator, in one language."""

    indicator: Indicator
    address: str
    name: SafeString
    sentence: SafeString | str
    has_figures: bool
    judged: Judged
    moved: str | None
    as_of: dt.date | None
    period: str | None
    spark: SafeString | None
    reporter: str | None

    @property
    def plain(self) -> str:
        """The sentence without markup, for descriptions."""
        return strip_tags(self.sentence)


def told(reading: Reading, indicators: Iterable[Indicator]) -> list[Told]:
    """What is said about each of `indicators`, each made once for a plan and a language."""
    return each_remembered(reading, "indicators", indicators, _told)


def touching(reading: Reading, uid: str) -> list[Told]:
    """The indicators that measure the thing called `uid`, or something that is only a part of it."""
    index = reading.plan.index
    parts = [uid]
    if isinstance(index.by_uid.get(uid), StrategicGoal):
        parts += [one.uid for one in (*index.delmal.get(uid, ()), *index.statements.get(uid, ()))]
    wanted = {one.uid for part in parts for one in index.indicators_of.get(part, ())}
    return told(reading, (one for one in index.indicators if one.uid in wanted))


def goal_of(reading: Reading, indicator: Indicator) -> StrategicGoal | None:
    """The goal that `indicator` stands under: the first it measures itself or a part of."""
    by_uid = reading.plan.index.by_uid
    for uid in indicator.measures:
        thing = by_uid.get(uid)
        if isinstance(thing, Delmal | Statement):
            thing = by_uid.get(thing.goal)
        if isinstance(thing, StrategicGoal):
            return thing
    return None


def counted(listed: list[Told]) -> str:
    """How many there are, and how near they are: a page's first sentence."""
    total = ngettext("%(total)s indicator", "%(total)s indicators", len(listed)) % {
        "total": words.number(len(listed))
    }
    if not listed:
        return _("The plan has no indicators.")
    said = words.listed(_parts(listed))
    return _("%(total)s: %(said)s.") % {"total": total, "said": said}


def _standing(one: Told) -> str:
    if not one.has_figures:
        return "no_data"
    if one.judged.verdict == "not_assessable" and not one.indicator.targets:
        return "no_target"
    return one.judged.verdict


def _parts(listed: list[Told]) -> list[str]:
    counts = Counter(_standing(one) for one in listed)
    said = {
        "reached": ngettext(
            "%(n)s has reached its target", "%(n)s have reached their targets", counts["reached"]
        ),
        "on_path": ngettext("%(n)s is on the path", "%(n)s are on the path", counts["on_path"]),
        "behind": ngettext(
            "%(n)s is behind the path", "%(n)s are behind the path", counts["behind"]
        ),
        "far_behind": ngettext(
            "%(n)s is far behind the path", "%(n)s are far behind the path", counts["far_behind"]
        ),
        "wrong_way": ngettext(
            "%(n)s is going the wrong way", "%(n)s are going the wrong way", counts["wrong_way"]
        ),
        "not_assessable": ngettext(
            "%(n)s has figures that cannot be assessed yet",
            "%(n)s have figures that cannot be assessed yet",
            counts["not_assessable"],
        ),
        "no_target": ngettext(
            "%(n)s has figures but no target",
            "%(n)s have figures but no target",
            counts["no_target"],
        ),
        "no_data": ngettext("%(n)s has no data", "%(n)s have no data", counts["no_data"]),
    }
    return [text % {"n": words.number(counts[code])} for code, text in said.items() if counts[code]]


def name_of(indicator: Indicator, language: str) -> SafeString:
    """What an indicator is called; by its number where only that is known."""
    if indicator.title is not None:
        return in_language(indicator, language)
    return indicator_words.filled(_("Indicator %(code)s"), code=indicator.code)


def _told(reading: Reading, indicator: Indicator) -> Told:
    result = reading.plan.index.result_of(indicator)
    sentence = indicator_words.headline(indicator, result, reading.language) or _of_some_places(
        reading, indicator, result
    )
    points = indicator_words.known(result)
    reporter = indicator.owner or indicator.data_controller
    return Told(
        indicator=indicator,
        address=reading.address(indicator.uid),
        name=name_of(indicator, reading.language),
        sentence=sentence or indicator_words.no_figures(indicator),
        has_figures=sentence is not None,
        judged=judged(indicator, result),
        moved=indicator_words.moved(indicator, result),
        as_of=result.as_of if result else None,
        period=amounts.period(points[-1].period) if points else None,
        spark=_spark(reading, indicator, result) if result and len(points) > 1 else None,
        reporter=reporter,
    )


def _of_some_places(
    reading: Reading, indicator: Indicator, result: Result | None
) -> SafeString | None:
    """What is known where the whole country's figure is not; None where nothing is."""
    read = reading.look_ups(result.figures) if result else None
    for level in area_names.LEVELS:
        period = read.latest(level) if read else None
        if read is None or period is None:
            continue
        found = [one for one in read.values(level, period) if one.value is not None]
        facts = {
            "value": indicator_words.amount(indicator, found[0].value or 0, reading.language),
            "place": area_names.name(reading.plan, level, found[0].area),
            "period": amounts.period(period),
            "count": words.number(len(found)),
        }
        text = _("%(value)s in %(place)s in %(period)s. No figure is given for the whole country.")
        if len(found) > 1:
            text = _("Figures for %(count)s places in %(period)s, and none for the whole country.")
        return indicator_words.filled(text, **facts)
    return None


def _spark(reading: Reading, indicator: Indicator, result: Result) -> SafeString | None:
    drawn = reading.draw(charts.spark(indicator, result), None).wide
    return mark_safe(drawn) if drawn else None  # noqa: S308 (drawn by us, without words)
