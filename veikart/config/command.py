"""The `veikart` command. Each of its commands is in a module of `veikart.config.commands`."""

from collections.abc import Callable

import typer

from veikart.config.commands import (
    checking,
    comparing,
    editing,
    exporting,
    indicators,
    publishing,
    sending,
    serving,
    taking_in,
    tracing,
)

app = typer.Typer(
    name="veikart",
    help="Veikart runs a national strategy as a living system.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode="rich",
    context_settings={"help_option_names": ["-h", "--help"]},
)

COMMANDS: dict[str, Callable[..., None]] = {
    "demo": serving.demo,
    "serve": serving.serve,
    "load": taking_in.load,
    "take-in": taking_in.take_in,
    "send": sending.send,
    "freeze": editing.freeze,
    "approve": editing.approve,
    "compare": comparing.compare,
    "why": tracing.why,
    "export": exporting.export,
    "publish": publishing.publish,
    "check": checking.check,
}

for name, command in COMMANDS.items():
    app.command(name)(command)
app.add_typer(indicators.app, name="indicators")

if __name__ == "__main__":
    app()
