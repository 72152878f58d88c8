"""A published page of a hearing leads to the form while replies can be given, and not otherwise."""

import pytest
from msgspec.structs import replace

from tests.pages.hearing_samples import HEARING, consultations
from tests.pages.readings import shelved
from tests.plan.samples import sample
from veikart.pages.reading import Reading
from veikart.pages.render import render

BUTTON = {
    "nb": '<a class="button" href="/svar/26-7/">',
    "nn": '<a class="button" href="/nn/svar/26-7/">',
    "en": '<a class="button" href="/en/svar/26-7/">',
}


def page(stage, language):
    said = consultations()
    hearings = tuple(replace(one, stage=stage) for one in said.hearings)
    plan = replace(sample(), consultations=replace(said, hearings=hearings))
    edition = shelved(plan)
    return render(Reading(shelved=edition, editions=(edition,), language=language), HEARING).html


@pytest.mark.parametrize("language", BUTTON)
@pytest.mark.parametrize(
    ("stage", "expected"),
    [("planned", True), ("open", True), ("handling", False), ("answered", False)],
)
def test_a_hearing_leads_to_the_form_while_replies_can_be_given(stage, language, expected):
    assert (BUTTON[language] in page(stage, language)) is expected
