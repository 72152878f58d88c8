"""What a Plan holds of hearings and workshops: only what a person has cleared for publishing.

Uids, all permanent:

- `horing/22-414` a hearing, `arbeidsmote/2021-hosten` a round of workshops;
- `horing/22-414/svar/3` a reply, `arbeidsmote/2021-hosten/bidrag/3` what one meeting brought;
- `horing/22-414/svar/3/punkt/7` a point, numbered within its reply;
- `horing/22-414/tema/2` a theme, `…/endringsomrade/1` a change area, `…/malutkast/1` a draft goal,
  `…/prioritering/1` a round in which members put them in order, `…/prioritering/1/valg/3` an option of it.

Words that were withheld are not here: in their place stands `WITHHELD`, and the reply's
`redactions` say on which basis and why. Outcomes are here from the day the hearing is answered.
"""

import datetime as dt

from veikart.engines.handling.words import (
    Channel,
    Language,
    Method,
    OutcomeValue,
    PointKind,
    QuestionKind,
    RespondentKind,
    SourceKind,
    Stage,
    Weighing,
    WithholdBasis,
)
from veikart.plan.part import Part, Translations

WITHHELD = "▮▮▮"
"""What stands where words were withheld."""

NAME_HIDDEN = "Navnet på en privatperson, som vises med initialer."
"""The reason for withholding the name of somebody who is shown by initials, as the Plan says it."""


class Question(Part, frozen=True, kw_only=True):
    """What a hearing asks. `choices` are the answers to tick, `goals` the uids asked about one by one.

    Its address is the hearing's with `sporsmal/` and its number.
    """

    no: int
    text: str
    kind: QuestionKind
    choices: tuple[str, ...] = ()
    goals: tuple[str, ...] = ()
    help: str | None = None
    translations: Translations = Translations()


class Invitation(Part, frozen=True, kw_only=True):
    """Somebody who was asked to reply; `organisation` is a uid where the plan knows it."""

    name: str
    kind: RespondentKind
    organisation: str | None = None


class Stated(Part, frozen=True, kw_only=True):
    """A number that a source states and that no rows here stand behind."""

    what: str
    number: int
    source: str
    address: str | None = None


class Tally(Part, frozen=True, kw_only=True):
    """How many points came and what became of them; `received` is the sum of all the others.

    `answered` have an outcome with a reason, `set_aside` a reason why they are no point, `lapsed`
    were in a reply that was withdrawn or replaced by a newer version. `open` wait.
    """

    received: int
    answered: int
    set_aside: int
    lapsed: int
    open: int

    @property
    def handled(self) -> int:
        """All that do not wait: `received` is `handled` and `open` together."""
        return self.answered + self.set_aside + self.lapsed


class Hearing(Part, frozen=True, kw_only=True):
    """A hearing, or a round of workshops (`kind`), which has no case number.

    `about` names the text that was heard and `about_edition` the edition, where it was one.
    `opens_on` and `closes_on` are its first and last day. `replies` counts those received, also
    those that are not published. `follows` is the hearing that this one comes after.
    """

    uid: str
    kind: SourceKind
    title: str
    stage: Stage
    opens_on: dt.date
    closes_on: dt.date
    case_number: str | None = None
    held_by: str | None = None
    about: str | None = None
    about_edition: str | None = None
    summary: str | None = None
    terms: str | None = None
    short_period_reason: str | None = None
    follows: str | None = None
    address: str | None = None
    questions: tuple[Question, ...] = ()
    invited: tuple[Invitation, ...] = ()
    stated: tuple[Stated, ...] = ()
    replies: int = 0
    tally: Tally = Tally(received=0, answered=0, set_aside=0, lapsed=0, open=0)
    answered_on: dt.date | None = None
    translations: Translations = Translations()


class Answer(Part, frozen=True, kw_only=True):
    """What a reply says to the question `question` (its number), for `goal` where it asks by goal."""

    question: int | None
    goal: str | None = None
    choice: str | None = None
    text: str | None = None


class Redaction(Part, frozen=True, kw_only=True):
    """Words withheld from a reply: the basis, the reason, and in how many places."""

    basis: WithholdBasis
    reason: str
    places: int


class Reply(Part, frozen=True, kw_only=True):
    """A reply that was cleared for publishing. `respondent` are initials where that was asked for.

    `fingerprint` is the SHA-256 on the respondent's receipt; None where words are withheld.
    `received_on` is None where the day is not known.
    `is_initials` tells that the name itself is not shown.
    """

    uid: str
    hearing: str
    no: int
    version: int
    respondent: str
    kind_of_respondent: RespondentKind
    channel: Channel
    received_on: dt.date | None = None
    organisation: str | None = None
    is_initials: bool = False
    after_deadline: bool = False
    confirmed_on: dt.date | None = None
    language: Language | None = None
    fingerprint: str | None = None
    answers: tuple[Answer, ...] = ()
    redactions: tuple[Redaction, ...] = ()


class LedTo(Part, frozen=True, kw_only=True):
    """The change that an outcome led to: what changed, and the sentence from and to.

    Both sentences may be missing where a whole object came or went.
    """

    uid: str
    before: str | None = None
    after: str | None = None


