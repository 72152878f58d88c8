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

    assert "Set the version to 2" in text(done)
    assert queries.definition(UID).population == "alle"
    assert not AuditEntry.objects.filter(verb="indicator.changed").exists()


def test_the_wording_is_mended_where_that_is_said(desk):
    desk.post(address(), sent(desk, population="alle sammen", only_wording="on"), follow=True)

    assert queries.definition(UID).population == "alle sammen"


def test_a_new_version_is_given_with_its_sentence(desk):
    version = {
        "version": "2",
        "population": "voksne",
        "versions-TOTAL_FORMS": "1",
        "versions-0-no": "2",
        "versions-0-since": "2026-01-01",
        "versions-0-change": "Bare voksne.",
    }

    desk.post(address(), sent(desk, **version), follow=True)

    found = queries.definition(UID)
    assert (found.version, found.versions[0].change) == (2, "Bare voksne.")


def test_data_sets_and_results_are_to_read(desk):
    for name in ("dataset", "computed"):
        assert desk.get(reverse(f"admin:indicators_{name}_changelist")).status_code == 200
        assert desk.get(reverse(f"admin:indicators_{name}_add")).status_code == 403
