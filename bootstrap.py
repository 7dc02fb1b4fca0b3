"""Set up whosays in `.venv` beside this file, then run it: only Python 3.11 and pip are needed.

    python3 bootstrap.py read examples/lake-ferry.html     set up, then `whosays read …`
    python3 bootstrap.py test                              set up with the test tools, then run the tests
    python3 bootstrap.py setup                             set up with the test tools, and no more

Everything is installed from `requirements/`, pinned and checked by hash; nothing outside `.venv` is touched. What is
there already is not installed again.
"""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent
HOME = ROOT / ".venv"
BIN = HOME / ("Scripts" if os.name == "nt" else "bin")


def main(arguments: list[str]) -> int:
    """Set up what the command needs and run it; returns its exit status."""
    if not arguments or arguments[0] in {"-h", "--help"}:
        print(__doc__)
        return 0
    testing = arguments[0] in {"test", "setup"}
    try:
        set_up(ROOT / "requirements" / ("test.txt" if testing else "run.txt"))
    except subprocess.CalledProcessError as error:
        print(f"setting up failed: {' '.join(map(str, error.cmd))}", file=sys.stderr)
        return 2
    if arguments[0] == "setup":
        return 0
    command = [BIN / "python", "-m", "pytest", *arguments[1:]] if testing else [BIN / "whosays", *arguments]
    return subprocess.call(command, cwd=ROOT if testing else None)


def set_up(requirements: Path) -> None:
    """Make the environment and install into it, unless that was done before with the same pins."""
    stamp = HOME / f"{requirements.stem}.done"
    digest = hashlib.sha256(requirements.read_bytes() + (ROOT / "pyproject.toml").read_bytes()).hexdigest()
    if stamp.exists() and stamp.read_text() == digest:
        return
    print(f"Setting up {HOME} (once, about a minute) …", file=sys.stderr)
    pip = make_environment()
    install(pip, ["--require-hashes", "-r", str(requirements)])
    install(pip, ["--no-deps", "--no-build-isolation", "-e", str(ROOT)])
    stamp.write_text(digest)


def make_environment() -> list[str]:
    """Create the environment and return the pip that installs into it.

    Where the system leaves pip out of new environments (Debian without python3-venv), this Python's own pip is used.
    """
    if not (BIN / "python").exists():
        made = subprocess.run([sys.executable, "-m", "venv", str(HOME)], capture_output=True, check=False)
        if made.returncode:
            subprocess.run([sys.executable, "-m", "venv", "--clear", "--without-pip", str(HOME)], check=True)
    own = [str(BIN / "python"), "-m", "pip"]
    if subprocess.run([*own, "--version"], capture_output=True, check=False).returncode == 0:
        return own
    return [sys.executable, "-m", "pip", "--python", str(BIN / "python")]


def install(pip: list[str], what: list[str]) -> None:
    """Install, quietly, into the environment and nowhere else."""
    environment = {k: v for k, v in os.environ.items() if k not in {"PIP_TARGET", "PIP_PREFIX", "PIP_USER"}}
    command = [*pip, "install", "-qq", "--disable-pip-version-check", "--no-input", *what]
    subprocess.run(command, check=True, env=environment)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
