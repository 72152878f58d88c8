"""The `veikart` command as somebody types it: results, refusals, and no traceback."""

import csv
import datetime as dt
import io
import json

import openpyxl
import pytest
from django.utils import translation
from msgspec.structs import replace
from typer.testing import CliRunner

from tests.plan import samples
from tests.publishing.plans import THREE, deliverable, period, small_plan
from veikart.config.command import app
from veikart.editions import services as editions
from veikart.intake.datasets.loading import folder_of
from veikart.people.models import User
from veikart.people.services import make_demo_accounts
from veikart.plan import codec
from veikart.plan.model import Milestone, Tombstone

REGISTER = folder_of("ehelse") / "register-2026-08.csv"


@pytest.fixture(autouse=True)
def _speaks_norwegian_again():
    with translation.override("nb"):
        yield


@pytest.fixture
def veikart():
    """Run the command with these words; the result has exit_code, stdout and stderr."""
    return lambda *words: CliRunner().invoke(app, [str(word) for word in words])


@pytest.fixture
def files(tmp_path):
    """Two plans as files: one deliverable is renamed and another is gone in the second."""
    first, second = tmp_path / "first.json", tmp_path / "second.json"
    first.write_bytes(codec.encode(small_plan()))
    renamed = deliverable(102, "Sør", *THREE[1].periods)
    second.write_bytes(codec.encode(small_plan(THREE[0], renamed, number="2026-2")))
    return first, second


@pytest.fixture
def people(db):
    """The accounts of a try-out."""
    make_demo_accounts()
    return {user.role: user for user in User.objects.all()}


@pytest.fixture
def approved(people):
    """An approved edition of an empty working plan."""
    edition = editions.freeze(by=people["editor"], as_of=dt.date(2026, 8, 31), title="Veikart")
    return editions.approve(edition, by=people["approver"], body="Rådet", on=dt.date(2026, 9, 4))


def test_take_in_json_prints_one_object_and_keeps_nothing(veikart, settings):
    said = veikart("take-in", "--json", REGISTER)

    proposal = json.loads(said.stdout)
    assert said.exit_code == 0
    assert list(proposal) == ["reader", "file", "counts", "items", "warnings"]
    assert proposal["file"]["name"] == REGISTER.name
    assert proposal["counts"]["deliverable"] == 263
    assert not settings.HOME.exists()


def test_take_in_of_several_files_gives_one_object_a_line(veikart):
    said = veikart("take-in", "--json", REGISTER, REGISTER)

    assert [json.loads(line)["reader"] for line in said.stdout.splitlines()] == 2 * ["register"]


def test_a_file_that_is_not_there_is_named(veikart, tmp_path):
    said = veikart("take-in", "--json", tmp_path / "none.csv")

    assert (said.exit_code, said.stdout) == (1, "")
    assert (
        said.stderr == f"Expected a file at {tmp_path / 'none.csv'}, found none. Check the name.\n"
    )


def test_a_file_that_cannot_be_read_fails_and_the_others_are_read(veikart, tmp_path):
    (tmp_path / "empty.csv").write_bytes(b"")

    said = veikart("take-in", "--json", tmp_path / "empty.csv", REGISTER)

    assert said.exit_code == 1
    assert said.stderr.startswith(f"{tmp_path / 'empty.csv'}: ")
    assert json.loads(said.stdout)["counts"]["deliverable"] == 263


@pytest.mark.django_db
def test_a_file_that_cannot_be_read_is_kept_all_the_same(veikart, tmp_path, settings):
    (tmp_path / "empty.csv").write_bytes(b"")

    said = veikart("take-in", tmp_path / "empty.csv")

    assert said.exit_code == 1
    assert "The file is kept; the working plan is as it was." in said.stderr
    assert [path.read_bytes() for path in settings.DOCUMENTS_FOLDER.iterdir()] == [b""]


def test_take_in_keeps_the_file_and_proposes(veikart, people):
    said = veikart("take-in", REGISTER, "--by", "demo-editor")

    assert (said.exit_code, said.stderr) == (0, "")
    assert " new, 0 changed, 0 unchanged, 0 gone;" in said.stdout
    assert "/arbeid/inntak/" in said.stdout
    assert said.stdout.count("\n  row ") == 10
    assert "and 23 more, at the desk or with --json." in said.stdout


