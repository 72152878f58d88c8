"""The words of agendas and minutes: case numbers, days, times, types of cases, and what columns are called."""

import datetime as dt
import re
from typing import Literal

import msgspec

CaseType = Literal[
    "approval", "information", "discussion", "recommendation", "endorsement", "decision"
]
Fixed = Literal["summons", "minutes", "information", "other_business"]
Role = Literal[
    "number", "title", "time", "type", "presenter", "wording", "papers", "what", "who", "due",
    "person", "organisation", "seat_role", "present", "absent", "left_out",
]  # fmt: skip
"""What the column of a table is for; the last six are those of who sits in a body, and who was there."""

_NUMBER = r"\d{1,4}\s?/\s?(?:(?:19|20)\d\d|\d\d)(?![\d/])|\d{1,4}-20\d\d(?![\d-])"
_CALLED = (
    r"(?:[\wæøå-]{1,20}[\s-])?(?:sak|sag|case|item)(?:s?nummer|s?\s?nr\.?|\s+no\.?)?|PS|RS|V-sak"
)
_CONTINUED = r"\(?(?:forts(?:\.|ettelse|etjing|etter|att|atte|set)?|framhald|cont(?:\.|inued|d\.?)?)(?![\w])\)?\.?"
CASE_START = re.compile(
    rf"(?:(?P<called>{_CALLED})\s*:?\s*)?(?P<number>{_NUMBER})\s*(?P<continued>{_CONTINUED})?"
    rf"\s*(?P<day>\(\s*\d{{1,2}}\.\d{{1,2}}\.(?:\d{{4}}|\d\d)\s*\))?\s*[:.–—-]?\s*(?P<title>.*)",
    re.IGNORECASE,
)
CASE_NUMBER = re.compile(rf"(?<![\d/.-])(?:{_NUMBER})")
_ENDS_CONTINUED = re.compile(rf"\s*[-–,]?\s*{_CONTINUED}\s*$", re.IGNORECASE)

_TYPES: dict[CaseType, str] = {
    "approval": r"godkj(?:enning|enne|ennast)|approval",
    "information": r"orientering|informasjon|information",
    "discussion": r"drøfting|drøftelse|diskusjon|discussion",
    "recommendation": r"anbefaling|tilråding|tilrådning|recommendation",
    "endorsement": r"tilslutning|tilslutnad|endorsement",
    "decision": r"beslutning|avgjerd|vedtak|avgjørelse|decision",
}
_TYPE = {
    kind: re.compile(rf"(?:til\s+|for\s+|sak\s+til\s+)?(?:{words})(?:s?saker?)?", re.IGNORECASE)
    for kind, words in _TYPES.items()
}
_ENDS_IN_TYPE = re.compile(
    rf"^(?P<rest>.*?)(?P<gap>\s+)(?P<type>(?:Til\s+|For\s+)?(?:{'|'.join(_TYPES.values())})(?:s?saker?)?)$",
    re.IGNORECASE,
)

