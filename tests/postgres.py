"""A real PostgreSQL server for the tests: started on a free port, in a folder of its own, and stopped at the end."""

from __future__ import annotations

import os
import pwd
import shutil
import socket
import subprocess
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_FOLDERS = ("/usr/lib/postgresql/17/bin", "/usr/lib/postgresql/16/bin", "/usr/lib/postgresql/15/bin")


def find_programs() -> Path | None:
    """Where the server's programs lie, none where there is no server."""
    found = next((Path(folder) for folder in _FOLDERS if Path(folder, "initdb").exists()), None)
    there = shutil.which("initdb")
    return found or (Path(there).parent if there else None)


@contextmanager
def run_server(programs: Path, home: Path) -> Iterator[str]:
    """Start a server and yield the address of its first database; root starts it as `postgres`, as it must."""
    user = "postgres" if os.geteuid() == 0 else None
    if user is not None:
        owner = pwd.getpwnam(user)
        os.chown(home, owner.pw_uid, owner.pw_gid)
        for folder in home.parents:
            if folder.owner() == "root" and not folder.stat().st_mode & 0o001:
                folder.chmod(folder.stat().st_mode | 0o011)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    options = {"check": True, "capture_output": True, "user": user, "cwd": home, "env": {"PATH": os.environ["PATH"]}}
    data = str(home / "data")
    subprocess.run(
        [programs / "initdb", "-D", data, "-A", "trust", "-U", "tester", "-E", "UTF8", "--locale=C", "--no-sync"],
        **options,
    )
    settings = f"-p {port} -k {home} -c listen_addresses=127.0.0.1 -c fsync=off"
    log = str(home / "log")
    subprocess.run([programs / "pg_ctl", "-D", data, "-l", log, "-o", settings, "-w", "start"], **options)
    try:
        yield f"postgresql://tester@127.0.0.1:{port}/postgres"
    finally:
        subprocess.run([programs / "pg_ctl", "-D", data, "-m", "immediate", "stop"], **{**options, "check": False})
