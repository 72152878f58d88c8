"""`veikart freeze` and `veikart approve`: the working plan becomes an edition, and is approved."""

import datetime as dt
from typing import TYPE_CHECKING, Annotated

import typer

from veikart.config.commands.speaking import Trouble, plainly, say
from veikart.config.commands.starting import need_tables, start_django

if TYPE_CHECKING:
    from veikart.people.models import User

BY = "The user name of the person who does this."


@plainly
def freeze(
    by: Annotated[str, typer.Option(help=BY)],
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

    day = as_of.date() if as_of else timezone.localdate()
    edition = services.freeze(by=find_user(by), as_of=day, title=title, note=note)
    say(f"Edition {edition.number} is frozen, and waits for approval. sha256 {edition.sha256}")


@plainly
def approve(
    number: Annotated[str, typer.Argument(help="The edition, such as 2026-1.")],
    by: Annotated[str, typer.Option(help=BY)],
    body: Annotated[str, typer.Option(help="The body that decided.")],
    on: Annotated[
        dt.datetime | None,
        typer.Option(formats=["%Y-%m-%d"], help="The day of the decision. Else today."),
    ] = None,
    note: Annotated[str, typer.Option(help="What was said with the decision.")] = "",
) -> None:
    """Record that an edition was approved. After that neither it nor its file changes.

    Example: veikart approve 2026-1 --by ola --body "Nasjonalt e-helseråd" --on 2026-09-04
    """
    start_django()
    need_tables()
    from django.utils import timezone

    from veikart.editions import services
    from veikart.editions.models import Edition

    edition = Edition.objects.filter(number=number).first()
    if edition is None:
        raise Trouble(f"Expected an edition called {number}, found none. See: veikart check")
    day = on.date() if on else timezone.localdate()
    services.approve(edition, by=find_user(by), body=body, on=day, note=note)
    say(f"Edition {number} is approved by {body} on {day:%Y-%m-%d}.")


def find_user(name: str) -> "User":
    """The user called `name`. Raises Trouble where there is none."""
    from veikart.people.models import User

    user = User.objects.filter(username=name, is_active=True).first()
    if user is None:
        raise Trouble(
            f"Expected an active user called “{name}”, found none. "
            "Make one in the administration (/admin/), or with: python manage.py createsuperuser"
        )
    return user
