"""What journeys do at the desk of editions: freeze the working plan, and approve what is frozen."""

import datetime as dt
import re

TODAY = dt.date.today()  # noqa: DTZ011 (the day of this machine, as the office types it)
BODY = "Nasjonalt e-helseråd (prøvedata)"


def freeze(page):
    """Freeze the working plan, whatever else has moved in it, as of today; the edition's number."""
    page.goto("/arbeid/utgaver/")
    page.fill("[name=as_of]", TODAY.isoformat())
    page.locator("form[action*=frys] button[type=submit]").click()
    page.wait_for_load_state()
    told = page.locator("main").inner_text()
    frozen = re.search(r"Utgave (\S+) er fryst", told)
    assert frozen, told
    return frozen[1]


def approve(page):
    """Approve the edition that is frozen, as an approver."""
    page.goto("/arbeid/utgaver/")
    page.fill("[name=body]", BODY)
    page.fill("[name=on]", TODAY.isoformat())
    page.locator("form[action*=godkjenn] button[type=submit]").click()
    page.wait_for_load_state()
    assert page.locator("form[action*=godkjenn]").count() == 0, page.locator("main").inner_text()
