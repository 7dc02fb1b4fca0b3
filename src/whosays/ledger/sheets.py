"""A sheet as the ledger has it: the article, its page's bytes, and its statements as people left them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, cast

from whosays.errors import NotKept
from whosays.ledger.asking import list_article_statements
from whosays.ledger.records import read_article, read_statement, read_text
from whosays.model import (
    ArchivePlace,
    Article,
    Certainty,
    EvidenceKind,
    Page,
    Quotation,
    Sheet,
    SourceKind,
    Span,
    Stance,
    Statement,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from whosays.ledger.archive import Archive
    from whosays.ledger.database import Database


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class KeptOrigin:
    """The bytes of an article's paragraphs and contents, as they were found when the page was read."""

    known: Mapping[tuple[Span, ...], tuple[Span, ...]]

    def find_bytes(self, *spans: Span) -> tuple[Span, ...]:
        """Return the bytes of a paragraph, or of all parts of a content; raises `KeyError` for any other spans."""
        return self.known[spans]


def read_sheet(article: str, *, database: Database, archive: Archive) -> Sheet:
    """Return the sheet of an article by its whole id; raises `NotKept` where there is none."""
    row = database.row(
        "SELECT article.page, text, title, outlet, agency, byline, article.url, published, modified, charset,"
        " media_type, record, file, first_byte, length, record_id, reading.encoder FROM article"
        " JOIN page ON page.digest = article.page JOIN reading ON reading.article = article.id"
        " WHERE article.id = ? ORDER BY reading.added DESC LIMIT 1",
        article,
    )
    if row is None:
        raise NotKept(path=database.path, detail=f"there is no article “{article}”")
    digest, text, title, outlet, agency, byline, url, published, modified, charset, media_type, record = row[:12]
    file, offset, length, record_id, encoder = row[12:]
    kept = read_article(str(record))
    place = ArchivePlace(
        file=str(file), offset=cast("int", offset), length=cast("int", length), record_id=str(record_id)
    )
    known: dict[tuple[Span, ...], tuple[Span, ...]] = {
        (span,): places for span, places in zip(kept.paragraphs, kept.page_spans, strict=True)
    }
    for (found,) in database.rows("SELECT record FROM statement WHERE article = ? AND current > 0", article):
        of_statement = read_statement(str(found))
        known[of_statement.statement.spans] = of_statement.page_spans
    return Sheet(
        page=_read_page(str(digest), place, database, archive),
        article=Article(
            text=str(text),
            paragraphs=kept.paragraphs,
            origin=KeptOrigin(known=known),
            charset=str(charset),
            media_type=str(media_type),
            title=read_text(title),
            standfirst=kept.standfirst,
            byline=read_text(byline),
            agency=read_text(agency),
            outlet=read_text(outlet),
            section=kept.section,
            published=read_text(published),
            modified=read_text(modified),
            language=kept.language,
            url=read_text(url),
            credits=kept.credits,
            related=kept.related,
        ),
        statements=tuple(
            correct(one.statement, dict(one.corrected)) for one in list_article_statements(article, database=database)
        ),
        encoder=str(encoder),
    )


def correct(statement: Statement, said: Mapping[str, str]) -> Statement:
    """Return a statement with what people said of its fields in the place of what the machine read."""
    source, certainty = statement.source, statement.certainty
    if source is not None:
        kind = SourceKind(said["source_kind"]) if "source_kind" in said else source.kind
        source = replace(source, name=said.get("source_name", source.name), kind=kind)
    if "certainty.source" in said:
        certainty = replace(certainty, source=Certainty(said["certainty.source"]))
    if "certainty.outlet" in said:
        certainty = replace(certainty, outlet=Certainty(said["certainty.outlet"]))
    evidence, event = statement.evidence, statement.event
    if "evidence" in said:
        evidence = replace(evidence, kind=EvidenceKind(said["evidence"]))
    if event is not None and "event" in said:
        event = replace(event, type=said["event"])
    return replace(
        statement,
        source=source,
        certainty=certainty,
        evidence=evidence,
        event=event,
        stance=Stance(said["stance"]) if "stance" in said else statement.stance,
        quotation=Quotation(said["quotation"]) if "quotation" in said else statement.quotation,
    )


def _read_page(digest: str, place: ArchivePlace, database: Database, archive: Archive) -> Page:
    row = database.row(
        "SELECT source, url, fetched, content_type FROM capture WHERE page = ? ORDER BY fetched LIMIT 1", digest
    )
    source, url, fetched, content_type = row or ("", None, "1970-01-01T00:00:00+00:00", None)
    return Page(
        source=str(source),
        body=archive.read(place),
        digest=digest,
        fetched=datetime.fromisoformat(str(fetched)),
        url=read_text(url) or None,
        content_type=read_text(content_type),
    )
