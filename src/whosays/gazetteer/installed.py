"""The gazetteer that a user installed: compiled beside the old one, then put in its place at once."""

from __future__ import annotations

import hashlib
import shutil
import tempfile
from itertools import chain
from pathlib import Path

from whosays.errors import GazetteerError
from whosays.gazetteer.compile import compile_tables
from whosays.gazetteer.geonames import read_geonames
from whosays.gazetteer.own_tables import read_countries, read_regions

_CURRENT = "current"
"""A file that names the folder in use; it is replaced in one step, so that there is always a whole one."""


def find_installed(home: Path) -> Path | None:
    """Return the folder of the gazetteer installed under `home`; `None` when there is none."""
    try:
        name = (home / _CURRENT).read_text("utf-8").strip()
    except OSError:
        return None
    return home / name if name and (home / name).is_dir() else None


def install_geonames(dump: Path, regions: Path, home: Path, *, sha256: str | None = None) -> Path:
    """Compile GeoNames' files and use them from now on; returns the new folder.

    Raises `GazetteerError` when the dump has not the digest asked for, or is damaged; the old one stays in use then.
    """
    digest = digest_file(dump)
    if sha256 is not None and sha256.lower() != digest:
        raise GazetteerError(path=str(dump), detail=f"its SHA-256 is {digest}, not the {sha256} that was asked for")
    home.mkdir(parents=True, exist_ok=True)
    folder = Path(tempfile.mkdtemp(prefix=f"{digest[:12]}-", dir=home))
    try:
        compile_tables(chain(read_countries(), read_regions(), read_geonames(dump, regions)), folder)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    _take_into_use(folder, home)
    return folder


def digest_file(path: Path) -> str:
    """Return a file's SHA-256 in hexadecimal."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise GazetteerError(path=str(path), detail="it cannot be read") from error


def _take_into_use(folder: Path, home: Path) -> None:
    old = find_installed(home)
    named = home / f"{_CURRENT}.new"
    named.write_text(folder.name + "\n", "utf-8")
    named.replace(home / _CURRENT)
    if old is not None and old != folder:
        shutil.rmtree(old, ignore_errors=True)
