"""`veikart check` refuses what is unsafe, and says what to do about it."""

from types import SimpleNamespace

import pytest

from veikart.config.checks import account_problems, kept_problems, settings_problems
from veikart.people.models import User

SAFE = {
    "DEMO": False,
    "DEBUG": False,
    "SECRET_KEY": "k" * 50,
    "INSECURE_SECRET_KEY": "known to all",
    "ALLOWED_HOSTS": ["veikart.example.no"],
    "ADDRESS": "https://veikart.example.no",
}


def codes(**changed):
    return [problem.code for problem in settings_problems(SimpleNamespace(**SAFE | changed))]


def test_safe_settings_give_no_problem():
    assert codes() == []


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({"DEBUG": True}, ["debug"]),
        ({"SECRET_KEY": "known to all"}, ["secret_key"]),
        ({"SECRET_KEY": "k" * 39}, ["secret_key_short"]),
        ({"ALLOWED_HOSTS": [""]}, ["no_hosts"]),
        ({"ALLOWED_HOSTS": ["*"]}, ["any_host"]),
        ({"ALLOWED_HOSTS": ["a.no", " b.no"]}, ["bad_host"]),
        ({"ALLOWED_HOSTS": ["https://a.no"]}, ["bad_host"]),
        ({"ALLOWED_HOSTS": [".a.no", "[::1]", "127.0.0.1"]}, []),
        ({"ADDRESS": "veikart.example.no"}, ["bad_address"]),
        ({"ADDRESS": "https://veikart.example.no/"}, ["bad_address"]),
        ({"ADDRESS": "http://veikart.example.no"}, ["address_without_tls"]),
        ({"ADDRESS": "http://127.0.0.1:8000"}, []),
        ({"DEMO": True, "SECRET_KEY": "known to all", "DEBUG": True}, []),
        ({"DEMO": True, "ALLOWED_HOSTS": ["*"]}, ["any_host"]),
    ],
)
def test_each_unsafe_setting_is_named_once(changed, expected):
    assert codes(**changed) == expected


def test_a_problem_says_what_was_expected_found_and_what_to_do():
    problem = next(settings_problems(SimpleNamespace(**SAFE | {"ADDRESS": "veikart.no"})))

    assert problem.message == (
        "Expected VEIKART_ADDRESS such as https://veikart.example.no, found “veikart.no”. "
        "Give the scheme and the host, without a slash at the end."
    )


@pytest.mark.django_db
def test_accounts_of_a_demo_are_refused_outside_one():
    User.objects.create_user("leser", is_demo=True)
    User.objects.create_user("gammel", is_demo=True, is_active=False)
    User.objects.create_user("kari")

    assert list(account_problems(demo=True)) == []
    [problem] = account_problems(demo=False)
    assert (problem.code, "found leser." in problem.message) == ("demo_accounts", True)


@pytest.mark.django_db
def test_an_empty_service_keeps_nothing_wrong():
    assert list(kept_problems()) == []
