"""A file of figures becomes a data set: whole, once, and not at all where something is wrong."""

import datetime as dt

import pyarrow.parquet as pq
import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from tests.indicators.factories import UID, put_count, put_indicator
from veikart.documents.models import Document
from veikart.engines.proposal import Unreadable
from veikart.indicators import previewing, queries, services, shelf, taking_in
from veikart.indicators.models import DataSet
from veikart.people import audit
from veikart.people.models import AuditEntry, User

pytestmark = pytest.mark.django_db

E1 = "indikator/e1"
AS_OF = dt.date(2024, 1, 31)


def table(text):
    """CSV from a table written as text."""
    lines = [line.strip() for line in text.strip().splitlines()]
    rows = (";".join(cell.strip() for cell in line.split("|")) for line in lines)
    return "\n".join(rows).encode() + b"\n"


COUNTS = table("""
    år   | kommunenr | antall
    2022 | 0301      | 699827
    2023 | 0301      | 709037
    2023 | 4601      | 289330
""")


def take_in(content=COUNTS, uid=E1, *, name="tall.csv", by=None, **more):
    given = {"as_of": AS_OF, "source": "SSB", **more}
    return taking_in.take_in_data_set(uid, name, content, by=by, **given).data_set


def nothing_stored():
    folder = shelf.data_set_path("0" * 64).parent
    return not DataSet.objects.exists() and not list(folder.glob("*"))


def test_a_file_becomes_a_data_set_under_its_hash():
    put_count()

    found = take_in(address="https://www.ssb.no", note="Foreløpig.")

    assert (found.rows, found.first_period, found.last_period) == (3, "2022", "2023")
    assert found.uid == f"datasett/{found.sha256[:16]}"
    stored = pq.read_table(shelf.data_set_path(found.sha256))
    assert stored.column_names == [
        "period",
        "area",
        "numerator",
        "denominator",
        "status",
        "note",
    ]
    assert stored["numerator"].to_pylist() == [699827, 709037, 289330]
    assert shelf.data_set_problem(found.sha256) is None


def test_the_row_says_where_it_is_from_and_how_it_was_read():
    put_count()
    take_in(query='{"query": []}')

    (frozen,) = queries.freeze().data_sets
    row = DataSet.objects.get()
    assert (frozen.source, frozen.as_of, frozen.query) == ("SSB", AS_OF, '{"query": []}')
    assert frozen.document == Document.objects.get().sha256
    assert row.mapping["area"] == "kommunenr"
    assert AuditEntry.objects.filter(verb="indicator.data_set_taken_in", uid=E1).count() == 1
    assert audit.verify() == []


def test_the_same_file_twice_changes_nothing():
    put_count()
    first = take_in()
    stamp = audit.stamp()

    assert take_in() == first
    assert take_in(name="samme.csv").pk == first.pk
    assert DataSet.objects.count() == 1
    assert AuditEntry.objects.filter(verb="indicator.data_set_taken_in").count() == 1
    assert audit.stamp() == stamp


def test_a_file_in_another_form_with_the_same_figures_is_the_same_data_set():
    put_count()
    first = take_in()

    assert take_in(COUNTS.replace(b";", b"\t")).pk == first.pk


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (table("år | kommunenr | antall\n2025 | 1507 | 5"), "1507"),
        (table("år | kommunenr | antall\n2023 | 0301 | -5"), "0 or more"),
        (table("år | kommunenr | antall\n2.023 | 0301 | 5"), "thousands separator"),
        (table("år | kommunenr | antall\n2023 | Herøy | 5"), "Herøy"),
        (table("år | kommunenr | antall\n2023 | 0301 | 5\n2023 | 0301 | 6"), "0301"),
        (table("år | kommunenr | antall"), "rows"),
    ],
)
def test_a_file_with_faults_is_kept_and_nothing_is_stored(content, said):
    put_count()

    with pytest.raises(taking_in.Refused) as refusal:
        take_in(content)

    assert said in " ".join(refusal.value.messages)
    assert nothing_stored()
    assert Document.objects.count() == 1


def test_a_file_that_is_no_table_is_kept_and_refused():
    put_count()

    with pytest.raises(Unreadable):
        take_in(b"PAR1 but nothing more", name="tall.parquet")

    assert nothing_stored()
    assert Document.objects.count() == 1


