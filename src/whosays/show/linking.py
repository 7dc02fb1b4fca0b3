"""What links articles: the JSON of DESIGN.md section 3, and a reading of it for the terminal."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING, Annotated, Any, Literal

import msgspec
from msgspec import Meta, Struct
from rich.padding import Padding
from rich.text import Text

from whosays.model import LinkKind
from whosays.show.contract import Number, Offset, RefusalJson, Score, clean_name, shorten
from whosays.show.terminal import draw
from whosays.show.words import tell_figure

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from whosays.model import Claim, FigureEntry, Linking, Ref, Refusal

SCHEMA_ID = "https://whosays.example/schema/linking.json"
_MOST_ROOTS = 6
_MOST_JUDGED = 15
_WORDS = 160
"""Characters of what is said that are shown of each side of a dispute."""


class PlaceJson(Struct, frozen=True):
    """A range of an article: code points of its text, half-open."""

    file: str
    start: Offset
    end: Offset


class EndJson(Struct, frozen=True, omit_defaults=True):
    """One end of a link: an article, a range in it, or somebody outside of the set by name."""

    file: str | None = None
    start: Offset | None = None
    end: Offset | None = None
    name: str | None = None


class RootJson(Struct, frozen=True):
    """Who stands at the beginning of a claim; `sure` is false where they may be another of the roots."""

    name: str
    sure: bool
    statements: list[PlaceJson]


class OriginsJson(Struct, frozen=True):
    """How many independent origins a claim has."""

    low: Annotated[int, Meta(ge=0)]
    high: Annotated[int, Meta(ge=0)]
    why: list[str]
    roots: list[RootJson]


class ClaimJson(Struct, frozen=True):
    """Statements that say the same thing."""

    id: str
    text: str
    story: Annotated[int, Meta(ge=0)]
    statements: list[PlaceJson]
    origins: OriginsJson


class LinkJson(Struct, frozen=True, rename={"source": "from", "target": "to"}):
    """A judgement between two records."""

    kind: Literal["copy", "same story", "same claim", "supports", "contradicts", "updates", "cites"]
    source: EndJson
    target: EndJson
    score: Score
    why: list[str]


class HistoryJson(Struct, frozen=True):
    """One value of a figure."""

    file: str
    story: Annotated[int, Meta(ge=0)]
    source: str | None
    counted: str | None
    unit: str | None
    outcome: str | None
    low: Number | None
    best: Number | None
    high: Number | None
    published: str | None
    as_of: str | None


class LinkingJson(Struct, frozen=True):
    """What `whosays link --format json` prints."""

    copies: list[list[str]]
    stories: list[list[str]]
    claims: list[ClaimJson]
    links: list[LinkJson]
    figures: list[HistoryJson]
    refusals: list[RefusalJson]


def describe_linking(linking: Linking, refusals: Sequence[Refusal]) -> LinkingJson:
    """Turn a linking into the classes of the contract."""
    return LinkingJson(
        copies=[[clean_name(name) for name in group] for group in linking.copies],
        stories=[[clean_name(name) for name in story] for story in linking.stories],
        claims=[_describe_claim(claim) for claim in linking.claims],
        links=[
            LinkJson(
                kind=link.kind.value,
                source=_describe_end(link.source),
                target=_describe_end(link.target),
                score=link.score,
                why=list(link.why),
            )
            for link in linking.links
        ],
        figures=[history for entry in linking.figures for history in _describe_figure(entry)],
        refusals=[RefusalJson(source=clean_name(r.source), reason=r.reason, detail=r.detail) for r in refusals],
    )


def encode_linking(linking: Linking, refusals: Sequence[Refusal]) -> str:
    """Write a linking as indented JSON."""
    return msgspec.json.format(msgspec.json.encode(describe_linking(linking, refusals)), indent=1).decode("utf-8")


def make_linking_schema() -> dict[str, Any]:
    """Return the JSON Schema (2020-12) of `LinkingJson`."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": SCHEMA_ID,
        "title": "whosays linking",
        **msgspec.json.schema(LinkingJson),
    }


def render_linking(linking: Linking, *, width: int, color: bool) -> str:
    """Render stories with their claims, who stands behind each, what contradicts, and how figures went."""
    return draw(_tell_stories(linking), width=width, color=color)


def _tell_stories(linking: Linking) -> Iterator[Text | Padding]:
    said = {ref: claim.text for claim in linking.claims for ref in claim.statements}
    for number, story in enumerate(linking.stories):
        yield Text(f"Story {number + 1} ", style="bold").append(f"({len(story)} articles)", style="not bold dim")
        for line in _tell_articles(story, linking):
            yield Padding(line, (0, 0, 0, 2))
        shared = [claim for claim in linking.claims if claim.story == number and _is_shared(claim, linking)]
        for claim in shared:
            yield Text("")
            for line in _tell_claim(claim):
                yield Padding(line, (0, 0, 0, 2))
        parts = (
            ("Perhaps disputed or revised", _tell_judgements(story, linking, said)),
            ("Figures", _tell_figures(number, linking)),
        )
        for title, found in ((title, list(lines)) for title, lines in parts):
            if found:
                yield Padding(Text(title, style="bold"), (1, 0, 0, 2))
                for line in found:
                    yield Padding(line, (0, 0, 0, 4))
        yield Text("")


