"""A case's journey: NUFA treats it, it goes on to NUIT and the council, which approves an edition, and what was asked for
falls due and stands on the next draft agenda. A paper is withheld all the way, and nobody outside finds it.
"""

import datetime as dt
import re

import pytest
from reportlab.pdfgen.canvas import Canvas

from tests.browser.desk import TODAY, approve, freeze
from tests.browser.walking import published_files, wait_for, walk, words_in

SECRET, NAMED = "Kastanjeprisen", "Pristilbud fra leverandøren"
OPEN_PAPER = "Notat om veikartet"
BASIS = "offentleglova § 23"
TITLE = "Nytt veikart for e-helse"
ASKED = "Legg fram en plan for innføringen i kommunene"
CHANGED = "Rådet godkjenner veikartet og ber om en plan for innføringen."
COUNCIL, NUIT, NUFA = "nasjonalt-e-helserad", "nuit", "nufa"
YEAR = TODAY.year
YESTERDAY = TODAY - dt.timedelta(days=1)


@pytest.fixture
def stranger(browser, demo):
    """Somebody who is not signed in."""
    context = browser.new_context(base_url=demo.address, accept_downloads=True)
    yield context.new_page()
    context.close()


def test_from_the_first_body_to_an_approved_edition_and_back_on_the_agenda(
    page, stranger, signed_in, demo, tmp_path
):
    signed_in(page, "editor")
    _take_a_seat(page, NUFA)
    _take_a_seat(page, NUIT, account="")
    _take_a_seat(page, COUNCIL)
    case = _make_the_case(page, NUFA)
    _put_in_papers(page, case, tmp_path)

    first = _hold(page, NUFA, case)
    _decide(page, first, case, effect=("recommends", "delmal/2D"))
    second = _send_on(page, case, to=NUIT)
    _decide(page, _hold(page, NUIT, second), second)
    last = _send_on(page, second, to=COUNCIL)
    meeting = _hold(page, COUNCIL, last)

    number = freeze(page)
    _decide(page, meeting, last, text=CHANGED, edition=number)
    _ask(page, meeting, last)
    _approve_by_decision(signed_in(page, "approver"), last)
    _is_approved_by(stranger, number, last)

    signed_in(page, "editor")
    _is_on_the_next_agenda(page)
    _shows_what_a_member_may_see(page, signed_in, first)

    later = freeze(page)
    approve(signed_in(page, "approver"))
    wait_for(stranger, f"/sak/{last}/")
    _shows_the_whole_path(stranger, number, case, second, last)
    _finds_nothing_withheld(stranger, demo.home, (number, later), case, second, last)


# --- The desk ---------------------------------------------------------------------------------


def _desk(kind, uid):
    """The page on the desk of a case or a meeting, such as nufa/1-26."""
    body, _stroke, key = uid.partition("/")
    return f"/arbeid/rad/{body}/{kind}/{key}/"


def _send(page, form, **fields):
    """Fill in the form and send it."""
    for name, value in fields.items():
        page.locator(f"{form} [name={name}]").fill(value)
    page.locator(f"{form} button[type=submit]").first.click()
    page.wait_for_load_state()


def _take_a_seat(page, body, *, account="demo-reader"):
    """A member who has an address and perhaps an account."""
    page.goto(f"/arbeid/rad/{body}/plasser/ny/")
    if account:
        reader = page.locator("[name=user] option", has_text=account)
        page.locator("[name=user]").select_option(reader.get_attribute("value"))
    page.locator("[name=role]").select_option("member")
    _send(
        page,
        "main form.desk-form",
        person="Kari Medlem",
        organisation_name="Nordhavn kommune",
        email="kari@nordhavn.example",
        from_day=(TODAY - dt.timedelta(days=90)).isoformat(),
    )
    assert "Kari Medlem" in page.locator("main").inner_text()


def _make_the_case(page, body):
    page.goto(f"/arbeid/rad/{body}/ny-sak/")
    page.locator("[name=type]").select_option("recommendation")
    _send(
        page,
        "main form.desk-form",
        title=TITLE,
        purpose="Anbefale veikartet videre.",
        proposal="Utvalget anbefaler veikartet.",
    )
    case = _key(page, "sak")
    page.goto(f"{_desk('sak', case)}gjelder/?q=legemiddelliste")
    page.locator("[name=valgt][value='delmal/2D']").check()
    page.locator("#behold").click()
    page.wait_for_load_state()
    return case


