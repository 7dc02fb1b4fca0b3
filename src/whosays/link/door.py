"""Link articles: copies, stories, claims with their origins, judgements, citations, the history of figures."""

from __future__ import annotations

import hashlib
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from whosays.link.citations import find_citations
from whosays.link.claims import align_copies, group_claims, obey_rulings
from whosays.link.clusters import pick_members
from whosays.link.copies import find_copies, group_copies
from whosays.link.judgements import fold_judgements, judge_pairs
from whosays.link.origins import count_origins
from whosays.link.propositions import compare_said, gather_said
from whosays.link.stories import group_stories
from whosays.model import Claim, FigureEntry, Link, LinkArticle, Linking, LinkKind, Ref

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from whosays.link.citations import Citation
    from whosays.link.copies import Copy
    from whosays.link.propositions import Said
    from whosays.model import CrossEncoder, Ruling

_MOST = 1500
"""Propositions of one story that are compared, since each is compared with each."""
_NO_HISTORY = frozenset({None, "duration", "times", "degrees"})


@dataclass(frozen=True, slots=True, kw_only=True)
class _Given:
    """What every story of a set is linked by: its articles, and what is known of them before.

    `copies` are the pairs of them that are copies, `folds` gives for each article the first of its copies, `rulings`
    are what people say, and `cross` reads two things said side by side.
    """

    articles: Sequence[LinkArticle]
    copies: frozenset[frozenset[int]]
    folds: Sequence[int]
    rulings: Collection[Ruling]
    cross: CrossEncoder | None


def link_articles(articles: Iterable[LinkArticle], *, cross: CrossEncoder | None) -> Linking:
    """Link a set of articles; the order in which they come changes nothing.

    Without a cross-encoder, propositions are compared by what they have in common alone.
    """
    ordered = sorted(articles, key=lambda article: article.name)
    return _link(ordered, group_stories(ordered), cross)


def link_story(
    articles: Iterable[LinkArticle], rulings: Collection[Ruling] = (), *, cross: CrossEncoder | None
) -> Linking:
    """Link the articles of one story; the order in which they come changes nothing. What people rule holds."""
    ordered = sorted(articles, key=lambda article: article.name)
    return _link(ordered, [list(range(len(ordered)))], cross, rulings)


def _link(
    ordered: Sequence[LinkArticle],
    stories: Sequence[Sequence[int]],
    cross: CrossEncoder | None,
    rulings: Collection[Ruling] = (),
) -> Linking:
    copies = find_copies(ordered)
    groups = group_copies(ordered, copies)
    story_of = pick_members(stories, len(ordered))
    folds = list(range(len(ordered)))
    for group in groups:
        for place in group:
            folds[place] = group[0]
    said = gather_said(ordered)
    pairs = frozenset(frozenset((copy.left, copy.right)) for copy in copies)
    given = _Given(articles=ordered, copies=pairs, folds=folds, rulings=rulings, cross=cross)
    claims: list[Claim] = []
    links = [*_link_copies(copies, ordered), *_link_citations(find_citations(ordered, story_of), ordered)]
    uncompared = 0
    for number in range(len(stories)):
        told = [i for i, one in enumerate(said) if story_of[one.article] == number]
        own = _pick_first(told, said)
        uncompared += len(told) - len(own)
        found, judged = _link_story(number, [said[i] for i in own], given)
        claims += found
        links += judged
    return Linking(
        copies=tuple(tuple(ordered[place].name for place in group) for group in groups),
        stories=tuple(tuple(ordered[place].name for place in story) for story in stories),
        claims=tuple(claims),
        links=tuple(links),
        figures=tuple(_list_figures(said, ordered, story_of, folds)),
        uncompared=uncompared,
    )


def _pick_first(told: Sequence[int], said: Sequence[Said]) -> list[int]:
    """Return what a story's articles say first, as much of it as is compared, in the order of the set."""
    ranks: Counter[int] = Counter()
    ranked = []
    for i in told:
        ranked.append((ranks[said[i].article], i))
        ranks[said[i].article] += 1
    return sorted(i for _, i in sorted(ranked)[:_MOST])


