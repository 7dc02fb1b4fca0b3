"""The pictures of a story and of a claim, drawn from their views."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from whosays.model import counts_people
from whosays.show.pictures.history import Value, draw_history
from whosays.show.pictures.map import Dot, draw_map
from whosays.show.pictures.origins import Branch, draw_origins
from whosays.show.pictures.timeline import Entry, draw_timeline

if TYPE_CHECKING:
    from whosays.show.views import ClaimView, StoryView
    from whosays.show.views.story import HistoryRow

_WIDE = frozenset({"country", "region", "admin1", "sea"})
_MOST_CHARTS = 6


def illustrate_story(view: StoryView) -> dict[str, Any]:
    """Return a story's `timeline`, `map` and `charts` (outcome and picture), and what its articles are called."""
    names = {article.id: article.outlet or article.title or article.id for article in view.articles}
    entries = [
        Entry(
            name=article.id,
            label=names[article.id],
            published=article.published,
            copies=article.copy_of,
            cites=tuple(article.cites),
        )
        for article in view.articles
    ]
    dots = [
        Dot(name=place.name, lat=place.lat, lon=place.lon, count=place.statements, wide=place.precision in _WIDE)
        for place in view.places
    ]
    return {
        "timeline": draw_timeline(entries),
        "map": draw_map(dots),
        "charts": _draw_charts(view),
        "names": names,
    }


def illustrate_claim(claim: ClaimView) -> str | None:
    """Draw who stands behind a claim."""
    return draw_origins(
        [
            Branch(
                name=root.name,
                sure=root.sure,
                articles=tuple(dict.fromkeys(said.outlet or said.article for said in root.said)),
            )
            for root in claim.roots
        ]
    )


def _name_series(row: HistoryRow) -> str:
    """Return what a chart is of: people killed, children killed, boxes damaged."""
    whole = counts_people(row.counted, row.unit)
    counted = "people" if whole else " ".join((row.counted or "people").lower().split())
    return counted if row.outcome in counted else f"{counted} {row.outcome}"


def _draw_charts(view: StoryView) -> list[tuple[str, str]]:
    """Draw the history of each thing counted and outcome that has several values, those with the most first."""
    groups: dict[str, list[Value]] = {}
    for row in view.figures:
        source = row.source or f"{row.outlet or 'the outlet'}, no source given"
        groups.setdefault(_name_series(row), []).append(
            Value(low=row.low, best=row.best, high=row.high, source=source, day=row.published, words=row.words)
        )
    ranked = sorted(groups.items(), key=lambda pair: (-len(pair[1]), pair[0]))
    drawn = [
        (outcome, draw_history(values, what=outcome, name=f"history-{number}"))
        for number, (outcome, values) in enumerate(ranked[:_MOST_CHARTS])
        if len(values) > 1
    ]
    return [(outcome, picture) for outcome, picture in drawn if picture is not None]