def test_all_faults_are_counted_and_the_first_are_told():
    put_count()
    rows = "\n".join(f"2023 | 0301 | {word}" for word in ["a"] * 250)

    found = previewing.preview(E1, "tall.csv", table("år | kommunenr | antall\n" + rows))

    assert found.refused
    assert found.refusals >= 250
    told = list(found.lines(most=5))
    assert len(told) == 6
    assert told[-1].startswith("… and ")


def test_a_preview_keeps_nothing():
    put_count()

    found = previewing.preview(E1, "tall.csv", COUNTS)

    assert (found.rows, found.refused) == (3, False)
    assert found.before.headings == ("år", "kommunenr", "antall")
    assert found.after.rows[0][:3] == ("2022", "0301", "699827")
    assert nothing_stored()
    assert not Document.objects.exists()


def test_a_newer_data_set_stands_beside_the_older():
    put_count()
    take_in()
    later = take_in(COUNTS.replace(b"289330", b"289331"), as_of=dt.date(2024, 2, 28))

    assert [each.uid for each in queries.standing(E1).current][-1] == later.uid
    assert DataSet.objects.count() == 2


def test_two_data_sets_of_one_day_may_not_speak_of_the_same():
    put_count()
    take_in()

    with pytest.raises(ValidationError, match="Expected a data set of another day"):
        take_in(COUNTS.replace(b"289330", b"289331"))

    others = table("år | kommunenr | antall\n2023 | 5001 | 5")
    assert take_in(others).rows == 1


def test_what_one_municipality_does_not_know_is_unknown():
    put_indicator(breakdowns=[], categories=[])
    answers = table("""
        år   | kommunenr | tilbyr
        2024 | 0301      | ja
        2024 | 4601      | nei
        2024 | 5001      | vet ikke
    """)

    found = take_in(answers, UID)

    stored = pq.read_table(shelf.data_set_path(found.sha256)).to_pylist()
    oslo, bergen, trondheim = stored[0], stored[1], stored[2]
    assert oslo["numerator"] == oslo["denominator"] > 700_000
    assert bergen["numerator"] == 0 < bergen["denominator"]
    assert trondheim["numerator"] is None
    assert trondheim["denominator"] > 200_000


def test_a_breakdown_that_the_file_lacks_says_everyone():
    put_indicator()

    found = take_in(table("år | kommunenr | tilbyr\n2024 | 0301 | ja"), UID)

    assert pq.read_table(shelf.data_set_path(found.sha256))["sex"].to_pylist() == [None]


def test_a_new_version_takes_the_same_file_as_a_data_set_of_its_own():
    put_count()
    first = take_in()
    services.redefine(E1, {"unit": "hoder"}, change="Hoder.", since=AS_OF, by=None)

    second = take_in()

    assert (second.version, second.sha256) == (2, first.sha256)
    assert second.uid == f"{first.uid}-2"
    assert [each.uid for each in queries.standing(E1).current] == [second.uid]


def test_an_indicator_without_a_kind_takes_no_figures():
    services.put("indicator", "indikator/1.1", {"code": "1.1"}, by=None)

    with pytest.raises(ValidationError, match="Complete its definition first"):
        take_in(uid="indikator/1.1")
    with pytest.raises(ValidationError, match="Expected a known indicator"):
        take_in(uid="indikator/9.9")
    assert not Document.objects.exists()


def test_only_editors_take_in_figures():
    put_count()
    reader = User.objects.create_user("reader", role=User.Role.READER)

    with pytest.raises(PermissionDenied):
        take_in(by=reader)


def test_a_row_that_cannot_be_stored_leaves_no_row(monkeypatch):
    put_count()
    monkeypatch.setattr(taking_in.audit, "record", _full)

    with pytest.raises(OSError, match="No space"):
        take_in()

    assert not DataSet.objects.exists()


def _full(*args, **options):
    raise OSError("No space left on device")


def test_a_mapping_is_edited_by_field_name():
    put_count()
    content = table("x | y | z\n2023 | 0301 | 7")
    mapping = taking_in.mapping_of(E1, {"period": "x", "area": "y", "value": "z", "times": 1000})

    take_in(content, mapping=mapping)

    stored = pq.read_table(shelf.data_set_path(DataSet.objects.get().sha256))
    assert stored["numerator"].to_pylist() == [7000]
