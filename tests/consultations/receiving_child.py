"""Takes replies in in a process of its own, and kills itself on the way if told to."""

import datetime as dt
import os
import signal
import sys
from pathlib import Path

import django

django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.utils import translation  # noqa: E402

from tests.adapters.dovecot import PASSWORD  # noqa: E402
from veikart.adapters.mailbox import Mailbox, address_of  # noqa: E402
from veikart.config.commands.folders import found_in  # noqa: E402
from veikart.config.commands.receiving import Tally  # noqa: E402
from veikart.config.commands.taking_in import arrive  # noqa: E402
from veikart.consultations import collecting  # noqa: E402
from veikart.consultations.taking_in import Terms  # noqa: E402

WRITES = ("INSERT", "UPDATE", "DELETE")
TERMS = Terms(by=None, received_at=dt.datetime(2022, 9, 20, tzinfo=dt.UTC))


def prepare():
    # Those who are killed need no files to be made, and what makes them takes half a second to import.
    from tests.consultations.test_taking_in import FISH, put_hearing  # noqa: PLC0415

    call_command("migrate", verbosity=0)
    put_hearing(FISH, "24/1001", None)


def take_in_folder(folder):
    tally = Tally()
    for found in found_in([folder]):
        arrive(found, TERMS, tally)


def take_in_mailbox(address, trusted):
    with Mailbox(address_of(address), PASSWORD, trusted=trusted) as mailbox:
        for _name, _taken in collecting.collect(mailbox, TERMS, largest=1_000_000):
            pass


def counting(last):
    """Counts what is written, and dies right after write number `last`; never with 0."""
    written = 0

    def count(execute, sql, params, many, context):
        nonlocal written
        result = execute(sql, params, many, context)
        written += sql.lstrip().startswith(WRITES)
        if last and written == last:
            os.kill(os.getpid(), signal.SIGKILL)
        return result

    def told():
        return written

    return count, told


def main():
    verb, last, *where = sys.argv[1:]
    if verb == "prepare":
        prepare()
        return
    count, told = counting(int(last))
    with connection.execute_wrapper(count):
        if verb == "folder":
            take_in_folder(Path(where[0]))
        else:
            take_in_mailbox(*where)
    sys.stdout.write(f"written {told()}\n")


if __name__ == "__main__":
    with translation.override("en"):
        main()