def _is_shared(claim: Claim, linking: Linking) -> bool:
    """Tell whether a claim stands in several articles that are not copies of each other."""
    fold = {name: group[0] for group in linking.copies for name in group}
    return len({fold.get(ref.article or "", ref.article) for ref in claim.statements}) > 1


def _tell_articles(story: Sequence[str], linking: Linking) -> Iterator[Text]:
    cites: dict[str, list[str]] = {}
    for link in linking.links:
        if link.kind is LinkKind.CITES and link.source.article in story and link.source.article is not None:
            cites.setdefault(link.source.article, []).append(link.target.article or link.target.name or "?")
    original = {name: group[0] for group in linking.copies for name in group[1:]}
    for name in story:
        told = [f"copy of {original[name]}"] if name in original else []
        told += [f"cites {', '.join(dict.fromkeys(cites[name]))}"] if name in cites else []
        yield Text(name).append(f"  {'; '.join(told)}" if told else "", style="dim")


def _tell_claim(claim: Claim) -> Iterator[Text]:
    origins = claim.origins
    many = f"{origins.low}" if origins.low == origins.high else f"{origins.low}–{origins.high}"
    plural = "" if many == "1" else "s"
    yield Text(f"{many} origin{plural}", style="bold cyan").append(f"  {claim.text}", style="not bold default")
    for root in origins.roots[:_MOST_ROOTS]:
        files = ", ".join(dict.fromkeys(ref.article or "" for ref in root.statements))
        yield Text(f"  {'─' if root.sure else '┄'} {root.name}").append(f"  in {files}", style="dim")
    if len(origins.roots) > _MOST_ROOTS:
        yield Text(f"  … and {len(origins.roots) - _MOST_ROOTS} more", style="dim")


def _tell_judgements(story: Sequence[str], linking: Linking, said: dict[Ref, str]) -> Iterator[Text]:
    kinds = {LinkKind.CONTRADICTS, LinkKind.UPDATES}
    judged = [link for link in linking.links if link.kind in kinds and link.source.article in story]
    for link in sorted(judged, key=lambda link: -link.score)[:_MOST_JUDGED]:
        mark = "≠ " if link.kind is LinkKind.CONTRADICTS else "→ "
        if len(link.why) > 1:
            files = " and ".join(dict.fromkeys((link.target.article or "", link.source.article or "")))
            yield Text(f"{mark}{link.why[1]}").append(f"  in {files}", style="dim")
        else:
            for sign, ref in (("  ", link.target), (mark, link.source)):
                words = f"“{textwrap.shorten(said[ref], _WORDS, placeholder=' …')}”" if ref in said else "…"
                yield Text(f"{sign}{words}").append(f"  in {ref.article}", style="dim")
        yield Text(f"     {link.why[0]}", style="dim")
    if len(judged) > _MOST_JUDGED:
        yield Text(f"  … and {len(judged) - _MOST_JUDGED} that are less likely (--format json has all)", style="dim")


def _tell_figures(story: int, linking: Linking) -> Iterator[Text]:
    for entry in linking.figures:
        if entry.story == story and entry.figure.outcome:
            day = (entry.published or "no date")[:10]
            yield Text(f"{day}  {tell_figure(entry.figure)}").append(
                f"  {entry.source or 'no source given'}, in {entry.article}", style="dim"
            )


def _describe_claim(claim: Claim) -> ClaimJson:
    return ClaimJson(
        id=claim.id,
        text=claim.text,
        story=claim.story,
        statements=_list_places(claim.statements),
        origins=OriginsJson(
            low=claim.origins.low,
            high=claim.origins.high,
            why=list(claim.origins.why),
            roots=[
                RootJson(name=root.name, sure=root.sure, statements=_list_places(root.statements))
                for root in claim.origins.roots
            ],
        ),
    )


def _list_places(refs: Iterable[Ref]) -> list[PlaceJson]:
    return [
        PlaceJson(file=clean_name(ref.article), start=ref.span.start, end=ref.span.end)
        for ref in refs
        if ref.article is not None and ref.span is not None
    ]


def _describe_end(ref: Ref) -> EndJson:
    return EndJson(
        file=clean_name(ref.article) if ref.article is not None else None,
        start=ref.span.start if ref.span else None,
        end=ref.span.end if ref.span else None,
        name=ref.name,
    )


def _describe_figure(entry: FigureEntry) -> Iterator[HistoryJson]:
    """Yield a value once for each outcome, once where it has none."""
    for outcome in entry.figure.outcome or (None,):
        yield HistoryJson(
            file=clean_name(entry.article),
            story=entry.story,
            source=entry.source,
            counted=entry.figure.counted,
            unit=entry.figure.unit,
            outcome=outcome,
            low=shorten(entry.figure.low),
            best=shorten(entry.figure.best),
            high=shorten(entry.figure.high),
            published=entry.published,
            as_of=entry.as_of,
        )
