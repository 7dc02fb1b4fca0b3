"""What may load when: start-up is a promise, on every Python from 3.11.0 on."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

import whosays

HEAVY = (
    "torch",
    "onnxruntime",
    "numpy",
    "selectolax",
    "trafilatura",
    "jinja2",
    "rich",
    "httpx",
    "msgspec",
    "tokenizers",
    "starlette",
    "uvicorn",
)


def list_loaded(code: str) -> set[str]:
    script = f"import sys\n{code}\nprint(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    return set(done.stdout.split())


def test_importing_whosays_loads_nothing_heavy() -> None:
    assert not list_loaded("import whosays") & set(HEAVY)


def test_help_loads_nothing_heavy() -> None:
    code = "from click.testing import CliRunner; from whosays.cli import main; CliRunner().invoke(main, ['--help'])"
    assert not list_loaded(code) & set(HEAVY)


@pytest.mark.parametrize(
    "module", ["whosays.library", "whosays.show.html_sheet", "whosays.encoder", "whosays.fetch.web"]
)
def test_no_room_loads_torch(module: str) -> None:
    assert "torch" not in list_loaded(f"import {module}")


def test_no_pattern_needs_a_later_patch_of_python() -> None:
    """Debian 12 has Python 3.11.2, where possessively repeated or atomic groups match wrongly."""
    wrong = re.compile(r"(?<!\()\)[*+?}]\+|\(\?>")
    sources = list(Path(whosays.__file__).parent.rglob("*.py"))
    assert len(sources) > 100
    assert [path.name for path in sources if wrong.search(path.read_text("utf-8"))] == []
