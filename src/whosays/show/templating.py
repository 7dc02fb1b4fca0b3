"""Templates of HTML: everything escaped, nothing undefined."""

from __future__ import annotations

from jinja2 import ChoiceLoader, Environment, PackageLoader, StrictUndefined


def make_environment(*packages: str) -> Environment:
    """Return an environment over the `templates` of packages, those of the first first; this room's come last."""
    loaders = [PackageLoader(package) for package in (*packages, "whosays.show")]
    return Environment(
        loader=ChoiceLoader(loaders), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
