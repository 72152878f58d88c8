"""What all structs of a Plan have in common."""

import msgspec


class Part(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, gc=False):
    """What all structs of a Plan have in common: immutable, named fields only, nothing unknown.

    `frozen` and `kw_only` are said again in each: the one for type checkers, the other does not
    pass on to subclasses. They hold no circles, so the garbage collector need not walk them.
    """


class Translations(Part, frozen=True, kw_only=True):
    """Our own rendering of a name or title; None where we have none."""

    nn: str | None = None
    en: str | None = None