def test_a_reader_may_not_take_in(veikart, people):
    said = veikart("take-in", REGISTER, "--by", "demo-reader")

    assert (said.exit_code, said.stdout) == (1, "")
    assert said.stderr == (
        "Expected --by with the user name of an active editor; found “demo-reader”, who is none. "
        "Those who may: demo-approver, demo-editor.\n"
    )


@pytest.mark.django_db
def test_an_unknown_user_is_named(veikart):
    said = veikart("freeze", "--by", "nobody")

    assert (said.exit_code, said.stderr) == (
        1,
        "Expected --by with the user name of an active editor; found “nobody”, who is none. "
        "There is none yet: give somebody the role in the administration (/admin/), "
        "or run: python manage.py createsuperuser\n",
    )


@pytest.mark.parametrize(
    ("words", "who", "names"),
    [
        (["freeze"], "editor", "demo-approver, demo-editor"),
        (["approve", "2026-1", "--body", "Rådet"], "approver", "demo-approver"),
    ],
)
def test_those_who_may_are_listed_where_nobody_is_named(veikart, people, words, who, names):
    said = veikart(*words)

    assert (said.exit_code, said.stderr) == (
        1,
        f"Expected --by with the user name of an active {who}; found none. "
        f"Those who may: {names}.\n",
    )


def test_comparing_two_files_needs_no_database(veikart, files):
    said = veikart("compare", *files)

    assert said.exit_code == 0
    assert said.stdout.startswith("From 2026-1 to 2026-2: 1 removed, 1 renamed.\n")


def test_a_plan_compared_with_itself_has_no_change(veikart, files):
    assert veikart("compare", files[0], files[0]).stdout == "From 2026-1 to 2026-1: no change.\n"


def test_comparing_gives_one_json_object(veikart, files):
    said = veikart("compare", *files, "--json")

    assert {change["kind"] for change in json.loads(said.stdout)["changes"]} == {
        "removed",
        "renamed",
    }


def test_a_file_that_holds_no_plan_is_refused(veikart, files, tmp_path):
    (tmp_path / "other.json").write_text('{"schema": "other/1"}')

    said = veikart("compare", files[0], tmp_path / "other.json")

    assert said.exit_code == 1
    assert "Expected a plan as JSON in the schema veikart-plan/1" in said.stderr


@pytest.mark.django_db
def test_an_unknown_edition_names_those_there_are(veikart):
    said = veikart("compare", "2030-1", "draft")

    assert said.exit_code == 1
    assert said.stderr == (
        "Expected the number of an edition, “draft”, or a plan's JSON file; found “2030-1”. "
        "Editions here: none yet.\n"
    )


def test_freezing_and_approving_make_an_edition(veikart, people):
    frozen = veikart("freeze", "--by", "demo-editor", "--as-of", "2026-08-31", "--title", "A")
    approved = veikart(
        "approve", "2026-1", "--by", "demo-approver", "--body", "Rådet", "--on", "2026-09-04"
    )

    assert frozen.stdout.startswith("Edition 2026-1 is frozen, and waits for approval. sha256 ")
    assert approved.stdout == "Edition 2026-1 is approved by Rådet on 2026-09-04.\n"


def test_an_edition_that_nobody_froze_cannot_be_approved(veikart, people):
    said = veikart("approve", "2026-9", "--by", "demo-approver", "--body", "Rådet")

    assert (said.exit_code, said.stderr) == (
        1,
        "Expected an edition called 2026-9, found none. See: veikart check\n",
    )


def test_what_the_service_refuses_is_said_plainly(veikart, approved):
    said = veikart("freeze", "--by", "demo-editor", "--as-of", "2026-08-30")

    assert said.exit_code == 1
    assert "Give that day or a later one." in said.stderr


def test_the_working_plan_can_be_compared_with_an_edition(veikart, approved):
    assert veikart("compare", "2026-1", "utkast").stdout == (
        "From 2026-1 to the working plan: no change.\n"
    )


