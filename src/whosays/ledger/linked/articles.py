"""Articles of the ledger as linking takes them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, cast

from whosays.ledger.records import read_article, read_statement, read_text, read_vector
from whosays.model import Action, LinkArticle, Proposition, Ruling, Span, Statement

if TYPE_CHECKING:
    from whosays.ledger.database import Database

_ID, _TITLE = 12, 30
"""Characters of an id that tell an article from others of a ledger; of a title that stands for an unknown outlet."""


def list_unlinked(*, limit: int, database: Database) -> list[LinkArticle]:
    """Return articles whose story is not known yet, by their whole ids, without what they say."""
    rows = database.rows(
        "SELECT id, text, title, published FROM unlinked JOIN article ON article.id = unlinked.article"
        " ORDER BY id LIMIT ?",
        limit,
    )
    return [
        LinkArticle(name=str(name), text=str(text), title=read_text(title), published=read_text(published))
        for name, text, title, published in rows
    ]


def list_story_articles(story: str, *, database: Database) -> list[LinkArticle]:
    """Return the articles of a story as they stand now, with all that linking needs.

    Statements that people rejected are left out, and sources bear the names that people gave them. An article's name is
    the beginning of its id and its outlet, or its title where no outlet is known.
    """
    rows = database.rows(
        "SELECT id, text, title, outlet, agency, byline, url, published, record FROM membership"
        " JOIN article ON article.id = membership.article WHERE membership.story = ? ORDER BY id",
        story,
    )
    return [_make_article([read_text(value) for value in row], database) for row in rows]


def list_rulings(story: str, *, database: Database) -> list[Ruling]:
    """Return what people say of statements of a story that are in force."""
    rows = database.rows(
        "SELECT ruling.statement, ruling.other, ruling.verdict FROM membership"
        " JOIN statement ON statement.article = membership.article AND statement.current = 1"
        " JOIN ruling ON ruling.statement = statement.id WHERE membership.story = ? ORDER BY 1, 2",
        story,
    )
    return [Ruling(statement=str(one), other=str(two), same=verdict == Action.SAME.value) for one, two, verdict in rows]


def name_article(article: str, outlet: str | None, title: str | None) -> str:
    """Return what an article is called where it is linked: the beginning of its id, and its outlet or title."""
    return f"{article[:_ID]} {outlet or (title or '')[:_TITLE]}".strip()


def _make_article(row: list[str | None], database: Database) -> LinkArticle:
    article, text, title, outlet, agency, byline, url, published, kept = row
    statements: dict[int, Statement] = {}
    for number, record, name in database.rows(
        "SELECT statement.number, statement.record, coalesce(correction.value, alias.meant) FROM statement"
        " LEFT JOIN alias ON alias.name = coalesce(statement.source_name, statement.source_words)"
        " LEFT JOIN correction ON correction.statement = statement.id AND correction.field = 'source_name'"
        " WHERE statement.article = ? AND statement.current = 1 AND coalesce(statement.verdict, '') <> 'rejected'",
        article,
    ):
        statement = read_statement(str(record)).statement
        if name is not None and statement.source is not None:
            statement = replace(statement, source=replace(statement.source, name=str(name)))
        statements[cast("int", number)] = statement
    propositions = [
        Proposition(
            statement=statements[cast("int", number)].id,
            span=Span(start=cast("int", first), end=cast("int", last)),
            vector=read_vector(read_text(vector)),
        )
        for number, first, last, vector in database.rows(
            "SELECT statement.number, proposition.first_char, proposition.last_char, proposition.vector"
            " FROM proposition JOIN statement ON statement.number = proposition.statement"
            " WHERE statement.article = ? AND statement.current = 1 ORDER BY proposition.number",
            article,
        )
        if number in statements
    ]
    return LinkArticle(
        name=name_article(article or "", outlet, title),
        text=text or "",
        title=title,
        outlet=outlet,
        agency=agency,
        byline=byline,
        url=url,
        published=published,
        credits=read_article(kept or "").credits,
        statements=tuple(statements.values()),
        propositions=tuple(propositions),
    )
