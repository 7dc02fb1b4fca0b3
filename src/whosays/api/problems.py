"""What went wrong, as problem details (RFC 9457)."""

from __future__ import annotations

from http import HTTPStatus

import msgspec
from msgspec import Struct
from starlette.responses import Response

MEDIA_TYPE = "application/problem+json"


class Problem(Struct, frozen=True, omit_defaults=True):
    """A problem: what kind by its HTTP status, and what of this request is wrong."""

    title: str
    status: int
    detail: str
    type: str = "about:blank"
    """Always "about:blank": the status says what kind of problem it is."""


def answer_problem(status: int, detail: str, *, headers: dict[str, str] | None = None) -> Response:
    """Answer with a problem."""
    problem = Problem(title=HTTPStatus(status).phrase, status=status, detail=detail)
    return Response(msgspec.json.encode(problem), status_code=status, media_type=MEDIA_TYPE, headers=headers)
