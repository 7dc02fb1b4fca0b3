"""Boil Natural Earth's countries, as world-atlas packs them (TopoJSON), down to what the maps draw."""

from __future__ import annotations

import json
from itertools import pairwise
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path

Point = tuple[int, int]
_SCALE = 50
"""Steps of a degree that points are rounded to: a fiftieth of a degree is some two kilometres."""
_NEAR = 1.2
"""Steps that a line may stray from the coast or border that it stands for."""


def write_shapes(topology: Path, to: Path) -> int:
    """Write arcs and the rings of each country that they make; returns how many points are left."""
    data = json.loads(topology.read_text("utf-8"))
    arcs = [_simplify(_decode(arc, data["transform"])) for arc in data["arcs"]]
    rings = [ring for shape in data["objects"]["countries"]["geometries"] for ring in _list_rings(shape)]
    lines = [" ".join(str(value) for value in _encode(arc)) for arc in arcs]
    kept = {"scale": _SCALE, "arcs": lines, "rings": rings}
    to.write_text(json.dumps(kept, separators=(",", ":")), "utf-8")
    return sum(map(len, arcs))


def _decode(arc: list[list[int]], transform: dict[str, list[float]]) -> list[Point]:
    """Return an arc's points (longitude, latitude) in steps; arcs are stored as differences."""
    x = y = 0
    points = []
    for dx, dy in arc:
        x, y = x + dx, y + dy
        lon, lat = (v * s + t for v, s, t in zip((x, y), transform["scale"], transform["translate"], strict=True))
        points.append((round(lon * _SCALE), round(lat * _SCALE)))
    return points


def _simplify(points: list[Point]) -> list[Point]:
    """Leave out points that a straight line passes near (Douglas and Peucker 1973); both ends stay."""
    keep = {0, len(points) - 1}
    spans = [(0, len(points) - 1)]
    while spans:
        first, last = spans.pop()
        far = max(range(first + 1, last), key=lambda i: _stray(points[i], points[first], points[last]), default=None)
        if far is not None and _stray(points[far], points[first], points[last]) > _NEAR:
            keep.add(far)
            spans += [(first, far), (far, last)]
    return [points[i] for i in sorted(keep)]


def _stray(point: Point, start: Point, end: Point) -> float:
    """Return how far a point lies from a line, or from its start where the line comes back to it."""
    (x, y), (x1, y1), (x2, y2) = point, start, end
    length = ((x2 - x1) ** 2 + (y2 - y1) ** 2) ** 0.5
    if length == 0:
        return float(((x - x1) ** 2 + (y - y1) ** 2) ** 0.5)
    return float(abs((x2 - x1) * (y1 - y) - (x1 - x) * (y2 - y1)) / length)


def _encode(points: list[Point]) -> list[int]:
    values = [*points[0]]
    for (x1, y1), (x2, y2) in pairwise(points):
        values += [x2 - x1, y2 - y1]
    return values


def _list_rings(shape: dict[str, Any]) -> list[list[int]]:
    """Return the rings of a country as numbers of arcs; `~n` is arc n backwards."""
    if shape["type"] == "Polygon":
        return list(shape["arcs"])
    return [ring for polygon in shape["arcs"] for ring in polygon] if shape["type"] == "MultiPolygon" else []
