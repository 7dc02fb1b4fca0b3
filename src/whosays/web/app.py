"""The app: its pages, its API, and the guard in front of both."""

from __future__ import annotations

from contextlib import asynccontextmanager
from dataclasses import replace
from importlib import resources
from typing import TYPE_CHECKING

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.routing import Route

from whosays.api import Desk, make_routes
from whosays.api.problems import answer_problem
from whosays.api.routes import answer_bytes
from whosays.web.forms import make_form_routes
from whosays.web.guard import Access, Guard
from whosays.web.pages import make_page_routes
from whosays.web.render import answer_trouble

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable
    from datetime import datetime

    from starlette.requests import Request
    from starlette.responses import Response

    from whosays.config import Settings


def make_app(settings: Settings, *, access: Access, now: Callable[[], datetime]) -> Starlette:
    """Return the app over a ledger, which is begun where there is none; raises `LedgerError` where it cannot be."""
    desk = Desk(settings, now=now)
    access = replace(access, may_write=desk.may_write)

    @asynccontextmanager
    async def live(app: Starlette) -> AsyncIterator[None]:
        del app
        yield
        desk.close()

    return Starlette(
        routes=[*make_page_routes(desk), *make_form_routes(desk, access), *make_routes(desk), *_serve_static()],
        middleware=[Middleware(Guard, access=access)],
        exception_handlers={HTTPException: _tell_trouble},
        lifespan=live,
    )


def _serve_static() -> list[Route]:
    sheets = (("whosays.show", "templates/style.css"), ("whosays.show", "templates/pages.css"))
    body = b"\n".join(resources.files(room).joinpath(name).read_bytes() for room, name in sheets)

    icon = resources.files("whosays.web").joinpath("static/icon.svg").read_bytes()

    def serve(content: bytes, media_type: str) -> Callable[[Request], Awaitable[Response]]:
        async def answer(request: Request) -> Response:
            return answer_bytes(request, content, media_type=media_type)

        return answer

    return [
        Route("/static/app.css", serve(body, "text/css"), methods=["GET"]),
        Route("/static/icon.svg", serve(icon, "image/svg+xml"), methods=["GET"]),
    ]


async def _tell_trouble(request: Request, error: Exception) -> Response:
    """Answer what no route does: as a problem under the API, as a page elsewhere."""
    if not isinstance(error, HTTPException):
        raise error
    detail = {404: "there is nothing under this address", 405: "this address takes no such request"}
    words = detail.get(error.status_code, str(error.detail))
    if request.url.path.startswith("/api/"):
        return answer_problem(error.status_code, words, headers=dict(error.headers or {}))
    return answer_trouble(error.status_code, words)
