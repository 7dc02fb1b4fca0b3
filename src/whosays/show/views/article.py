"""An article with its sheet, its versions, and what people said of its statements."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from whosays.show.contract import SheetJson, describe_sheet
from whosays.show.views.lists import JudgementRow, describe_judgement
from whosays.show.views.parts import ArticleHead, StatementRow, describe_article, describe_statement

if TYPE_CHECKING:
    from collections.abc import Sequence

    from whosays.model import Changes, Judgement, KeptArticle, KeptStatement, Sheet


class ChangeRow(Struct, frozen=True):
    """What a version changed: a figure, something added, something dropped."""

    version: int
    change: str
    before: str | None
    after: str | None


class ArticleView(Struct, frozen=True):
    """An article of the ledger: its sheet as people left it, its versions, and what each changed."""

    article: ArticleHead
    sheet: SheetJson
    versions: list[ArticleHead]
    changes: list[ChangeRow]
    verdicts: dict[str, str]
    """What people said of the sheet's statements, by their ids."""


class StatementView(Struct, frozen=True):
    """A statement and what people did with it."""

    statement: StatementRow
    judgements: list[JudgementRow]


def view_article(
    article: KeptArticle,
    sheet: Sheet,
    statements: Sequence[KeptStatement],
    versions: Sequence[KeptArticle],
    changes: Sequence[Changes],
) -> ArticleView:
    """Put an article and its sheet into a view."""
    rows: list[ChangeRow] = []
    for change in changes:
        at = change.article.version
        rows += [ChangeRow(at, "figure", before, after) for before, after in change.figures]
        rows += [ChangeRow(at, "added", None, text) for text in change.added]
        rows += [ChangeRow(at, "dropped", text, None) for text in change.dropped]
    return ArticleView(
        article=describe_article(article),
        sheet=describe_sheet(sheet),
        versions=[describe_article(one) for one in versions],
        changes=rows,
        verdicts={one.statement.id: one.verdict.value for one in statements if one.verdict is not None},
    )


def view_statement(one: KeptStatement, judgements: Sequence[Judgement]) -> StatementView:
    """Put a statement and its history into a view."""
    return StatementView(
        statement=describe_statement(one), judgements=[describe_judgement(judgement) for judgement in judgements]
    )