_FIXED: tuple[tuple[Fixed, str], ...] = (
    ("summons", r"(?:godkj|approv).*(?:innkalling|dagsorden|saksliste|sakliste|agenda|summons)"),
    ("minutes", r"(?:godkj|approv).*(?:referat|protokoll|møtebok|minutes)"),
    ("other_business", r"eventuelt|ymse|any other business|aob"),
    ("information", r"(?:orientering(?:er)?|informasjon|aktuelt|information)\s+(?:fra|frå|from)\b"),
)
_BREAK = re.compile(
    r"(?:kort\s+)?(?:lunsj|lunch|pause|kaffe|kaffi|middag|break|beinstrekk|matpause)", re.IGNORECASE
)

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "januar january jan", "februar february feb", "mars march mar", "april apr", "mai may",
            "juni june jun", "juli july jul", "august aug", "september sept sep",
            "oktober october okt oct", "november nov", "desember december des dec",
        ),
        start=1,
    )
    for name in names.split()
}  # fmt: skip
_NAMES = "|".join(sorted(_MONTHS, key=len, reverse=True))
_DAYS = (
    re.compile(r"(?<![\d.])(?P<year>\d{4})-(?P<month>\d\d)-(?P<day>\d\d)(?!\d)"),
    re.compile(
        r"(?<![\d.])(?P<day>\d{1,2})\s?[./]\s?(?P<month>\d{1,2})\s?[./]\s?(?P<year>\d{4}|\d\d)(?!\d)"
    ),
    re.compile(
        rf"(?<![\d.])(?P<day>\d{{1,2}})\.?\s+(?P<name>{_NAMES})\b\.?,?(?:\s+(?P<year>\d{{4}}))?",
        re.IGNORECASE,
    ),
    re.compile(
        rf"\b(?P<name>{_NAMES})\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\b,?(?:\s+(?P<year>\d{{4}}))?",
        re.IGNORECASE,
    ),
    re.compile(r"(?<![\d.])(?P<day>\d{1,2})\.(?P<month>\d{1,2})\.?(?![\d.])(?P<year>(?!))?"),
)
_TIME = re.compile(
    r"(?<![\d.:/])(?:kl\.?\s*)?(?P<hour>[01]?\d|2[0-3])[.:](?P<minute>[0-5]\d)(?![\d]|[.:/]\d)",
    re.IGNORECASE,
)
_UNTIL = re.compile(r"\s*(?:[-–—]|til|to)\s*", re.IGNORECASE)
_MINUTES = re.compile(
    r"(?<![\d.:])(?P<all>\d{1,3})\s?(?:min(?:utt(?:er|ar)?|utes)?\.?)(?!\w)(?:\s*\((?P<said>\d{1,3})\s?\+\s?(?P<talk>\d{1,3})\))?",
    re.IGNORECASE,
)

_ROLES: tuple[tuple[Role, str], ...] = (
    ("number", r"saks?(?:\s?nr\.?|nummer|snummer)?|saksnr\.?|nr\.?|case(?:\s+no\.?)?|item|no\.?|utvalgssaksnr\.?"),
    ("title", r"agenda(?:\s.{1,60})?|tema|tittel|sakstittel|innhold|innhald|emne|subject|title|topic|sak(?:er)?"),
    ("time", r"tidspunkt|tid|klokkeslett|klokka|kl\.?|tidsbruk|tidsramme|time"),
    ("type", r"saks?type|type(?:\s+sak)?|sakstype\s*/\s*vedlegg|type of case"),
    ("presenter", r"innleder|innleiar|presentasjon|presenter(?:es)?(?:\s+av)?|foredragsholder|presenter"),
    ("wording", r"vedtaksformulering|vedtaksformulering(?:a|en)|vedtak|konklusjon|decision|wording"),
    ("papers", r"vedlegg|dokumenter|sakspapirer|papers|documents"),
    ("what", r"tiltak|aksjon(?:spunkt)?|oppfølging(?:spunkt)?|oppgave|oppgåve|hva|kva|action(?:\s+point)?|what"),
    ("who", r"ansvarlig|ansvarleg|ansvar|hvem|kven|responsible|owner|who"),
    ("due", r"frist|når|due(?:\s+date)?|deadline|when"),
)  # fmt: skip
_ROLE = tuple((role, re.compile(words, re.IGNORECASE)) for role, words in _ROLES)


class CaseNumber(msgspec.Struct, frozen=True):
    """A serial number and a year: "2/22" and "2/2022" are both 2 of 2022; `text` is what was said."""

    serial: int
    year: int
    text: str

    @property
    def key(self) -> str:
        """How it stands in an address: 2-22."""
        return f"{self.serial}-{self.year % 100:02d}"


