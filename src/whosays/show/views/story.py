"""A story: who published what and when, its claims with their origins, what is disputed, how figures changed."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from msgspec import Struct

from whosays.model import LinkKind, Precision
from whosays.show.views.parts import StoryHead, describe_story, shorten_title
from whosays.show.words import check_url, tell_figure
from whosays.text import order_moment

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from whosays.model import Claim, FigureEntry, KeptStory, Link, LinkArticle, Linking, Ref

_WIDE = frozenset({Precision.COUNTRY, Precision.REGION, Precision.ADMIN1, Precision.SEA})


class StoryArticle(Struct, frozen=True):
    """An article of a story: what it copies, and whom it cites (articles of the story by their ids, others by name)."""

    id: str
    title: str | None
    outlet: str | None
    agency: str | None
    published: str | None
    url: str | None
    statements: int
    copy_of: str | None
    cites: list[str]
    cites_others: list[str]


class Said(Struct, frozen=True):
    """One place where something is said: in which article, in which words, by whom."""

    article: str
    outlet: str | None
    published: str | None
    start: int
    end: int
    text: str
    source: str | None
    certainty: str
    stance: str
    statement: str | None = None


class RootView(Struct, frozen=True):
    """An origin of a claim, and the places that lead back to it; `sure` is false where it may be another of them."""

    name: str
    sure: bool
    said: list[Said]


class ClaimView(Struct, frozen=True):
    """A claim: its origins at least and at most, with the reasons. `id` is an article's id and a place in it."""

    id: str
    text: str
    low: int
    high: int
    articles: int
    roots: list[RootView]
    why: list[str]


class DisputeView(Struct, frozen=True):
    """One claim contradicts or updates another: `claim` and `other` are their ids."""

    kind: str
    claim: str
    other: str
    said: Said
    against: Said
    why: list[str]


class HistoryRow(Struct, frozen=True):
    """One value of a figure."""

    article: str
    outlet: str | None
    source: str | None
    words: str
    counted: str | None
    unit: str | None
    outcome: str
    low: float | None
    best: float | None
    high: float | None
    published: str | None
    as_of: str | None


class PlaceRow(Struct, frozen=True):
    """A place, and how many statements of the story name it."""

    name: str
    country: str | None
    lat: float
    lon: float
    precision: str
    statements: int


class LinkRow(Struct, frozen=True):
    """A judgement between two articles, or places in them, or an article and somebody outside by name."""

    kind: str
    article: str
    start: int | None
    end: int | None
    to_article: str | None
    to_start: int | None
    to_end: int | None
    to_name: str | None
    score: float
    why: list[str]


class LinksView(Struct, frozen=True):
    """All links of a story."""

    story: StoryHead
    links: list[LinkRow]


class StoryView(Struct, frozen=True):
    """All of a story; `claims` begins with those that several articles make, those with the most origins first."""

    story: StoryHead
    articles: list[StoryArticle]
    claims: list[ClaimView]
    disputes: list[DisputeView]
    figures: list[HistoryRow]
    places: list[PlaceRow]
    uncompared: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Material:
    """A story as the ledger has it, its articles by the names that links use."""

    story: KeptStory
    linking: Linking
    articles: dict[str, LinkArticle]


def view_story(story: KeptStory, linking: Linking, articles: Sequence[LinkArticle]) -> StoryView:
    """Put a story and what links it into a view."""
    material = Material(story=story, linking=linking, articles={article.name: article for article in articles})
    claims = [describe_claim(claim, material) for claim in linking.claims]
    claims.sort(key=lambda claim: (claim.articles < 2, -claim.high, -claim.low, -claim.articles, claim.id))
    return StoryView(
        story=describe_story(story),
        articles=_list_articles(material),
        claims=claims,
        disputes=_list_disputes(material),
        figures=[row for entry in linking.figures for row in _list_values(entry, material)],
        places=_count_places(articles),
        uncompared=linking.uncompared,
    )


def view_links(story: KeptStory, linking: Linking) -> LinksView:
    """Put the links of a story into a view."""
    return LinksView(
        story=describe_story(story),
        links=[
            LinkRow(
                kind=link.kind.value,
                article=shorten_name(link.source.article),
                start=link.source.span.start if link.source.span else None,
                end=link.source.span.end if link.source.span else None,
                to_article=shorten_name(link.target.article) or None,
                to_start=link.target.span.start if link.target.span else None,
                to_end=link.target.span.end if link.target.span else None,
                to_name=link.target.name,
                score=link.score,
                why=list(link.why),
            )
            for link in linking.links
        ],
    )


