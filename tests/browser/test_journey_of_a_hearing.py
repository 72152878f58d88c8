"""A hearing's journey: it opens, two reply, all is answered, the text is changed, and both can see why.

One reply comes by the web form, from a private person who goes on later by her link; the other by
e-mail, in the DOCX form that the same page gives out. Some words are withheld from the first.
"""

import datetime as dt
import io
import os
import re
import subprocess
import sys
from email.message import EmailMessage
from pathlib import Path

import docx
import pypdf
import pytest
from docx.oxml.ns import qn

from tests.browser.desk import TODAY, approve, freeze
from tests.browser.walking import published_files, wait_for, walk, words_in

CODE, CASE = "26-1001", "26/1001"
HEARING, DESK = f"/horing/{CODE}/", f"/arbeid/horinger/{CODE}/"
PERSON, INITIALS, HOME = "Vigdis Fjellheim Torsnes", "V.F.T.", "Kastanjesvingen 47"
MUNICIPALITY = "Nordhavn kommune"
STATEMENT = "mal/1/oppna/1"
HERS = (
    "Vi foreslår at det første kulepunktet også nevner pårørende, som hjelper mange. "
    f"Jeg bor i {HOME} og bestiller timer for min far."
)
THEIRS = "Vi ber om at pårørende nevnes i det første kulepunktet, siden de ofte bestiller timer."
ASKS = "Hvordan skal opplæringen av de ansatte betales?"
FOLLOWED = "Pårørende er tatt inn, siden de hjelper mange med å bruke tjenestene."
OUTSIDE = "Det avgjøres i budsjettet, og hører ikke hjemme i strategien."


@pytest.fixture
def stranger(browser, demo):
    """Somebody who is not signed in."""
    context = browser.new_context(base_url=demo.address, accept_downloads=True)
    yield context.new_page()
    context.close()


def test_from_an_open_hearing_to_a_changed_sentence(page, stranger, demo, signed_in, tmp_path):
    signed_in(page, "editor")
    _open_the_hearing(page)
    _reply_on_the_web(stranger)
    _reply_by_email(stranger, demo, tmp_path)

    _confirm(page)
    _answer_by_a_theme(page)
    _is_not_published_while_open(page)
    _is_refused(page, lacks=f"{HEARING[1:]}svar/2/punkt/2")
    _answer_by_itself(page)
    _clear(page)
    _publish(page)
    before = _change_the_text(page)
    number = freeze(page)
    _is_not_shown_yet(stranger, number)
    approve(signed_in(page, "approver"))
    wait_for(stranger, f"{HEARING}svar/1/")

    _sees_what_became_of_it(stranger, before)
    _finds_no_withheld_word(stranger, demo.home, number)


# --- The office opens the hearing -------------------------------------------------------------


def _open_the_hearing(page):
    page.goto("/arbeid/horinger/ny/")
    page.fill("[name=case_number]", CASE)
    page.fill("[name=title]", "Prøvehøring om målene")
    page.fill("[name=opens_on]", (TODAY - dt.timedelta(days=120)).isoformat())
    page.fill("[name=closes_on]", TODAY.isoformat())
    page.fill("[name=invited]", MUNICIPALITY)
    page.fill("[name=sporsmal-0-text]", "Støtter dere målene?")
    page.select_option("[name=sporsmal-0-kind]", "choice")
    page.fill("[name=sporsmal-0-choices]", "Ja\nNei\nVet ikke")
    page.fill("[name=sporsmal-1-text]", "Hva mener dere om målene?")
    page.select_option("[name=sporsmal-1-kind]", "per_goal")
    page.locator("[name=sporsmal-1-goals][value='mal/1']").check()
    page.fill("[name=sporsmal-2-text]", "Har dere andre innspill?")
    page.locator("#behold").click()
    page.wait_for_url(f"**{DESK}")


# --- One replies on the web, and one by e-mail ------------------------------------------------


def _reply_on_the_web(page):
    page.goto(f"/svar/{CODE}/")
    page.locator("main form button").click()
    page.wait_for_load_state()
    page.check("#who-person")
    page.fill("#name", PERSON)
    page.check("#initials")
    page.locator("[name=q1-choice][value=Ja]").check()
    page.locator("button[value=save]:not(.sr)").click()
    page.wait_for_load_state()
    link = page.locator("section[aria-labelledby=lenke] code").inner_text()

    page.context.clear_cookies()
    page.goto(link)
    assert page.input_value("#name") == PERSON
    page.fill("[name=q2-mal-1]", HERS)
    page.locator("button[value=review]").click()
    page.wait_for_load_state()
    assert HERS in page.locator("main").inner_text()
    page.check("#terms")
    page.locator("main form button[type=submit]").click()
    page.wait_for_load_state()
    told = page.locator("main").inner_text()
    assert re.search(r"nummer 1\b", told), told
    file = page.request.get(page.locator("a[href$='kvittering.pdf']").get_attribute("href"))
    receipt = pypdf.PdfReader(io.BytesIO(file.body()))
    assert HOME in " ".join("".join(each.extract_text() for each in receipt.pages).split())


