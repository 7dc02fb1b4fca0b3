"""The command that opens the ledger in a browser."""

from __future__ import annotations

import ipaddress
import socket
from pathlib import Path
from typing import TYPE_CHECKING

import click

from whosays.cli.ledger.session import now, translate_errors
from whosays.cli.options import ledger_options, merge_settings

if TYPE_CHECKING:
    from whosays.web import Access
    from whosays.web.users import Role


_USERS = click.Path(dir_okay=False, path_type=Path)


@click.group()
def users() -> None:
    """Who may sign in to `whosays serve --users FILE`: names, roles, and hashes of passwords."""


@users.command()
@click.argument("file", type=_USERS)
@click.argument("name")
@click.option("--role", type=click.Choice(["reader", "editor"]), default="reader", show_default=True)
@click.password_option(help="Asked for if it is not given.  [env: WHOSAYS_PASSWORD]", envvar="WHOSAYS_PASSWORD")
def add(file: Path, name: str, role: Role, password: str) -> None:
    """Let NAME sign in, or give NAME another role or password; FILE is made where there is none."""
    from whosays.web import make_user, read_users, write_users

    with translate_errors():
        known = read_users(file) if file.exists() else {}
        known[name] = make_user(name, password, role)
        write_users(file, known.values())
    click.echo(f"{name} may {'read and edit' if role == 'editor' else 'read'}; whosays serve --users {file}")


@users.command()
@click.argument("file", type=_USERS)
@click.argument("name")
def remove(file: Path, name: str) -> None:
    """Let NAME sign in no more, from the next start of `whosays serve`."""
    from whosays.web import read_users, write_users

    with translate_errors():
        known = read_users(file)
        if known.pop(name, None) is None:
            raise click.UsageError(f"there is nobody called {name!r} in {file}")
        write_users(file, known.values())


@users.command(name="list")
@click.argument("file", type=_USERS)
def list_(file: Path) -> None:
    """List who may sign in."""
    from whosays.web import read_users

    with translate_errors():
        for user in read_users(file).values():
            click.echo(f"{user.role:8} {user.name}")


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", type=click.IntRange(0, 65_535), default=8000, show_default=True)
@click.option("--token", envvar="WHOSAYS_TOKEN", help="Who gives this may read and edit.  [env: WHOSAYS_TOKEN]")
@click.option("--reader-token", envvar="WHOSAYS_READER_TOKEN", help="Who gives this may read.")
@click.option("--users", type=_USERS, help="A file of names and passwords, made with `whosays users add`.")
@click.option("--allow-private", is_flag=True, default=None, help="Open addresses on private networks too.")
@click.option("--any-language", is_flag=True, default=None, help="Read articles that are not in English too.")
@ledger_options
def serve(
    host: str, port: int, token: str | None, reader_token: str | None, users: Path | None, **given: object
) -> None:
    """Open the ledger in a browser, until stopped with Ctrl-C.

    It answers only to this machine; with another --host, users or a token are needed. People sign in at /login, and
    what they judge bears their name; programs send the token with every request (Authorization: Bearer …). Behind it is
    the API: /api/v1/openapi.json.
    """
    import uvicorn

    from whosays.web import Access, make_app, read_users

    settings = merge_settings(given)
    with translate_errors():
        known = read_users(users) if users is not None else {}
    access = Access(editor=token or None, reader=reader_token or None, max_bytes=settings.max_bytes, users=known)
    _check_open(host, access)
    with translate_errors():
        app = make_app(settings, access=access, now=now)
    with _listen(host, port) as listening:
        shown = f"[{host}]" if ":" in host else host
        click.echo(f"whosays on http://{shown}:{listening.getsockname()[1]} (Ctrl-C stops it)")
        config = uvicorn.Config(app, log_level="warning", access_log=False, server_header=False, ws="none")
        uvicorn.Server(config).run(sockets=[listening])


def _listen(host: str, port: int) -> socket.socket:
    """Begin to listen; raises `click.ClickException` where that cannot be done."""
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
        listening = socket.create_server((host, port), family=family, backlog=2048)
        listening.setsockopt(
            socket.IPPROTO_TCP, socket.TCP_NODELAY, 1
        )  # connections take it over; else 40 ms an answer
    except OSError as error:
        raise click.ClickException(f"cannot listen on {host}, port {port} ({error.strerror or error})") from error
    return listening


def _check_open(host: str, access: Access) -> None:
    """Refuse to listen beyond this machine with no token, or with one that can be guessed."""
    try:
        local = host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        local = False
    if not local and access.editor is None and not access.users:
        raise click.UsageError("beyond this machine whosays needs --users, or a --token (better: WHOSAYS_TOKEN)")
    for token in (access.editor, access.reader):
        if token is not None and len(token) < 16:
            raise click.UsageError("a token needs at least 16 characters; `openssl rand -hex 16` makes one")
