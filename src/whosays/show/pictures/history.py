"""The history of a figure: each value with its bounds, by whom, on which day."""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from whosays.show.pictures.canvas import Canvas, hint, read_day

if TYPE_CHECKING:
    from collections.abc import Sequence

_WIDTH, _LEFT, _RIGHT, _TOP, _BOTTOM = 640.0, 58.0, 178.0, 16.0, 34.0
_HEIGHT = 260.0
_KINDS = 9
"""Sources that get a colour of their own; the others share the last."""
_BESIDE = 11.0
"""Units between two marks of a day below which the second is put beside the first."""
_OPEN = 18.0
"""Units that the arrow of an open bound is long."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Value:
    """One value: bounds (`None` where open), who gave it, the day it was said on, and words for it."""

    low: float | None
    best: float | None
    high: float | None
    source: str
    day: str | None
    words: str

    @property
    def middle(self) -> float:
        """The best value, or the bound that is known."""
        return next((value for value in (self.best, self.low, self.high) if value is not None), 0.0)


def draw_history(values: Sequence[Value], *, what: str, name: str = "history") -> str | None:
    """Draw values over days, a colour for each source, a bar for bounds; none where no value has a day."""
    dated = [(day, value) for value in values if (day := read_day(value.day)) is not None]
    if not dated:
        return None
    dated.sort(key=lambda pair: (pair[0], pair[1].source))
    told = "; ".join(f"{day.isoformat()}: {value.words}, {value.source}" for day, value in dated)
    canvas = Canvas(_WIDTH, _HEIGHT, title=f"How the figure changed: {what}", description=told, name=name)
    first, last = dated[0][0].toordinal(), dated[-1][0].toordinal()
    step, top = _choose_steps(max(max(v.middle, v.high or 0.0, v.low or 0.0) for _, v in dated))
    plot_width, plot_height = _WIDTH - _LEFT - _RIGHT, _HEIGHT - _TOP - _BOTTOM

    def across(day: int) -> float:
        return _LEFT + 44 + (plot_width - 88) * ((day - first) / (last - first) if last > first else 0.5)

    def down(value: float) -> float:
        return _TOP + plot_height * (1 - value / top)

    _draw_axes(canvas, step, top)
    for tick in sorted({dated[0][0], dated[-1][0], *(day for day, _ in dated[:: max(1, len(dated) // 4)])}):
        label, x = f"{tick.day} {tick:%b}", across(tick.toordinal())
        canvas.add("text", label, x=x, y=_HEIGHT - 12, class_="tick", text_anchor="middle")
    sources = list(dict.fromkeys(value.source for _, value in dated))
    crowd: Counter[tuple[int, int]] = Counter()
    for day, value in dated:
        ordinal = day.toordinal()
        near = (ordinal, round(down(value.middle) / _BESIDE))
        shift = crowd[near]
        crowd[near] += 1
        x = across(ordinal) + 11 * ((shift + 1) // 2) * (-1 if shift % 2 else 1)
        kind = f"kind{min(sources.index(value.source), _KINDS - 1)}"
        upper = down(value.high) if value.high is not None else down(value.middle) - _OPEN
        lower = down(value.low) if value.low is not None else down(value.middle) + _OPEN
        if upper != lower:
            canvas.add("line", x1=x, x2=x, y1=max(upper, 2.0), y2=lower, class_=f"bounds {kind}")
        mark = canvas.add("circle", cx=x, cy=down(value.middle), r=5, class_=f"value {kind}")
        hint(mark, f"{day.isoformat()}: {value.words} ({value.source})")
    for number, source in enumerate(sources[:_KINDS]):
        y = _TOP + 12 + 18 * number
        others = len(sources) - _KINDS if number == _KINDS - 1 and len(sources) > _KINDS else 0
        canvas.add("circle", cx=_WIDTH - _RIGHT + 12, cy=y - 4, r=5, class_=f"value kind{number}")
        words = f"{source} and {others} more" if others else source
        canvas.add_text(_WIDTH - _RIGHT + 22, y, words, most=24, class_="label")
    return canvas.write()


def _choose_steps(most: float) -> tuple[float, float]:
    """Return a round step for the axis, and where it ends: a little above the largest value."""
    rough = max(most, 1.0) / 4
    size = 10.0 ** math.floor(math.log10(rough))
    step = max(1.0, next(factor * size for factor in (1, 2, 2.5, 5, 10) if factor * size >= rough))
    if step < 10:
        step = math.ceil(step)
    return step, step * math.ceil(most / step + 0.15)


def _draw_axes(canvas: Canvas, step: float, top: float) -> None:
    for number in range(round(top / step) + 1):
        y = _TOP + (_HEIGHT - _TOP - _BOTTOM) * (1 - number * step / top)
        canvas.add("line", x1=_LEFT, x2=_WIDTH - _RIGHT, y1=y, y2=y, class_="grid")
        canvas.add("text", _tell_amount(number * step), x=_LEFT - 6, y=y + 4, class_="tick", text_anchor="end")


def _tell_amount(value: float) -> str:
    """Write a number of the axis, large ones short: 3,000, 2.5 m."""
    for size, name in ((1e9, "bn"), (1e6, "m")):
        if value >= size:
            return f"{value / size:,.3g} {name}"
    return f"{value:,.0f}"
