"""The frame of every page, also of those that read no plan."""

import re
from pathlib import Path

import pytest
from django.template import Context, Template
from django.test import RequestFactory
from django.utils import translation

from tests.pages import readings
from tests.plan.samples import sample
from veikart.design.templatetags.veikart import bokmal, in_language


def rendered(source, **context):
    return Template("{% load veikart %}" + source).render(Context(context))


def test_a_page_without_a_plan_has_head_menu_and_foot():
    request = RequestFactory().get("/nn/konto/logg-inn/?neste=1")
    with translation.override("nn"):
        page = Template('{% extends "design/base.html" %}').render(Context({"request": request}))

    links = dict(re.findall(r'<a href="([^"]*)" hreflang="(\w+)"', page))
    assert links == {"/konto/logg-inn/?neste=1": "nb", "/en/konto/logg-inn/?neste=1": "en"}
    assert 'href="#innhold"' in page
    assert '<main id="innhold"' in page
    assert 'href="/nn/veikart/"' in page


def test_a_page_of_a_plan_marks_its_place_in_the_menu():
    page = Template('{% extends "design/base.html" %}').render(
        Context({"reading": readings.alone(), "path": "delmal/1A"})
    )

    assert '<a href="/mal/" aria-current="true">' in page
    assert '<a href="/veikart/">' in page


@pytest.mark.parametrize(
    ("language", "said"),
    [("nb", "Innføring"), ("en", '<span lang="nb">Innføring</span>')],
)
def test_a_name_without_a_translation_is_marked_with_its_own_language(language, said):
    assert in_language(sample().index.by_uid["fase/innforing"], language) == said


def test_text_is_escaped_when_it_is_marked():
    assert bokmal("<b>", "en") == '<span lang="nb">&lt;b&gt;</span>'
    assert bokmal("<b>", "nb") == "&lt;b&gt;"


def test_no_template_has_inline_style_or_script():
    root = Path(__file__).resolve().parent.parent.parent / "veikart"
    sources = [*root.glob("design/templates/**/*.*"), *root.glob("pages/templates/**/*.*")]
    guilty = [
        str(path.relative_to(root))
        for path in sources
        if re.search(r"\sstyle=|\son\w+=|<style|<script(?![^>]*src=)", path.read_text())
    ]

    assert len(sources) > 30
    assert guilty == []