def _key(page, kind):
    """What the page on the desk is of: nufa/1-26."""
    found = re.search(rf"/arbeid/rad/([\w-]+)/{kind}/([\w-]+)/", page.url)
    assert found, (page.url, page.locator("main").inner_text())
    return f"{found[1]}/{found[2]}"


def _put_in_papers(page, case, folder):
    for name, access, words in (
        (OPEN_PAPER, "public", "Veikartet er klart for behandling."),
        (NAMED, "withheld", f"{SECRET} er 12 millioner."),
    ):
        file = folder / f"{access}.pdf"
        canvas = Canvas(str(file))
        canvas.drawString(72, 700, words)
        canvas.save()
        page.goto(_desk("sak", case))
        page.locator("details", has=page.locator("form[action$='/vedlegg/']")).locator(
            "summary"
        ).click()
        form = page.locator("form[action$='/vedlegg/']")
        form.locator("[name=chosen]").set_input_files(file)
        form.locator("[name=title]").fill(name)
        form.locator(f"[name=access][value={access}]").check()
        if access == "withheld":
            form.locator("[name=basis]").fill(BASIS)
            form.locator("[name=reason]").fill("Forretningshemmelighet.")
        form.locator("button[type=submit]").click()
        page.get_by_role("link", name=name).wait_for()


def _hold(page, body, case):
    """A meeting of today, with the case on its agenda, summoned; what it is of: nufa/1-2026."""
    page.goto(f"/arbeid/rad/{body}/nytt-mote/")
    _send(
        page,
        "main form.desk-form",
        held_on=TODAY.isoformat(),
        starts_at="09:00",
        ends_at="11:00",
        place="Oslo",
    )
    meeting = _key(page, "mote")
    box = page.locator(f"[name=cases][value='sak/{case}']")
    if box.count() and not box.is_checked():
        box.check()
    page.locator("#gjor-lag").click()
    page.wait_for_selector("#gjor-lag", state="detached")
    assert TITLE in page.locator("main").inner_text()
    page.goto(f"{_desk('mote', meeting)}innkalling/")
    page.locator("#gjor-innkall").click()
    page.wait_for_load_state()
    return meeting


def _decide(page, meeting, case, *, text="", edition="", effect=()):
    page.goto(f"{_desk('mote', meeting)}vedtak/{case.partition('/')[2]}/")
    page.locator("main details").evaluate_all("all => all.forEach(one => one.open = true)")
    if text:
        page.fill("[name=text]", text)
    if not page.input_value("[name=text]"):
        page.fill("[name=text]", "Utvalget anbefaler veikartet.")
    page.fill("[name=decided_on]", TODAY.isoformat())
    kind = page.locator("select[name$='-kind']").first
    if edition:
        kind.select_option("approves")
        page.locator("select[name$='-edition']").first.select_option(edition)
    if effect:
        kind.select_option(effect[0])
        page.locator("[name$='-uid']").first.fill(effect[1])
    page.locator("#behold").click()
    page.wait_for_load_state()
    assert page.locator("[data-color=danger]").count() == 0, page.locator("main").inner_text()


def _send_on(page, case, *, to):
    page.goto(f"{_desk('sak', case)}videre/")
    page.locator(f"[name=to][value='organ/{to}']").check()
    page.locator("[name=carrying][value=proposal]").check()
    page.locator("#send").click()
    page.wait_for_load_state()
    page.goto(_desk("sak", case))
    return page.locator(f"a[href*='/arbeid/rad/{to}/sak/']").first.evaluate(
        "link => link.pathname.split('/').filter(Boolean).slice(-3).filter(p => p !== 'sak').join('/')"
    )


def _ask(page, meeting, case):
    """Somebody is to do something, and the day for it has passed already."""
    page.goto(f"{_desk('mote', meeting)}oppfolging/?vedtak=sak/{case}/vedtak")
    _send(
        page,
        "main form.desk-form",
        what=ASKED,
        who="Helsedirektoratet",
        due=YESTERDAY.isoformat(),
    )
    assert page.locator("[data-color=danger]").count() == 0, page.locator("main").inner_text()


def _approve_by_decision(page, case):
    page.goto("/arbeid/utgaver/")
    page.locator("[name=decision]").select_option(f"sak/{case}/vedtak")
    assert page.input_value("[name=body]") == "Nasjonalt e-helseråd"
    assert page.input_value("[name=on]") == TODAY.isoformat()
    page.locator("form[action*=godkjenn] button[type=submit]").click()
    page.wait_for_load_state()
    assert page.locator("form[action*=godkjenn]").count() == 0, page.locator("main").inner_text()