def test_why_tells_the_chain_both_ways(veikart, files):
    said = veikart("why", "/leveranse/101/", "--edition", files[0])

    assert said.stdout == (
        "Nord (leveranse/101)\n\nIt is there because it is\n"
        "  part of Innføring; hele landet (gruppering/2d-innforing)\n"
        "    part of Pasientens legemiddelliste (delmal/2D)\n"
        "      part of Enklere arbeidshverdag (mal/2)\n"
    )


def test_why_gives_one_json_object(veikart, files):
    said = veikart("why", "delmal/2D", "--edition", files[0], "--json")

    trace = json.loads(said.stdout)
    assert (trace["uid"], [step["uid"] for step in trace["up"]]) == ("delmal/2D", ["mal/2"])


def test_why_refuses_what_the_plan_never_had(veikart, files):
    said = veikart("why", "delmal/9Z", "--edition", files[0])

    assert (said.exit_code, said.stdout) == (1, "")
    assert "found “delmal/9Z”" in said.stderr


@pytest.mark.parametrize("ending", ["json", "csv", "xlsx"])
def test_export_writes_what_the_ending_says(veikart, files, tmp_path, ending):
    out = tmp_path / f"out.{ending}"

    said = veikart("export", out, "--edition", files[0])

    assert said.stdout == f"{out}: 3 deliverables as {ending.upper()}.\n"
    read = {
        "json": lambda content: codec.decode(content) == small_plan(),
        "csv": lambda content: (
            len(list(csv.reader(io.StringIO(content.decode()), delimiter=";"))) == 4
        ),
        "xlsx": lambda content: openpyxl.load_workbook(io.BytesIO(content)).active.max_row == 4,
    }
    assert read[ending](out.read_bytes())


def test_export_asks_for_a_format_it_knows(veikart, files, tmp_path):
    said = veikart("export", tmp_path / "out.pdf", "--edition", files[0])

    assert said.exit_code == 2
    assert not (tmp_path / "out.pdf").exists()


@pytest.mark.parametrize("export", ["csv", "xlsx"])
def test_an_export_can_be_taken_in_again(veikart, tmp_path, export):
    periods = [
        deliverable(5687600001 + number, f"Leveranse {number}", period(text=text))
        for number, text in enumerate(("Innføring", "I bruk", "Konsept - utvikling"))
    ]
    plan, out = tmp_path / "plan.json", tmp_path / f"out.{export}"
    plan.write_bytes(codec.encode(small_plan(*periods)))
    veikart("export", out, "--edition", plan)

    proposal = json.loads(veikart("take-in", "--json", out).stdout)

    found = [item for item in proposal["items"] if item["kind"] == "deliverable"]
    assert [item["values"]["name"] for item in found] == [
        "Leveranse 0",
        "Leveranse 1",
        "Leveranse 2",
    ]
    assert [item["key"] for item in found] == [each.uid for each in periods]


@pytest.mark.django_db
def test_the_whole_roadmap_exported_and_taken_in_again_changes_nothing(veikart, tmp_path):
    veikart("load", "ehelse")

    for name in ("roadmap.csv", "roadmap.xlsx"):
        exported = veikart("export", tmp_path / name, "--edition", "draft")
        taken = veikart("take-in", tmp_path / name)

        assert exported.stdout.endswith(f"263 deliverables as {name[8:].upper()}.\n")
        assert ": 0 new, 0 changed, 600 unchanged, 0 gone; " in taken.stdout
        assert taken.stdout.endswith(" Nothing to decide.\n")


@pytest.mark.django_db
def test_without_an_approved_edition_there_is_nothing_to_publish(veikart, tmp_path):
    said = veikart("publish", tmp_path / "site")

    assert said.exit_code == 1
    assert said.stderr.startswith("Expected an approved edition, found none.")
    assert not (tmp_path / "site").exists()


def test_an_edition_that_waits_is_not_published(veikart, people, tmp_path):
    editions.freeze(by=people["editor"], as_of=dt.date(2026, 8, 31), title="Veikart")

    said = veikart("publish", tmp_path / "site", "--edition", "2026-1")

    assert said.exit_code == 1
    assert "Expected an approved edition called 2026-1" in said.stderr


