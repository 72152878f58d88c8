"""Tags and filters for every template: addresses, assets, dates and numbers in words, names."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django import template
from django.conf import settings
from django.template.context import Context
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from veikart.design import amounts, assets, words
from veikart.engines.dates import FuzzyDate

register = template.Library()

register.simple_tag(assets.address, name="asset")


def language() -> str:
    """The active language, nb when none is."""
    return get_language() or settings.LANGUAGE_CODE


def language_root(code: str) -> str:
    """Where a language's pages begin: / for bokmål, /nn/ and /en/ for the others."""
    return "/" if code == settings.LANGUAGE_CODE else f"/{code}/"


@register.simple_tag(takes_context=True)
def address(context: Context, path: str) -> str:
    """The address of a page or of a uid, in the language and the edition being read."""
    reading = context.get("reading")
    if reading is not None:
        return str(reading.address(path))
    return f"{language_root(language())}{path}/" if path else language_root(language())


@register.simple_tag(takes_context=True)
def language_links(context: Context) -> list[Mapping[str, Any]]:
    """The page being read in each language: code, name, address, and which one is current."""
    here = _here(context)
    return [
        {
            "code": code,
            "name": {"nb": "Bokmål", "nn": "Nynorsk", "en": "English"}.get(code, str(name)),
            "address": language_root(code) + here,
            "current": code == language(),
        }
        for code, name in settings.LANGUAGES
    ]


@register.simple_tag(takes_context=True)
def menu(context: Context) -> list[Mapping[str, Any]]:
    """The main menu; the page being read is marked, and so is the part it belongs to."""
    path = context.get("path")
    items = (
        ("veikart", _("The roadmap"), ("veikart", "gruppering", "leveranse")),
        ("mal", _("Goals"), ("mal", "delmal")),
        ("indikator", _("Indicators"), ("indikator",)),
        ("aktor", _("Actors"), ("aktor", "helseregion")),
        ("brukergruppe", _("User groups"), ("brukergruppe",)),
        ("kommune", _("Places"), ("kommune", "fylke", "sykehusomrade")),
        ("horing", _("Hearings"), ("horing", "arbeidsmote")),
        (
            "organ",
            _("Councils"),
            ("organ", "mote", "sak", "vedtak", "oppfolging", "arbeidsplan", "evaluering"),
        ),
        ("utgaver", _("Editions"), ("utgaver", "endringer")),
        ("om/metode", _("About"), ("om",)),
    )
    return [
        {
            "name": name,
            "address": address(context, item),
            "current": _current(path, item, parts),
        }
        for item, name, parts in items
        if item != "organ" or _has_councils(context) or _current(path, item, parts)
    ]


def _has_councils(context: Context) -> bool:
    """Whether the menu leads to the councils: always, unless the plan that is read has nothing of them."""
    reading = context.get("reading")
    if reading is None:
        return True
    council, evaluation = reading.plan.council, reading.plan.evaluation
    return bool(council.bodies or council.work_plans or evaluation.evaluations)


@register.simple_tag(takes_context=True)
def sign_in_address(context: Context) -> str:
    """Where to sign in; who comes from the desk's own pages returns to them."""
    return f"{language_root(language())}konto/logg-inn/"


def _current(path: str | None, item: str, parts: tuple[str, ...]) -> str:
    if path is None:
        return ""
    if path == item:
        return "page"
    return "true" if path.partition("/")[0] in parts else ""


def _here(context: Context) -> str:
    """The address being read without its language, and without the first slash."""
    reading, path = context.get("reading"), context.get("path")
    if reading is not None and path is not None:
        query = context.get("query_string") or ""
        return f"{reading.prefix}{path}{'/' if path else ''}{query}"
    request = context.get("request")
    here = request.get_full_path()[1:] if request else ""
    for code, _name in settings.LANGUAGES:
        if here.startswith(f"{code}/"):
            return str(here[len(code) + 1 :])
    return str(here)


@register.filter
def day(date: dt.date | dt.datetime | None) -> str:
    """A day in words."""
    if date is None:
        return ""
    return words.day(date)


@register.filter
def number(value: int) -> str:
    """A whole number with thin spaces."""
    return words.number(value)


@register.filter
def period(code: str) -> str:
    """A period of a data set in words."""
    return amounts.period(code)


@register.filter
def at(date: FuzzyDate) -> SafeString:
    """A fuzzy date as a time element in words."""
    return _time(date, words.at(date))


@register.filter
def starts(date: FuzzyDate | None) -> SafeString | str:
    """From when, as a time element in words."""
    return _time(date, words.start(date)) if date else words.start(None)


@register.filter
def ends(date: FuzzyDate | None) -> SafeString | str:
    """Until when, as a time element in words."""
    return _time(date, words.end(date)) if date else words.end(None)


def _time(date: FuzzyDate, said: str) -> SafeString:
    return format_html('<time datetime="{}">{}</time>', words.machine(date), said)


@register.filter
def named(thing: Any) -> SafeString:
    """What a person calls a thing, in the active language; marked as bokmål where it is that."""
    return in_language(thing, language())


@register.filter
def plainly(thing: Any) -> str:
    """What a person calls a thing, without any marking: for titles and descriptions."""
    return own_text(thing, language()) or text_of(thing)


def in_language(thing: Any, code: str) -> SafeString:
    """The name of `thing` in the language `code`, marked as bokmål where we have no other."""
    own = own_text(thing, code)
    if own is not None:
        return escape(own)
    return bokmal(text_of(thing), code)


def own_text(thing: Any, code: str) -> str | None:
    """Our own rendering of the name of `thing`; in bokmål the name itself."""
    if code == settings.LANGUAGE_CODE:
        return text_of(thing)
    found: str | None = getattr(getattr(thing, "translations", None), code, None)
    return found


def text_of(thing: Any) -> str:
    """The title, the name or the text of a thing of the plan."""
    for field in ("title", "name", "text", "sentence", "on_text"):
        found = getattr(thing, field, None)
        if found:
            return str(found)
    return str(getattr(thing, "uid", thing))


@register.filter(name="bokmal")
def bokmal_filter(text: str | None) -> SafeString:
    """A text of the plan, marked as bokmål on pages in another language."""
    return bokmal(text or "", language())


def bokmal(text: str, code: str) -> SafeString:
    """`text` marked as bokmål, if the page is in another language."""
    if code == settings.LANGUAGE_CODE:
        return escape(text)
    return format_html('<span lang="nb">{}</span>', text)


@register.simple_tag
def included(parts: list[str]) -> SafeString:
    """Fragments that were rendered before, joined as they are."""
    return mark_safe("".join(parts))  # noqa: S308 (each part came out of a template)