def _reply_by_email(page, demo, tmp_path):
    page.goto(f"/svar/{CODE}/")
    with page.expect_download() as download:
        page.locator("a[href$='skjema.docx']").click()
    form = docx.Document(download.value.path())
    _write(form, "respondent", MUNICIPALITY)
    _write(form, "question-2-mal-1", THEIRS)
    _write(form, "question-3", ASKS)
    filled = io.BytesIO()
    form.save(filled)

    message = EmailMessage()
    message["From"], message["To"] = "postmottak@nordhavn.example", "post@hdir.example"
    message["Subject"] = f"Høringssvar, sak {CASE}"
    message["Message-ID"] = "<svar-1@nordhavn.example>"
    message["Date"] = dt.datetime.now(dt.UTC)
    message.set_content("Hei. Svaret vårt ligger ved.")
    message.add_attachment(
        filled.getvalue(), maintype="application", subtype="octet-stream", filename="Svar.docx"
    )
    mail = tmp_path / "svar.eml"
    mail.write_bytes(message.as_bytes())
    _veikart(demo, "take-in", str(mail))


def _write(form, tag, text):
    """Write in a control of the form as Word does: the prompt goes, and the text has its place."""
    (control,) = (
        each
        for each in form.element.body.iter(qn("w:sdt"))
        if each.find(qn("w:sdtPr")).find(qn("w:tag")).get(qn("w:val")) == tag
    )
    told = control.find(qn("w:sdtPr"))
    told.remove(told.find(qn("w:showingPlcHdr")))
    next(control.iter(qn("w:t"))).text = text
    for style in list(control.iter(qn("w:rStyle"))):
        style.getparent().remove(style)


