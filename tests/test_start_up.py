"""What may load when: start-up is a promise."""

from __future__ import annotations

import subprocess
import sys

import pytest

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
