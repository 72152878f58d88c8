"""`veikart freeze` and `veikart approve`: the working plan becomes an edition, and is approved."""

import datetime as dt
from typing import TYPE_CHECKING, Annotated

import typer

from veikart.config.commands.speaking import Trouble, plainly, say
from veikart.config.commands.starting import need_tables, start_django

if TYPE_CHECKING:
    from collections.abc import Callable

    from veikart.people.models import User

EDITOR = "The user name of the editor who does this. Without it, those who may are listed."
APPROVER = "The user name of the approver who does this. Without it, those who may are listed."


@plainly
def freeze(
    by: Annotated[str, typer.Option(help=EDITOR)] = "",
    title: Annotated[str, typer.Option(help="What the edition is called.")] = "Veikart",
    as_of: Annotated[
        dt.datetime | None,
        typer.Option(formats=["%Y-%m-%d"], help="The day the content was true. Else today."),
    ] = None,
    note: Annotated[str, typer.Option(help="What readers should know of this edition.")] = "",
) -> None:
    """Freeze the working plan into an edition that waits for approval.

    Example: veikart freeze --by kari --title "Veikart 2025–2031" --as-of 2026-08-15
    """
    start_django()
    need_tables()
    from django.utils import timezone

    from veikart.editions import services
    from veikart.people import rules

    user = find_user(by, who="editor", may=rules.can_edit)
    day = as_of.date() if as_of else timezone.localdate()
    edition = services.freeze(by=user, as_of=day, title=title, note=note)
    say(f"Edition {edition.number} is frozen, and waits for approval. sha256 {edition.sha256}")


@plainly
def approve(
    number: Annotated[str, typer.Argument(help="The edition, such as 2026-1.")],
    body: Annotated[str, typer.Option(help="The body that decided.")],
    by: Annotated[str, typer.Option(help=APPROVER)] = "",
    on: Annotated[
        dt.datetime | None,
        typer.Option(formats=["%Y-%m-%d"], help="The day of the decision. Else today."),
    ] = None,
    note: Annotated[str, typer.Option(help="What was said with the decision.")] = "",
    decision: Annotated[
        str, typer.Option(help="The council's decision, such as sak/nuit/2-26/vedtak.")
    ] = "",
) -> None:
    """Record that an edition was approved. After that neither it nor its file changes.

    Example: veikart approve 2026-1 --by ola --body "Nasjonalt e-helseråd" --on 2026-09-04
    """
    start_django()
    need_tables()
    from django.utils import timezone

    from veikart.editions import services
    from veikart.editions.models import Edition
    from veikart.people import rules

    user = find_user(by, who="approver", may=rules.can_approve)
    edition = Edition.objects.filter(number=number).first()
    if edition is None:
        raise Trouble(f"Expected an edition called {number}, found none. See: veikart check")
    day = on.date() if on else timezone.localdate()
    services.approve(edition, by=user, body=body, on=day, note=note, decision=decision)
    say(f"Edition {number} is approved by {body} on {day:%Y-%m-%d}.")


def find_user(name: str, *, who: str, may: "Callable[[User], bool]") -> "User":
    """The active user called `name` who `may`; `who` is the role in words.

    Raises Trouble for anybody else, with the names of those who may.
    """
    from veikart.people import queries
    from veikart.people.models import User

    user = User.objects.filter(username=name, is_active=True).first()
    if user is not None and may(user):
        return user
    found = f"found “{name}”, who is none" if name else "found none"
    names = queries.names_of_those(may)
    raise Trouble(
        f"Expected --by with the user name of an active {who}; {found}. "
        + (
            f"Those who may: {', '.join(names)}."
            if names
            else "There is none yet: give somebody the role in the administration (/admin/), "
            "or run: python manage.py createsuperuser"
        )
    )
