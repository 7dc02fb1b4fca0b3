"""The addresses of the API: each question, and what may be sent."""

from __future__ import annotations

import hashlib
from functools import partial
from typing import TYPE_CHECKING, Any

import msgspec
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response
from starlette.routing import Route

from whosays.api.acts import AddressSent, JobView, JudgementSent, PageSent, make_act, make_incoming, sign_judgement
from whosays.api.desk import Desk, TooBusy
from whosays.api.openapi import make_description
from whosays.api.parameters import ExportAsked
from whosays.api.problems import answer_problem
from whosays.api.questions import QUESTIONS, Question, ask
from whosays.errors import LedgerError, NotKept, TablesError, Unasked
from whosays.flow import read_page_sent, tell_story
from whosays.model import Incoming
from whosays.show.contract import describe_sheet
from whosays.show.exports import FORMATS, TABULAR
from whosays.show.views.lists import describe_judgement

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping

    from msgspec import Struct
    from starlette.requests import Request

ROOT = "/api/v1"
_JUDGEMENTS = "/judgements"
"""What people did is asked for, and written, at one address."""


def make_routes(desk: Desk) -> list[Route]:
    """Return the routes of the API over a ledger."""
    description = msgspec.json.encode(make_description())

    async def describe(request: Request) -> Response:
        return answer_bytes(request, description)

    judge = _guarded(partial(_judge, desk))

    def answer(question: Question[Any]) -> Route:
        ask_it = partial(_answer, desk, question)
        if question.path != _JUDGEMENTS:
            return Route(ROOT + question.path, ask_it, methods=["GET"])

        async def ask_or_judge(request: Request) -> Response:
            return await (judge(request) if request.method == "POST" else ask_it(request))

        return Route(ROOT + question.path, ask_or_judge, methods=["GET", "POST"])

    return [
        *map(answer, QUESTIONS),
        Route(f"{ROOT}/stories/{{article}}/export", partial(_export, desk), methods=["GET"]),
        Route(f"{ROOT}/read", _guarded(partial(_read, desk)), methods=["POST"]),
        Route(f"{ROOT}/articles", _guarded(partial(_add, desk)), methods=["POST"]),
        Route(f"{ROOT}/addresses", _guarded(partial(_get, desk)), methods=["POST"]),
        Route(f"{ROOT}/jobs/{{job}}", partial(_tell_job, desk), methods=["GET"]),
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
    if isinstance(error, TablesError):
        return answer_problem(503, error.detail)
    if isinstance(error, LedgerError):
        return answer_problem(503, f"the ledger cannot be used: {error.detail}")
    return answer_problem(400, str(error))


async def answer_asked(work: Callable[[], Response]) -> Response:
    """Answer in a thread of the pool, or with what is wrong with the question."""
    try:
        return await run_in_threadpool(work)
    except (LedgerError, TablesError, msgspec.ValidationError) as error:
        return translate(error)


async def _answer(desk: Desk, question: Question[Any], request: Request) -> Response:
    query = request.query_params
    if len(query.multi_items()) != len(set(query.keys())) or set(query.keys()) & set(request.path_params):
        return answer_problem(400, "a parameter is given twice")
    given: Mapping[str, str] = {**query, **request.path_params}
    return await answer_asked(lambda: answer_struct(request, ask(question, given, desk.view)))


async def _export(desk: Desk, request: Request) -> Response:
    """Answer with a story in the form asked for."""
    given = {**request.query_params, **request.path_params}

    def work() -> Response:
        asked = msgspec.convert(given, ExportAsked, strict=False)
        told = tell_story(asked.article, asked.format, view=desk.view, table=asked.table)
        form = FORMATS[asked.format]
        answer = answer_bytes(request, told, media_type=form.media_type)
        name = f"story-{asked.article}{'-' + asked.table if asked.format in TABULAR else ''}.{form.ending}"
        answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
        return answer

    return await answer_asked(work)


def _guarded(take: Callable[[Request], Awaitable[Response]]) -> Callable[[Request], Awaitable[Response]]:
    """Answer problems of what was sent as problems."""

    async def answer(request: Request) -> Response:
        try:
            return await take(request)
        except (msgspec.ValidationError, msgspec.DecodeError, UnicodeDecodeError) as error:
            return answer_problem(400, f"the body is not as it should be: {error}")
        except TooBusy:
            return answer_problem(503, "too many pages wait to be read", headers={"Retry-After": "10"})
        except LedgerError as error:
            return translate(error)

    return answer


async def _decode(request: Request, kind: type[Any]) -> Any:  # noqa: ANN401  # of the kind asked for
    return msgspec.json.decode(await request.body(), type=kind)


async def _read(desk: Desk, request: Request) -> Response:
    """Read a page and answer with its sheet, or with why it cannot be read; nothing is kept."""
    sent: PageSent = await _decode(request, PageSent)
    incoming = make_incoming(sent)

    def read() -> Struct:
        return describe_sheet(read_page_sent(incoming, means=desk.make_means()))

    return answer_struct(request, await run_in_threadpool(read))


async def _add(desk: Desk, request: Request) -> Response:
    """Begin to read a page into the ledger."""
    return await _begin(desk, make_incoming(await _decode(request, PageSent)))


async def _get(desk: Desk, request: Request) -> Response:
    """Begin to get a page from the web and to read it into the ledger."""
    sent: AddressSent = await _decode(request, AddressSent)
    return await _begin(desk, Incoming(source=sent.url, published=sent.published))


async def _begin(desk: Desk, incoming: Incoming) -> Response:
    job = await run_in_threadpool(desk.take_in, incoming)
    view = msgspec.json.encode(msgspec.convert(job, JobView, from_attributes=True))
    headers = {"Location": f"{ROOT}/jobs/{job.id}"}
    return Response(view, status_code=202, media_type="application/json", headers=headers)


async def _tell_job(desk: Desk, request: Request) -> Response:
    job = desk.find_job(request.path_params["job"])
    if job is None:
        return answer_problem(404, "there is no such job, or it was long ago")
    return answer_struct(request, msgspec.convert(job, JobView, from_attributes=True))


async def _judge(desk: Desk, request: Request) -> Response:
    """Do what a person decided; 200 with nothing new where it is so already."""
    sent: JudgementSent = sign_judgement(await _decode(request, JudgementSent), request.state.who)
    do = make_act(sent, at=desk.now().isoformat())
    try:
        done = await run_in_threadpool(lambda: desk.act(do))
    except Unasked as error:
        return answer_problem(409, error.detail)
    if done is None:
        return Response(status_code=204)
    row = msgspec.json.encode(describe_judgement(done))
    return Response(row, status_code=201, media_type="application/json")
