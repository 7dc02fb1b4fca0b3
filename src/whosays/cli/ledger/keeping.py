"""Commands that fill a ledger and look after it."""

from __future__ import annotations

import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import click

from whosays.cli.ledger.linking import link_waiting
from whosays.cli.ledger.session import now, print_answer, translate_errors, view_ledger, write_ledger
from whosays.cli.options import (
    answer_options,
    check_date,
    check_url,
    ledger_options,
    list_inputs,
    merge_settings,
)
from whosays.cli.output import is_watched, make_line, print_error

if TYPE_CHECKING:
    from collections.abc import Iterator

    from whosays.flow import News

_OK, _PROBLEM = 0, 1


@click.command()
@click.argument("pages", nargs=-1, required=True, metavar="PAGE...")
@click.option("--date", "published", metavar="YYYY-MM-DD", help="Date of publication, where the page tells none.")
@click.option("--url", help="Address of the page, where it was saved without one.")
@click.option("--plain", is_flag=True, help="The input is an article's body and nothing else; keep every character.")
@click.option("--allow-private", is_flag=True, default=None, help="Open addresses on private networks too.")
@click.option("--any-language", is_flag=True, default=None, help="Read articles that are not in English too.")
@click.option("--model", type=click.Path(path_type=Path), help="Another model of the same interface (a folder).")
@ledger_options
def add(pages: tuple[str, ...], published: str | None, url: str | None, *, plain: bool, **given: object) -> None:
    """Read PAGE... and keep what they say in the ledger, the pages themselves in the archive beside it.

    A folder stands for the pages (.html, .txt) in it. The same page again changes nothing; a page that changed is a
    new version of its article. A run that was stopped goes on when it is started again.

    Exit status: 0 all read, 1 something refused, 2 wrong usage.
    """
    from whosays.config import make_means
    from whosays.flow import add_inputs

    settings = merge_settings(given)
    day, address = check_date(published), check_url(url)
    sources = list_inputs(pages)
    if address is not None and len(sources) > 1:
        raise click.UsageError("--url is the address of one page; several were given")
    status, counts = _OK, {"added": 0, "known": 0, "refused": 0, "statements": 0}
    with translate_errors(), write_ledger(settings, begin=True) as writer:
        means = make_means(settings, now=now, stdin=sys.stdin.buffer if sys.stdin is not None else None)
        inputs = add_inputs(sources, means=means, writer=writer, plain=plain, published=day, url=address)
        with click.progressbar(
            inputs, length=len(sources), label="Adding", file=sys.stderr, hidden=not is_watched(sources)
        ) as bar:
            for kept in bar:
                if kept.refusal is not None:
                    print_error(f"{kept.source}: {kept.refusal.detail}")
                    status = _PROBLEM
                    counts["refused"] += 1
                elif kept.added is None or not (kept.added.statements or kept.added.new_page):
                    counts["known"] += 1
                else:
                    counts["added"] += 1
                    counts["statements"] += kept.added.statements
        link_waiting(writer, means.cross)
    click.echo(
        f"{counts['added']} added with {counts['statements']} statements, {counts['known']} known already,"
        f" {counts['refused']} refused"
    )
    sys.exit(status)


@click.command()
@click.argument("article", required=False)
@answer_options
def versions(article: str | None, *, form: str, limit: int, **given: object) -> None:
    """List the newest articles; for one ARTICLE (an address, a file or an id), what each version changed."""
    from itertools import pairwise

    from whosays.show.answers import answer_articles, answer_changes

    with translate_errors(), view_ledger(merge_settings(given)) as view:
        if article is None:
            print_answer(answer_articles(view.list_articles(limit=limit)), form, hidden=("page", "added"))
            return
        kept = view.find_versions(article)
        if len(kept) < 2:
            print_answer(answer_articles(kept), form, hidden=("page", "added"))
        else:
            print_answer(answer_changes([view.compare(before, after) for before, after in pairwise(kept)]), form)


@click.command()
@answer_options
def refusals(*, form: str, limit: int, **given: object) -> None:
    """List what could not be read, and why; the last first."""
    from whosays.show.answers import answer_refusals

    with translate_errors(), view_ledger(merge_settings(given)) as view:
        print_answer(answer_refusals(view.list_refusals(limit=limit)), form)


