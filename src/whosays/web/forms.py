"""What people send with forms: pages to keep, judgements, the token they come in with."""

from __future__ import annotations

import asyncio
from functools import partial
from typing import TYPE_CHECKING

import msgspec
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData, UploadFile
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from whosays.api.acts import AddressSent, JudgementSent, PageSent, make_act, make_incoming, sign_judgement
from whosays.api.desk import Desk, TooBusy
from whosays.errors import LedgerError
from whosays.model import Incoming
from whosays.web.guard import COOKIE, Access
from whosays.web.render import answer_page, answer_trouble, tell_invalid

if TYPE_CHECKING:
    from starlette.requests import Request

_FIELDS = 20
_PENALTY = 1.0
"""Seconds that a wrong token costs."""


def make_form_routes(desk: Desk, access: Access) -> list[Route]:
    """Return the routes of all forms."""
    return [
        Route("/add", _show_add, methods=["GET"]),
        Route("/add", partial(_add, desk), methods=["POST"]),
        Route("/capture", partial(_capture, access), methods=["POST"]),
        Route("/job/{job}", partial(_show_job, desk), methods=["GET"]),
        Route("/judge", partial(_judge, desk), methods=["POST"]),
        Route("/login", partial(_show_login, access), methods=["GET"]),
        Route("/login", partial(_log_in, access), methods=["POST"]),
        Route("/logout", partial(_log_out, access), methods=["POST"]),
    ]


async def _show_add(request: Request) -> Response:
    return answer_page(request, "add.html", twin=None, captured=None, problem=None)


async def _add(desk: Desk, request: Request) -> Response:
    """Begin to read a page that was named, uploaded or pasted."""
    async with request.form(max_files=1, max_fields=_FIELDS, max_part_size=desk.settings.max_bytes) as form:
        upload = form.get("file")
        body = await upload.read() if isinstance(upload, UploadFile) and upload.filename else None
        name = upload.filename if isinstance(upload, UploadFile) else None
        given = _list_texts(form)
    text = given.pop("body", "")
    try:
        known = {"published": given.get("published") or None, "url": given.get("url") or None}
        incoming = _gather(known, text=text, upload=body, name=name, plain="plain" in given)
        job = await run_in_threadpool(desk.take_in, incoming)
    except msgspec.ValidationError as error:
        problem = f"Name an address, choose a file, or paste a text: {tell_invalid(error)}."
        sent = {"url": given.get("url", ""), "body": text} if text else None
        return answer_page(request, "add.html", status=422, twin=None, captured=sent, problem=problem)
    except TooBusy:
        return answer_trouble(503, "too many pages wait to be read; try again in a minute")
    except LedgerError as error:
        return answer_trouble(503, f"the page cannot be kept: {error.detail}")
    return RedirectResponse(f"/job/{job.id}", status_code=303)


def _gather(
    known: dict[str, str | None], *, text: str, upload: bytes | None, name: str | None, plain: bool
) -> Incoming:
    """Return the page to read: uploaded, pasted, or to be got; raises `msgspec.ValidationError` where none is."""
    if upload is None and not text:
        sent = msgspec.convert(known, AddressSent)
        return Incoming(source=sent.url, published=sent.published)
    page = msgspec.convert({**known, "body": text, "name": name or None, "plain": plain}, PageSent)
    return make_incoming(page, upload=upload)


async def _capture(access: Access, request: Request) -> Response:
    """Show what another page's bookmarklet sent, for the reader to keep or not; nothing is kept here."""
    async with request.form(max_files=0, max_fields=_FIELDS, max_part_size=access.max_bytes) as form:
        given = _list_texts(form)
    captured = {"url": given.get("url", ""), "body": given.get("body", "")}
    return answer_page(request, "add.html", twin=None, captured=captured, problem=None)


async def _show_job(desk: Desk, request: Request) -> Response:
    job = desk.find_job(request.path_params["job"])
    if job is None:
        return answer_trouble(404, "there is no such page on its way, or it was long ago")
    return answer_page(request, "job.html", twin=f"/api/v1/jobs/{job.id}", job=job)


async def _judge(desk: Desk, request: Request) -> Response:
    """Write down what a person decided, and go back to where they were."""
    async with request.form(max_files=0, max_fields=_FIELDS) as form:
        given = _list_texts(form)
    back = given.pop("back", "/review")
    choice = given.pop("choice", "")
    if choice:
        given["field"], _, given["value"] = choice.partition("=")
    try:
        sent = msgspec.convert({name: value for name, value in given.items() if value}, JudgementSent)
        sent = sign_judgement(sent, request.state.who)
        do = make_act(sent, at=desk.now().isoformat())
        await run_in_threadpool(lambda: desk.act(do))
    except msgspec.ValidationError as error:
        return answer_trouble(400, tell_invalid(error))
    except LedgerError as error:
        return answer_trouble(422, error.detail)
    inside = back.startswith("/") and not back.startswith(("//", "/\\"))
    return RedirectResponse(back if inside else "/review", status_code=303)


async def _show_login(access: Access, request: Request) -> Response:
    return answer_page(request, "login.html", twin=None, problem=None, **_list_ways(access))


async def _log_in(access: Access, request: Request) -> Response:
    async with request.form(max_files=0, max_fields=3) as form:
        given = _list_texts(form)
    session = None
    if access.users and given.get("name"):
        session = await run_in_threadpool(access.sign_in, given["name"], given.get("password", ""))
    elif access.is_closed:
        session = access.open_session(given.get("token", ""))
    if session is None:
        await asyncio.sleep(_PENALTY)
        problem = "That is not the password of this name." if given.get("name") else "That is not the token."
        return answer_page(request, "login.html", status=403, twin=None, problem=problem, **_list_ways(access))
    response = RedirectResponse("/", status_code=303)
    secure = request.url.scheme == "https"
    response.set_cookie(COOKIE, session, httponly=True, samesite="lax", secure=secure)
    return response


def _list_ways(access: Access) -> dict[str, bool]:
    """Return in which ways somebody can come in."""
    return {"by_name": bool(access.users), "by_token": access.editor is not None or access.reader is not None}


async def _log_out(access: Access, request: Request) -> Response:
    access.close_session(request.cookies.get(COOKIE, ""))
    response = RedirectResponse("/login", status_code=303)
    response.delete_cookie(COOKIE)
    return response


def _list_texts(form: FormData) -> dict[str, str]:
    texts = {name: value for name, value in form.items() if isinstance(value, str)}
    return {name: value if name == "body" else value.strip() for name, value in texts.items()}
