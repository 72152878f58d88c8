"""How a hearing was held: the period, who was asked and replied, and what follows from the outcomes."""

import datetime as dt

import pytest
from msgspec.structs import replace

from tests.plan.test_consultations import CONSULTATIONS, HEARING
from veikart.plan.consultations import Invitation
from veikart.plan.procedure import Finding, Turnout, days_of, findings, leading_to_change, turnout

KS = Invitation(name="KS", kind="interest_organisation", organisation="aktor/ks")
AGENCY = Invitation(name="legemiddelverket", kind="agency")
HELD = replace(CONSULTATIONS.hearings[0], invited=(KS, AGENCY))


def told(hearing):
    return [(each.code, each.is_breach) for each in findings(CONSULTATIONS, hearing)]


@pytest.mark.parametrize(
    ("opens_on", "closes_on", "reason", "expected"),
    [
        ("2022-05-31", "2022-10-01", None, []),
        ("2022-05-31", "2022-08-31", None, []),
        ("2022-11-30", "2023-02-28", None, []),  # three months, February being short
        ("2022-05-31", "2022-08-30", "Haster", [("under_three_months", False)]),
        (
            "2022-05-31", "2022-08-30", None,
            [("under_three_months", False), ("shorter_without_reason", True)],
        ),
        ("2022-05-31", "2022-07-12", "Haster", [("under_three_months", False)]),
        ("2022-05-31", "2022-07-11", "Haster", [("under_six_weeks", True)]),
        (
            "2022-05-31", "2022-07-11", None,
            [("under_six_weeks", True), ("shorter_without_reason", True)],
        ),
    ],
)  # fmt: skip
def test_the_period_is_three_months_or_has_a_reason_and_is_never_under_six_weeks(
    opens_on, closes_on, reason, expected
):
    hearing = replace(
        HELD,
        stage="open",
        opens_on=dt.date.fromisoformat(opens_on),
        closes_on=dt.date.fromisoformat(closes_on),
        short_period_reason=reason,
    )

    period = [each for each in told(hearing) if each[0] != "new_hearing_proposed"]

    assert period == expected


def test_the_hearing_of_the_strategy_lasted_123_days():
    assert days_of(HELD) == 123


def test_those_invited_are_held_against_those_who_replied_by_kind():
    assert turnout(CONSULTATIONS, HELD) == (
        Turnout(kind="agency", invited=1, invited_replied=1, replied=1),
        Turnout(kind="interest_organisation", invited=1, invited_replied=0, replied=0),
    )


def test_a_kind_that_was_asked_and_is_silent_is_named_once_the_period_is_over():
    silent = Finding(code="nobody_of_kind_replied", is_breach=False, kind="interest_organisation")

    assert silent in findings(CONSULTATIONS, HELD)
    assert silent not in findings(CONSULTATIONS, replace(HELD, stage="open"))
    assert ("nobody_invited", False) in told(replace(HELD, invited=()))


def test_a_new_hearing_is_proposed_when_points_led_to_a_change_of_the_text():
    proposed = [f for f in findings(CONSULTATIONS, HELD) if f.code == "new_hearing_proposed"]
    (point,) = CONSULTATIONS.points
    noted = replace(point, outcome=replace(point.outcome, value="noted"))

    assert [each.uids for each in proposed] == [(f"{HEARING}/svar/1/punkt/1",)]
    assert leading_to_change(replace(CONSULTATIONS, points=(noted,)), HELD) == ()


def test_workshops_have_no_such_rules():
    workshops = replace(HELD, kind="workshop", closes_on=HELD.opens_on)

    assert findings(CONSULTATIONS, workshops) == ()