def _link_story(number: int, said: Sequence[Said], given: _Given) -> tuple[list[Claim], list[Link]]:
    """Return a story's claims, those that several statements make first, and the judgements between them."""
    if not said:
        return [], []
    articles, folds = given.articles, given.folds
    comparison = compare_said(said, given.cross)
    days = [(articles[one.article].published or "")[:10] for one in said]
    judged = judge_pairs(said, days, [folds[one.article] for one in said], comparison)
    apart = {(judgement.left, judgement.right) for judgement in judged}
    aligned = align_copies(said, given.copies, comparison)
    groups = group_claims(comparison, aligned, apart=apart)
    if given.rulings:
        groups = obey_rulings(groups, said, given.rulings, aligned=aligned, comparison=comparison)
    claims = [_make_claim(number, group, said, articles, folds) for group in groups]
    links = [
        Link(
            kind=judgement.kind,
            source=_refer(said[judgement.right], articles),
            target=_refer(said[judgement.left], articles),
            score=round(judgement.score, 4),
            why=judgement.why,
        )
        for judgement in fold_judgements(judged, pick_members(groups, len(said)))
    ]
    return sorted(claims, key=lambda claim: (-len(claim.statements), claim.id)), links


def _make_claim(
    story: int, group: Sequence[int], said: Sequence[Said], articles: Sequence[LinkArticle], folds: Sequence[int]
) -> Claim:
    refs = tuple(_refer(said[i], articles) for i in group)
    shown = max(group, key=lambda i: (len(said[i].figures), len(said[i].words), -i))
    words = said[shown].proposition.span.slice(articles[said[shown].article].text)
    places = " ".join(f"{ref.article} {ref.span}" for ref in refs)
    return Claim(
        id=hashlib.sha256(places.encode()).hexdigest()[:16],
        text=" ".join(words.split()),
        story=story,
        statements=refs,
        origins=count_origins(group, said, articles, folds),
    )


def _link_copies(copies: Sequence[Copy], articles: Sequence[LinkArticle]) -> Iterator[Link]:
    for copy in copies:
        yield Link(
            kind=LinkKind.COPY,
            source=Ref(article=articles[copy.left].name),
            target=Ref(article=articles[copy.right].name),
            score=round(copy.score, 4),
            why=(copy.why,),
        )


def _link_citations(citations: Sequence[Citation], articles: Sequence[LinkArticle]) -> Iterator[Link]:
    for citation in citations:
        target = None if citation.target is None else articles[citation.target].name
        yield Link(
            kind=LinkKind.CITES,
            source=Ref(article=articles[citation.article].name, span=citation.span),
            target=Ref(article=target, name=citation.name),
            score=1.0,
            why=("the text is credited to it" if citation.credit else "named as where it is from",),
        )


def _list_figures(
    said: Sequence[Said], articles: Sequence[LinkArticle], story_of: Sequence[int], folds: Sequence[int]
) -> Iterator[FigureEntry]:
    """Yield each value once a source, a story and a group of copies, in the order of publication.

    What an outlet tells in its own voice, or a body says as "we", has the outlet as its source.
    """
    seen = set()
    for one in sorted(said, key=lambda one: (articles[one.article].published or "", one.article, one.proposition.span)):
        article = articles[one.article]
        name = _name_giver(one, article)
        for figure in one.figures:
            key = (folds[one.article], name, figure.low, figure.best, figure.high, figure.unit, figure.outcome)
            if figure.unit in _NO_HISTORY or key in seen:
                continue
            seen.add(key)
            yield FigureEntry(
                article=article.name,
                story=story_of[one.article],
                source=name,
                figure=figure,
                published=article.published,
                as_of=next((time.earliest for time in one.statement.times if time.earliest), None),
            )


def _name_giver(one: Said, article: LinkArticle) -> str | None:
    source = one.statement.source
    words = source.span.line(article.text).strip(" ,") if source is not None else "we"
    if source is None or words.lower() == "we":
        return article.outlet
    if source.name is None and source.refers_to is not None:
        words = source.refers_to.line(article.text).strip(" ,")
    return source.name or words


def _refer(one: Said, articles: Sequence[LinkArticle]) -> Ref:
    return Ref(article=articles[one.article].name, span=one.proposition.span)
