"""How well letters that speak of a theme are found, beside plain BM25, and how long ranking and grouping take.

The letters and who mentions which theme lie in a folder of their own; without it that part is skipped
with the reason. BM25 works on whole letters of the same group of senders and on Norwegian stems.
"""

import csv
import math
import os
import random
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import mean

from snowballstemmer import stemmer

from bench.figures import Figure, cpu
from veikart.engines.readers.blocks import blocks
from veikart.engines.readers.document import pages
from veikart.engines.themes.duplicates import near_duplicates
from veikart.engines.themes.groups import groups
from veikart.engines.themes.index import Index, build
from veikart.engines.themes.ranking import Theme, rank
from veikart.engines.themes.words import telling, words

SHARED = Path(os.environ.get("VEIKART_SHARED", Path(__file__).parents[1] / ".." / "shared"))
LETTERS = SHARED / "data" / "innspill-helsereform"
GROUP = "consultations"
JUDGED = 3
DRAWS = 40

# A sender in the list of files, and what the reference calls it; the joint letter has three of them.
SENDERS = {
    "Folkehelseinstituttet": ["Folkehelseinstituttet (FHI)"],
    "Ideelt nettverk": ["Ideelt Nettverk"],
    "Legeforeningen vedlegg 1 det regionale nivået i spesialisthelsetjenesten": ["Legeforeningen"],
    "Leverandørutviklingsprogrammet": ["Leverandørutviklingsprogrammet (LUP)"],
    "Nasjonalt senter for e-helseforskning": ["Nasjonalt senter for e-helseforskning (NSE)"],
    "Norsk Sykepleierforbund Student": ["NSF Students"],
    "Norsk kiropraktorforening": ["Norsk Kiropraktorforening"],
    "Norsk logopedforbund": ["Norsk Logopedforbund"],
    "Norsk sykepleierforbund": ["Norsk Sykepleierforbund"],
    "NorVis": ["NorVIS"],
    "Personskadeforbundet": ["Personskadeforbundet LTN"],
    "Psykologforeningen innspill modell": ["Psykologforeningen"],
    "Psykologforeningen vedlegg 3": ["Psykologforeningen"],
    "Pårørendealliansen vedlegg høringsinnspill kommunekommisjonen": ["Pårørendealliansen"],
    "UngFunk modellvalg": ["Unge funksjonshemmede"],
    "UngFunk, FFO, Redd Barna, Norsk forbund for utviklingshemmede, NORILCO, Likestillings- og "
    "diskrimineringsombudet, Psoriasis- og eksemforbundet Ung": [
        "Unge funksjonshemmede",
        "FFO",
        "NORILCO",
    ],
}

Scores = Mapping[str, float]


@dataclass(frozen=True)
class Task:
    """A theme, the letters of its group of senders, and those whose sender mentions it."""

    group: str
    title: str
    letters: tuple[str, ...]
    mentioning: frozenset[str]


def figures() -> Iterator[Figure]:
    """Finding who speaks of a theme, then how fast ranking, grouping and near-duplicates are."""
    yield from quality()
    yield from speed()


def quality() -> Iterator[Figure]:
    """A row for each theme by its title alone, means by group, and what yes and no add."""
    if not (LETTERS / "temaer.csv").is_file():
        note = f"The letters are not in {LETTERS}; name their folder in VEIKART_SHARED."
        yield Figure(group=GROUP, what="themes found", value=None, unit="", note=note)
        return
    texts = read()
    tasks = tasks_of(texts)
    index = build(texts)
    plain = [bm25(task, texts) for task in tasks]
    ours = [scored(task, index) for task in tasks]
    yield from _by_title(tasks, plain, ours)
    yield from _by_judging(tasks, plain, ours, index)


def _by_title(
    tasks: Sequence[Task], plain: Sequence[Scores], ours: Sequence[Scores]
) -> Iterator[Figure]:
    pairs = [
        (average_precision(task, task.letters, one), average_precision(task, task.letters, other))
        for task, one, other in zip(tasks, ours, plain, strict=True)
    ]
    by_group = defaultdict(list)
    for task, pair in zip(tasks, pairs, strict=True):
        by_group[task.group].append(pair)
        yield _compared(f"{task.group}: {task.title}", [pair])
    for group, found in by_group.items():
        yield _compared(f"{group}: mean of {len(found)} themes", found)
    yield _compared("all themes by title alone", pairs)
    yield _gain("gain by title alone over BM25", pairs, target=0.05)