def describe_claim(claim: Claim, material: Material) -> ClaimView:
    """Put a claim into a view."""
    return ClaimView(
        id=name_claim(claim),
        text=claim.text,
        low=claim.origins.low,
        high=claim.origins.high,
        articles=len({ref.article for ref in claim.statements}),
        roots=[
            RootView(name=root.name, sure=root.sure, said=[quote(ref, material) for ref in root.statements])
            for root in claim.origins.roots
        ],
        why=list(claim.origins.why),
    )


def name_claim(claim: Claim) -> str:
    """Return a claim's address: the place in an article where it is said first. It leads there for good."""
    ref = claim.statements[0]
    return f"{shorten_name(ref.article)}-{ref.span.start if ref.span else 0}"


def shorten_name(name: str | None) -> str:
    """Return the beginning of an article's id from the name that links use."""
    return (name or "").partition(" ")[0]


def quote(ref: Ref, material: Material) -> Said:
    """Return the words that a link points at, and who says them."""
    article = material.articles[ref.article or ""]
    statement = next((s for s in article.statements if ref.span and any(p.contains(ref.span) for p in s.spans)), None)
    sure = None if statement is None else statement.certainty.source or statement.certainty.outlet
    source = None if statement is None or statement.source is None else statement.source
    words = None if source is None else source.name or source.span.line(article.text).strip(" ,")
    return Said(
        article=shorten_name(ref.article),
        outlet=article.outlet,
        published=article.published,
        start=ref.span.start if ref.span else 0,
        end=ref.span.end if ref.span else 0,
        text=ref.span.line(article.text) if ref.span else "",
        source=words,
        certainty=sure.value if sure is not None else "Uu",
        stance=statement.stance.value if statement is not None else "says",
        statement=statement.id if statement is not None else None,
    )


def _list_articles(material: Material) -> list[StoryArticle]:
    original = {name: group[0] for group in material.linking.copies for name in group[1:]}
    cites: dict[str, list[Ref]] = {}
    for link in material.linking.links:
        if link.kind is LinkKind.CITES:
            cites.setdefault(link.source.article or "", []).append(link.target)
    ordered = sorted(material.articles.values(), key=lambda article: (order_moment(article.published), article.name))
    return [
        StoryArticle(
            id=shorten_name(article.name),
            title=shorten_title(article.title),
            outlet=article.outlet,
            agency=article.agency,
            published=article.published,
            url=check_url(article.url),
            statements=len(article.statements),
            copy_of=shorten_name(original[article.name]) if article.name in original else None,
            cites=_unique(shorten_name(ref.article) for ref in cites.get(article.name, ()) if ref.article),
            cites_others=_unique(ref.name for ref in cites.get(article.name, ()) if not ref.article and ref.name),
        )
        for article in ordered
    ]


def _list_disputes(material: Material) -> list[DisputeView]:
    home = {ref: name_claim(claim) for claim in material.linking.claims for ref in claim.statements}
    return [
        DisputeView(
            kind=link.kind.value,
            claim=home.get(link.source, ""),
            other=home.get(link.target, ""),
            said=quote(link.source, material),
            against=quote(link.target, material),
            why=list(link.why),
        )
        for link in sorted(material.linking.links, key=_rank)
        if link.kind in {LinkKind.CONTRADICTS, LinkKind.UPDATES}
    ]


def _rank(link: Link) -> tuple[str, float]:
    return link.kind.value, -link.score


def _list_values(entry: FigureEntry, material: Material) -> list[HistoryRow]:
    """Return a value once for each outcome; values without an outcome have no history to look at."""
    figure, article = entry.figure, material.articles[entry.article]
    return [
        HistoryRow(
            article=shorten_name(entry.article),
            outlet=article.outlet,
            source=entry.source,
            words=tell_figure(figure),
            counted=figure.counted,
            unit=figure.unit,
            outcome=outcome,
            low=figure.low,
            best=figure.best,
            high=figure.high,
            published=entry.published,
            as_of=entry.as_of,
        )
        for outcome in figure.outcome
    ]


def _count_places(articles: Iterable[LinkArticle]) -> list[PlaceRow]:
    counts: Counter[tuple[str, str | None, float, float, str]] = Counter()
    for article in articles:
        for statement in article.statements:
            entries = {place.entry for place in statement.places if place.entry is not None}
            counts.update(
                (entry.name, entry.country, entry.lat, entry.lon, entry.precision.value)
                for entry in entries
                if entry.lat is not None and entry.lon is not None
            )
    return [
        PlaceRow(name=name, country=country, lat=lat, lon=lon, precision=precision, statements=count)
        for (name, country, lat, lon, precision), count in sorted(
            counts.items(), key=lambda pair: (pair[0][4] in _WIDE, -pair[1], pair[0][0])
        )
    ]


def _unique(names: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(names))