def _is_on_the_next_agenda(page):
    """What was asked for and is overdue comes back by itself."""
    page.goto(f"/arbeid/rad/{COUNCIL}/nytt-mote/")
    _send(page, "main form.desk-form", held_on=(TODAY + dt.timedelta(days=30)).isoformat())
    page.locator("#gjor-lag").click()
    page.wait_for_selector("#gjor-lag", state="detached")
    told = page.locator("main").inner_text()
    assert ASKED in told
    assert "Helsedirektoratet" in told


def _shows_what_a_member_may_see(page, signed_in, meeting):
    """The member reads the withheld paper of the body she sits in; NUIT's she may not."""
    signed_in(page, "reader")
    page.goto("/arbeid/mine-moter/")
    told = page.locator("main").inner_text()
    assert "NUFA" in told
    page.goto(f"/arbeid/mine-moter/{meeting}/")
    page.get_by_text(NAMED).first.wait_for()
    paper = page.locator("a[href*='/arbeid/mine-moter/vedlegg/nufa/']").last.get_attribute("href")
    assert page.request.get(paper).body()[:4] == b"%PDF"
    others = page.request.get(paper.replace("/nufa/", "/nuit/"))
    assert others.status in (403, 404)
    signed_in(page, "editor")


# --- What strangers see -----------------------------------------------------------------------


def _is_approved_by(page, number, case):
    """The edition names the decision at once, though the decision itself comes with the next one."""
    wait_for(page, f"/utgaver/{number}/")
    page.goto(f"/utgaver/{number}/")
    said = case.partition("/")[2].replace("-", "/")
    assert said in page.locator("main").inner_text()


def _shows_the_whole_path(page, number, first, second, last):
    """From the last case back to the first, with what each decided; on to the edition, and from what it is about."""
    page.goto(f"/sak/{last}/")
    told = page.locator("main").inner_text()
    for case in (first, second):
        assert page.locator(f"main a[href$='/sak/{case}/']").count(), case
    assert CHANGED in told
    assert ASKED in told
    assert page.locator(f"main a[href*='/utgaver/{number}/']").count()
    page.goto("/delmal/2D/")
    assert page.locator(f"main a[href*='/sak/{first}/']").count()
    page.goto("/oppfolging/")
    assert ASKED in page.locator("main").inner_text()
    page.goto("/vedtak/")
    assert TITLE in page.locator("main").inner_text()


def _finds_nothing_withheld(page, home, numbers, *cases):
    """Neither the paper's words nor its title are at any address, in any feed, download or published file."""
    seen = walk(
        page,
        *(f"/sak/{case}/" for case in cases),
        *(f"/utgaver/{number}/plan.json" for number in numbers),
        *(f"/organ/{body}/" for body in (NUFA, NUIT, COUNCIL)),
        *(f"/organ/{body}/moter.ics" for body in (NUFA, NUIT, COUNCIL)),
        "/vedtak/",
        "/vedtak/atom.xml",
        "/data/oparl/1.1/system.json",
        "/sitemap.xml",
        f"/vedtak/?q={SECRET}",
        f"/veikart/?q={SECRET}",
        is_about=_is_about_councils,
    )
    assert any(OPEN_PAPER in words_in(content) for content in seen.values())
    assert any(content[:4] == b"%PDF" for content in seen.values()), "the public paper is fetched"
    assert any("oparl/1.1/sak/" in address for address in seen)
    for case in cases:
        for label in ("1", "2", "1a", "1A"):
            for address in (
                f"/sak/{case}/vedlegg/{label}/",
                f"/data/sak/{case}/vedlegg/{label}.pdf",
            ):
                answer = page.request.get(address)
                seen[address] = answer.body()
        assert "/konto/logg-inn/" in page.request.get(_desk("sak", case)).url
    seen |= {file.as_posix(): file.read_bytes() for file in published_files(home)}
    for address, content in seen.items():
        words = words_in(content).casefold()
        for withheld in (SECRET, NAMED):
            asked_for = f"?q={SECRET}" in address  # the page repeats what was looked for
            assert asked_for or withheld.casefold() not in words, (address, withheld)


def _is_about_councils(address):
    parts = ("/organ/", "/mote/", "/sak/", "/vedtak", "/oppfolging", "/data/")
    return any(address.startswith(part) for part in parts)
