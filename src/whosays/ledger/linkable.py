"""Articles of the ledger as linking takes them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, cast

from whosays.ledger.records import read_statement, read_text, read_vector
from whosays.model import LinkArticle, Proposition, Span, Statement

if TYPE_CHECKING:
    from whosays.ledger.database import Database, Value
    from whosays.model import Question

_TITLE = 30
"""Characters of a title that stand for an unknown outlet."""


def list_link_articles(question: Question, *, database: Database) -> list[LinkArticle]:
    """Return the newest articles of an outlet and a time, at most `limit`, as they stand now.

    Statements that people rejected are left out, and sources bear the names that people gave them. An article's name is
    the beginning of its id and its outlet, or its title where no outlet is known.
    """
    conditions: list[str] = ["1 = 1"]
    parameters: list[Value] = []
    for condition, value in (
        ("outlet = ?", question.outlet),
        ("published >= ?", question.since),
        ("published <= ?", f"{question.until}~" if question.until else None),
    ):
        if value is not None:
            conditions.append(condition)
            parameters.append(value)
    rows = database.rows(
        "SELECT id, text, title, outlet, agency, byline, url, published FROM article AS this"
        f" WHERE {' AND '.join(conditions)}"
        " AND NOT EXISTS (SELECT 1 FROM article AS later WHERE later.key = this.key AND later.version > this.version)"
        " ORDER BY coalesce(published, added) DESC, id LIMIT ?",
        *parameters,
        question.limit,
    )
    return [_make_article([read_text(value) for value in row], database) for row in rows]


def _make_article(row: list[str | None], database: Database) -> LinkArticle:
    article, text, title, outlet, agency, byline, url, published = row
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
        name=f"{(article or '')[:8]} {outlet or (title or '')[:_TITLE]}".strip(),
        text=text or "",
        title=title,
        outlet=outlet,
        agency=agency,
        byline=byline,
        url=url,
        published=published,
        statements=tuple(statements.values()),
        propositions=tuple(propositions),
    )