def _by_judging(
    tasks: Sequence[Task], plain: Sequence[Scores], ours: Sequence[Scores], index: Index
) -> Iterator[Figure]:
    """Three yes and three no drawn at random many times, then the first three of each as ranked."""
    for how, draw, draws in (("drawn", _drawn, DRAWS), ("from the top", _topmost, 1)):
        pairs, untaught = [], []
        for task, other, mine in zip(tasks, plain, ours, strict=True):
            results = [
                _residual(task, draw(task, mine, number), other, mine, index)
                for number in range(draws)
            ]
            kept = [result for result in results if result]
            if kept:
                taught, before, baseline = (mean(column) for column in zip(*kept, strict=True))
                pairs.append((taught, baseline))
                untaught.append((before, baseline))
        what = f"three yes and three no, {how}"
        yield _compared(f"{what}: unjudged letters, not taught", untaught)
        yield _compared(f"{what}: unjudged letters, taught", pairs)
        yield _gain(f"gain after {what}", pairs, target=0.10)


def _residual(
    task: Task, judged: tuple[list[str], list[str]], plain: Scores, ours: Scores, index: Index
) -> tuple[float, float, float] | None:
    """Average precision among the letters that were not judged: taught, not taught, and BM25.

    None where no letter that mentions the theme, or none that does not, is left to be told apart.
    """
    yes, no = judged
    rest = [letter for letter in task.letters if letter not in (*yes, *no)]
    left = task.mentioning.intersection(rest)
    if not yes or not no or not left or len(left) == len(rest):
        return None
    taught = scored(task, index, yes=yes, no=no)
    return (
        average_precision(task, rest, taught),
        average_precision(task, rest, ours),
        average_precision(task, rest, plain),
    )


def _drawn(task: Task, ours: Scores, number: int) -> tuple[list[str], list[str]]:
    """At most three of each at random, one that mentions the theme always left."""
    del ours
    chance = random.Random(f"{task.group} {task.title} {number}")
    yes = sorted(task.mentioning)
    no = sorted(set(task.letters) - task.mentioning)
    return (
        chance.sample(yes, min(JUDGED, max(len(yes) - 1, 0))),
        chance.sample(no, min(JUDGED, max(len(no) - 1, 0))),
    )


def _topmost(task: Task, ours: Scores, number: int) -> tuple[list[str], list[str]]:
    """What a person meets first who reads our list from the top, at most three of each."""
    del number
    listed = sorted(task.letters, key=lambda letter: (-ours[letter], letter))
    yes = [letter for letter in listed if letter in task.mentioning]
    no = [letter for letter in listed if letter not in task.mentioning]
    return yes[: min(JUDGED, len(yes) - 1)], no[: min(JUDGED, max(len(no) - 1, 0))]


def read() -> dict[str, str]:
    """The text of every letter that has any, by file."""
    texts = {}
    files = {path.name: path for path in LETTERS.rglob("*.*")}
    for row in _rows("avsendere.csv"):
        found = blocks(pages(row["fil"], files[row["fil"]].read_bytes()))
        if found:
            texts[row["fil"]] = "\n".join(block.text for block in found)
    return texts


def tasks_of(texts: Mapping[str, str]) -> list[Task]:
    """The themes of the reference with the letters of their group that can be read."""
    mentioning = defaultdict(set)
    for row in _rows("temaer.csv"):
        mentioning[row["kategori"], row["tema"]].add(row["avsender_som_nevner_det"])
    senders = list(_rows("avsendere.csv"))
    tasks = []
    for (group, title), named in mentioning.items():
        rows = [row for row in senders if row["kategori"] == group and row["fil"] in texts]
        found = frozenset(row["fil"] for row in rows if named.intersection(_names(row["avsender"])))
        tasks.append(Task(group, title, tuple(row["fil"] for row in rows), found))
    return tasks


def _names(sender: str) -> list[str]:
    return SENDERS.get(sender, [sender])


def _rows(name: str) -> Iterable[dict[str, str]]:
    with (LETTERS / name).open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def scored(task: Task, index: Index, *, yes: Iterable[str] = (), no: Iterable[str] = ()) -> Scores:
    """What our ranking gives each letter: higher is earlier."""
    ranked = rank(Theme(task.title), index, yes=yes, no=no, explained=0)
    return {each.id: -float(place) for place, each in enumerate(ranked)}


def bm25(task: Task, texts: Mapping[str, str]) -> Scores:
    """Plain BM25 of the title among the letters of the group: k1 1.2, b 0.75, Snowball's stems."""
    stem = stemmer("norwegian").stemWord
    counts = {uid: Counter(map(stem, telling(texts[uid]))) for uid in task.letters}
    usual = mean(counted.total() for counted in counts.values())
    scores = dict.fromkeys(task.letters, 0.0)
    for word in map(stem, telling(task.title)):
        having = sum(word in counted for counted in counts.values())
        weight = math.log(1 + (len(counts) - having + 0.5) / (having + 0.5))
        for uid, counted in counts.items():
            slack = 1.2 * (0.25 + 0.75 * counted.total() / usual)
            scores[uid] += weight * counted[word] * 2.2 / (counted[word] + slack)
    return scores