class Outcome(Part, frozen=True, kw_only=True):
    """What became of a point, and why. `case` is the case it was decided in, by uid or number."""

    value: OutcomeValue
    reason: str
    decided_on: dt.date
    led_to: tuple[LedTo, ...] = ()
    case: str | None = None


class Place(Part, frozen=True, kw_only=True):
    """Where a point was found in what was received: the page, and characters from and to in it."""

    page: int | None
    start: int
    end: int


class Point(Part, frozen=True, kw_only=True):
    """One remark that can be answered by itself: `horing/22-414/svar/3/punkt/7`.

    `text` are the respondent's own words; `is_retold` tells that they are ours, where the reply
    itself is not reproduced. `anchors` are uids of what it is about, `origins` the points it was
    split from or merged of. `outcome` is its own or else its theme's (`outcome_of_theme`).
    """

    uid: str
    hearing: str
    reply: str
    no: int
    kind: PointKind
    text: str
    heading_path: tuple[str, ...] = ()
    proposed_wording: str | None = None
    question: int | None = None
    anchors: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()
    origins: tuple[str, ...] = ()
    found_at: Place | None = None
    is_retold: bool = False
    outcome: Outcome | None = None
    outcome_of_theme: str | None = None


class KindCount(Part, frozen=True, kw_only=True):
    """How many respondents of one kind, and how many points of theirs."""

    kind: RespondentKind
    respondents: int
    points: int


class Theme(Part, frozen=True, kw_only=True):
    """Points that speak of the same: `horing/22-414/tema/2`. `points` are the published ones.

    `by_kind` counts all its points and who stands behind them, also those not published.
    """

    uid: str
    hearing: str
    no: int
    title: str
    sentence: str | None = None
    points: tuple[str, ...] = ()
    by_kind: tuple[KindCount, ...] = ()
    outcome: Outcome | None = None


class ChangeArea(Part, frozen=True, kw_only=True):
    """What several themes together ask to change (endringsområde)."""

    uid: str
    hearing: str
    no: int
    title: str
    themes: tuple[str, ...] = ()


class DraftGoal(Part, frozen=True, kw_only=True):
    """A goal drafted from change areas; `became` is the uid of what it became in the strategy."""

    uid: str
    hearing: str
    no: int
    text: str
    areas: tuple[str, ...] = ()
    became: str | None = None
    translations: Translations = Translations()


class Priority(Part, frozen=True, kw_only=True):
    """Where members put a draft goal, a change area or an option (`item`, worded `text` then) in a round.

    `share` is 0 to 1: of all points given, or how likely it is to be preferred to another; where members ranked,
    how often it was. `rank` is from 1; both are None for what was not compared. `best` and `worst`
    are the ranks it would have had if any one member had not voted; None where only one did.
    `got` are its points, or comparisons won, a tie counting ½; `given` is how many members gave it points or
    ranked it, or how many comparisons it was in. `firsts` is how many ranked it first, None where nobody
    was asked to. See docs/methods/prioritising.md.
    """

    item: str
    text: str
    rank: int | None = None
    share: float | None = None
    best: int | None = None
    worst: int | None = None
    got: float = 0
    given: int = 0
    firsts: int | None = None


class PointsGiven(Part, frozen=True, kw_only=True):
    """How many points a member gave to `item`."""

    item: str
    points: int


class Preference(Part, frozen=True, kw_only=True):
    """A member prefers `better` to `worse`; with `equal`, neither to the other."""

    better: str
    worse: str
    equal: bool = False


class Ballot(Part, frozen=True, kw_only=True):
    """What `voter` voted in an open round: points, choices between pairs, or `ranking`, the first one first."""

    voter: str
    points: tuple[PointsGiven, ...] = ()
    pairs: tuple[Preference, ...] = ()
    ranking: tuple[str, ...] = ()


class PriorityRound(Part, frozen=True, kw_only=True):
    """A round of prioritising that is counted: `horing/22-414/prioritering/1`. It never changes.

    `voters` is how many could vote and `voted` how many did. By points, each shared out `points`, at most
    `most` to one. `priorities` are in order, the first ones first. `case` is the uid of the council case
    that it was weighed in. Where members ranked, `preferred` has a row for each of `priorities`: how many
    preferred it to each of them. `ballots` are as voters were named; there are none of a secret round, nor where voters
    were not told beforehand that they are published.
    """

    uid: str
    hearing: str
    no: int
    title: str
    of: Weighing
    method: Method
    is_secret: bool
    opened_on: dt.date
    closed_on: dt.date
    voters: int
    voted: int
    points: int | None = None
    most: int | None = None
    case: str | None = None
    priorities: tuple[Priority, ...] = ()
    preferred: tuple[tuple[int, ...], ...] = ()
    ballots: tuple[Ballot, ...] = ()


class Consultations(Part, frozen=True, kw_only=True):
    """The consultations' part of a Plan; each collection is sorted by uid."""

    hearings: tuple[Hearing, ...] = ()
    replies: tuple[Reply, ...] = ()
    points: tuple[Point, ...] = ()
    themes: tuple[Theme, ...] = ()
    change_areas: tuple[ChangeArea, ...] = ()
    draft_goals: tuple[DraftGoal, ...] = ()
    priority_rounds: tuple[PriorityRound, ...] = ()
