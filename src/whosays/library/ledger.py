"""Keep pages and ask the ledger from a Python program or a notebook."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from whosays.config import Settings, find_ledger, make_means, read_settings
from whosays.flow import add_inputs, link_new
from whosays.gazetteer import list_country_names
from whosays.ledger import LedgerView, LedgerWriter, open_view, open_writer
from whosays.model import Question
from whosays.show.answers import Answer, answer_figures, answer_sources, answer_statements

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from whosays.flow import Kept
    from whosays.model import KeptFigure, KeptStatement, SourceCount


@dataclass(frozen=True, slots=True, kw_only=True)
class Rows:
    """What a ledger answers: `records` as it keeps them, or a table of them for pandas."""

    records: tuple[KeptStatement | KeptFigure | SourceCount, ...]
    answer: Answer

    def to_dicts(self) -> list[dict[str, Any]]:
        """Return a dict a row."""
        return [dict(row) for row in self.answer.to_dicts()]

    def to_frame(self) -> Any:  # noqa: ANN401  # pandas is not a dependency
        """Return a `pandas.DataFrame`; pandas has to be installed."""
        import pandas as pd

        return pd.DataFrame(list(self.answer.rows), columns=list(self.answer.columns))

    def __len__(self) -> int:
        """Return how many rows there are."""
        return len(self.records)


class Ledger:
    """A ledger for one program: a file, or `postgresql://…`; made by `whosays.open_ledger`, closed by `with`."""

    def __init__(self, address: str, *, archive: Path | None, settings: Settings) -> None:
        self._address = address
        self._archive = archive
        self._settings = settings
        self._view: LedgerView | None = None
        self._writer: LedgerWriter | None = None

    def add(self, sources: Iterable[str], *, date: str | None = None, plain: bool = False) -> Iterator[Kept]:
        """Read pages and keep what they say; yields what became of each."""
        if self._writer is None:
            self._writer = open_writer(self._address, archive=self._archive, countries=list_country_names())
        means = make_means(self._settings, now=lambda: datetime.now(UTC), stdin=None)
        yield from add_inputs(sources, means=means, writer=self._writer, plain=plain, published=date)
        for _ in link_new(self._writer, cross=means.cross):
            pass

    def search(self, words: str | None = None, *, limit: int = 100, **narrowed: Any) -> Rows:  # noqa: ANN401  # the fields of Question
        """Find statements, the newest first; `narrowed` are fields of `whosays.model.Question` (who, where, …)."""
        found = self._open().search(Question(words=words, limit=limit, **narrowed))
        return Rows(records=found, answer=answer_statements(found, limit=limit))

    def sources(self, *, limit: int = 100, outlet: str | None = None) -> Rows:
        """Return who is relied on most."""
        found = self._open().count_sources(limit=limit, outlet=outlet)
        return Rows(records=tuple(found), answer=answer_sources(found))

    def figures(
        self,
        *,
        outcome: str | None = None,
        unit: str | None = None,
        limit: int = 100,
        **narrowed: Any,  # noqa: ANN401  # the fields of Question
    ) -> Rows:
        """Return figures with who gave them, the newest first."""
        found = self._open().list_figures(Question(limit=limit, **narrowed), outcome=outcome, unit=unit)
        return Rows(records=found, answer=answer_figures(found, limit=limit))

    def close(self) -> None:
        """Close the ledger."""
        for opened in (self._view, self._writer):
            if opened is not None:
                opened.close()
        self._view = self._writer = None

    def __enter__(self) -> Self:
        """Return the ledger itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close it."""
        self.close()

    def _open(self) -> LedgerView:
        if self._view is None:
            self._view = open_view(self._address, archive=self._archive, countries=list_country_names())
        return self._view


def open_ledger(address: str | None = None, *, archive: Path | None = None, settings: Settings | None = None) -> Ledger:
    """Open a ledger to add to it and to ask it; the one of the settings when no address is given.

    Its file is made with the first page that is added. Raises `whosays.errors.LedgerError` where it cannot be used.
    """
    found = settings or read_settings()
    known, place = find_ledger(found)
    return Ledger(address or known, archive=archive or place, settings=found)
