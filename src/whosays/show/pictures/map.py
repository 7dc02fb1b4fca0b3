"""A map: coasts and borders around the places of a story, and a dot for each place."""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from functools import cache
from importlib import resources
from statistics import median
from typing import TYPE_CHECKING

from whosays.show.pictures.canvas import Canvas, hint

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from whosays.show.pictures.canvas import Value

_WIDTH, _HEIGHT = 640.0, 380.0
_LEAST = 5.0
"""Degrees of latitude that a map shows at least."""
_FAR = 12.0
"""Degrees from the others beyond which a point that is named once does not widen the map."""
_MARGIN = 0.25
"""Share of the places' extent that is left free on each side."""
_MOST_LABELS = 14
Ring = tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Dot:
    """A place: degrees, and how many statements name it; `wide` where it is a region rather than a point."""

    name: str
    lat: float
    lon: float
    count: int
    wide: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class _Window:
    """The part of the world that is shown, in degrees, and units a degree; a degree of longitude shrinks polewards."""

    west: float
    north: float
    across: float
    down: float

    def place(self, lon: float, lat: float) -> tuple[float, float]:
        """Return where a point lies on the canvas, at most a map's width outside of it."""
        x, y = (lon - self.west) * self.across, (self.north - lat) * self.down
        return min(max(x, -_WIDTH), 2 * _WIDTH), min(max(y, -_HEIGHT), 2 * _HEIGHT)


def draw_map(dots: Sequence[Dot]) -> str | None:
    """Draw a map around these places, none where there is no place.

    The map is drawn around points, and around regions where there is no point. A point far from the others that few
    statements name is told in the description, and drawn where it lies on the map.
    """
    if not dots:
        return None
    window = _frame(_leave_out_far([dot for dot in dots if not dot.wide] or dots))
    told = "; ".join(f"{dot.name} ({dot.count})" for dot in dots)
    canvas = Canvas(
        _WIDTH, _HEIGHT, title="Where it is said to have happened", description=f"Places named: {told}.", name="map"
    )
    canvas.add("rect", x=0, y=0, width=_WIDTH, height=_HEIGHT, class_="sea")
    for ring in _load_rings():
        path = _write_path(ring, window)
        if path is not None:
            canvas.add("path", d=path, class_="land")
    labels: list[tuple[float, float]] = []
    for dot in sorted(dots, key=lambda dot: (-dot.count, dot.name)):
        x, y = window.place(dot.lon, dot.lat)
        if not (0 <= x <= _WIDTH and 0 <= y <= _HEIGHT):
            continue
        radius = min(4 + 2 * math.sqrt(dot.count), 16)
        mark = canvas.add("circle", cx=x, cy=y, r=radius, class_="dot wide" if dot.wide else "dot")
        hint(mark, f"{dot.name}: named in {dot.count} statement{'' if dot.count == 1 else 's'}")
        if len(labels) < _MOST_LABELS and all(abs(x - a) > 90 or abs(y - b) > 14 for a, b in labels):
            labels.append((x, y))
            right = x < _WIDTH - 110
            at: dict[str, Value] = {"class_": "label", "text_anchor": "start" if right else "end"}
            canvas.add_text(x + radius + 3 if right else x - radius - 3, y + 4, dot.name, most=28, **at)
    return canvas.write()


def _leave_out_far(dots: Sequence[Dot]) -> Sequence[Dot]:
    """Leave out points that lie far from the middle of all that statements name, and that one statement names."""
    every = [dot for dot in dots for _ in range(dot.count)]
    lon, lat = median(dot.lon for dot in every), median(dot.lat for dot in every)
    near = [dot for dot in dots if dot.count > 1 or (abs(dot.lon - lon) < _FAR and abs(dot.lat - lat) < _FAR)]
    return near or dots


def _frame(dots: Iterable[Dot]) -> _Window:
    lons, lats = sorted(dot.lon for dot in dots), sorted(dot.lat for dot in dots)
    middle = (lats[0] + lats[-1]) / 2
    shrink = max(math.cos(math.radians(middle)), 0.2)
    tall = max((lats[-1] - lats[0]) * (1 + 2 * _MARGIN), _LEAST)
    wide = max((lons[-1] - lons[0]) * (1 + 2 * _MARGIN), _LEAST / shrink)
    down = min(_HEIGHT / tall, _WIDTH / (wide * shrink))
    across = down * shrink
    return _Window(
        west=(lons[0] + lons[-1]) / 2 - _WIDTH / across / 2,
        north=middle + _HEIGHT / down / 2,
        across=across,
        down=down,
    )


def _write_path(ring: Ring, window: _Window) -> str | None:
    """Write a ring as a path; none where nothing of it can be seen. Far points are drawn near the edge, once."""
    points: list[tuple[int, int]] = []
    for lon, lat in ring:
        x, y = window.place(lon, lat)
        point = (round(x), round(y))
        if not points or points[-1] != point:
            points.append(point)
    xs, ys = [x for x, _ in points], [y for _, y in points]
    if max(xs) < 0 or min(xs) > _WIDTH or max(ys) < 0 or min(ys) > _HEIGHT or len(points) < 3:
        return None
    return f"M{' '.join(f'{x},{y}' for x, y in points)}Z"


@cache
def _load_rings() -> tuple[Ring, ...]:
    """Return the coasts and borders of all countries, rings of (longitude, latitude) (Natural Earth, 1:50 million)."""
    data = json.loads(resources.files("whosays.show.pictures").joinpath("shapes/countries.json").read_text("utf-8"))
    arcs = [_decode(line, data["scale"]) for line in data["arcs"]]
    rings = []
    for numbers in data["rings"]:
        points: list[tuple[float, float]] = []
        for number in numbers:
            arc = arcs[number] if number >= 0 else arcs[~number][::-1]
            points += arc[1:] if points else arc
        rings.append(tuple(points))
    return tuple(rings)


def _decode(line: str, scale: int) -> list[tuple[float, float]]:
    values = [int(value) for value in line.split()]
    x = y = 0
    points = []
    for dx, dy in zip(values[::2], values[1::2], strict=True):
        x, y = x + dx, y + dy
        points.append((x / scale, y / scale))
    return points
