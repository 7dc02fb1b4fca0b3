"""Bring articles of a batch into a ledger, with the pages that they were read from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pyarrow import parquet

from whosays.batch.linking import read_record
from whosays.batch.shards import read_again
from whosays.batch.writing import list_parts
from whosays.errors import InputRefused, NotAPage
from whosays.model import Refusal, Sheet, refuse
from whosays.parse import read_page

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from whosays.flow import Means
    from whosays.ledger import LedgerWriter

_COLUMNS = ("id", "source", "url", "page", "outlet", "published", "text", "encoder", "record")
_ROWS = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """Which articles are loaded: of an outlet, of a time, those that say a word."""

    outlet: str | None = None
    since: str | None = None
    until: str | None = None
    words: str | None = None

    def has(self, row: dict[str, Any]) -> bool:
        """Tell whether an article is meant."""
        day = (row["published"] or "")[:10]
        return (
            (self.outlet is None or row["outlet"] == self.outlet)
            and (self.since is None or day >= self.since)
            and (self.until is None or "" < day <= self.until)
            and (self.words is None or self.words.lower() in row["text"].lower())
        )


def load_tables(folder: Path, *, selection: Selection, means: Means, writer: LedgerWriter) -> Iterator[Refusal | None]:
    """Put the selected articles of a batch into a ledger; yields none for each that is in, and why one is not.

    The pages are read from where the batch had them, since the ledger archives them; they are parsed again, not read by
    the encoder again. A page that is not there any more, or gives another text now, is refused.
    """
    for path in list_parts(folder, "articles"):
        for batch in parquet.ParquetFile(path).iter_batches(batch_size=_ROWS, columns=list(_COLUMNS)):
            for row in batch.to_pylist():
                if selection.has(row):
                    yield _load(row, means, writer)


def _load(row: dict[str, Any], means: Means, writer: LedgerWriter) -> Refusal | None:
    at = means.now().isoformat()
    try:
        sheet = _make_sheet(row, means)
    except InputRefused as error:
        refusal = refuse(row["source"], error)
        writer.add_refusal(refusal, at=at)
        return refusal
    writer.add(sheet, at=at)
    return None


def _make_sheet(row: dict[str, Any], means: Means) -> Sheet:
    page = read_again(row["source"], means=means)
    if page.digest != row["page"]:
        raise NotAPage(source=row["source"], detail="holds another page now")
    article = read_page(page, limits=means.read_limits)
    if article.text != row["text"]:
        raise NotAPage(source=row["source"], detail="gives another text than when it was read; run the batch again")
    statements, propositions = read_record(row["record"])
    return Sheet(page=page, article=article, statements=statements, encoder=row["encoder"], propositions=propositions)
