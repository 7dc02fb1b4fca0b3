"""A table in columns: Parquet, with the same types whatever rows it has."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from whosays.errors import TablesError

if TYPE_CHECKING:
    from whosays.show.answers import Answer

_FRACTIONS = frozenset("low best high lat lon".split())
_COUNTS = frozenset("start end statements articles".split())
_YES_OR_NO = frozenset({"sure"})


def write_parquet(answer: Answer) -> bytes:
    """Return a table as a Parquet file: numbers as numbers, all else as text; raises `TablesError` without pyarrow."""
    try:
        import pyarrow as pa
        from pyarrow import parquet
    except ImportError as error:
        raise TablesError(path=answer.name, detail="Parquet needs pyarrow: pip install 'whosays[batch]'") from error
    kinds = {**dict.fromkeys(_FRACTIONS, pa.float64()), **dict.fromkeys(_COUNTS, pa.int64())}
    kinds |= dict.fromkeys(_YES_OR_NO, pa.bool_())
    schema = pa.schema([(name, kinds.get(name, pa.string())) for name in answer.columns])
    rows = [dict(zip(answer.columns, row, strict=True)) for row in answer.rows]
    for row in rows:
        row |= {name: float(value) for name, value in row.items() if name in _FRACTIONS and value is not None}
    stream = io.BytesIO()
    parquet.write_table(pa.Table.from_pylist(rows, schema=schema), stream)
    return stream.getvalue()
