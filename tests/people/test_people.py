import datetime as dt

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError

from veikart.people import queries, rules, services
from veikart.people.models import AuditEntry, User
from veikart.plan import model as plan

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("role", "may"),
    [
        ("reader", (True, False, False, False)),
        ("reporter", (True, True, False, False)),
        ("editor", (True, True, True, False)),
        ("approver", (True, True, True, True)),
    ],
)
def test_each_role_may_what_the_one_before_may_and_more(role, may):
    user = User.objects.create_user(role, role=role)

    assert _may(user) == may


def test_nobody_inactive_or_signed_out_may_anything_and_a_superuser_may_all():
    inactive = User.objects.create_user("gone", role="approver", is_active=False)
    superuser = User.objects.create_superuser("root")

    assert _may(inactive) == _may(AnonymousUser()) == (False,) * 4
    assert _may(superuser) == (True,) * 4


def _may(user: User | AnonymousUser) -> tuple[bool, ...]:
    return (
        rules.can_read_draft(user),
        rules.can_report(user),
        rules.can_edit(user),
        rules.can_approve(user),
    )


def test_demo_accounts_are_one_a_role_with_new_passwords_each_time(client):
    first = services.make_demo_accounts()
    second = services.make_demo_accounts()

    assert [(name, role) for name, _password, role in second] == [
        ("demo-reader", "reader"),
        ("demo-reporter", "reporter"),
        ("demo-editor", "editor"),
        ("demo-approver", "approver"),
    ]
    assert queries.demo_accounts() == sorted(name for name, _password, _role in first)
    for (name, old, _), (_, new, _) in zip(first, second, strict=True):
        assert not client.login(username=name, password=old)
        assert client.login(username=name, password=new)
    staff = User.objects.filter(is_staff=True).order_by("username")
    assert [user.role for user in staff] == ["approver", "editor"]


def test_give_role_refuses_an_unknown_role_and_records_a_known_one():
    user = User.objects.create_user("kari")

    with pytest.raises(ValidationError, match="king"):
        services.give_role(user, role="king", by=None)
    services.give_role(user, role="editor", by=user)

    entry = AuditEntry.objects.get()
    assert (entry.verb, entry.uid, entry.by_name) == ("user.role_given", "bruker/kari", "kari")
    assert (entry.before, entry.after) == ({"role": "reader"}, {"role": "editor"})


def test_organisations_and_user_groups_are_frozen_by_uid():
    services.put_many(
        [
            (
                "organisation",
                "aktor/helsedirektoratet",
                {
                    "name": "Helsedirektoratet",
                    "kind": "agency",
                    "organisation_number": "983544622",
                    "valid_from": "2002-01-01",
                },
            ),
            (
                "organisation",
                "aktor/direktoratet-for-e-helse",
                {
                    "name": "Direktoratet for e-helse",
                    "kind": "agency",
                    "valid_to": dt.date(2024, 1, 1),
                },
            ),
            (
                "user_group",
                "brukergruppe/fastleger",
                {"name": "fastleger", "translations": {"en": "GPs"}},
            ),
        ],
        by=None,
    )
    services.put(
        "organisation",
        "aktor/direktoratet-for-e-helse",
        {"successor": "aktor/helsedirektoratet"},
        by=None,
    )

    organisations, user_groups = queries.freeze()

    assert organisations == (
        plan.Organisation(
            uid="aktor/direktoratet-for-e-helse",
            name="Direktoratet for e-helse",
            kind="agency",
            valid_to=dt.date(2024, 1, 1),
            successor="aktor/helsedirektoratet",
        ),
        plan.Organisation(
            uid="aktor/helsedirektoratet",
            name="Helsedirektoratet",
            kind="agency",
            organisation_number="983544622",
            valid_from=dt.date(2002, 1, 1),
        ),
    )
    assert user_groups == (
        plan.UserGroup(
            uid="brukergruppe/fastleger",
            name="fastleger",
            translations=plan.Translations(en="GPs"),
        ),
    )


@pytest.mark.parametrize(
    ("values", "code", "match"),
    [
        ({"kind": "club"}, "wrong_value", "“kind” of aktor/x does not fit: Value 'club'"),
        ({"organisation_number": "12"}, "organisation_number_has_nine_digits", "nine digits"),
        (
            {"valid_from": "2024-01-01", "valid_to": "2023-01-01"},
            "organisation_ends_after_it_begins",
            "must end after",
        ),
        ({"valid_from": "i fjor"}, "wrong_value", "“valid_from” of aktor/x does not fit"),
        ({"successor": "aktor/y"}, "unknown_reference", "found “aktor/y”"),
        ({"name": "A\x00"}, "wrong_value", "found a NUL or half a character"),
        ({"name": "A\ud800"}, "wrong_value", "found a NUL or half a character"),
        ({"name": "A" * 301}, "wrong_value", "“name” of aktor/x does not fit"),
        ({"name": " "}, "missing_value", "Expected a value for “name” of aktor/x"),
    ],
)
def test_put_refuses_what_does_not_fit_and_says_why(values, code, match):
    with pytest.raises(ValidationError, match=match) as refusal:
        services.put("organisation", "aktor/x", {"name": "X", "kind": "other", **values}, by=None)

    assert getattr(refusal.value, "code", None) == code
    assert queries.freeze() == ((), ())


def test_put_refuses_unknown_kinds_fields_and_addresses():
    with pytest.raises(ValueError, match="Expected one of the kinds organisation, user_group"):
        services.put("club", "aktor/x", {}, by=None)
    with pytest.raises(ValueError, match="found colour for aktor/x"):
        services.put("organisation", "aktor/x", {"colour": "red"}, by=None)
    with pytest.raises(ValidationError, match="such as aktor/helse-nord-rhf") as refusal:
        services.put("organisation", "Helse Nord", {"name": "X", "kind": "other"}, by=None)

    assert refusal.value.code == "wrong_uid"
