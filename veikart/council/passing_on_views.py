"""The desk's page on which a case is sent on to another body, or back to one."""

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from veikart.council import casework, passing_on
from veikart.council.models import Case
from veikart.council.opening import address, done, for_secretaries, opened_case, page
from veikart.council.treating_forms import SendOnForm
from veikart.people import rules


@for_secretaries
def send_on(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """Where the case has been, where it can go, and what it takes along; sent, it is a case there."""
    case = opened_case(slug, key)
    bodies = passing_on.bodies_for(case)
    today = timezone.localdate()
    form = SendOnForm(request.POST if request.method == "POST" else None, bodies=bodies)

    def act() -> str:
        said = form.cleaned_data
        uid = passing_on.send_on(
            case,
            said["to"],
            number=said["number"].strip() or None,
            carrying=said["carrying"],
            by=rules.signed_in(request.user),
            on=today,
        )
        return address("send-on", uid)

    answered = done(request, form, act) if form.is_bound else None
    context = {
        "case": case,
        "form": form,
        "bodies": [(body, casework.next_number(body.pk, year=today.year)) for body in bodies],
        "steps": passing_on.path(case),
        "went_on": Case.objects.filter(came_from=case.pk).exists(),
    }
    return answered or page(request, "send_on", context, wrong=form.is_bound)
