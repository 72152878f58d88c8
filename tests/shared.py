"""Where the founding documents lie: tests that need them are skipped, with the reason, without them."""

import os
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).parents[1]
SHARED = Path(os.environ.get("VEIKART_SHARED", REPOSITORY / ".." / "shared")).resolve()

needs_shared = pytest.mark.skipif(
    not (SHARED / "seeds").is_dir(),
    reason=f"The founding documents are not in {SHARED}; name their folder in VEIKART_SHARED.",
)
