"""The sheet as a table in a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich import box
from rich.console import Group
from rich.table import Table
from rich.text import Text

from whosays.model import SourceKind, Stance
from whosays.show.terminal import draw
from whosays.show.words import name_holder, name_meant, tell_certainty, tell_day, tell_figure, tell_via

if TYPE_CHECKING:
    from whosays.model import Article, Sheet, Statement

_NARROW = 70


def render_table(sheet: Sheet, *, width: int, color: bool, explain: bool) -> str:
    """Render the article's head and its statements in the order of the text, `width` columns wide.

    Words that made a difference to certainty are underlined in colour, and set in `_underscores_` without it.
    `explain` adds the reasons under each statement.
    """
    parts = (
        _make_head(sheet.article, sheet.page.source),
        _make_rows(sheet, color=color, explain=explain, narrow=width < _NARROW),
        Text(_count(sheet), style="dim"),
    )
    return draw(parts, width=width, color=color)


def _make_head(article: Article, source: str) -> Group:
    about = [article.outlet, article.section, article.byline and f"by {article.byline}"]
    about += [
        article.agency and f"credit {article.agency}",
        tell_day(article.published) if article.published else "date unknown",
    ]
    about += [article.modified and f"modified {tell_day(article.modified)}"]
    lines = [
        Text(article.title or source, style="bold"),
        Text(article.standfirst, style="italic") if article.standfirst else None,
        Text(" · ".join(dict.fromkeys(part for part in about if part)), style="dim"),
        Text("; ".join(article.credits), style="dim") if article.credits else None,
    ]
    return Group(*(line for line in lines if line is not None))


def _make_rows(sheet: Sheet, *, color: bool, explain: bool, narrow: bool) -> Table:
    table = Table(box=box.SIMPLE_HEAD, show_lines=False, padding=(0, 1), pad_edge=False, expand=True)
    table.add_column("#", justify="right", style="dim", no_wrap=True)
    if narrow:
        table.add_column("Who says what", ratio=1)
    else:
        table.add_column("Who", ratio=9)
        table.add_column("What", ratio=19)
        table.add_column("How sure, on what", ratio=8)
    for number, statement in enumerate(sheet.statements, start=1):
        who, what, sure = (
            _tell_who(statement, sheet),
            _tell_what(statement, sheet, color=color),
            _tell_how(statement),
        )
        if explain:
            what.append("".join(f"\n  · {reason}" for reason in statement.reasons), style="dim")
        if narrow:
            table.add_row(str(number), Text("\n").join([who, what, sure, Text("")]))
        else:
            table.add_row(str(number), who, what, sure)
        table.add_section() if explain else None
    return table


def _tell_who(statement: Statement, sheet: Sheet) -> Text:
    text = Text(name_holder(statement, sheet), style="dim" if statement.source is None else "bold cyan")
    meant = name_meant(statement, sheet)
    if meant is not None:
        text.append(f"\n= {meant}", style="not bold cyan")
    through = tell_via(statement, sheet)
    if through is not None:
        text.append(f"\n{through}", style="not bold")
    if statement.source is not None and statement.source.kind in {SourceKind.UNNAMED, SourceKind.PRONOUN}:
        text.append(f"\n({statement.source.kind.value})", style="not bold yellow")
    if statement.stance is not Stance.SAYS:
        text.append(f"\n{statement.stance.value}", style="not bold magenta")
    return text


def _tell_what(statement: Statement, sheet: Sheet, *, color: bool) -> Text:
    text = Text()
    for i, span in enumerate(statement.spans):
        if i:
            text.append(" … ")
        at = span.start
        for word in statement.certainty.words:
            if at <= word.start and word.end <= span.end:
                text.append(_fold(sheet.article.text[at : word.start]))
                hedge = _fold(word.slice(sheet.article.text))
                text.append(hedge if color else f"_{hedge}_", style="underline yellow")
                at = word.end
        text.append(_fold(sheet.article.text[at : span.end]))
    return text if text.plain.strip() else Text(statement.join_content(sheet.article.text))


def _tell_how(statement: Statement) -> Text:
    sure = statement.certainty.source or statement.certainty.outlet
    text = Text(f"{sure.value} {tell_certainty(statement)}", style="green" if sure.value == "CT+" else "yellow")
    if statement.evidence.kind.value != "unstated":
        text.append(f"\non {statement.evidence.kind.value}", style="blue")
    for figure in statement.figures:
        text.append(f"\n{tell_figure(figure)}", style="bold")
    return text


def _fold(words: str) -> str:
    """Fold white space but keep the blanks at the ends."""
    folded = " ".join(words.split())
    return f"{' ' if words[:1].isspace() else ''}{folded}{' ' if folded and words[-1:].isspace() else ''}"


def _count(sheet: Sheet) -> str:
    attributed = sum(statement.source is not None for statement in sheet.statements)
    unnamed = sum(
        statement.source is not None and statement.source.kind is SourceKind.UNNAMED for statement in sheet.statements
    )
    return (
        f"{len(sheet.statements)} statements: {attributed} attributed ({unnamed} to unnamed sources), "
        f"{len(sheet.statements) - attributed} without a source. How sure the one who speaks is: CT certain, "
        "PR probable, PS possible, Uu uncommitted; + so, - not so. An outlet that attributes commits to nothing (Uu). "
        "_Marked_ words made the difference."
    )
