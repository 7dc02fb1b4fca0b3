"""Views that are lists: stories, claims, sources, refusals, judgements, feeds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from whosays.errors import Unasked
from whosays.show.views.parts import (
    COUNTED,
    ClaimHead,
    StatementRow,
    StoryHead,
    describe_claim,
    describe_statement,
    describe_story,
)
from whosays.show.words import tell_figure

if TYPE_CHECKING:
    from whosays.ledger import LedgerView
    from whosays.model import Judgement, KeptRefusal, Question


NEWEST = 20_000
"""Statements, the newest, over which sources are counted where an answer must not take long."""


class StoriesView(Struct, frozen=True):
    """Stories, the newest first; `next` leads to the page after this one."""

    stories: list[StoryHead]
    next: str | None


class ClaimsView(Struct, frozen=True):
    """Claims that several articles make, those with the most origins first.

    `next` is how many came before the page after this one.
    """

    claims: list[ClaimHead]
    next: int | None


class SourceRow(Struct, frozen=True):
    """A source: how often it is relied on, and by whom."""

    name: str
    kind: str
    statements: int
    articles: int
    outlets: list[str]


class SourcesView(Struct, frozen=True):
    """Sources, those with the most statements first; `next` is how many came before the page after this one.

    They are counted over the statements that came last, so many of them as `newest` says.
    """

    sources: list[SourceRow]
    next: int | None
    newest: int


class SourceView(Struct, frozen=True):
    """What one source said, to whom, and how often; claims that go back to it, alone or with others.

    A `total` of 10,001 stands for more.
    """

    name: str
    kinds: list[str]
    outlets: list[str]
    statements: list[StatementRow]
    alone: int
    with_others: int
    disputed: int
    total: int
    next: int | None


class FigureRow(Struct, frozen=True):
    """A figure with its bounds, `None` where open, and who gave it."""

    number: int
    words: str
    low: float | None
    best: float | None
    high: float | None
    unit: str | None
    counted: str | None
    outcome: list[str]
    source: str | None
    outlet: str | None
    published: str | None
    statement: str


class FiguresView(Struct, frozen=True):
    """Figures, the newest first; `next` leads to the page after this one."""

    figures: list[FigureRow]
    next: int | None
    problem: str | None = None
    """Why the question makes no sense, so that nothing was found."""


class RefusalRow(Struct, frozen=True):
    """An input that could not be read."""

    source: str
    reason: str
    detail: str
    times: int
    last: str


class RefusalsView(Struct, frozen=True):
    """What could not be read, the last first; `next` leads to the page after this one."""

    refusals: list[RefusalRow]
    next: int | None


class JudgementRow(Struct, frozen=True):
    """What a person did."""

    number: int
    at: str
    who: str
    why: str | None
    action: str
    target: str
    field: str | None
    before: str | None
    after: str | None
    undone: bool


class JudgementsView(Struct, frozen=True):
    """What people did, the last first; `next` leads to the page after this one."""

    judgements: list[JudgementRow]
    next: int | None


class FeedRow(Struct, frozen=True):
    """A feed that is watched, when it is asked again, and how often asking failed since it last worked."""

    url: str
    next_check: str | None
    failures: int


class FeedsView(Struct, frozen=True):
    """What is watched."""

    feeds: list[FeedRow]


def view_stories(view: LedgerView, question: Question, *, after: str | None = None) -> StoriesView:
    """List stories."""
    found = view.list_stories(question, after=after)
    following = found[-1].cursor if len(found) == question.limit else None
    return StoriesView(stories=[describe_story(story) for story in found], next=following)


def view_claims(view: LedgerView, question: Question, *, offset: int) -> ClaimsView:
    """List claims."""
    found = view.list_claims(question, offset=offset)
    following = offset + question.limit if len(found) == question.limit else None
    return ClaimsView(claims=[describe_claim(claim) for claim in found], next=following)


def view_sources(view: LedgerView, *, limit: int, offset: int, outlet: str | None) -> SourcesView:
    """List sources."""
    found = view.count_sources(limit=limit, offset=offset, outlet=outlet, newest=NEWEST)
    rows = [
        SourceRow(name=s.name, kind=s.kind, statements=s.statements, articles=s.articles, outlets=list(s.outlets))
        for s in found
    ]
    return SourcesView(sources=rows, next=offset + limit if len(found) == limit else None, newest=NEWEST)


def view_source(view: LedgerView, question: Question) -> SourceView:
    """Show what the source that `question` names said."""
    found = view.search(question)
    name = question.source or ""
    claims = view.list_claims_of(name)
    rows = [describe_statement(one) for one in found]
    return SourceView(
        name=name,
        kinds=list(dict.fromkeys(row.kind for row in rows if row.kind)),
        outlets=list(dict.fromkeys(row.article.outlet for row in rows if row.article.outlet)),
        statements=rows,
        alone=sum(claim.high == 1 for claim in claims),
        with_others=sum(claim.high > 1 for claim in claims),
        disputed=sum(row.stance == "denies" for row in rows),
        total=view.count(question, most=COUNTED),
        next=found[-1].number if len(found) == question.limit else None,
    )


def view_figures(view: LedgerView, question: Question, *, outcome: str | None, unit: str | None) -> FiguresView:
    """List figures."""
    try:
        found = view.list_figures(question, outcome=outcome, unit=unit)
    except Unasked as error:
        return FiguresView(figures=[], next=None, problem=error.detail)
    rows = [
        FigureRow(
            number=f.number,
            words=tell_figure(f),
            low=f.low,
            best=f.best,
            high=f.high,
            unit=f.unit,
            counted=f.counted,
            outcome=list(f.outcome),
            source=f.source,
            outlet=f.outlet,
            published=f.published,
            statement=f.statement,
        )
        for f in found
    ]
    return FiguresView(figures=rows, next=found[-1].number if len(found) == question.limit else None)


def view_refusals(view: LedgerView, *, limit: int, offset: int) -> RefusalsView:
    """List refusals."""
    found = view.list_refusals(limit=limit, offset=offset)
    return RefusalsView(
        refusals=[describe_refusal(one) for one in found], next=offset + limit if len(found) == limit else None
    )


def view_judgements(view: LedgerView, *, target: str | None, before: int | None, limit: int) -> JudgementsView:
    """List judgements of one statement or name, or all."""
    found = view.list_judgements(target=target, before=before, limit=limit)
    return JudgementsView(
        judgements=[describe_judgement(one) for one in found], next=found[-1].number if len(found) == limit else None
    )


def view_feeds(view: LedgerView) -> FeedsView:
    """List feeds."""
    rows = [FeedRow(url=f.url, next_check=f.next_check, failures=f.failures) for f in view.list_feeds()]
    return FeedsView(feeds=rows)


def describe_refusal(one: KeptRefusal) -> RefusalRow:
    """Take a refusal from the ledger."""
    return RefusalRow(source=one.source, reason=one.reason, detail=one.detail, times=one.times, last=one.last)


def describe_judgement(one: Judgement) -> JudgementRow:
    """Take a judgement from the ledger."""
    return JudgementRow(
        number=one.number,
        at=one.at,
        who=one.who,
        why=one.why,
        action=one.action.value,
        target=one.target,
        field=one.field,
        before=one.before,
        after=one.after,
        undone=one.undone,
    )
