"""Answers of the ledger as rows: for a table in the terminal, for JSON, for CSV."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rich import box
from rich.table import Table
from rich.text import Text

from whosays.show.terminal import draw
from whosays.show.words import tell_days, tell_figure

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from whosays.model import (
        Changes,
        Judgement,
        KeptArticle,
        KeptClaim,
        KeptFigure,
        KeptRefusal,
        KeptStatement,
        KeptStory,
        SourceCount,
    )

Cell = str | int | float | bool | None
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet takes for a formula at the beginning of a cell."""

_LEAST_WIDTH, _LEAST_COLUMN, _LEAST_TEXT = 24, 9, 20
"""A table needs so many characters, and so many more a column, or its rows are stacked; running text so many."""
_LONG_WORD = 13
"""Letters of a long word, which no column breaks where there is room."""
_SHORT = {"id": 12, "statement": 8, "published": 10, "modified": 10, "at": 16, "last": 16}
"""Columns of a table that stay on one line, and how many characters of them say enough."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """Rows under named columns; `wide` names the columns that hold running text, `next` leads to the next page."""

    name: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    wide: tuple[str, ...] = ()
    next: int | str | None = None
    total: int | None = None

    def to_dicts(self) -> list[dict[str, Cell]]:
        """Return a dict a row."""
        return [dict(zip(self.columns, row, strict=True)) for row in self.rows]


def answer_statements(kept: Sequence[KeptStatement], *, limit: int, total: int | None = None) -> Answer:
    """Put statements in rows; a person's corrections stand in the place of what the machine read."""
    columns = "number id who says text sure evidence places figures outlet published title url verdict note".split()
    return Answer(
        name="statements",
        columns=tuple(columns),
        rows=tuple(_row_statement(one) for one in kept),
        wide=("text",),
        next=kept[-1].number if len(kept) == limit != total else None,
        total=total,
    )


def answer_sources(counts: Sequence[SourceCount]) -> Answer:
    """Put sources in rows."""
    return Answer(
        name="sources",
        columns=("source", "kind", "statements", "articles", "outlets"),
        rows=tuple((c.name, c.kind, c.statements, c.articles, ", ".join(c.outlets)) for c in counts),
        wide=("outlets",),
    )


def answer_figures(figures: Sequence[KeptFigure], *, limit: int) -> Answer:
    """Put figures in rows."""
    columns = "number figure low best high about unit counted outcome source text outlet published statement".split()
    rows = tuple(
        (
            f.number,
            tell_figure(f),
            f.low,
            f.best,
            f.high,
            f.approximate,
            f.unit,
            f.counted,
            ", ".join(f.outcome) or None,
            f.source,
            f.text,
            f.outlet,
            f.published,
            f.statement,
        )
        for f in figures
    )
    next_number = figures[-1].number if len(figures) == limit else None
    return Answer(name="figures", columns=tuple(columns), rows=rows, wide=("counted",), next=next_number)


def answer_articles(articles: Sequence[KeptArticle]) -> Answer:
    """Put articles in rows."""
    columns = ("id", "version", "title", "outlet", "published", "modified", "url", "page", "added")
    rows = tuple(
        (a.id, a.version, a.title, a.outlet, a.published, a.modified, a.url, a.page, a.added) for a in articles
    )
    return Answer(name="articles", columns=columns, rows=rows, wide=("title",))


def answer_changes(changes: Sequence[Changes]) -> Answer:
    """Put what versions changed in rows."""
    rows: list[tuple[Cell, ...]] = []
    for change in changes:
        at = (change.article.version, change.article.modified or change.article.added)
        rows += [(*at, "figure", before, after) for before, after in change.figures]
        rows += [(*at, "added", None, text) for text in change.added]
        rows += [(*at, "dropped", text, None) for text in change.dropped]
    columns = ("version", "at", "change", "before", "after")
    return Answer(name="changes", columns=columns, rows=tuple(rows), wide=("before", "after"))


def answer_stories(stories: Sequence[KeptStory], *, limit: int) -> Answer:
    """Put stories in rows: how many articles and outlets tell each, copies folded, what is disputed, and when."""
    columns = "id headline articles texts outlets claims disputes updates days".split()
    rows = tuple(
        (s.id, s.title, s.articles, s.texts, s.outlets, s.claims, s.disputes, s.updates, tell_days(s.first, s.last))
        for s in stories
    )
    following = stories[-1].cursor if len(stories) == limit else None
    return Answer(name="stories", columns=tuple(columns), rows=rows, wide=("headline",), next=following)


