"""Places as GeoJSON (RFC 7946): longitude before latitude."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from whosays.show.views import StoryView


WIDE = frozenset({"country", "region", "sea"})
"""Places that are too large to stand on a map as a point."""


def make_feature_collection(view: StoryView) -> dict[str, Any]:
    """Return the places that a story's statements name, a point each; countries, regions and seas without one."""
    return {
        "type": "FeatureCollection",
        "features": [
            {
                "type": "Feature",
                "geometry": None
                if place.precision in WIDE
                else {"type": "Point", "coordinates": [place.lon, place.lat]},
                "properties": {
                    "name": place.name,
                    "country": place.country,
                    "precision": place.precision,
                    "statements": place.statements,
                },
            }
            for place in view.places
        ],
    }