def average_precision(task: Task, letters: Iterable[str], scores: Scores) -> float:
    """The mean, over the letters that mention the theme, of the share above them that do."""
    ordered = sorted(letters, key=lambda letter: (-scores[letter], letter))
    hits, shares = 0, []
    for place, letter in enumerate(ordered, start=1):
        if letter in task.mentioning:
            hits += 1
            shares.append(hits / place)
    return mean(shares) if shares else 0.0


def _compared(what: str, pairs: Sequence[tuple[float, float]]) -> Figure:
    ours, plain = mean(one for one, _other in pairs), mean(other for _one, other in pairs)
    note = f"BM25 {plain:.3f}"
    return Figure(group=GROUP, what=what, value=ours, unit="MAP", at_least=True, note=note)


def _gain(what: str, pairs: Sequence[tuple[float, float]], *, target: float) -> Figure:
    """The mean gain, and the 90 % of a bootstrap over themes: with so few it is wide."""
    gains = [one - other for one, other in pairs]
    chance = random.Random(what)
    means = sorted(mean(chance.choices(gains, k=len(gains))) for _ in range(2000))
    note = f"{len(gains)} themes; 90 % of resamples {means[100]:+.3f} to {means[1899]:+.3f}"
    return Figure(
        group=GROUP,
        what=what,
        value=mean(gains),
        unit="MAP",
        target=target,
        at_least=True,
        note=note,
    )


def speed() -> Iterator[Figure]:
    """On made-up points with words as unevenly common as in real ones, beside plainer work on them."""
    few, many = points(400), points(100_000)
    yield _took("index of 400 points", lambda: build(few))
    parted = _beside("parting them into words", lambda: [text.split() for text in few.values()])
    yield _took(
        "grouping 400 points, index and all",
        lambda: groups(build(few), 12),
        target=1.0,
        beside=parted,
    )
    yield _took("near-duplicates of 400 points", lambda: near_duplicates(few))
    built: list[Index] = []
    yield _took("index of 100,000 points", lambda: built.append(build(many)), times=1)
    index = built[0]
    asked = words(few["point-000000"])[:5]
    theme = Theme(" ".join(asked))
    scanned = _beside(
        "looking for its words in all texts",
        lambda: [uid for uid, text in many.items() if any(word in text for word in asked)],
    )
    yield _took(
        "a theme over 100,000 points",
        lambda: rank(theme, index, most=100),
        target=0.3,
        beside=scanned,
    )
    yes, no = list(many)[:3], list(many)[3:6]
    yield _took(
        "a theme over 100,000 points, three yes and three no",
        lambda: rank(theme, index, yes=yes, no=no, most=100),
        target=0.3,
        beside=scanned,
    )
    parted = _beside("parting them into words", lambda: [text.split() for text in many.values()])
    yield _took(
        "grouping 100,000 points, indexed",
        lambda: groups(index, 30),
        times=1,
        target=30.0,
        beside=parted,
    )
    yield _took("near-duplicates of 100,000 points", lambda: near_duplicates(many), times=1)


def _beside(what: str, work: Callable[[], object]) -> tuple[str, float]:
    """Plainer work on the same texts, and the seconds of CPU it takes."""
    return what, cpu(work, times=3)


def _took(
    what: str,
    work: Callable[[], object],
    *,
    times: int = 3,
    target: float | None = None,
    beside: tuple[str, float] | None = None,
) -> Figure:
    began = time.perf_counter()
    seconds = cpu(work, times=times)
    notes = [f"{(time.perf_counter() - began) / times:.2f} s by the clock"]
    if beside is not None:
        plainer, its_seconds = beside
        notes.append(f"{seconds / its_seconds:.1f} times {plainer}")
    note = "; ".join(notes)
    return Figure(group=GROUP, what=what, value=seconds, unit="s CPU", target=target, note=note)


def points(count: int) -> dict[str, str]:
    """`count` points of 15–60 words; each has a topic of its own words, as points have."""
    chance = random.Random(1)
    syllables = [
        first + last for first in "bdfghklmnprstv" for last in ("a", "e", "il", "or", "un")
    ]
    spoken = ["".join(chance.choices(syllables, k=chance.randint(2, 5))) for _ in range(20_000)]
    ranks = [1 / (place + 10) for place in range(len(spoken))]
    general = chance.choices(spoken, ranks, k=400_000)
    topics = [chance.sample(spoken, 40) for _ in range(30)]
    texts = {}
    for number in range(count):
        length = chance.randint(15, 60)
        start = chance.randrange(len(general) - length)
        own = chance.choices(chance.choice(topics), k=length // 3)
        texts[f"point-{number:06}"] = " ".join([*general[start : start + length], *own])
    return texts
