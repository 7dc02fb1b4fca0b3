"""Get GeoNames' files and put them to use."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from whosays.fetch import FetchLimits, download_file
from whosays.gazetteer import REGIONS, install_geonames

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


def install_gazetteer(
    name: str,
    *,
    server: str,
    home: Path,
    limits: FetchLimits,
    sha256: str | None,
    told: Callable[[str, int, int | None], None],
) -> Path:
    """Download a dump (`allCountries`, `cities500`, …) and the table of regions, and compile them; returns the folder.

    Files lie in `home/downloads` until they are compiled, so that a broken download goes on where it stopped.
    """
    downloads = home / "downloads"
    downloads.mkdir(parents=True, exist_ok=True)
    files = [downloads / f"{name}.zip", downloads / REGIONS]
    for path in files:
        if not path.exists():
            download_file(
                f"{server.rstrip('/')}/{path.name}",
                path,
                limits=limits,
                told=partial(told, path.name),
            )
    try:
        return install_geonames(files[0], files[1], home, sha256=sha256)
    finally:
        for path in files:
            path.unlink(missing_ok=True)
