"""Figures and data sets lie under their hash; what was changed on the disk is not shown."""

import datetime as dt

from veikart.indicators import shelf
from veikart.plan import figures as plan_figures
from veikart.plan.figures import Figures, Series, Slice


def some_figures(*, indicator="indikator/1.4", numerator=(1, 2)):
    return Figures(
        schema=plan_figures.SCHEMA,
        indicator=indicator,
        version=1,
        kind="count",
        per=None,
        borders=dt.date(2026, 1, 1),
        periods=("2024", "2025"),
        slices=(Slice(level="nation", series=(Series(area="NO", numerator=numerator),)),),
    )


def keep(figures):
    return shelf.keep_figures(plan_figures.encode(figures))


def test_figures_are_found_by_their_hash():
    figures = some_figures()

    assert shelf.figures(keep(figures)) == figures


def test_figures_are_read_once(monkeypatch):
    sha256 = keep(some_figures())
    first = shelf.figures(sha256)

    assert shelf.figures(sha256) is first


def test_figures_that_are_missing_are_none_and_the_problem_says_so():
    assert shelf.figures("0" * 64) is None
    assert "is missing. Compute the indicator again" in (shelf.figures_problem("0" * 64) or "")


def test_figures_that_were_changed_are_not_shown():
    sha256 = keep(some_figures())
    shelf.figures(sha256)
    path = shelf.figures_path(sha256)
    path.chmod(0o644)
    path.write_bytes(plan_figures.encode(some_figures(numerator=(1, 3))))

    assert shelf.figures(sha256) is None
    assert "was changed" in (shelf.figures_problem(sha256) or "")


def test_what_is_not_figures_is_not_shown():
    assert shelf.figures(shelf.keep_figures(b"{}")) is None


def test_the_figures_used_last_stay_in_memory(monkeypatch):
    monkeypatch.setattr(shelf, "BUDGET", 0)
    first, second, third = (keep(some_figures(numerator=(n, n))) for n in (1, 2, 3))
    opened = [shelf.figures(sha256) for sha256 in (first, second, third)]

    assert shelf.figures(third) is opened[2]
    assert shelf.figures(second) is opened[1]
    assert shelf.figures(first) is not opened[0]


def test_a_data_set_lies_under_its_hash():
    sha256 = shelf.keep_data_set(b"PAR1")

    assert shelf.data_set_path(sha256).read_bytes() == b"PAR1"
    assert shelf.data_set_problem(sha256) is None
    assert "take in the file" in (shelf.data_set_problem("0" * 64) or "")
