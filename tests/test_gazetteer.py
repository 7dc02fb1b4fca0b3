"""Installing a gazetteer: a dump in GeoNames' format, served on loopback, whole, cut off, damaged."""

from __future__ import annotations

import hashlib
import io
import threading
import zipfile
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING

import pytest

from whosays.errors import GazetteerError, NotFound, Unreachable, WhosaysError
from whosays.fetch import FetchLimits, download_file
from whosays.flow.gazetteer import install_gazetteer
from whosays.gazetteer import TableGazetteer, find_installed

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

LIMITS = FetchLimits(allow_private=True, total_seconds=60.0)
ROWS = [
    ["1", "Ostermoor", "Ostermoor", "Osterm,OSM,Остермор", "54.1", "9.2", "P", "PPL", "DE", "", "10"],
    ["2", "Lake Ilse", "Lake Ilse", "", "54.0", "9.0", "H", "LK", "DE", "", "10"],
    ["3", "Holm", "Holm", "Land Holm", "54.3", "9.4", "A", "ADM1", "DE", "", "10"],
    ["4", "Hochstadt", "Hochstadt", "", "52.5", "13.4", "P", "PPLC", "DE", "", "16"],
]
REGIONS = "DE.10\tHolm\tHolm\t3\nDE.16\tBerlin\tBerlin\t9\n"


def make_dump(rows: list[list[str]]) -> bytes:
    lines = ("\t".join([*row, "", "", "", "100", "", "", "Europe/Berlin", "2026-01-01"]) for row in rows)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mini.txt", "".join(f"{line}\n" for line in lines))
    return packed.getvalue()


class Server(BaseHTTPRequestHandler):
    """Serves the two files; breaks the first answer off when told to."""

    files: dict[str, bytes]
    broken: bool
    ranges: list[str]

    def do_GET(self) -> None:
        body = self.files.get(self.path.rsplit("/", 1)[-1])
        if body is None:
            self.send_error(404)
            return
        asked = self.headers.get("Range")
        first = int(asked.removeprefix("bytes=").rstrip("-")) if asked else 0
        type(self).ranges.append(asked or "")
        self.send_response(206 if asked else 200)
        if asked:
            self.send_header("Content-Range", f"bytes {first}-{len(body) - 1}/{len(body)}")
        self.send_header("ETag", f'"{hashlib.sha256(body).hexdigest()[:8]}"')
        self.send_header("Content-Length", str(len(body) - first))
        self.end_headers()
        part = body[first:]
        if type(self).broken and not asked and self.path.endswith(".zip"):
            part = part[: len(part) // 2]
        self.wfile.write(part)
        self.close_connection = True

    def log_message(self, *_: object) -> None:
        """Keep quiet."""


@pytest.fixture
def served() -> Iterator[tuple[str, type[Server]]]:
    handler = type("Handler", (Server,), {"files": {}, "broken": False, "ranges": []})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    handler.files = {"mini.zip": make_dump(ROWS), "admin1CodesASCII.txt": REGIONS.encode()}
    yield f"http://127.0.0.1:{server.server_address[1]}", handler
    server.shutdown()
    server.server_close()
    thread.join()


def install(address: str, home: Path, *, sha256: str | None = None) -> Path:
    return install_gazetteer(
        "mini", server=address, home=home, limits=LIMITS, sha256=sha256, told=lambda _file, _done, _whole: None
    )


def test_a_dump_is_installed_and_found(served, tmp_path: Path) -> None:
    folder = install(served[0], tmp_path)
    assert find_installed(tmp_path) == folder
    table = TableGazetteer(folder)
    (town,) = table.look_up("Osterm")
    assert (town.name, town.country, town.admin1, town.precision.value) == ("Ostermoor", "DE", "Holm", "city")
    assert table.look_up("OSM") == ()
    assert table.look_up("lake ilse")[0].precision.value == "sea"
    assert table.look_up("Holm")[0].precision.value == "admin1"
    assert table.look_up("Hochstadt")[0].capital
    assert table.look_up("Germany")[0].country == "DE"
    assert not list((tmp_path / "downloads").iterdir())


def test_a_broken_download_goes_on_where_it_stopped(served, tmp_path: Path) -> None:
    address, handler = served
    handler.broken = True
    with pytest.raises(Unreachable, match=r"mini\.zip"):
        install(address, tmp_path)
    assert find_installed(tmp_path) is None
    install(address, tmp_path)
    size = len(handler.files["mini.zip"])
    assert f"bytes={size // 2}-" in handler.ranges
    assert TableGazetteer(find_installed(tmp_path) or tmp_path).look_up("Ostermoor")


def test_what_was_in_use_stays_when_the_new_one_is_bad(served, tmp_path: Path) -> None:
    address, handler = served
    old = install(address, tmp_path)
    good = handler.files["mini.zip"]
    bad = {
        "cut off": good[: len(good) // 2],
        "no zip": b"<html>not found</html>",
        "too few columns": make_dump([ROWS[0][:5]]),
        "no number": make_dump([[*ROWS[0][:4], "north", *ROWS[0][5:]]]),
        "off the map": make_dump([[*ROWS[0][:4], "99", *ROWS[0][5:]]]),
    }
    for body in bad.values():
        handler.files["mini.zip"] = body
        with pytest.raises(GazetteerError, match=r"mini\.zip"):
            install(address, tmp_path)
        assert find_installed(tmp_path) == old
        assert TableGazetteer(old).look_up("Ostermoor")
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(["current", "downloads", old.name])


def test_a_wrong_checksum_is_refused_and_the_right_one_taken(served, tmp_path: Path) -> None:
    address, handler = served
    with pytest.raises(GazetteerError, match="SHA-256"):
        install(address, tmp_path, sha256="0" * 64)
    install(address, tmp_path, sha256=hashlib.sha256(handler.files["mini.zip"]).hexdigest().upper())


def test_a_missing_file_is_named(served, tmp_path: Path) -> None:
    del served[1].files["mini.zip"]
    with pytest.raises(NotFound, match=r"mini\.zip"):
        install(served[0], tmp_path)


def test_a_download_never_reaches_an_inside_address_unasked(served, tmp_path: Path) -> None:
    with pytest.raises(WhosaysError, match="private"):
        download_file(f"{served[0]}/mini.zip", tmp_path / "mini.zip", limits=FetchLimits())
