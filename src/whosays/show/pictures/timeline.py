"""A timeline: a row for each outlet, a mark for each article, arrows to what it copies or cites."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from whosays.show.pictures.canvas import Canvas, Element, hint
from whosays.text import read_moment

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date

_WIDTH, _LEFT, _ROW, _TOP = 640.0, 176.0, 26.0, 26.0
_MOST = 40
"""Rows that are drawn; the others are counted below."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """An article: its name, outlet and ISO time of publication, and the articles it copies or cites."""

    name: str
    label: str
    published: str | None
    copies: str | None
    cites: tuple[str, ...]


def draw_timeline(entries: Sequence[Entry]) -> str | None:
    """Draw articles in the order of publication; none where no article has a day."""
    dated = [(entry, moment.date()) for entry in entries if (moment := read_moment(entry.published)) is not None]
    dated.sort(key=lambda pair: (_measure(pair[0]), pair[0].label))
    shown = dated[:_MOST]
    if not shown:
        return None
    told = "; ".join(_tell(entry, entries) for entry, _ in shown)
    height = _TOP + _ROW * len(shown) + 14
    canvas = Canvas(_WIDTH, height, title="Who published when, and from whom", description=told, name="timeline")
    _draw_arrowhead(canvas)
    first, last = min(_measure(entry) for entry, _ in shown), max(_measure(entry) for entry, _ in shown)

    def across(entry: Entry) -> float:
        return (
            _LEFT + 20 + (_WIDTH - _LEFT - 44) * ((_measure(entry) - first) / (last - first) if last > first else 0.5)
        )

    places = {entry.name: (across(entry), _TOP + _ROW * row + 10) for row, (entry, _) in enumerate(shown)}
    _draw_days(canvas, shown, height, across)
    for entry, _ in shown:
        x, y = places[entry.name]
        for other in (*([entry.copies] if entry.copies else []), *entry.cites):
            if other in places and other != entry.name:
                _draw_arrow(canvas, (x, y), places[other], "copies" if other == entry.copies else "cites")
    for entry, day in shown:
        x, y = places[entry.name]
        canvas.add_text(_LEFT - 8, y + 4, entry.label, most=24, class_="label", text_anchor="end")
        mark = canvas.add("circle", cx=x, cy=y, r=6, class_="article copy" if entry.copies else "article")
        hint(mark, f"{entry.label}, {(entry.published or day.isoformat())[:16].replace('T', ' ')}")
    return canvas.write()


def _measure(entry: Entry) -> float:
    """Return a moment in days: the hour counts where it is known, else it is noon."""
    moment = read_moment(entry.published)
    return 0.0 if moment is None else moment.timestamp() / 86_400


def _draw_days(
    canvas: Canvas, shown: Sequence[tuple[Entry, date]], height: float, across: Callable[[Entry], float]
) -> None:
    days = {day: entry for entry, day in reversed(shown)}
    step = max(1, len(days) // 6)
    for day, entry in sorted(days.items(), key=lambda pair: pair[0])[::step]:
        x = across(entry)
        canvas.add("line", x1=x, x2=x, y1=_TOP - 6, y2=height - 8, class_="grid")
        canvas.add("text", f"{day.day} {day:%b}", x=x, y=_TOP - 11, class_="tick", text_anchor="middle")


def _draw_arrow(canvas: Canvas, start: tuple[float, float], end: tuple[float, float], kind: str) -> None:
    (x1, y1), (x2, y2) = start, end
    bend = 18 + abs(y2 - y1) / 6
    path = f"M{x1:.0f},{y1:.0f} C{x1 + bend:.0f},{y1:.0f} {x2 + bend:.0f},{y2:.0f} {x2 + 7:.0f},{y2:.0f}"
    canvas.add("path", d=path, class_=f"arrow {kind}", marker_end="url(#head)")


def _draw_arrowhead(canvas: Canvas) -> None:
    marker: Element = canvas.add(
        "marker", id="head", viewBox="0 0 8 8", refX=7, refY=4, markerWidth=7, markerHeight=7, orient="auto"
    )
    marker.append(Element("path", {"d": "M0,0 L8,4 L0,8 z", "class": "head"}))


def _tell(entry: Entry, entries: Sequence[Entry]) -> str:
    names = {one.name: one.label for one in entries}
    told = f"{(entry.published or '')[:10]} {entry.label}"
    if entry.copies:
        told += f", a copy of {names.get(entry.copies, entry.copies)}"
    if entry.cites:
        told += f", cites {', '.join(names.get(other, other) for other in entry.cites)}"
    return told
