"""`veikart check`: whether the service is safe to run, and everything it keeps is whole."""

import typer

from veikart.config.commands.speaking import FAILED, complain, plainly, say
from veikart.config.commands.starting import need_tables, start_django


@plainly
def check() -> None:
    """Refuse unsafe settings; verify editions, figures, documents and the record of who did what.

    Figures of editions are computed again from their data sets, and must come out bit for bit.

    Fails with a list of what was expected, what was found and what to do. Example: veikart check
    """
    start_django()
    from django.conf import settings

    from veikart.config import checks

    problems = list(checks.settings_problems(settings))
    need_tables()
    problems += checks.account_problems(demo=settings.DEMO)
    problems += checks.kept_problems()
    for problem in problems:
        complain(f"{problem.code}: {problem.message}")
    if problems:
        raise typer.Exit(FAILED)
    say(
        "Everything is as it should be: settings, accounts, editions, figures, documents and the record."
    )
