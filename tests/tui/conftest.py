"""What the tests of the screens share: a frozen evening and a context that touches nothing of the machine."""

from __future__ import annotations

from pathlib import Path

import pytest

from builders.screens import context_in
from kinship.tui.context import Context


@pytest.fixture
def context(tmp_path: Path) -> Context:
    return context_in(tmp_path)
