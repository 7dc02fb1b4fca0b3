"""The answer to a search: statements, how many there are, and what they have in common."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from whosays.errors import Unasked
from whosays.show.views.parts import COUNTED, StatementRow, describe_statement

if TYPE_CHECKING:
    from whosays.ledger import LedgerView
    from whosays.model import Question


class Facet(Struct, frozen=True):
    """A value that some of the newest statements found have, and how many of the newest thousand do."""

    value: str
    count: int


class SearchView(Struct, frozen=True):
    """Statements, the newest first; `next` leads to the page after this one. A `total` of 10,001 stands for more."""

    statements: list[StatementRow]
    total: int
    facets: dict[str, list[Facet]]
    next: int | None
    problem: str | None = None
    """Why the question makes no sense, so that nothing was found."""


def view_search(view: LedgerView, question: Question) -> SearchView:
    """Ask a ledger for statements."""
    try:
        found = view.search(question)
    except Unasked as error:
        return SearchView(statements=[], total=0, facets={}, next=None, problem=error.detail)
    return SearchView(
        statements=[describe_statement(one) for one in found],
        total=view.count(question, most=COUNTED),
        facets={
            name: [Facet(value=value, count=count) for value, count in values]
            for name, values in view.list_facets(question).items()
        },
        next=found[-1].number if len(found) == question.limit else None,
    )
