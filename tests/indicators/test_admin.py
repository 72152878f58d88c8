"""The admin's table of indicators: recorded, and nothing else measured in silence."""

import html

import pytest
from django.urls import reverse

from tests.indicators.factories import UID, put_indicator
from veikart.indicators import queries
from veikart.people import audit
from veikart.people.models import AuditEntry, User

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.desk_urls")]


@pytest.fixture
def desk(client, settings):
    settings.LANGUAGE_CODE = "en"
    user = User.objects.create_user(
        "editor", password="e", role=User.Role.EDITOR, is_staff=True, is_superuser=True
    )
    client.force_login(user)
    put_indicator()
    return client


def address():
    return reverse("admin:indicators_indicator_change", args=[UID])


def sent(client, **changes):
    """What a browser would send of the form, with `changes`."""
    page = client.get(address())
    forms = [page.context["adminform"].form]
    for formset in page.context["inline_admin_formsets"]:
        forms += [formset.formset.management_form, *formset.formset.initial_forms]
    values = {}
    for form in forms:
        for field in form:
            value = field.value()
            values[field.html_name] = "" if value is None or value is False else value
    return {**values, **changes}


def text(response):
    return html.unescape(response.content.decode())


def test_a_save_is_recorded_and_tells_cautions(desk):
    done = desk.post(address(), sent(desk, owner="Hdir", direction=""), follow=True)

    assert queries.definition(UID).owner == "Hdir"
    assert "whether more or less is better" in text(done)
    entry = AuditEntry.objects.get(verb="indicator.changed")
    assert entry.after["owner"] == "Hdir"
    assert audit.verify() == []


def test_something_else_is_not_measured_in_silence(desk):
    done = desk.post(address(), sent(desk, population="voksne"), follow=True)

    assert "Give it a new version" in text(done)
    assert queries.definition(UID).population == "alle"
    assert not AuditEntry.objects.filter(verb="indicator.changed").exists()


def test_the_wording_is_mended_where_that_is_said(desk):
    desk.post(address(), sent(desk, population="alle sammen", only_wording="on"), follow=True)

    assert queries.definition(UID).population == "alle sammen"


def test_a_new_version_is_given_with_its_sentence(desk):
    version = {"new_since": "2026-01-01", "new_change": "Bare voksne.", "population": "voksne"}

    desk.post(address(), sent(desk, **version), follow=True)

    found = queries.definition(UID)
    assert (found.version, found.versions[0].change) == (2, "Bare voksne.")
    assert AuditEntry.objects.get(verb="indicator.redefined").after["version"] == 2
    assert audit.verify() == []


def test_a_new_version_of_the_same_is_not_given(desk):
    version = {"new_since": "2026-01-01", "new_change": "Ny eier.", "owner": "Hdir"}

    done = desk.post(address(), sent(desk, **version), follow=True)

    assert "Change the definition in place." in text(done)
    assert (queries.definition(UID).version, queries.definition(UID).owner) == (1, None)


@pytest.mark.parametrize(
    ("version", "said"),
    [
        ({"new_change": "Bare voksne."}, "needs its day and what changed"),
        ({"new_since": "2026-01-01"}, "needs its day and what changed"),
        (
            {"new_since": "2026-01-01", "new_change": "X.", "only_wording": "on"},
            "either a new version or other words",
        ),
    ],
)
def test_half_a_new_version_is_told_at_the_field(desk, version, said):
    done = desk.post(address(), sent(desk, population="voksne", **version))

    assert said in text(done)
    assert queries.definition(UID).version == 1


@pytest.mark.parametrize(
    ("language", "written", "kept"),
    [("nb", "0,8", 0.8), ("nn", "0,8", 0.8), ("nb", "0.8", 0.8), ("en", "0.8", 0.8)],
)
def test_numbers_are_written_as_people_write_them(desk, settings, language, written, kept):
    settings.LANGUAGE_CODE = language
    fields = {"targets-0-value": written, "baseline_value": written.replace("8", "25")}

    desk.post(address(), sent(desk, **fields), follow=True)

    found = queries.definition(UID)
    assert (found.targets[0].value, found.baseline_value) == (kept, 0.25)


def test_a_decimal_comma_is_refused_where_it_may_part_thousands(desk):
    done = desk.post(address(), sent(desk, **{"targets-0-value": "0,8"}))

    assert "Enter a number." in text(done)
    assert queries.definition(UID).targets[0].value == 0.9


def test_data_sets_and_results_are_to_read(desk):
    for name in ("dataset", "computed"):
        assert desk.get(reverse(f"admin:indicators_{name}_changelist")).status_code == 200
        assert desk.get(reverse(f"admin:indicators_{name}_add")).status_code == 403
