"""The addresses of the API: each question, and what may be sent."""

from __future__ import annotations

import hashlib
from functools import partial
from typing import TYPE_CHECKING, Any

import msgspec
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response
from starlette.routing import Route

from whosays.api.acts import JobView, JudgementSent, PageSent, make_act, make_incoming
from whosays.api.desk import Desk, TooBusy
from whosays.api.openapi import make_description
from whosays.api.problems import answer_problem
from whosays.api.questions import QUESTIONS, Question, ask
from whosays.errors import InputRefused, LedgerError, NotKept, Unasked
from whosays.fetch import make_page
from whosays.flow import make_sheet
from whosays.show.contract import describe_sheet
from whosays.show.views.lists import describe_judgement

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping

    from msgspec import Struct
    from starlette.requests import Request

ROOT = "/api/v1"


def make_routes(desk: Desk) -> list[Route]:
    """Return the routes of the API over a ledger."""
    description = msgspec.json.encode(make_description())

    async def describe(request: Request) -> Response:
        return answer_bytes(request, description)

    return [
        *(
            Route(ROOT + one.path, partial(_answer, desk, one), methods=["GET"], name=f"api {one.name}")
            for one in QUESTIONS
        ),
        Route(f"{ROOT}/read", _guarded(partial(_read, desk)), methods=["POST"]),
        Route(f"{ROOT}/articles", _guarded(partial(_add, desk)), methods=["POST"]),
        Route(f"{ROOT}/jobs/{{job}}", partial(_tell_job, desk), methods=["GET"]),
        Route(f"{ROOT}/judgements", _guarded(partial(_judge, desk)), methods=["POST"]),
        Route(f"{ROOT}/openapi.json", describe, methods=["GET"]),
    ]


def answer_struct(request: Request, answer: Struct) -> Response:
    """Answer with JSON, and with nothing where the asker has the same already."""
    return answer_bytes(request, msgspec.json.encode(answer))


def answer_bytes(request: Request, body: bytes, *, media_type: str = "application/json") -> Response:
    """Answer with bytes under an ETag; 304 where the asker has the same already."""
    tag = f'"{hashlib.blake2b(body, digest_size=12).hexdigest()}"'
    headers = {"ETag": tag, "Cache-Control": "private, no-cache"}
    known = {one.strip().removeprefix("W/") for one in request.headers.get("if-none-match", "").split(",")}
    if tag in known:
        return Response(status_code=304, headers=headers)
    return Response(body, media_type=media_type, headers=headers)


def translate(error: Exception) -> Response:
    """Answer what went wrong with asking."""
    if isinstance(error, NotKept):
        return answer_problem(404, error.detail)
    if isinstance(error, Unasked):
        return answer_problem(422, error.detail)
    if isinstance(error, LedgerError):
        return answer_problem(503, f"the ledger cannot be used: {error.detail}")
    return answer_problem(400, str(error))


async def _answer(desk: Desk, question: Question[Any], request: Request) -> Response:
    query = request.query_params
    if len(query.multi_items()) != len(set(query.keys())) or set(query.keys()) & set(request.path_params):
        return answer_problem(400, "a parameter is given twice")
    given: Mapping[str, str] = {**query, **request.path_params}
    try:
        return answer_struct(request, await run_in_threadpool(lambda: ask(question, given, desk.view)))
    except (LedgerError, msgspec.ValidationError) as error:
        return translate(error)


def _guarded(take: Callable[[Request], Awaitable[Response]]) -> Callable[[Request], Awaitable[Response]]:
    """Answer problems of what was sent as problems."""

    async def answer(request: Request) -> Response:
        try:
            return await take(request)
        except (msgspec.ValidationError, msgspec.DecodeError, UnicodeDecodeError) as error:
            return answer_problem(400, f"the body is not as it should be: {error}")
        except InputRefused as error:
            return answer_problem(422, f"{error.reason}: {error.detail}")
        except TooBusy:
            return answer_problem(503, "too many pages wait to be read", headers={"Retry-After": "10"})
        except LedgerError as error:
            return translate(error)

    return answer


async def _decode(request: Request, kind: type[Any]) -> Any:  # noqa: ANN401  # of the kind asked for
    return msgspec.json.decode(await request.body(), type=kind)


async def _read(desk: Desk, request: Request) -> Response:
    """Read a page and answer with its sheet; nothing is kept."""
    sent: PageSent = await _decode(request, PageSent)
    if sent.body is None:
        return answer_problem(400, "there is no page in what was sent; give its body")
    body = sent.body.encode("utf-8", "replace")

    def read() -> Struct:
        means = desk.make_means()
        page = make_page("sent", body, now=desk.now, url=sent.url, content_type=None)
        return describe_sheet(make_sheet(page, means=means, plain=sent.plain, published=sent.published, url=sent.url))

    return answer_struct(request, await run_in_threadpool(read))


async def _add(desk: Desk, request: Request) -> Response:
    """Begin to read a page into the ledger."""
    sent: PageSent = await _decode(request, PageSent)
    if sent.body is None and sent.url is None:
        return answer_problem(400, "there is no page in what was sent; give its url or its body")
    digest = hashlib.sha256((sent.body or "").encode("utf-8", "replace")).hexdigest()[:12]
    job = desk.take_in(make_incoming(sent, name=f"{sent.name or 'sent'} ({digest})"))
    view = msgspec.json.encode(msgspec.convert(job, JobView, from_attributes=True))
    return Response(view, status_code=202, media_type="application/json", headers={"Location": f"{ROOT}/jobs/{job.id}"})


async def _tell_job(desk: Desk, request: Request) -> Response:
    job = desk.find_job(request.path_params["job"])
    if job is None:
        return answer_problem(404, "there is no such job, or it was long ago")
    return answer_struct(request, msgspec.convert(job, JobView, from_attributes=True))


async def _judge(desk: Desk, request: Request) -> Response:
    """Do what a person decided; 200 with nothing new where it is so already."""
    sent: JudgementSent = await _decode(request, JudgementSent)
    do = make_act(sent, at=desk.now().isoformat())
    done = await run_in_threadpool(lambda: desk.act(do))
    if done is None:
        return Response(status_code=204)
    row = msgspec.json.encode(describe_judgement(done))
    return Response(row, status_code=201, media_type="application/json")
