import pytest
from django.utils import translation

from tests.intake.councils import BODY, put
from veikart.editions import building, opened
from veikart.people.models import User
from veikart.roadmap import services as roadmap
from veikart.strategy import services as strategy

HEADING = (
    "Leveransenavn i veikartet;Beskrivelse av leveranse gant;Veikartfase;Startdato;"
    "Strategisk delmål;Strategi gruppering;Sluttdato;Planleggingsstatus;Leveranse-ID;Versjon"
)
PHASES = ["Konsept", "Utvikling og begrenset utprøving", "Tilpasning og utvidet utprøving",
          "Innføring", "Ny praksis i bruk"]  # fmt: skip
SLUGS = ["konsept", "utvikling", "tilpasning", "innforing", "i-bruk"]


def register(*rows):
    """A register export: each row is name, phase, start, grouping, id; the rest is the same."""
    lines = [HEADING]
    for name, phase, start, grouping, number in rows:
        lines.append(f"{name};;{phase};{start};1A - Innsyn;{grouping};;Planlagt;{number};2026-08")
    return "\r\n".join(lines).encode("utf-8-sig")


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


@pytest.fixture(autouse=True)
def _nothing_in_memory():
    building.forget()
    opened.forget()


@pytest.fixture
def plan_with_goals(db):
    """The five phases and the five goals: what a register refers to and does not hold."""
    for number, (name, uid) in enumerate(zip(PHASES, SLUGS, strict=True), start=1):
        values = {"number": number, "name": name, "short_name": name, "pattern": f"p{number}"}
        roadmap.put("phase", f"fase/{uid}", values, by=None)
    for number in range(1, 6):
        values = {"number": number, "title": f"Mål {number}", "kind": "direct"}
        strategy.put("strategic_goal", f"mal/{number}", values, by=None)


@pytest.fixture
def editor(db):
    return User.objects.create_user("editor", password="e", role=User.Role.EDITOR)


@pytest.fixture
def reader(db):
    return User.objects.create_user("reader", password="r", role=User.Role.READER)


@pytest.fixture
def council(db):
    """The council, by its name of today."""
    put(("body", BODY, {"name": "Nasjonalt e-helseråd", "earlier_names": [
        {"no": 1, "name": "Nasjonalt e-helsestyre"}]}))  # fmt: skip
