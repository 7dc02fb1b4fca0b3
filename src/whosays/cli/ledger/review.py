"""Commands with which people judge what was read."""

from __future__ import annotations

import getpass
from contextlib import suppress
from typing import TYPE_CHECKING

import click

from whosays.cli.ledger.session import now, print_answer, translate_errors, view_ledger, write_ledger
from whosays.cli.options import answer_options, ledger_options, merge_settings
from whosays.cli.output import make_line

if TYPE_CHECKING:
    from collections.abc import Callable

    from whosays.ledger import LedgerWriter
    from whosays.model import Act, Judgement


@click.group()
def review() -> None:
    """Accept, reject and correct what was read; nothing is overwritten, and everything can be undone.

    STATEMENT is an id as `search` shows it, or its beginning. What people say stays when a newer model reads the page
    again.
    """


def _act_options(command: Callable[..., object]) -> Callable[..., object]:
    for option in (
        click.option("--why", help="The reason, kept in the history."),
        click.option("--by", help="Who judges.  [default: your login]"),
    ):
        command = option(command)
    return ledger_options(command)


@review.command()
@click.argument("statement")
@_act_options
def accept(statement: str, *, by: str | None, why: str | None, **given: object) -> None:
    """Say that STATEMENT was read rightly."""
    from whosays.model import Action

    _judge(given, lambda writer: writer.judge(statement, Action.ACCEPT, act=_act(by, why)))


@review.command()
@click.argument("statement")
@_act_options
def reject(statement: str, *, by: str | None, why: str | None, **given: object) -> None:
    """Say that STATEMENT was read wrongly; it is left out of answers."""
    from whosays.model import Action

    _judge(given, lambda writer: writer.judge(statement, Action.REJECT, act=_act(by, why)))


@review.command()
@click.argument("statement")
@click.argument("field")
@click.argument("value")
@_act_options
def edit(statement: str, field: str, value: str, *, by: str | None, why: str | None, **given: object) -> None:
    """Set FIELD of STATEMENT to VALUE; a value that a field does not have is refused with those that it has.

    FIELD is source_name, source_kind, stance, quotation, evidence, certainty.source, certainty.outlet, event or note.
    """
    _judge(given, lambda writer: writer.edit(statement, field, value, act=_act(by, why)))


@review.command()
@click.argument("name")
@click.argument("meant")
@_act_options
def rename(name: str, meant: str, *, by: str | None, why: str | None, **given: object) -> None:
    """Let the source NAME mean MEANT from now on, so that both are one; NAME as `whosays sources` shows it."""
    _judge(given, lambda writer: writer.rename(name, meant, act=_act(by, why)))


@review.command()
@click.argument("name")
@_act_options
def split(name: str, *, by: str | None, why: str | None, **given: object) -> None:
    """Let a NAME that was renamed stand for itself again."""
    _judge(given, lambda writer: writer.split(name, act=_act(by, why)))


@review.command()
@click.argument("statement")
@click.argument("other")
@_act_options
def same(statement: str, other: str, *, by: str | None, why: str | None, **given: object) -> None:
    """Say that STATEMENT and OTHER make one claim; the claims that they are in are joined."""
    from whosays.model import Action

    _judge(given, lambda writer: writer.rule(statement, other, Action.SAME, act=_act(by, why)))


@review.command()
@click.argument("statement")
@click.argument("other")
@_act_options
def apart(statement: str, other: str, *, by: str | None, why: str | None, **given: object) -> None:
    """Say that STATEMENT does not belong with OTHER: it, and its copies, are taken out of that claim."""
    from whosays.model import Action

    _judge(given, lambda writer: writer.rule(statement, other, Action.APART, act=_act(by, why)))


@review.command()
@click.argument("number", type=click.IntRange(1, 2**62))
@_act_options
def undo(number: int, *, by: str | None, why: str | None, **given: object) -> None:
    """Take back judgement NUMBER; what was before holds again."""
    _judge(given, lambda writer: writer.undo(number, act=_act(by, why)))


@review.command()
@click.argument("target", required=False)
@answer_options
def history(target: str | None, *, form: str, limit: int, **given: object) -> None:
    """List who judged what, when and why; of one TARGET (a statement's id, a name), or all."""
    from whosays.show.answers import answer_judgements

    with translate_errors(), view_ledger(merge_settings(given)) as view:
        print_answer(answer_judgements(view.list_judgements(target=target, limit=limit)), form)


def _judge(given: dict[str, object], judge: Callable[[LedgerWriter], Judgement]) -> None:
    with translate_errors(), write_ledger(merge_settings(given), begin=False) as writer:
        done = judge(writer)
    what = f"{done.field} of {done.target}" if done.field else done.target
    change = f": {done.before or 'nothing'} → {done.after or 'nothing'}"
    click.echo(make_line(f"{done.number}. {done.action.value} {what}{change}"))


def _act(by: str | None, why: str | None) -> Act:
    from whosays.model import Act

    name = by
    if name is None:
        with suppress(OSError, KeyError):
            name = getpass.getuser()
    return Act(who=name or "somebody", at=now().isoformat(), why=why)
