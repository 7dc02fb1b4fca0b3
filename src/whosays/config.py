"""The settings of all doors, with their defaults, from the environment; and the means to read that follow from them."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from whosays.flow import Means

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from whosays.model import CrossEncoder


_BOUNDS = {
    "max_bytes": (1, 10**10),
    "timeout": (0.1, 86_400),
    "max_depth": (1, 10_000),
    "max_text": (1, 10**8),
    "threads": (1, 1024),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Every setting; each may be given as `WHOSAYS_` and its name in capitals, or as the option of that name."""

    max_bytes: int = 20_000_000
    """Bytes of one input, after decompression."""
    timeout: float = 30.0
    """Seconds to get one page from the web, redirects included."""
    max_depth: int = 512
    """Elements nested in one another."""
    max_text: int = 400_000
    """Characters of an article's text: some 65,000 words."""
    allow_private: bool = False
    """Open web addresses on private, loopback and link-local networks."""
    any_language: bool = False
    """Read articles that are not in English too; the model was not trained on them."""
    model: Path | None = None
    """A folder with another model of the same interface."""
    gazetteer: Path | None = None
    """A folder with another gazetteer's tables; the installed one, or the one that comes along, when not given."""
    data: Path | None = None
    """Where whosays keeps what it installs; the system's place for such data when not given."""
    ledger: str | None = None
    """A file, or `postgresql://…`; `ledger.sqlite` where whosays keeps its data when not given."""
    archive: Path | None = None
    """The folder of archived pages; beside the ledger's file when not given."""
    threads: int | None = None
    """Pages that are read at once, and windows of one page that the encoder takes at once; all cores when not given."""

    def __post_init__(self) -> None:
        """Raise `ValueError` naming a number that is out of bounds."""
        for name, (low, high) in _BOUNDS.items():
            value = getattr(self, name)
            if value is not None and not low <= value <= high:
                raise ValueError(f"{name} is {value:g}; it must lie between {low:g} and {high:g}")


def read_settings(environment: Mapping[str, str] = os.environ) -> Settings:
    """Read the settings from the environment; raises `ValueError` naming a variable that makes no sense."""
    given: dict[str, Any] = {}
    for setting in fields(Settings):
        variable = f"WHOSAYS_{setting.name.upper()}"
        if variable in environment:
            given[setting.name] = _parse(variable, environment[variable], str(setting.type))
    return Settings(**given)


def make_means(settings: Settings, *, now: Callable[[], datetime], stdin: IO[bytes] | None) -> Means:
    """Gather what reading needs, as the settings say; raises `Unusable` when the files are not there."""
    from whosays.encoder import SHIPPED, OnnxEncoder
    from whosays.extract import load_lexicon
    from whosays.fetch import FetchLimits
    from whosays.gazetteer import TableGazetteer
    from whosays.parse import Limits

    return Means(
        encoder=OnnxEncoder(settings.model or SHIPPED, threads=settings.threads),
        cross=make_cross(settings),
        lexicon=load_lexicon(),
        gazetteer=TableGazetteer(find_gazetteer(settings)),
        fetch_limits=FetchLimits(
            max_bytes=settings.max_bytes, total_seconds=settings.timeout, allow_private=settings.allow_private
        ),
        read_limits=Limits(
            max_depth=settings.max_depth, max_text=settings.max_text, english_only=not settings.any_language
        ),
        now=now,
        stdin=stdin,
        workers=settings.threads or os.cpu_count() or 1,
    )


def make_cross(settings: Settings) -> CrossEncoder:
    """Return what linking reads pairs with; its files are opened with the first pair."""
    from whosays.encoder import OnnxCrossEncoder

    return OnnxCrossEncoder(threads=settings.threads)


def find_gazetteer(settings: Settings) -> Path:
    """Return the folder of the gazetteer in use: the one given, the one installed, or the one that comes along."""
    from whosays.gazetteer import EMBEDDED, find_installed

    return settings.gazetteer or find_installed(find_home(settings) / "gazetteer") or EMBEDDED


def find_ledger(settings: Settings) -> tuple[str, Path | None]:
    """Return the ledger's address, and the archive's folder where it is not beside it."""
    address = settings.ledger or str(find_home(settings) / "ledger.sqlite")
    archive = settings.archive
    if archive is None and "://" in address:
        archive = find_home(settings) / "archive"
    return address, archive


def find_home(settings: Settings) -> Path:
    """Return the folder that whosays keeps what it installs in; it need not be there."""
    from click import get_app_dir

    return settings.data or Path(get_app_dir("whosays"))


def _parse(variable: str, value: str, kind: str) -> object:
    try:
        if kind.startswith("bool"):
            return {"1": True, "true": True, "yes": True, "0": False, "false": False, "no": False}[value.lower()]
        if kind.startswith("int"):
            return int(value[:20])
        if kind.startswith("str"):
            return value
        return float(value) if kind.startswith("float") else Path(value)
    except (ValueError, KeyError) as error:
        raise ValueError(f"{variable}={value!r} makes no sense as {kind}") from error