class Slot(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A time of a case on the agenda; `continued` where the case goes on after a break.

    `minutes` are all it has, of which `presentation` and `discussion` where both are said.
    """

    starts_at: str | None = None
    ends_at: str | None = None
    minutes: int | None = None
    presentation: int | None = None
    discussion: int | None = None
    continued: bool = False


class Day(msgspec.Struct, frozen=True):
    """A day as it was said, and the day it is; `on` is None for one that no calendar has."""

    text: str
    on: dt.date | None


def case_number(text: str) -> CaseNumber | None:
    """The first case number in `text`: "2/22", "12/2025", "045-2025"; None if there is none."""
    match = CASE_NUMBER.search(text)
    return None if match is None else _numbered(match[0])


def _numbered(said: str) -> CaseNumber:
    serial, year = re.split(r"\s?[/-]\s?", said)
    return CaseNumber(int(serial), _full_year(int(year), digits=len(year)), re.sub(r"\s", "", said))


def _full_year(year: int, *, digits: int) -> int:
    """Two digits are of 1970 to 2069."""
    if digits > 2:
        return year
    return year + (2000 if year < 70 else 1900)


def day_in(text: str, *, year: int | None = None) -> Day | None:
    """The first day named in `text`; `year` is meant where it names none. None without a day."""
    for form in _DAYS:
        match = form.search(text)
        if match is None:
            continue
        named = match.groupdict()
        said = named.get("year")
        meant = _full_year(int(said), digits=len(said)) if said else year
        if meant is None:
            continue
        name = named.get("name")
        month = _MONTHS[name.casefold()] if name else int(named["month"] or 0)
        try:
            return Day(match[0].strip(), dt.date(meant, month, int(named["day"] or 0)))
        except ValueError:
            return Day(match[0].strip(), None)
    return None


def slot_in(text: str) -> tuple[Slot | None, str, str]:
    """The time in `text`, what stands before it and what after; no time gives (None, text, "")."""
    first = _TIME.search(text)
    long = _MINUTES.search(text)
    if first is None and long is None:
        return None, text, ""
    found = [match for match in (first, long) if match is not None]
    start, end = min(match.start() for match in found), max(match.end() for match in found)
    ends_at = None
    if first is not None:
        gap = _UNTIL.match(text, first.end())
        until = _TIME.match(text, gap.end()) if gap else None
        if until is not None:
            ends_at, end = _clock(until), max(end, until.end())
    slot = Slot(
        starts_at=_clock(first) if first else None,
        ends_at=ends_at,
        minutes=int(long["all"]) if long else None,
        presentation=int(long["said"]) if long and long["said"] else None,
        discussion=int(long["talk"]) if long and long["talk"] else None,
    )
    return slot, text[:start].strip(), text[end:].strip()


def _clock(match: re.Match[str]) -> str:
    return f"{int(match['hour']):02d}:{match['minute']}"


def case_type(text: str | None) -> CaseType | None:
    """The type that a word stands for: "Drøfting", "Orienteringssak", "For approval"."""
    said = (text or "").strip(" .:()")
    return next((kind for kind, form in _TYPE.items() if form.fullmatch(said)), None)


def parted_at_type(text: str) -> tuple[str, str | None]:
    """A title and the type that ends its line, if one does: it begins with a capital letter, or
    stands behind a wide gap or a dash.
    """
    match = _ENDS_IN_TYPE.match(text)
    if match is None:
        return text, None
    is_parted = len(match["gap"]) > 1 or match["rest"].endswith(("–", "-", "—"))
    if not (is_parted or match["type"][:1].isupper()):
        return text, None
    return match["rest"].strip(" –-"), match["type"]


def without_continued(title: str) -> tuple[str, bool]:
    """A title without "forts." at its end, and whether it was there."""
    kept = _ENDS_CONTINUED.sub("", title)
    return (kept, True) if kept != title and kept else (title, False)


def fixed_case(title: str) -> Fixed | None:
    """Which of the cases that every meeting has this is, by its title."""
    return next(
        (kind for kind, form in _FIXED if re.match(form, title.strip(), re.IGNORECASE)), None
    )


def is_break(title: str) -> bool:
    """Whether a row of an agenda is a break: "Lunsj", "Pause"."""
    return _BREAK.match(title.strip()) is not None


def role(text: str) -> Role | None:
    """What a column is for, by its heading."""
    said = " ".join(text.split()).strip(" .:")
    return next((name for name, form in _ROLE if form.fullmatch(said)), None)
