"""Accepts a proposal in a process of its own, and kills itself on the way if told to."""

import os
import signal
import sys

import django

django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection, transaction  # noqa: E402

from tests.intake.conftest import PHASES, SLUGS, register  # noqa: E402
from veikart.intake import services  # noqa: E402
from veikart.intake.models import Proposal  # noqa: E402
from veikart.roadmap import services as roadmap  # noqa: E402
from veikart.strategy import services as strategy  # noqa: E402

WRITES = ("INSERT", "UPDATE", "DELETE")


def prepare():
    call_command("migrate", verbosity=0)
    for number, (name, uid) in enumerate(zip(PHASES, SLUGS, strict=True), start=1):
        values = {"number": number, "name": name, "short_name": name, "pattern": f"p{number}"}
        roadmap.put("phase", f"fase/{uid}", values, by=None)
    values = {"number": 1, "title": "Mål 1", "kind": "direct"}
    strategy.put("strategic_goal", "mal/1", values, by=None)
    rows = [
        (f"Leveranse {number}", "Konsept", "01.07.2026", f"Gruppering {number % 2}", 100 + number)
        for number in range(20)
    ]
    services.take_in("register.csv", register(*rows), by=None)


def count_writes():
    """How many times the database is written to by the whole accept; all of it is undone."""
    written = 0

    def count(execute, sql, params, many, context):
        nonlocal written
        written += sql.lstrip().startswith(WRITES)
        return execute(sql, params, many, context)

    with transaction.atomic(), connection.execute_wrapper(count):
        services.accept(Proposal.objects.get(), by=None)
        transaction.set_rollback(True)
    return written


def accept_and_die(part):
    """Die right after that part of all writes is done; with 1, before the transaction ends."""
    last = max(1, int(count_writes() * part))
    written = 0

    def die(execute, sql, params, many, context):
        nonlocal written
        result = execute(sql, params, many, context)
        written += sql.lstrip().startswith(WRITES)
        if written == last:
            sys.stdout.write(f"killing after write {written}\n")
            sys.stdout.flush()
            os.kill(os.getpid(), signal.SIGKILL)
        return result

    with connection.execute_wrapper(die):
        services.accept(Proposal.objects.get(), by=None)


def main():
    verb, *arguments = sys.argv[1:]
    if verb == "prepare":
        prepare()
    elif verb == "accept-and-die":
        accept_and_die(float(arguments[0]))
    else:
        services.accept(Proposal.objects.get(), by=None)


main()
