"""Draw for a terminal: whatever a page holds is shown as text, and moves no cursor."""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING

from rich.console import Console
from rich.segment import Segment

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rich.console import ConsoleOptions, RenderableType, RenderResult

_CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")


def draw(renderables: Iterable[RenderableType], *, width: int, color: bool) -> str:
    """Return what a terminal of that width shows, with colours or without."""
    output = io.StringIO()
    console = Console(
        file=output,
        width=width,
        force_terminal=color,
        no_color=not color,
        color_system="standard" if color else None,
        highlight=False,
        legacy_windows=False,
    )
    for renderable in renderables:
        console.print(_Harmless(renderable))
    return output.getvalue()


class _Harmless:
    """Draws another thing with its control characters written out as numbers."""

    def __init__(self, inner: RenderableType) -> None:
        self._inner = inner

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """Yield the inner thing's segments, cleaned; rich's own styles come after."""
        for segment in console.render(self._inner, options):
            yield segment if segment.control else Segment(_CONTROL.sub(_write_out, segment.text), segment.style)


def _write_out(match: re.Match[str]) -> str:
    return match.group().encode("unicode_escape").decode("ascii")
