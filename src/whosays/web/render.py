"""Templates, and the words they use."""

from __future__ import annotations

import re
from collections import defaultdict
from functools import cache
from http import HTTPStatus
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from starlette.responses import HTMLResponse

from whosays.model import Certainty
from whosays.show.templating import make_environment
from whosays.show.words import CERTAINTY_WORDS
from whosays.text import read_moment

if TYPE_CHECKING:
    from collections.abc import Mapping

    import msgspec
    from jinja2 import Environment
    from starlette.requests import Request


def answer_page(request: Request, template: str, *, status: int = 200, **values: Any) -> HTMLResponse:  # noqa: ANN401  # what a template shows
    """Render a page; every value is escaped."""
    page = (
        _load()
        .get_template(template)
        .render(
            path=request.url.path,
            query=_make_query(request),
            may_edit=getattr(request.state, "may_edit", True),
            logged_in=getattr(request.state, "logged_in", False),
            **values,
        )
    )
    return HTMLResponse(page, status_code=status, headers={"Cache-Control": "private, no-cache"})


def tell_invalid(error: msgspec.ValidationError) -> str:
    """Say which part of what was asked or sent cannot be so, in words for people."""
    words = str(error)
    named = re.search(r"(?:at `\$\.|field `)(\w+)`", words)
    if named is None:
        return "this cannot be asked so"
    return f"“{named[1]}” is {'missing' if 'missing' in words else 'not as it should be'}"


def _make_query(request: Request) -> dict[str, str | None]:
    """Return what the address asks for; what it does not name is none."""
    return defaultdict(lambda: None, request.query_params)


def answer_trouble(status: int, detail: str) -> HTMLResponse:
    """Answer with a page that says what went wrong."""
    page = (
        _load()
        .get_template("trouble.html")
        .render(
            path="",
            query=defaultdict(str),
            may_edit=False,
            logged_in=False,
            title=HTTPStatus(status).phrase,
            detail=detail,
            status=status,
        )
    )
    return HTMLResponse(page, status_code=status)


@cache
def _load() -> Environment:
    environment = make_environment("whosays.web")
    environment.filters |= {
        "day": _tell_day,
        "many": _count,
        "sure": lambda value: CERTAINTY_WORDS[Certainty(value)],
        "tone": lambda value: {"C": "certain", "P": "hedged", "U": "open"}[str(value)[0]],
        "origins": _tell_origins,
    }
    environment.globals |= {"link": _link}
    return environment


def _tell_day(value: str | None) -> str:
    """Write a day, and the minute where it is known, in UTC."""
    moment = read_moment(value)
    if moment is None or value is None:
        return value or "no date"
    day = f"{moment.day} {moment:%b %Y}"
    return f"{day}, {moment:%H:%M} UTC" if len(value) > 10 else day


def _count(number: int, one: str, many: str | None = None) -> str:
    """Write a number with what it counts."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def _tell_origins(claim: object) -> str:
    """Write how many origins a claim has: `2` or `2–3`."""
    low, high = getattr(claim, "low", 0), getattr(claim, "high", 0)
    return f"{low}" if low == high else f"{low}–{high}"


def _link(path: str, query: Mapping[str, object], **changed: object) -> str:
    """Write an address with its question, some parts changed or taken out (`None`)."""
    parts = {**query, **changed}
    kept = {name: value for name, value in parts.items() if value is not None and value != ""}
    return f"{path}?{urlencode(kept)}" if kept else path