def answer_claims(claims: Sequence[KeptClaim]) -> Answer:
    """Put claims that several articles make in rows."""
    rows = tuple((c.text, c.low, c.high, c.articles, "; ".join(c.roots), "; ".join(c.outlets), c.id) for c in claims)
    columns = ("claim", "low", "high", "articles", "origins", "outlets", "id")
    return Answer(name="claims", columns=columns, rows=rows, wide=("claim", "origins"))


def answer_refusals(refusals: Sequence[KeptRefusal]) -> Answer:
    """Put refusals in rows."""
    rows = tuple((r.source, r.reason, r.detail, r.times, r.last) for r in refusals)
    return Answer(
        name="refusals", columns=("source", "reason", "detail", "times", "last"), rows=rows, wide=("detail", "source")
    )


def answer_judgements(judgements: Sequence[Judgement]) -> Answer:
    """Put judgements in rows."""
    columns = "number at who action target field before after why undone".split()
    rows = tuple(
        (j.number, j.at, j.who, j.action.value, j.target, j.field, j.before, j.after, j.why, j.undone)
        for j in judgements
    )
    return Answer(name="judgements", columns=tuple(columns), rows=rows, wide=("why",))


def write_json(answer: Answer) -> str:
    """Write an answer as one object: the rows under their name, and where the next page begins."""
    about = {"total": answer.total} if answer.total is not None else {}
    return json.dumps({answer.name: answer.to_dicts(), **about, "next": answer.next}, ensure_ascii=False, indent=1)


def write_csv(answer: Answer) -> str:
    """Write an answer as CSV with a head; what a spreadsheet would run as a formula begins with an apostrophe."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(answer.columns)
    writer.writerows([_make_harmless(cell) for cell in row] for row in answer.rows)
    return stream.getvalue()


def write_table(answer: Answer, *, width: int, color: bool, hidden: tuple[str, ...] = ()) -> str:
    """Write an answer as a table; columns that are empty in all rows, and `hidden` ones, are left out."""
    shown = [
        i
        for i, column in enumerate(answer.columns)
        if column not in hidden and any(row[i] not in {None, "", False} for row in answer.rows)
    ]
    if not answer.rows:
        return f"no {answer.name}\n"
    if width < _LEAST_WIDTH + _LEAST_COLUMN * len(shown):
        return draw(_stack(answer, shown), width=width, color=color)
    widest = width // (len(shown) + 3) if answer.wide else 2 * width // (len(shown) + 1)
    table = Table(box=box.SIMPLE_HEAD, padding=(0, 1), pad_edge=False, expand=True)
    for column in (answer.columns[i] for i in shown):
        table.add_column(
            column,
            ratio=3 if column in answer.wide else None,
            min_width=_LEAST_TEXT if column in answer.wide else None,
            max_width=None if column in answer.wide else _SHORT.get(column, max(_LONG_WORD, widest)),
            no_wrap=column in _SHORT,
            overflow="fold",
        )
    for row in answer.rows:
        table.add_row(*(_tell(row[i], column=answer.columns[i]) for i in shown))
    return draw((table,), width=width, color=color)


def _stack(answer: Answer, shown: list[int]) -> Iterator[Text]:
    """Write each row as lines of "column: cell", for terminals too narrow for a table."""
    for row in answer.rows:
        for i in shown:
            cell = _tell(row[i], column=answer.columns[i])
            if cell:
                yield Text(f"{answer.columns[i]}: ", style="dim").append(cell)
        yield Text("")


def _row_statement(one: KeptStatement) -> tuple[Cell, ...]:
    statement, corrected = one.statement, dict(one.corrected)
    sure = statement.certainty.source or statement.certainty.outlet
    return (
        one.number,
        statement.id,
        one.source_name or one.source_words,
        corrected.get("stance", statement.stance.value),
        one.text,
        corrected.get("certainty.source", sure.value),
        corrected.get("evidence", statement.evidence.kind.value),
        "; ".join(place.entry.name for place in statement.places if place.entry is not None) or None,
        "; ".join(map(tell_figure, statement.figures)) or None,
        one.article.outlet,
        one.article.published,
        one.article.title,
        one.article.url,
        one.verdict.value if one.verdict else None,
        corrected.get("note"),
    )


def _make_harmless(cell: Cell) -> Cell:
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_FORMULA) else cell


def _tell(cell: Cell, *, column: str) -> Text:
    if cell is None or cell is False:
        return Text("")
    text = f"{cell:,.10g}" if isinstance(cell, float) else "yes" if cell is True else str(cell)
    return Text(text[: _SHORT.get(column, len(text))])
