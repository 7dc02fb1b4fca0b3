"""The sheet as one self-contained page of HTML: the article with its spans marked, the statements beside it."""

from __future__ import annotations

import itertools
from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING

from whosays.model import SourceKind, Span, Stance
from whosays.show.templating import make_environment
from whosays.show.words import (
    CERTAINTY_WORDS,
    check_url,
    name_holder,
    name_meant,
    tell_certainty,
    tell_day,
    tell_event,
    tell_figure,
    tell_place,
    tell_time,
    tell_via,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from whosays.model import Sheet, Statement


Mark = tuple[Span, str, int]
"""A span, its role, and the number of its statement."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """A run of text under the same marks: class names, the statements it belongs to, and what to say on hover.

    `opens` are the numbers of the statements whose content begins here.
    """

    text: str
    roles: tuple[str, ...]
    numbers: tuple[int, ...]
    opens: tuple[int, ...]
    hint: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One statement as the sheet shows it."""

    number: int
    who: str
    meant: str | None
    via: str | None
    """Who that is, where the words do not say it."""
    kind: str | None
    stance: str | None
    own: bool
    content: tuple[tuple[str, bool], ...]
    """Pieces of the content's words, each with whether it is a word that made a difference."""
    sure: str
    sure_words: str
    sure_class: str
    outlet: str
    evidence: str | None
    evidence_words: str | None
    figures: tuple[str, ...]
    event: str | None
    places: tuple[str, ...]
    times: tuple[str, ...]
    reasons: tuple[str, ...]


def render_html(sheet: Sheet) -> str:
    """Render a whole page that needs no script and no network; all text of the page is escaped."""
    return make_environment().get_template("sheet.html").render(describe_page(sheet))


def render_fragment(sheet: Sheet) -> str:
    """Render the same inside one `<div>`, for a notebook's cell."""
    return make_environment().get_template("fragment.html").render(describe_page(sheet))


def describe_page(sheet: Sheet) -> dict[str, object]:
    """Return what the templates show: the text cut where marks begin and end, and a row for each statement."""
    rows = [_make_row(number, statement, sheet) for number, statement in enumerate(sheet.statements, start=1)]
    return {
        "article": sheet.article,
        "page": sheet.page,
        "encoder": sheet.encoder,
        "published": tell_day(sheet.article.published) if sheet.article.published else None,
        "modified": tell_day(sheet.article.modified) if sheet.article.modified else None,
        "safe_url": check_url(sheet.article.url),
        "paragraphs": [
            list(_cut_paragraph(paragraph, marks, sheet))
            for paragraph, marks in zip(sheet.article.paragraphs, _sort_marks(sheet), strict=True)
        ],
        "rows": rows,
        "attributed": sum(not row.own for row in rows),
        "unnamed": sum(row.kind == SourceKind.UNNAMED.value for row in rows),
        "fetched": sheet.page.fetched.strftime("%Y-%m-%d %H:%M UTC"),
    }


def _make_row(number: int, statement: Statement, sheet: Sheet) -> Row:
    text = sheet.article.text
    sure = statement.certainty.source or statement.certainty.outlet
    stated = statement.evidence.kind.value != "unstated"
    evidence_words = statement.evidence.span.slice(text) if statement.evidence.span else None
    return Row(
        number=number,
        who=name_holder(statement, sheet),
        meant=name_meant(statement, sheet),
        via=tell_via(statement, sheet),
        kind=statement.source.kind.value if statement.source else None,
        stance=None if statement.stance is Stance.SAYS else statement.stance.value,
        own=statement.source is None,
        content=tuple(_split_content(statement, sheet)),
        sure=sure.value,
        sure_words=tell_certainty(statement),
        sure_class={"C": "certain", "P": "hedged", "U": "open"}[sure.value[0]],
        outlet=CERTAINTY_WORDS[statement.certainty.outlet],
        evidence=statement.evidence.kind.value if stated else None,
        evidence_words=" ".join(evidence_words.split()) if evidence_words else None,
        figures=tuple(tell_figure(figure) for figure in statement.figures),
        event=tell_event(statement, sheet),
        places=tuple(dict.fromkeys(tell_place(place, sheet) for place in statement.places)),
        times=tuple(dict.fromkeys(tell_time(time, sheet) for time in statement.times)),
        reasons=statement.reasons,
    )


def _split_content(statement: Statement, sheet: Sheet) -> Iterator[tuple[str, bool]]:
    text = sheet.article.text
    for i, span in enumerate(statement.spans):
        if i:
            yield " … ", False
        at = span.start
        for word in statement.certainty.words:
            if at <= word.start and word.end <= span.end:
                yield text[at : word.start], False
                yield word.slice(text), True
                at = word.end
        yield text[at : span.end], False


def _sort_marks(sheet: Sheet) -> list[list[Mark]]:
    """Return, for each paragraph, the marks that reach into it."""
    paragraphs = sheet.article.paragraphs
    sorted_marks: list[list[Mark]] = [[] for _ in paragraphs]
    for mark in _list_marks(sheet):
        first = bisect_right(paragraphs, mark[0].start, key=lambda paragraph: paragraph.end)
        for i in range(first, len(paragraphs)):
            if paragraphs[i].start >= mark[0].end:
                break
            sorted_marks[i].append(mark)
    return sorted_marks


def _cut_paragraph(paragraph: Span, marks: list[Mark], sheet: Sheet) -> Iterator[Segment]:
    """Cut a paragraph wherever a mark begins or ends."""
    edges = {paragraph.start, paragraph.end}
    for span, _, _ in marks:
        edges |= {max(span.start, paragraph.start), min(span.end, paragraph.end)}
    points = sorted(edges)
    for start, end in itertools.pairwise(points):
        here = Span(start=start, end=end)
        over = [mark for mark in marks if mark[0].contains(here)]
        numbers = tuple(dict.fromkeys(number for _, _, number in over))
        hints = [_hint(sheet.statements[number - 1], number, sheet) for number in numbers]
        yield Segment(
            text=here.slice(sheet.article.text),
            roles=tuple(dict.fromkeys(role for _, role, _ in over)),
            numbers=numbers,
            opens=tuple(n for span, role, n in over if role in {"content", "own"} and span.start == start),
            hint="\n".join(hints),
        )


def _list_marks(sheet: Sheet) -> list[Mark]:
    marks: list[Mark] = []
    for number, statement in enumerate(sheet.statements, start=1):
        role = "content" if statement.source or statement.cue else "own"
        marks += [(span, role, number) for span in statement.spans[:1]]
        marks += [(span, f"{role} more", number) for span in statement.spans[1:]]
        if statement.source is not None:
            marks.append((statement.source.span, "source", number))
        if statement.cue is not None:
            marks.append((statement.cue, "cue", number))
        marks += [(word, "hedge", number) for word in statement.certainty.words]
        marks += [(figure.span, "figure", number) for figure in statement.figures]
    return marks


def _hint(statement: Statement, number: int, sheet: Sheet) -> str:
    sure = statement.certainty.source or statement.certainty.outlet
    content = statement.join_content(sheet.article.text)
    shortened = content if len(content) <= 90 else content[:88].rsplit(" ", 1)[0] + " …"
    return f"{number}. {name_holder(statement, sheet)} {statement.stance.value} ({sure.value}): {shortened}"
