"""A process of its own that sends what is approved, and dies as soon as the mail server has taken it.

Words: what to do (`die`, after making what is to be sent, or `send`), and how many minutes from now.
"""

import datetime as dt
import os
import sys

import django
import time_machine

sys.path.insert(0, os.environ["PYTHONPATH"])
django.setup()

from django.core.management import call_command  # noqa: E402
from django.utils import translation  # noqa: E402

from veikart.outbox import sending, services  # noqa: E402
from veikart.outbox.models import Message  # noqa: E402
from veikart.people.models import User  # noqa: E402

translation.activate("en")


def make() -> None:
    call_command("migrate", interactive=False, verbosity=0)
    editor = User.objects.create_user("editor", role=User.Role.EDITOR)
    for number in (1, 2):
        letter = services.Letter(
            kind="confirm",
            about=f"horing/22-414/svar/{number}",
            name="Kari",
            address=f"kari{number}@example.no",
            language="nb",
            subject=f"Bekreft {number}",
            body="Hei",
        )
        services.approve([services.draft(letter, by=None).pk], by=editor)


def die() -> None:
    posted = sending.post

    make()

    def post_and_die(mail, connection):
        posted(mail, connection)
        os._exit(9)

    sending.post = post_and_die
    sending.send_approved(by=None)


def say(what: object) -> None:
    sys.stdout.write(f"{what}\n")


def send() -> None:
    tally = sending.send_approved(by=None)
    say(sorted(tally.endings.items()))
    say([f"{message.pk} {message.state}: {message.said}" for message in tally.troubled])
    say([message.state for message in Message.objects.order_by("pk")])


what, minutes = sys.argv[1], int(sys.argv[2])
with time_machine.travel(dt.datetime.now(dt.UTC) + dt.timedelta(minutes=minutes), tick=True):
    {"die": die, "send": send}[what]()
