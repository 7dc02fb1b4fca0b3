"""Records as JSON in a column, and back: the ledger's own form, which no other room sees."""

from __future__ import annotations

import base64
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

import msgspec
import numpy as np

from whosays.model import Gist, Linking, RelatedItem, Span, Statement

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from whosays.ledger.database import Value
    from whosays.model import Article

_SCALE = 300.0
"""Steps a unit of a vector's values: those of length 1 and some hundred values stay well below 127 steps."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleRecord:
    """What a row of `article` does not say in its columns."""

    paragraphs: tuple[Span, ...]
    page_spans: tuple[tuple[Span, ...], ...]
    """The bytes of each paragraph."""
    standfirst: str | None
    section: str | None
    language: str | None
    credits: tuple[str, ...]
    related: tuple[RelatedItem, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementRecord:
    """A statement with the bytes of the page that its contents were read from, span by span."""

    statement: Statement
    page_spans: tuple[Span, ...]


def write_article(article: Article) -> str:
    """Write what the columns leave out."""
    record = ArticleRecord(
        paragraphs=article.paragraphs,
        page_spans=tuple(article.origin.find_bytes(span) for span in article.paragraphs),
        standfirst=article.standfirst,
        section=article.section,
        language=article.language,
        credits=article.credits,
        related=article.related,
    )
    return msgspec.json.encode(record).decode("utf-8")


def read_article(text: str) -> ArticleRecord:
    """Read it again."""
    return msgspec.json.decode(text, type=ArticleRecord)


def write_statement(statement: Statement, article: Article) -> str:
    """Write a statement and its bytes."""
    found = article.origin.find_bytes(*statement.spans)
    return msgspec.json.encode(StatementRecord(statement=statement, page_spans=found)).decode("utf-8")


def read_statement(text: str) -> StatementRecord:
    """Read it again."""
    return msgspec.json.decode(text, type=StatementRecord)


def write_vector(vector: NDArray[np.float32] | None) -> str | None:
    """Write a vector of length 1 in 8 bits a value."""
    if vector is None:
        return None
    return base64.b64encode(np.clip(np.rint(vector * _SCALE), -127, 127).astype(np.int8).tobytes()).decode("ascii")


def read_vector(text: str | None) -> NDArray[np.float32] | None:
    """Read it again, made of length 1."""
    if text is None:
        return None
    vector = np.frombuffer(base64.b64decode(text), dtype=np.int8).astype(np.float32)
    found: NDArray[np.float32] = vector / max(float(np.linalg.norm(vector)), 1e-9)
    return found


def write_gist(gist: Gist) -> str:
    """Write the terms and weights of a gist, four bytes each."""
    return base64.b64encode(gist.terms.tobytes() + gist.weights.tobytes()).decode("ascii")


def read_gist(text: str, day: int) -> Gist:
    """Read them again; a `day` below 0 is none."""
    data = base64.b64decode(text)
    half = len(data) // 2
    return Gist(
        terms=np.frombuffer(data[:half], dtype=np.uint32),
        weights=np.frombuffer(data[half:], dtype=np.float32),
        day=None if day < 0 else day,
    )


def write_linking(linking: Linking) -> str:
    """Write what links a story, packed: it says the same names over and over."""
    return base64.b64encode(zlib.compress(msgspec.json.encode(linking))).decode("ascii")


def read_linking(text: str) -> Linking:
    """Read it again."""
    return msgspec.json.decode(zlib.decompress(base64.b64decode(text)), type=Linking)


def list_fields(statement: Statement) -> dict[str, str | None]:
    """Return what the machine read in each field that people may set."""
    source, certainty = statement.source, statement.certainty
    return {
        "source_name": source.name if source else None,
        "source_kind": source.kind.value if source else None,
        "stance": statement.stance.value,
        "quotation": statement.quotation.value,
        "evidence": statement.evidence.kind.value,
        "certainty.source": certainty.source.value if certainty.source else None,
        "certainty.outlet": certainty.outlet.value,
        "event": statement.event.type if statement.event else None,
    }


def list_columns(statement: Statement, said: Mapping[str, str]) -> dict[str, str | None]:
    """Return the columns that statements are asked by; what people `said` of a field stands in for what was read."""
    fields = {**list_fields(statement), **said}
    asked = {name: fields[name] for name in ("source_name", "source_kind", "stance", "event")}
    return asked | {"sure": fields["certainty.source"] or fields["certainty.outlet"]}


def tell_source(statement: Statement, text: str) -> str | None:
    """Return the words that name a statement's source, on one line."""
    return statement.source.span.line(text) if statement.source is not None else None


def read_text(value: Value) -> str | None:
    """Return what a column of text holds, `None` for NULL."""
    return None if value is None else str(value)
