"""What a content says happened, to whom, where and when: the encoder's marks that lie in it."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from typing import TYPE_CHECKING

from whosays.extract.heads.marks import FoundMark, find_marks
from whosays.model import Actor, Event, Place, Time
from whosays.model.encoding import PLOVER_TYPES

if TYPE_CHECKING:
    from whosays.model import Encoding, Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Happening:
    """The parts of a statement that the other heads give."""

    event: Event | None
    actors: tuple[Actor, ...]
    places: tuple[Place, ...]
    times: tuple[Time, ...]


class Happenings:
    """All marks of one text, asked content by content."""

    def __init__(self, encoding: Encoding, text: str) -> None:
        self._marks = {head: find_marks(encoding, text, head) for head in ("events", "roles", "places", "times")}
        self._starts = {head: [mark.span.start for mark in marks] for head, marks in self._marks.items()}

    @property
    def places(self) -> tuple[Span, ...]:
        """All literal places of the text."""
        return tuple(mark.span for mark in self._marks["places"] if mark.label == "literal")

    def pick(self, contents: tuple[Span, ...]) -> Happening:
        """Return what lies in a content; actors only beside an event, whose parts they are.

        The event is the surest of those that PLOVER has a type for, the first of equals.
        """
        typed = [mark for mark in self._list("events", contents) if mark.label in PLOVER_TYPES]
        best = max(typed, key=lambda mark: round(mark.score, 1), default=None)
        return Happening(
            event=Event(type=best.label, trigger=best.span, score=best.score) if best else None,
            actors=tuple(Actor(role=mark.label, span=mark.span) for mark in self._list("roles", contents) if best),
            places=tuple(Place(span=m.span) for m in self._list("places", contents) if m.label == "literal"),
            times=tuple(Time(span=mark.span, kind=mark.label) for mark in self._list("times", contents)),
        )

    def _list(self, head: str, contents: tuple[Span, ...]) -> list[FoundMark]:
        marks, starts = self._marks[head], self._starts[head]
        found: list[FoundMark] = []
        for content in contents:
            first, last = bisect_left(starts, content.start), bisect_left(starts, content.end)
            found += [mark for mark in marks[first:last] if content.contains(mark.span)]
        return found
