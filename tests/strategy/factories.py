"""The objects of a small strategy, one of each kind, as values to put and as structs to compare."""

from typing import Any

from veikart.plan import model as plan

ITEMS: list[tuple[str, str, dict[str, Any]]] = [
    (
        "vision",
        "visjon",
        {
            "text": "Bedre helse",
            "phrases": [
                {"no": 2, "phrase": "helse"},
                {"no": 1, "phrase": "Bedre", "explanation": "Mer enn før."},
            ],
            "translations": {"nn": "Betre helse", "en": "Better health"},
        },
    ),
    ("overarching_goal", "overordnet-mal/1", {"number": 1, "title": "Helse", "text": ""}),
    (
        "strategic_goal",
        "mal/1",
        {
            "number": 1,
            "title": "Medvirkning",
            "kind": "direct",
            "summary": "I et avsnitt.",
            "background": ["Først.", "Så."],
            "attainment": "Nådd når …",
            "conditions": ["At noe er på plass."],
            "footnotes": ["1 Se NOU."],
        },
    ),
    ("strategic_goal", "mal/4", {"number": 4, "title": "Samhandling", "kind": "enabling"}),
    ("statement", "mal/1/oppna/1", {"goal": "mal/1", "number": 1, "text": "Alle får svar."}),
    (
        "delmal",
        "delmal/1A",
        {
            "code": "1A",
            "title": "Innsyn",
            "goal": "mal/1",
            "benefits": [{"no": 1, "text": "Ro.", "basis": "bullet"}],
            "replaces": ["delmal/1C", "delmal/1B"],
            "title_variants": ["Innsyn for innbyggere"],
        },
    ),
    (
        "prerequisite",
        "mal/1/forutsetter/4",
        {"goal": "mal/1", "on": "mal/4", "sentence": "Mål 1 hviler på mål 4.", "also_stated": []},
    ),
    ("target_group", "malgruppe/fastleger", {"name": "Fastleger", "ring": "carries_out"}),
    (
        "sdg",
        "fn-mal/3",
        {"number": 3, "title": "God helse", "goals": ["mal/4", "mal/1"], "most_direct": ["mal/1"]},
    ),
    (
        "related_strategy",
        "strategi/nou-2023-4",
        {"title": "NOU 2023: 4", "year": 2023, "footnote": 1, "publisher": "  "},
    ),
]

STRATEGY = plan.Strategy(
    title="Nasjonal e-helsestrategi",
    version="2023-2030",
    publisher="Helsedirektoratet",
    from_year=2023,
    to_year=2030,
    vision=plan.Vision(
        uid="visjon",
        text="Bedre helse",
        phrases=(
            plan.VisionPhrase(no=1, phrase="Bedre", explanation="Mer enn før."),
            plan.VisionPhrase(no=2, phrase="helse", explanation=None),
        ),
        translations=plan.Translations(nn="Betre helse", en="Better health"),
    ),
    overarching_goals=(
        plan.OverarchingGoal(uid="overordnet-mal/1", number=1, title="Helse", text=None),
    ),
    goals=(
        plan.StrategicGoal(
            uid="mal/1",
            number=1,
            title="Medvirkning",
            kind="direct",
            summary="I et avsnitt.",
            background=("Først.", "Så."),
            attainment="Nådd når …",
            conditions=("At noe er på plass.",),
            footnotes=("1 Se NOU.",),
        ),
        plan.StrategicGoal(
            uid="mal/4",
            number=4,
            title="Samhandling",
            kind="enabling",
            summary=None,
            background=(),
            attainment=None,
            conditions=(),
        ),
    ),
    statements=(
        plan.Statement(uid="mal/1/oppna/1", goal="mal/1", number=1, text="Alle får svar."),
    ),
    delmal=(
        plan.Delmal(
            uid="delmal/1A",
            code="1A",
            title="Innsyn",
            goal="mal/1",
            benefits=(plan.Benefit(no=1, text="Ro.", basis="bullet"),),
            replaces=("delmal/1B", "delmal/1C"),
            title_variants=("Innsyn for innbyggere",),
        ),
    ),
    prerequisites=(
        plan.Prerequisite(
            uid="mal/1/forutsetter/4", goal="mal/1", on="mal/4", sentence="Mål 1 hviler på mål 4."
        ),
    ),
    target_groups=(
        plan.TargetGroup(uid="malgruppe/fastleger", name="Fastleger", ring="carries_out"),
    ),
    sdgs=(
        plan.Sdg(
            uid="fn-mal/3",
            number=3,
            title="God helse",
            goals=("mal/1", "mal/4"),
            most_direct=("mal/1",),
        ),
    ),
    related_strategies=(
        plan.RelatedStrategy(
            uid="strategi/nou-2023-4",
            title="NOU 2023: 4",
            publisher=None,
            year=2023,
            period=None,
            footnote=1,
            note=None,
        ),
    ),
)
