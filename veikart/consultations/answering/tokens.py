"""The token in a private link: 256 random bits that nobody can guess, of which only a hash is kept."""

import hashlib
import logging
import re
import secrets

BYTES = 32
_SHAPE = re.compile(r"[A-Za-z0-9_-]{43}")
IN_ADDRESS = re.compile(r"(/svar/[^/\s]+/|/stem/)(?!skjema\.)[A-Za-z0-9_%.~-]{20,}")
"""A token in an address, behind what tells which hearing it is for, or that it is for a vote."""


def new_token() -> str:
    """A token that was never given out."""
    return secrets.token_urlsafe(BYTES)


def hash_of(token: str) -> str:
    """The SHA-256 of `token`. It has as many bits as can be guessed at, so no salt is needed."""
    return hashlib.sha256(token.encode()).hexdigest()


def is_token(said: str) -> bool:
    """Whether `said` has the shape of a token; most of what is made up has not."""
    return _SHAPE.fullmatch(said) is not None


def without_tokens(text: str) -> str:
    """`text` with a mark in place of each token in an address, as logs are to have it."""
    return IN_ADDRESS.sub(r"\1…", text)


class WithoutTokens(logging.Filter):
    """Takes the tokens out of what is logged. Loggers that tell of requests have it (settings)."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Keep the record, less its tokens."""
        record.msg = without_tokens(str(record.msg))
        if isinstance(record.args, tuple):
            record.args = tuple(
                without_tokens(arg) if isinstance(arg, str) else arg for arg in record.args
            )
        return True
