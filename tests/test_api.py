"""The API keeps to its own description, whatever it is asked."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.serving import run_app
from tests.test_serve import fill

TOOL = Path(sys.executable).parent / "schemathesis"


@pytest.mark.skipif(not TOOL.is_file(), reason="schemathesis is not installed")
def test_the_api_is_as_it_says(tmp_path) -> None:
    """Thousands of requests made from the description, right ones and wrong ones; every check is on."""
    with run_app(fill(tmp_path)) as address:
        asked = subprocess.run(
            [
                *(str(TOOL), "run", f"{address}/api/v1/openapi.json", "--checks", "all", "--max-examples", "100"),
                *(
                    "--phases",
                    "examples,coverage,fuzzing",
                    "--no-color",
                    "--seed",
                    "1",
                    "--generation-database",
                    "none",
                ),
            ],
            capture_output=True,
            text=True,
            cwd=tmp_path,
            env={**os.environ, "PYTHONWARNINGS": "ignore"},
            timeout=600,
        )
    assert asked.returncode == 0, asked.stdout[-6000:]
    (generated,) = re.findall(r"([\d,]+) generated", asked.stdout)
    assert int(generated.replace(",", "")) > 2000
