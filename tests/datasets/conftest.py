import copy
import shutil
from contextlib import ExitStack, contextmanager

from django.db import transaction
from django.test import override_settings

from tests.languages import in_english
from veikart.editions import building

__all__ = ["in_english"]


@contextmanager
def made_once(make, home, blocker):
    """What `make` makes in the tables and in `home`, for all tests of a module.

    Each test's own transaction lies within this one, so what a test does to it is undone.
    """
    given = {
        "PASSWORD_HASHERS": ["django.contrib.auth.hashers.MD5PasswordHasher"],
        "DOCUMENTS_FOLDER": home / "documents",
        "EDITIONS_FOLDER": home / "editions",
        "DATASETS_FOLDER": home / "datasets",
        "FIGURES_FOLDER": home / "figures",
        "CHARTS_FOLDER": home / "charts",
    }
    with ExitStack() as whole:
        with blocker.unblock(), override_settings(**given):
            whole.enter_context(transaction.atomic())
            made = make()
        yield made
        with blocker.unblock():
            transaction.set_rollback(True)
            whole.close()
    building.forget()


def taken_over(kept, settings):
    """A copy of what was made once, and of its home in the test's own."""
    made, home = kept
    shutil.copytree(home, settings.HOME)
    building.forget()
    return copy.deepcopy(made)
