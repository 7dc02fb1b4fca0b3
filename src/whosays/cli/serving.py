"""The command that opens the ledger in a browser."""

from __future__ import annotations

import ipaddress
import socket
from typing import TYPE_CHECKING

import click

from whosays.cli.ledger.session import now, translate_errors
from whosays.cli.options import ledger_options, merge_settings

if TYPE_CHECKING:
    from whosays.web import Access


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", type=click.IntRange(0, 65_535), default=8000, show_default=True)
@click.option("--token", envvar="WHOSAYS_TOKEN", help="Who gives this may read and edit.  [env: WHOSAYS_TOKEN]")
@click.option("--reader-token", envvar="WHOSAYS_READER_TOKEN", help="Who gives this may read.")
@click.option("--allow-private", is_flag=True, default=None, help="Open addresses on private networks too.")
@click.option("--any-language", is_flag=True, default=None, help="Read articles that are not in English too.")
@ledger_options
def serve(host: str, port: int, token: str | None, reader_token: str | None, **given: object) -> None:
    """Open the ledger in a browser, until stopped with Ctrl-C.

    It answers only to this machine; with another --host, a token is needed, which browsers give once at /login and
    programs with every request (Authorization: Bearer …). Behind it is the API: /api/v1/openapi.json.
    """
    import uvicorn

    from whosays.web import Access, make_app

    settings = merge_settings(given)
    access = Access(editor=token or None, reader=reader_token or None, max_bytes=settings.max_bytes)
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
    if not local and access.editor is None:
        raise click.UsageError("beyond this machine whosays needs a --token (better: WHOSAYS_TOKEN)")
    for token in (access.editor, access.reader):
        if token is not None and len(token) < 16:
            raise click.UsageError("a token needs at least 16 characters; `openssl rand -hex 16` makes one")
