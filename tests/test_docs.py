"""What the README and the docs say is so."""

from __future__ import annotations

import re
import shlex

import pytest
from click.testing import CliRunner

from tests.conftest import ROOT
from whosays.cli import main
from whosays.config import Settings, read_settings

README = (ROOT / "README.md").read_text("utf-8")
SHELL = [line for block in re.findall(r"```sh\n(.*?)```", README, re.DOTALL) for line in block.splitlines() if line]
PYTHON = re.findall(r"```python\n(.*?)```", README, re.DOTALL)


def test_the_first_two_shell_lines_are_the_two_commands() -> None:
    assert SHELL[:2] == ["python3 bootstrap.py read examples/lake-ferry.html", "python3 bootstrap.py test"]


@pytest.mark.parametrize("line", [line for line in SHELL if line.startswith("whosays ")])
def test_every_command_of_the_readme_is_one(line: str) -> None:
    name, *arguments = shlex.split(line.partition("#")[0].partition(">")[0])[1:]
    command = main.commands[name]
    command.make_context(name, arguments, resilient_parsing=False)


@pytest.mark.parametrize("code", PYTHON)
def test_every_python_example_runs(code: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    exec(compile(code, "README", "exec"), {})  # noqa: S102  # our own README


def test_the_sheet_in_the_readme_is_what_the_example_gives() -> None:
    printed = CliRunner().invoke(main, ["read", str(ROOT / "examples" / "lake-ferry.html")]).stdout
    lines = {" ".join(line.split()) for line in printed.splitlines()}
    shown = re.search(r"```\n(At least 12 dead.*?)```", README, re.DOTALL)
    assert shown is not None
    missing = [line for line in shown.group(1).splitlines() if line.strip(" …") and " ".join(line.split()) not in lines]
    assert missing == []


def test_every_setting_can_be_given_by_the_environment() -> None:
    given = {
        "WHOSAYS_MAX_BYTES": "5",
        "WHOSAYS_TIMEOUT": "1.5",
        "WHOSAYS_MAX_DEPTH": "9",
        "WHOSAYS_MAX_TEXT": "10",
        "WHOSAYS_ALLOW_PRIVATE": "yes",
        "WHOSAYS_ANY_LANGUAGE": "1",
        "WHOSAYS_MODEL": "m",
        "WHOSAYS_GAZETTEER": "g",
        "WHOSAYS_DATA": "d",
        "WHOSAYS_LEDGER": "postgresql://host/db",
        "WHOSAYS_ARCHIVE": "a",
        "WHOSAYS_THREADS": "2",
    }
    settings = read_settings(given)
    assert len(given) == len(Settings.__dataclass_fields__)
    assert all(getattr(settings, name) != getattr(Settings(), name) for name in Settings.__dataclass_fields__)
