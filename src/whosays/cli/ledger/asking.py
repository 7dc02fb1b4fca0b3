"""Commands that ask a ledger."""

from __future__ import annotations

import click

from whosays.cli.ledger.session import print_answer, translate_errors, view_ledger
from whosays.cli.options import answer_options, make_question, merge_settings, question_options

_NOT_IN_TABLES = tuple("number url title places figures low best high about unit counted outcome statement".split())


_EXAMPLES = """\b
Examples:
  whosays search bodies --who mtenga
  whosays search '"not overloaded"' --since 2026-03-01 --format csv
  whosays search 'boat -ferry'          (a word that begins with - goes into quotation marks)
  whosays search --where KP --about soldiers --sure PR+"""


@click.command(epilog=_EXAMPLES)
@click.argument("words", nargs=-1)
@question_options
@answer_options
def search(words: tuple[str, ...], *, event: str | None, form: str, limit: int, **given: object) -> None:
    """Find statements: WORDS in what is said, "a phrase" in quotation marks, -word for what must not be there.

    The newest in the ledger come first. With --format json, `next` is what --before takes for the next page.
    """
    from whosays.show.answers import answer_statements

    question = make_question(words, event, limit, given)
    with translate_errors(), view_ledger(merge_settings(given)) as view:
        found = view.search(question)
        print_answer(
            answer_statements(found, limit=limit, total=view.count(question)),
            form,
            hidden=_NOT_IN_TABLES,
        )


@click.command()
@click.option("--outcome", help="What came of the counted: killed, wounded, missing, displaced, …")
@click.option("--unit", help="What is counted: people, vehicles, USD, km, …")
@question_options
@answer_options
def figures(
    outcome: str | None, unit: str | None, *, event: str | None, form: str, limit: int, **given: object
) -> None:
    """List figures with their bounds and who gave them, the newest first."""
    from whosays.show.answers import answer_figures

    question = make_question((), event, limit, given)
    with translate_errors(), view_ledger(merge_settings(given)) as view:
        found = view.list_figures(question, outcome=outcome, unit=unit)
        print_answer(answer_figures(found, limit=limit), form, hidden=(*_NOT_IN_TABLES, "text"))


@click.command()
@click.option("--outlet", help="Only of this outlet.")
@click.option("--offset", type=click.IntRange(0, 2**62), default=0, help="Leave out so many rows first.")
@answer_options
def sources(outlet: str | None, offset: int, *, form: str, limit: int, **given: object) -> None:
    """List who is relied on: how often, named or not, by which outlets."""
    from whosays.show.answers import answer_sources

    with translate_errors(), view_ledger(merge_settings(given)) as view:
        print_answer(answer_sources(view.count_sources(limit=limit, offset=offset, outlet=outlet)), form)
