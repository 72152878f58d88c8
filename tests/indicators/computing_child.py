"""Takes in and computes indicators in a process of its own, and kills itself on the way if told to."""

import os
import signal
import sys

import django

django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402

from tests.indicators.factories import put_count  # noqa: E402
from tests.indicators.test_taking_in import COUNTS, take_in  # noqa: E402
from veikart.indicators import results, shelf  # noqa: E402
from veikart.indicators.models import Computed, DataSet  # noqa: E402
from veikart.people import audit  # noqa: E402

UIDS = ["indikator/e1", "indikator/e2", "indikator/e3"]


def say(*words):
    sys.stdout.write(" ".join(map(str, words)) + "\n")


def files(folder):
    return sorted(path for path in folder.glob("*") if not path.name.startswith("."))


def die_once_there_are(number, folder):
    """Kill this process at the first question after so many files are there."""

    def wrapper(execute, sql, params, many, context):
        if len(files(folder)) >= number:
            os.kill(os.getpid(), signal.SIGKILL)
        return execute(sql, params, many, context)

    return connection.execute_wrapper(wrapper)


def take_in_all():
    for number, uid in enumerate(UIDS):
        take_in(COUNTS.replace(b"289330", str(number).encode()), uid)


figures = shelf.figures_path("0").parent
if sys.argv[1] == "take-in-and-die":
    call_command("migrate", verbosity=0)
    for uid in UIDS:
        put_count(uid)
    with die_once_there_are(2, shelf.data_set_path("0").parent):
        take_in_all()
elif sys.argv[1] == "compute-and-die":
    say(DataSet.objects.count())
    take_in_all()
    say(DataSet.objects.count(), len(files(shelf.data_set_path("0").parent)))
    sys.stdout.flush()
    with die_once_there_are(2, figures):
        results.compute_many(UIDS, by=None)
else:
    say(Computed.objects.count(), len(files(figures)))
    say(*(each.verb for each in results.compute_many(UIDS, by=None)))
    before = {path.name: path.read_bytes() for path in files(figures)}
    stamp = audit.stamp()
    say(*(each.verb for each in results.compute_many(UIDS, by=None, again=True)))
    after = {path.name: path.read_bytes() for path in files(figures)}
    say(len(after), "same" if (before, stamp) == (after, audit.stamp()) else "other")
    say(*(audit.verify() or ["whole"]))
