"""Who may come in, and with what: hosts, tokens, roles, requests forged by other sites, bodies without end."""

from __future__ import annotations

import hmac
import secrets
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import HTTPConnection

from whosays.api.problems import answer_problem
from whosays.web.render import answer_trouble
from whosays.web.users import check_password

if TYPE_CHECKING:
    from collections.abc import Mapping

    from starlette.responses import Response
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

    from whosays.web.users import User

COOKIE = "whosays"
_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
_OPEN = ("/login", "/logout", "/static/", "/capture")
LASTS = 12 * 3600.0
"""Seconds that a session lasts."""
_FORWARDED = "/capture"
"""Where other sites' pages may send what a reader sees of them; nothing is done with it before the reader says so."""
_LOCAL = frozenset({"localhost", "127.0.0.1", "[::1]"})
_HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self';"
    " frame-ancestors 'none'; base-uri 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Session:
    """What a cookie stands for, until when by the monotonic clock; `who` is a user's name, none for a token."""

    may_edit: bool
    who: str | None
    until: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Access:
    """Who may come in: tokens for those who edit and those who only read, and users with passwords.

    With neither, only this machine can ask. `sessions` are the cookies that were given.
    """

    editor: str | None = None
    reader: str | None = None
    max_bytes: int = 20_000_000
    may_write: bool = True
    """False where the ledger itself cannot be written to."""
    users: Mapping[str, User] = field(default_factory=dict)
    sessions: dict[str, _Session] = field(default_factory=dict)

    @property
    def is_closed(self) -> bool:
        """Tell whether anything is asked for at all."""
        return self.editor is not None or self.reader is not None or bool(self.users)

    def open_session(self, token: str) -> str | None:
        """Return a new session for a token, none where no such token is known."""
        may_edit = self._check(token)
        return None if may_edit is None else self._open(may_edit=may_edit, who=None)

    def sign_in(self, name: str, password: str) -> str | None:
        """Return a new session for a user, none where the name or the password is not right; takes its time."""
        user = check_password(self.users, name, password)
        return None if user is None else self._open(may_edit=user.role == "editor", who=user.name)

    def _open(self, *, may_edit: bool, who: str | None) -> str:
        session = secrets.token_urlsafe(32)
        self.sessions[session] = _Session(may_edit=may_edit, who=who, until=time.monotonic() + LASTS)
        return session

    def close_session(self, session: str) -> None:
        """Forget a session."""
        self.sessions.pop(session, None)

    def find_user(self, connection: HTTPConnection) -> str | None:
        """Return who asks, by name; none for this machine and for who came with a token."""
        session = self._find_session(connection)
        return session.who if session is not None else None

    def find_role(self, connection: HTTPConnection) -> bool | None:
        """Tell whether who asks may edit; none where they may not even read."""
        role = self._find_role(connection)
        return role and self.may_write if role is not None else None

    def _find_role(self, connection: HTTPConnection) -> bool | None:
        if not self.is_closed:
            return True
        kind, _, token = connection.headers.get("authorization", "").partition(" ")
        if kind.lower() == "bearer":
            return self._check(token.strip())
        session = self._find_session(connection)
        return session.may_edit if session is not None else None

    def _find_session(self, connection: HTTPConnection) -> _Session | None:
        session = self.sessions.get(connection.cookies.get(COOKIE, ""))
        return session if session is not None and time.monotonic() < session.until else None

    def _check(self, token: str) -> bool | None:
        known = ((self.editor, True), (self.reader, False))
        return next((role for one, role in known if one and hmac.compare_digest(one.encode(), token.encode())), None)


class Guard:
    """Middleware that lets through what may come in, and puts the headers on what goes out."""

    def __init__(self, app: ASGIApp, access: Access) -> None:
        self._app = app
        self._access = access

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or say why not."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in _HEADERS.items():
                    headers[name] = value
            await send(message)

        refused = self._refuse(scope)
        if refused is not None:
            await refused(scope, receive, send_with_headers)
            return
        await self._app(scope, _bound(receive, self._access.max_bytes * 2), send_with_headers)

    def _refuse(self, scope: Scope) -> Response | None:
        """Return the answer to a request that may not come in."""
        headers, path, safe = Headers(scope=scope), scope["path"], scope["method"] in _SAFE
        api = path.startswith("/api/")
        if not self._access.is_closed and _name_host(headers.get("host", "")) not in _LOCAL:
            return _say(403, "this whosays answers only under the name of this machine", api=api)
        if not safe and path != _FORWARDED and _is_forged(headers):
            return _say(403, "this came from another site's page", api=api)
        length = headers.get("content-length", "0")
        if not length.isdigit() or int(length) > self._access.max_bytes * 2:
            return _say(413, f"more than {self._access.max_bytes:,} bytes", api=api)
        connection = HTTPConnection(scope)
        role = self._access.find_role(connection)
        scope.setdefault("state", {})["may_edit"] = bool(role)
        scope["state"]["who"] = self._access.find_user(connection)
        scope["state"]["logged_in"] = self._access.is_closed and role is not None
        if role is None and not path.startswith(_OPEN):
            return _say(401, "a token, or a name and its password, is needed; see /login", api=api)
        if not safe and not role and not path.startswith(_OPEN):
            return _say(403, "you may only read here", api=api)
        return None


def _say(status: int, detail: str, *, api: bool) -> Response:
    headers = {"WWW-Authenticate": "Bearer"} if status == 401 else None
    return answer_problem(status, detail, headers=headers) if api else answer_trouble(status, detail)


def _is_forged(headers: Headers) -> bool:
    """Tell whether a browser sent this for another site's page; what is no browser says nothing of sites."""
    site = headers.get("sec-fetch-site")
    if site is not None:
        return site not in {"same-origin", "none"}
    origin = headers.get("origin")
    return origin is not None and urlsplit(origin).netloc != headers.get("host")


def _name_host(host: str) -> str:
    """Return the name of a host, without its port."""
    return host.rpartition("]")[0] + "]" if host.startswith("[") else host.partition(":")[0].lower()


def _bound(receive: Receive, most: int) -> Receive:
    """End a body that goes on beyond its bound as if the client had gone."""
    taken = 0

    async def receive_bounded() -> Message:
        nonlocal taken
        message = await receive()
        if message["type"] == "http.request":
            taken += len(message.get("body", b""))
            if taken > most:
                return {"type": "http.disconnect"}
        return message

    return receive_bounded
