"""Read news pages and keep who said what happened, on what evidence, how sure they sounded.

`whosays.read("page.html")` returns the sheet of one page, `whosays.open_ledger()` what many pages said; the names below
load their rooms when first used.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from whosays.library import Ledger, ReadSheet, Rows, open_ledger, read, read_many

__all__ = ["Ledger", "ReadSheet", "Rows", "open_ledger", "read", "read_many"]


def __getattr__(name: str) -> object:
    """Load the library door when one of its names is first asked for, so that `import whosays` stays quick."""
    if name in __all__:
        from whosays import library

        return getattr(library, name)
    raise AttributeError(f"module 'whosays' has no attribute {name!r}")
