"""What many tests need: builders of real records, and the encoder loaded once."""

from __future__ import annotations

import io
from datetime import UTC, datetime
from pathlib import Path

import pytest

from whosays.config import Settings, make_means
from whosays.flow import Means

ROOT = Path(__file__).parent.parent
SHARED = ROOT.parent / "shared"
NOW = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)


@pytest.fixture(scope="session")
def means() -> Means:
    """The shipped model, default settings, a clock that stands still."""
    return make_means(Settings(), now=lambda: NOW, stdin=io.BytesIO())


@pytest.fixture
def shared() -> Path:
    """The folder of corpora beside the repository; tests that need it are skipped without it."""
    if not SHARED.is_dir():
        pytest.skip("../shared is not here: corpora and seed are not part of the repository")
    return SHARED