def _veikart(demo, *words):
    done = subprocess.run(
        [Path(sys.executable).with_name("veikart"), *words],
        env=os.environ | {"VEIKART_HOME": str(demo.home)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


# --- The office answers -----------------------------------------------------------------------


def _confirm(page):
    """Each reply stands with its points beside the original; all are as they should be."""
    for no, name in ((1, PERSON), (2, MUNICIPALITY)):
        page.goto(f"{DESK}svar/{no}/")
        assert name in page.locator("h1").inner_text()
        page.locator("#bekreft-alle").click()
        page.wait_for_selector("#bekreft-alle", state="detached")


def _answer_by_a_theme(page):
    page.goto(f"{DESK}tema/")
    page.fill("[name=title]", "Pårørende")
    page.locator("#lag-tema").click()
    page.wait_for_url(re.compile(r"/tema/1/$"))
    for n in (1, 2):
        page.locator("li:has(form[action*='/ja/'])", has_text="pårørende").get_by_role(
            "button", name="Ja"
        ).first.click()
        page.get_by_text(f"{n} innspill er i det.").wait_for()
    page.get_by_text("Si hva alt i det blir til").click()
    _decide(page, "followed", FOLLOWED, uid=STATEMENT)


def _answer_by_itself(page):
    page.goto(f"{DESK}svar/2/")
    page.get_by_role("link", name=ASKS[:20]).click()
    _decide(page, "outside", OUTSIDE)


def _decide(page, value, reason, *, uid=""):
    form = page.locator("form[action$='/utfall/']")
    form.locator("[name=value]").select_option(value)
    form.locator("[name=reason]").fill(reason)
    form.locator("[name=uid]").fill(uid)
    form.locator("button[type=submit]").click()
    page.locator("#beskjed").get_by_text("er").first.wait_for()


def _is_not_published_while_open(page):
    page.goto(DESK)
    page.locator("form[action$='/publiser/'] button").click()
    assert "Det kan komme svar til og med" in page.locator("#avslag").inner_text()
    # A day passes: the test cannot turn the server's clock, so the office moves the last day.
    page.goto(f"{DESK}vilkar/")
    page.fill("[name=closes_on]", (TODAY - dt.timedelta(days=1)).isoformat())
    page.locator("#behold").click()
    page.wait_for_url(f"**{DESK}")


def _is_refused(page, *, lacks):
    """Nothing is published while a point has no outcome, and the desk says which."""
    page.goto(DESK)
    page.locator("form[action$='/publiser/'] button").click()
    page.wait_for_selector("#avslag")
    assert (
        f"1 innspill mangler noe: {lacks} (det har ikke noe utfall)"
        in page.locator("#avslag").inner_text()
    )


def _clear(page):
    page.goto(f"{DESK}svar/1/klarer/")
    assert HOME in page.locator("main").inner_text()
    page.fill("[name=shown_as]", INITIALS)
    page.check("[name=is_initials]")
    page.fill("[name=ord-0-words]", HOME)
    page.locator("[name=ord-0-basis]").select_option(index=1)
    page.fill("[name=ord-0-reason]", "Bostedet til en privatperson.")
    page.locator("#se").click()
    page.get_by_text("▮▮▮").first.wait_for()
    page.locator("#klarer").click()
    page.wait_for_url(re.compile(r"/svar/1/"))
    page.goto(f"{DESK}svar/2/klarer/")
    page.locator("#klarer").click()
    page.wait_for_url(re.compile(r"/svar/2/"))


def _publish(page):
    page.goto(DESK)
    page.locator("form[action$='/publiser/'] button").click()
    page.get_by_text("Utfallene blir publisert med neste utgave").first.wait_for()


def _change_the_text(page):
    """Put those whom the replies speak for into the statement; the sentence before."""
    page.goto(f"/admin/strategy/statement/{STATEMENT.replace('/', '_2F')}/change/")
    before = page.input_value("[name=text]")
    assert before.startswith("Innbygger har enkle")
    page.fill("[name=text]", before.replace("Innbygger har", "Innbygger og pårørende har", 1))
    page.locator("[name=_save]").click()
    page.wait_for_load_state()
    return before


# --- What strangers see -----------------------------------------------------------------------


def _is_not_shown_yet(page, number):
    for address in (
        f"/utgave/{number}{HEARING}",
        f"/utgaver/{number}/plan.json",
        f"{HEARING}svar/1/",
    ):
        assert page.request.get(address).status == 404, address
    for address in (DESK, f"{DESK}svar/1/", f"/utkast{HEARING}svar/1/"):
        assert "/konto/logg-inn/" in page.request.get(address).url, address


def _sees_what_became_of_it(page, before):
    """Her page tells the outcome, why, and the sentence as it was and as it is; and so do others."""
    page.goto(f"{HEARING}svar/1/")
    told = page.locator("main").inner_text()
    assert INITIALS in told
    assert "Tatt til følge" in told
    assert FOLLOWED in told
    page.locator(f"main a[href*='{STATEMENT.split('/oppna')[0]}']").first.click()
    page.wait_for_url(re.compile(r"/mal/1/"))
    now = before.replace("Innbygger har", "Innbygger og pårørende har", 1)
    assert now in page.locator("main").inner_text()

    page.goto(f"{HEARING}svar/2/")
    told = page.locator("main").inner_text()
    assert MUNICIPALITY in told
    assert FOLLOWED in told
    assert OUTSIDE in told
    page.goto(HEARING)
    told = page.locator("main").inner_text()
    assert "3 innspill er mottatt: 3 er behandlet og 0 står åpne." in told
    assert "2 innspill førte til endringer." in told


def _finds_no_withheld_word(page, home, number):
    """Neither the words nor the name are in any page, search, feed, download or published file."""
    plan = f"/utgaver/{number}/plan.json"
    starts = (HEARING, plan, "/mal/1/", "/sitemap.xml", f"/veikart/?q={HOME[:9]}")
    seen = walk(page, *starts, is_about=_is_about_it)
    assert FOLLOWED in seen[plan].decode()
    assert {f"{HEARING}svar/1/", f"/nn{HEARING}svar/1/", f"/en{HEARING}rapport/"} <= seen.keys()
    assert any(address.endswith(".docx") for address in seen)
    assert any(address.endswith(".pdf") for address in seen)
    assert any(address.endswith(".xlsx") for address in seen)
    seen |= {file.as_posix(): file.read_bytes() for file in published_files(home)}
    for address, content in seen.items():
        words = " ".join(words_in(content).split())
        for withheld in (HOME, HOME.split()[0], PERSON, PERSON.split()[-1]):
            assert withheld.casefold() not in words.casefold(), (address, withheld)


def _is_about_it(address):
    is_desk = address.startswith(("/arbeid/", "/admin/", "/konto/", "/svar/"))
    about = (CODE, "/data/horing", "plan.json", ".atom", "/mal/1/", "/endringer/")
    return not is_desk and any(part in address for part in about)