def test_an_edition_whose_file_was_changed_is_not_published(veikart, approved, tmp_path, settings):
    spoil(settings.EDITIONS_FOLDER / approved.file_name)

    said = veikart("publish", tmp_path / "site")

    assert said.exit_code == 1
    assert "is not what was frozen" in said.stderr


def test_check_finds_nothing_wrong_in_a_demo(veikart, approved, settings):
    settings.DEMO = True

    said = veikart("check")

    assert (said.exit_code, said.stderr) == (0, "")
    assert said.stdout.startswith("Everything is as it should be")


def test_check_refuses_the_accounts_and_the_key_of_a_demo_outside_one(veikart, approved, settings):
    settings.DEMO = False
    settings.SECRET_KEY = settings.INSECURE_SECRET_KEY

    said = veikart("check")

    assert said.exit_code == 1
    assert [line.split(":")[0] for line in said.stderr.splitlines()] == [
        "secret_key",
        "demo_accounts",
    ]


def test_check_tells_of_one_changed_byte(veikart, approved, settings):
    settings.DEMO = True
    spoil(settings.EDITIONS_FOLDER / approved.file_name)

    said = veikart("check")

    assert (said.exit_code, said.stdout) == (1, "")
    assert f"expected sha256 {approved.sha256}, found " in said.stderr


def test_a_dataset_that_is_not_there_names_those_that_are(veikart, db):
    said = veikart("load", "nothing")

    assert said.exit_code == 1
    assert said.stderr.startswith("Expected one of the datasets ehelse")


def spoil(path):
    """Change one byte of a file that is read-only."""
    content = bytearray(path.read_bytes())
    content[100] ^= 1
    path.chmod(0o644)
    path.write_bytes(content)


def test_comparing_tells_what_was_and_what_is_whatever_changed(veikart, tmp_path):
    before = samples.sample()
    dialog = before.index.by_uid["leveranse/103"]
    first = dialog.periods[0]
    changed = replace(
        dialog,
        name="Dialog med fastlege",
        milestones=(
            Milestone(no=1, kind="available", title="Åpent", date=samples.fuzzy("2026-06")),
        ),
        lifecycle="on_hold",
        owners=(samples.owner("norsk-helsenett"),),
        user_groups=("brukergruppe/innbyggere",),
        periods=(replace(first, first_phase="fase/i-bruk", last_phase="fase/i-bruk"),),
    )
    after = samples.with_deliverables(before, changed)
    for name, plan in (("a.json", before), ("b.json", after)):
        (tmp_path / name).write_bytes(codec.encode(plan))

    said = veikart("compare", tmp_path / "a.json", tmp_path / "b.json")

    assert said.stdout.partition("\nChanges\n")[2].replace(
        f"{changed.name} ({dialog.uid}), ", ""
    ) == (
        "  renamed: Digital dialog med fastlege → Dialog med fastlege\n"
        "  phase: Tilpasning og utvidet utprøving → Ny praksis i bruk\n"
        "  owner: KS and Helse Nord RHF → Norsk helsenett\n"
        "  user group: Fastleger → Innbyggere\n"
        "  milestone: nothing → Åpent\n"
        "  other: lifecycle, nothing → on_hold\n"
    )


def test_comparing_tells_what_became_of_what_was_split(veikart, tmp_path):
    before = samples.sample()
    parts = [samples.deliverable(n, f"Del {n}", "1b-hjemme", "1B") for n in (201, 202)]
    after = samples.with_deliverables(samples.without(before, "leveranse/105"), *parts)
    stone = Tombstone(
        uid="leveranse/105",
        kind="deliverable",
        name="Hjemmesykehus",
        reason="Delt i to",
        successors=("leveranse/201", "leveranse/202"),
    )
    for name, plan in (("a.json", before), ("b.json", replace(after, tombstones=(stone,)))):
        (tmp_path / name).write_bytes(codec.encode(plan))

    said = veikart("compare", tmp_path / "a.json", tmp_path / "b.json")

    assert said.stdout.partition("\nChanges\n")[2] == (
        "  split: Hjemmesykehus (leveranse/105), leveranse/105 → leveranse/201, leveranse/202, "
        "because Delt i to\n"
    )
