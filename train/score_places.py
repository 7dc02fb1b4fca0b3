"""Score where places are: the share of gold toponyms that are put within 161 km (100 miles) of where they lie."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from train.corpora.places import Located, read_located_geowebnews, read_located_lgl
from whosays.extract.heads.marks import find_marks
from whosays.model import GazetteerEntry, Precision
from whosays.resolve.place_names import widen_place
from whosays.resolve.places import choose_places, measure_km

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from whosays.model import Encoder, Gazetteer, Span

NEAR_KM = 161.0


@dataclass(slots=True, kw_only=True)
class PlaceScore:
    """Toponyms: all, put near enough, put elsewhere."""

    count: int = 0
    right: int = 0
    wrong: int = 0

    def describe(self) -> str:
        """Return one line."""
        return (
            f"{self.right / self.count:.3f} within 161 km, {self.wrong / self.count:.3f} elsewhere (of {self.count:,})"
        )


def read_dev(geo: Path) -> Iterator[tuple[str, list[Located]]]:
    """Yield each corpus' development part by name."""
    yield "LGL dev", list(read_located_lgl(geo / "lgl.xml.gz", split="dev"))
    yield "GeoWebNews dev", list(read_located_geowebnews(geo / "GWN.first160.xml.gz", split="dev"))


def score_gold_spans(texts: list[Located], gazetteer: Gazetteer) -> PlaceScore:
    """Score with the annotators' spans: what the gazetteer and the choice among namesakes are worth."""
    score = PlaceScore()
    for text in texts:
        _add(score, text, tuple(span for span, _, _ in text.toponyms), gazetteer)
    return score


def score_found_spans(texts: list[Located], gazetteer: Gazetteer, encoder: Encoder) -> PlaceScore:
    """Score with the spans that the encoder finds, of either sense; a toponym that it misses is not right."""
    score = PlaceScore()
    for text in texts:
        (encoding,) = encoder.encode((text.text,))
        _add(score, text, tuple(m.span for m in find_marks(encoding, text.text, "places")), gazetteer)
    return score


def _add(score: PlaceScore, text: Located, spans: tuple[Span, ...], gazetteer: Gazetteer) -> None:
    spans = tuple(widen_place(text.text, span) for span in spans)
    choices = choose_places(text.text, spans, gazetteer=gazetteer)
    for span, lat, lon in text.toponyms:
        score.count += 1
        found = next((other for other in spans if other.overlaps(span)), None)
        entry = choices[found.slice(text.text)].entry if found else None
        if entry is None:
            continue
        gold = GazetteerEntry(name="", precision=Precision.POINT, lat=lat, lon=lon)
        near = measure_km(entry, gold) <= NEAR_KM
        score.right += near
        score.wrong += not near
