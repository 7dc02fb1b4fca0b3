"""What several views are made of: an article's head, a statement's row, a story's head."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from whosays.show.words import check_url, tell_days, tell_figure

if TYPE_CHECKING:
    from whosays.model import KeptArticle, KeptClaim, KeptStatement, KeptStory


COUNTED = 10_000
"""Statements that are counted at most where an answer must not take long; one more stands for any more."""
_TITLE = 300
"""Characters of a title that are shown."""


class ArticleHead(Struct, frozen=True):
    """An article: its id leads to its page."""

    id: str
    title: str | None
    outlet: str | None
    published: str | None
    url: str | None
    version: int
    added: str


class StatementRow(Struct, frozen=True):
    """A statement as people left it, with the article it stands in."""

    id: str
    number: int
    who: str | None
    kind: str | None
    stance: str
    text: str
    certainty: str
    evidence: str
    event: str | None
    places: list[str]
    figures: list[str]
    verdict: str | None
    note: str | None
    article: ArticleHead


class StoryHead(Struct, frozen=True):
    """A story: its id, that of its earliest article, leads to its page, and so does that of any other."""

    id: str
    title: str | None
    days: str | None
    last: str
    articles: int
    texts: int
    outlets: int
    claims: int
    disputes: int
    updates: int


class ClaimHead(Struct, frozen=True):
    """A claim that several articles make: how many independent origins it has, at least and at most."""

    story: str
    id: str
    text: str
    low: int
    high: int
    articles: int
    origins: list[str]
    outlets: list[str]


def describe_article(article: KeptArticle) -> ArticleHead:
    """Take an article's head from the ledger."""
    return ArticleHead(
        id=article.id,
        title=shorten_title(article.title),
        outlet=article.outlet,
        published=article.published,
        url=check_url(article.url),
        version=article.version,
        added=article.added,
    )


def describe_statement(one: KeptStatement) -> StatementRow:
    """Take a statement from the ledger, corrections in the place of what the machine read."""
    statement, said = one.statement, dict(one.corrected)
    sure = statement.certainty.source or statement.certainty.outlet
    event = statement.event.type if statement.event else None
    return StatementRow(
        id=statement.id,
        number=one.number,
        who=one.source_name or one.source_words,
        kind=said.get("source_kind", statement.source.kind.value if statement.source else None),
        stance=said.get("stance", statement.stance.value),
        text=one.text,
        certainty=said.get("certainty.source", sure.value),
        evidence=said.get("evidence", statement.evidence.kind.value),
        event=said.get("event", event),
        places=list(dict.fromkeys(p.entry.name for p in statement.places if p.entry is not None)),
        figures=[tell_figure(figure) for figure in statement.figures],
        verdict=one.verdict.value if one.verdict else None,
        note=said.get("note"),
        article=describe_article(one.article),
    )


def describe_story(story: KeptStory) -> StoryHead:
    """Take a story's head from the ledger."""
    return StoryHead(
        id=story.id,
        title=shorten_title(story.title),
        days=tell_days(story.first, story.last),
        last=story.last,
        articles=story.articles,
        texts=story.texts,
        outlets=story.outlets,
        claims=story.claims,
        disputes=story.disputes,
        updates=story.updates,
    )


def describe_claim(claim: KeptClaim) -> ClaimHead:
    """Take a claim's head from the ledger."""
    return ClaimHead(
        story=claim.story,
        id=claim.id,
        text=claim.text,
        low=claim.low,
        high=claim.high,
        articles=claim.articles,
        origins=list(claim.roots),
        outlets=list(claim.outlets),
    )


def shorten_title(title: str | None) -> str | None:
    """Return a title, or its beginning where it is no title any more."""
    return title if title is None or len(title) <= _TITLE else f"{title[: _TITLE - 1]}…"
