"""The try-out as the command tells of it: what was made, who can sign in, and a hearing to answer."""

import datetime as dt
from collections.abc import Callable

from django.utils import timezone

from veikart.consultations import services as consultations
from veikart.consultations.models import Hearing
from veikart.editions import queries
from veikart.intake.datasets.demo import Account, prepare_demo
from veikart.intake.models import ProposalState
from veikart.people.models import User

TRIAL = "horing/99-1"
"""No authority gives its cases such a year: nobody takes the trial for a hearing of theirs."""
OPEN_FOR = dt.timedelta(weeks=14)
_ASKED = {
    "title": "Prøvehøring (ikke en ekte høring): Er veikartet til nytte?",
    "translations": {
        "nn": "Prøvehøyring (ikkje ei ekte høyring): Er vegkartet til nytte?",
        "en": "Trial hearing (not a real one): Is the roadmap of use?",
    },
    "case_number": "99/1",
    "held_by": "Ingen: dette er en prøve",
    "summary": "Her kan du prøve hvordan det er å svare på en høring. Ingen leser det som et svar til noen.",
    "terms": "Dette er en prøve. Skriv ikke noe her som du vil ha svar på.",
    "questions": [
        {
            "no": 1,
            "text": "Er veikartet til nytte for dere?",
            "kind": "choice",
            "choices": ["Ja", "Delvis", "Nei"],
            "help": "Utdyp gjerne.",
            "translations": {
                "nn": "Er vegkartet til nytte for dykk?",
                "en": "Is the roadmap of use to you?",
            },
        },
        {
            "no": 2,
            "text": "Hva mener dere om hvert av de strategiske målene?",
            "kind": "per_goal",
            "goals": ["mal/1", "mal/2", "mal/3", "mal/4", "mal/5"],
            "translations": {
                "nn": "Kva meiner de om kvart av dei strategiske måla?",
                "en": "What do you think of each of the strategic goals?",
            },
        },
        {
            "no": 3,
            "text": "Er det noe annet dere vil si?",
            "kind": "text",
            "translations": {
                "nn": "Er det noko anna de vil seie?",
                "en": "Is there anything else you want to say?",
            },
        },
    ],
}


def make_demo(*, tell: Callable[[str], None]) -> list[Account]:
    """Make what the try-out lacks, and give its accounts new passwords.

    Raises what loading, freezing and approving raise.
    """
    ready = prepare_demo()
    current = queries.current()
    if current:
        roadmap = current.plan.roadmap
        tell(f"{len(roadmap.deliverables)} deliverables in {len(roadmap.groupings)} groupings.")
        tell(f"Edition {current.number} is approved.")
    waiting = sum(proposal.state == ProposalState.OPEN for proposal in ready.proposals)
    if waiting:
        tell(f"{waiting} proposals wait at /arbeid/inntak/.")
    make_trial_hearing()
    tell("A trial hearing can be answered at /svar/99-1/.")
    return list(ready.accounts)


def make_trial_hearing() -> None:
    """Put in a hearing that is open from today, unless it was put in before.

    It is no part of the edition that is approved, nor of the dataset: only the try-out has it.
    """
    if Hearing.objects.filter(pk=TRIAL).exists():
        return
    today = timezone.localdate()
    period = {"opens_on": today, "closes_on": today + OPEN_FOR}
    editor = User.objects.get(is_demo=True, role=User.Role.EDITOR)
    consultations.put("hearing", TRIAL, {**_ASKED, **period}, by=editor)
