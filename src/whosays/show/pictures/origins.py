"""Who stands behind a claim: its origins on the left, the articles that lead back to each on the right."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from whosays.show.pictures.canvas import Canvas, hint

if TYPE_CHECKING:
    from collections.abc import Sequence

_WIDTH, _ROW, _TOP, _MIDDLE = 640.0, 24.0, 28.0, 300.0
_MOST = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Branch:
    """An origin and the articles that lead back to it; `sure` is false where it may be another of the origins."""

    name: str
    sure: bool
    articles: tuple[str, ...]


def draw_origins(branches: Sequence[Branch]) -> str | None:
    """Draw which article leads back to which origin; none where there is no origin."""
    if not branches:
        return None
    told = "; ".join(
        f"{branch.name}{'' if branch.sure else ' (may be one of the others)'}: {', '.join(branch.articles)}"
        for branch in branches
    )
    articles = list(dict.fromkeys(name for branch in branches for name in branch.articles))[:_MOST]
    rows = max(len(articles), len(branches))
    height = _TOP + _ROW * rows + 8
    canvas = Canvas(_WIDTH, height, title="Who stands behind it", description=told, name="origins")
    canvas.add("text", "origins", x=_MIDDLE - 20, y=14, class_="tick", text_anchor="end")
    canvas.add("text", "told by", x=_MIDDLE + 120, y=14, class_="tick")
    right = {name: _TOP + _ROW * (i + (rows - len(articles)) / 2) + 8 for i, name in enumerate(articles)}
    for number, branch in enumerate(branches[:_MOST]):
        y = _TOP + _ROW * (number + (rows - min(len(branches), _MOST)) / 2) + 8
        kind = "sure" if branch.sure else "unsure"
        for name in dict.fromkeys(branch.articles):
            if name in right:
                canvas.add(
                    "path",
                    d=f"M{_MIDDLE - 6:.0f},{y:.0f} C{_MIDDLE + 60:.0f},{y:.0f} {_MIDDLE + 50:.0f},{right[name]:.0f}"
                    f" {_MIDDLE + 112:.0f},{right[name]:.0f}",
                    class_=f"branch {kind}",
                )
        mark = canvas.add("circle", cx=_MIDDLE - 8, cy=y, r=6, class_=f"root {kind}")
        hint(mark, branch.name if branch.sure else f"{branch.name}: may be one of the others")
        canvas.add_text(_MIDDLE - 20, y + 4, branch.name, most=42, class_="label", text_anchor="end")
    for name, y in right.items():
        canvas.add("circle", cx=_MIDDLE + 114, cy=y, r=3.5, class_="leaf")
        canvas.add_text(_MIDDLE + 122, y + 4, name, most=30, class_="label")
    return canvas.write()
