"""Slides: an evaluation with its areas, questions, ratings and findings, and a plan for the work with its parts."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from veikart.engines.proposal import Item
from veikart.engines.slugs import slug
from veikart.intake.council_known import Known, body_of
from veikart.intake.council_rows import Row, first_free, row
from veikart.plan.council import WorkPlan
from veikart.plan.evaluation import Evaluation

NO_YEAR = "uten-ar"
EVALUATION, WORK_PLAN = "Evaluering", "Arbeidsplan"
"""What an evaluation and a work plan are called before a person calls them something better."""
OF_EVALUATION = ("area_assessment", "question", "rating", "finding")
OF_WORK_PLAN = ("work_plan", "work_stream", "phase", "milestone")


def slides_rows(items: Sequence[Item], known: Known, *, source: str) -> Iterator[Row]:
    """The rows of the evaluation, then those of the work plan."""
    by_kind: dict[str, list[Item]] = defaultdict(list)
    for item in items:
        by_kind[item.kind].append(item)
    if any(by_kind[kind] for kind in OF_EVALUATION):
        yield from _evaluation(by_kind, known, source)
    if any(by_kind[kind] for kind in OF_WORK_PLAN):
        yield from _work_plan(by_kind, known, source)


def year_of(items: Iterable[Item]) -> str | None:
    """The first year of the work plan on the slides, which their evaluation is taken to be of."""
    quarters = next((item.values["quarters"] for item in items if item.kind == "work_plan"), ())
    return quarters[0][:4] if quarters else None


def known_evaluation(items: Sequence[Item], known: Known) -> Evaluation | None:
    """The evaluation in the plan that assesses one of the areas, or asks one of the questions, of the slides."""
    goals = {slug(item.values["goal"]) for item in items if item.kind == "area_assessment"}
    asked = {slug(item.values["text"]) for item in items if item.kind == "question"}
    for evaluation in known.evaluations.values():
        if goals & {slug(area.goal) for area in evaluation.areas}:
            return evaluation
        if asked & {slug(question.text) for question in evaluation.questions}:
            return evaluation
    return None


def _evaluation(by_kind: Mapping[str, Sequence[Item]], known: Known, source: str) -> Iterator[Row]:
    parts = [item for kind in OF_EVALUATION for item in by_kind[kind]]
    held = known_evaluation(parts, known)
    year = year_of(by_kind["work_plan"])
    key = held.uid if held else f"evaluering/{year or NO_YEAR}"
    held = held or known.evaluations.get(key)
    if held is None:
        title = f"{EVALUATION} {year}" if year else EVALUATION
        values = {"title": title, "source": source}
        first = row("evaluation", key, values, parts[0].found_at, name=title, belongs_to=key)
        yield first if year else replace(first, asked={"year": ""})
    listed = held or Evaluation(uid=key, title="")
    yield from _areas(by_kind["area_assessment"], listed)
    numbers: dict[str, int] = {}
    for made in _asked(by_kind["question"], listed):
        numbers[str(made.item.values["text"])] = int(made.item.key.rpartition("/")[2])
        yield made
    keys = {item.key: numbers[item.values["text"]] for item in by_kind["question"]}
    yield from _ratings(by_kind["rating"], listed, keys)
    yield from _findings(by_kind["finding"], listed)


def _areas(items: Sequence[Item], held: Evaluation) -> Iterator[Row]:
    parts = _Parts(held.uid, held.areas, lambda one: slug(one.goal))
    for item in items:
        goal = item.values["goal"]
        values = {name: item.values[name] for name in ("goal", "comment", "status_said")}
        yield parts.row("area_assessment", "omrade", slug(goal), values, item, goal)


def _asked(items: Sequence[Item], held: Evaluation) -> Iterator[Row]:
    parts = _Parts(held.uid, held.questions, lambda one: slug(one.text))
    for item in items:
        text = item.values["text"]
        yield parts.row("evaluation_question", "sporsmal", slug(text), {"text": text}, item, text)


def _ratings(
    items: Sequence[Item], held: Evaluation, questions: Mapping[str, int]
) -> Iterator[Row]:
    """The ratings; one that the slides do not pair with a question stays unpaired."""
    parts = _Parts(held.uid, held.ratings, lambda one: (one.value, slug(one.said)))
    for item in items:
        said = item.values
        values = {"value": said["value"], "said": said["said"]}
        values["question"] = questions.get(said["question"] or "")
        same = (said["value"], slug(said["said"]))
        yield parts.row("rating", "vurdering", same, values, item, said["said"])


def _findings(items: Sequence[Item], held: Evaluation) -> Iterator[Row]:
    parts = _Parts(held.uid, held.findings, lambda one: slug(one.text))
    for item in items:
        text, grounds = item.values["text"], list(item.values.get("grounds") or ())
        values = {"text": text, "grounds": grounds or None}
        yield parts.row("finding", "funn", slug(text), values, item, text)


def _work_plan(by_kind: Mapping[str, Sequence[Item]], known: Known, source: str) -> Iterator[Row]:
    found = next(iter(by_kind["work_plan"]), None)
    key = found.key if found else f"arbeidsplan/{NO_YEAR}"
    held = known.work_plans.get(key) or (None if found else _by_streams(by_kind, known))
    key = held.uid if held else key
    years = key.partition("/")[2].replace("-", "–")
    title = f"{WORK_PLAN} {years}" if found else WORK_PLAN
    at = found or next(item for kind in OF_WORK_PLAN for item in by_kind[kind])
    said = found.values if found else {}
    marks = [{"no": no, **mark} for no, mark in enumerate(said.get("checkpoints") or (), start=1)]
    values = {
        "quarters": said.get("quarters"),
        "aim": said.get("aim"),
        "checkpoints": marks or None,
    }
    if held is None:
        values |= {"title": title, "source": source}
    if found or held is None:
        first = row("work_plan", key, values, at.found_at, name=title, belongs_to=key)
        yield first if found else replace(first, asked={"year": ""})
    yield from _parts(by_kind, held or WorkPlan(uid=key, title=""), known)


def _by_streams(by_kind: Mapping[str, Sequence[Item]], known: Known) -> WorkPlan | None:
    titles = {slug(item.values["title"]) for item in by_kind["work_stream"]}
    for plan in known.work_plans.values():
        if titles & {slug(stream.title) for stream in plan.streams}:
            return plan
    return None


def _parts(by_kind: Mapping[str, Sequence[Item]], held: WorkPlan, known: Known) -> Iterator[Row]:
    streams = _Parts(held.uid, held.streams, lambda one: slug(one.title))
    for item in by_kind["work_stream"]:
        title = item.values["title"]
        values = {"title": title, "questions": item.values["questions"] or None}
        yield streams.row("work_stream", "arbeidsstrom", slug(title), values, item, title)
    phases = _Parts(held.uid, held.phases, lambda one: slug(one.title))
    for item in by_kind["phase"]:
        title = item.values["title"]
        yield phases.row("work_phase", "fase", slug(title), item.values, item, title)
    dates = _Parts(held.uid, held.dates, lambda one: str(one.day or one.day_said))
    for item in by_kind["milestone"]:
        values = _date(item, known)
        same = item.values["day"] or item.values["day_said"]
        yield dates.row("work_date", "dato", same, values, item, item.values["day_said"])


def _date(item: Item, known: Known) -> dict[str, Any]:
    """A dated point; what it says of a body that is not known stays in its words."""
    said = item.values
    body = body_of(said["body"], known.bodies)
    words = said["what"]
    if said["body"] and body is None:
        words = f"{said['body']}: {words}" if words else said["body"]
    meetings = [
        uid
        for uid, one in known.meetings.items()
        if body and one.body == body and said["day"] and str(one.held_on) == said["day"]
    ]
    meeting = meetings[0] if len(meetings) == 1 else None
    return {
        "day": said["day"],
        "day_said": said["day_said"],
        "what": words,
        "body": body,
        "meeting": meeting,
    }


class _Parts:
    """Gives the parts of a list in one owner their numbers: what is known, by what `same` answers of it,
    keeps its own.
    """

    def __init__(self, owner: str, held: Iterable[Any], same: Callable[[Any], Any]) -> None:
        self.owner = owner
        self.known = {(same(one), time): one.no for one, time in _counted(held, same)}
        self.times: Counter[Any] = Counter()
        self.next = first_free(self.known.values())

    def row(
        self, kind: str, segment: str, same: Any, values: Mapping[str, Any], item: Item, name: str
    ) -> Row:
        """The row of a part, at its own number or the next that is free."""
        self.times[same] += 1
        number = self.known.get((same, self.times[same]))
        if number is None:
            number, self.next = self.next, self.next + 1
        key = f"{self.owner}/{segment}/{number}"
        return row(kind, key, values, item.found_at, name=name, belongs_to=self.owner)


def _counted(held: Iterable[Any], same: Callable[[Any], Any]) -> Iterator[tuple[Any, int]]:
    times: Counter[Any] = Counter()
    for one in held:
        times[same(one)] += 1
        yield one, times[same(one)]
