"""Files that others may be reading while they are replaced."""

import os
from pathlib import Path


def replace(target: Path, content: bytes) -> None:
    """Write `content` to `target`: a reader finds the old file or the new one, never half of it."""
    # Its own name for each process: another may be publishing to the same folder.
    unfinished = target.with_name(f".{target.name.lstrip('.')}.{os.getpid()}.unfinished")
    unfinished.write_bytes(content)
    os.replace(unfinished, target)