@click.command()
@ledger_options
def verify(**given: object) -> None:
    """Read every span of the ledger from the archived pages again, and check the tables.

    Prints what does not fit: the file, the statement, what was expected, what was found. Exit status: 0 all fits,
    1 something does not.
    """
    from whosays.flow import verify_ledger
    from whosays.model import Problem

    problems = pages = 0
    with translate_errors(), view_ledger(merge_settings(given)) as view:
        whole = view.count_all()
        with click.progressbar(
            length=whole["pages"], label="Verifying", file=sys.stderr, hidden=not sys.stderr.isatty()
        ) as bar:
            for found in verify_ledger(view):
                if isinstance(found, Problem):
                    problems += 1
                    which = f"statement {found.statement}" if found.statement else f"page {found.page or '-'}"
                    print_error(f"{found.file}: {which}: expected “{found.expected}”, found “{found.found}”")
                else:
                    pages += 1
                    bar.update(1)
    click.echo(
        f"{pages} pages, {whole['statements']} statements: {problems or 'no'} problem{'' if problems == 1 else 's'}"
    )
    sys.exit(_PROBLEM if problems else _OK)


@click.command()
@click.argument("feeds", nargs=-1, required=True, metavar="FEED...")
@click.option("--every", type=click.FloatRange(1, 10_080), default=15.0, show_default=True, help="Minutes a round.")
@click.option(
    "--delay", type=click.FloatRange(0, 600), default=2.0, show_default=True, help="Seconds between requests to a host."
)
@click.option("--once", is_flag=True, help="Go through the feeds once, and stop.")
@click.option("--allow-private", is_flag=True, default=None, help="Open addresses on private networks too.")
@click.option("--any-language", is_flag=True, default=None, help="Read articles that are not in English too.")
@ledger_options
def watch(feeds: tuple[str, ...], *, every: float, delay: float, once: bool, **given: object) -> None:
    """Follow FEED... and keep what their pages say, until stopped with Ctrl-C.

    A FEED is the address or file of an RSS, Atom or JSON feed, of an OPML list of feeds, or of a news sitemap. Sites
    are asked politely: robots.txt, one request at a time, only for what changed, more seldom where they fail. A run
    that was stopped goes on where it was.
    """
    from datetime import timedelta

    from whosays.config import make_means
    from whosays.fetch import Manners
    from whosays.flow import watch_feeds

    settings = merge_settings(given)
    with translate_errors(), write_ledger(settings, begin=True) as writer:
        means = make_means(settings, now=now, stdin=None)
        manners = Manners(limits=means.fetch_limits, delay=delay, clock=time.monotonic, sleep=time.sleep)
        while True:
            news = watch_feeds(feeds, means=means, writer=writer, manners=manners, interval=timedelta(minutes=every))
            try:
                refused = _tell_round(news)
                link_waiting(writer, means.cross)
                if once:
                    sys.exit(_PROBLEM if refused else _OK)
                time.sleep(every * 60)
            except KeyboardInterrupt:
                click.echo("stopped; what was read is kept")
                sys.exit(_OK)


def _tell_round(news: Iterator[News]) -> int:
    """Print what each page brought, and what the round did; returns how much was refused."""
    totals = dict.fromkeys(("articles", "statements", "figures", "denials", "refused"), 0)
    for one in news:
        if one.refusal is not None:
            print_error(f"{one.url}: {one.refusal.detail}")
            totals["refused"] += 1
            continue
        for name in ("articles", "statements", "figures", "denials"):
            totals[name] += getattr(one, name)
        if one.articles:
            click.echo(make_line(f"{one.title or one.url}: {_tell_news(one.statements, one.figures, one.denials)}"))
    summary = _tell_news(totals["statements"], totals["figures"], totals["denials"])
    click.echo(f"{now():%Y-%m-%d %H:%M} UTC: {totals['articles']} articles, {summary}, {totals['refused']} refused")
    return totals["refused"]


def _tell_news(statements: int, figures: int, denials: int) -> str:
    parts = [(statements, "new statement"), (figures, "changed figure"), (denials, "denial")]
    return ", ".join(f"{count} {what}{'' if count == 1 else 's'}" for count, what in parts if count) or "nothing new"
