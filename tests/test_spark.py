"""The stages on Apache Spark: a real cluster of two workers gives what one machine gives, whatever dies on the way."""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

pytest.importorskip("pyspark", reason="needs PySpark: pip install 'whosays[spark]'")
if shutil.which("java") is None:
    pytest.skip("Spark needs Java 17", allow_module_level=True)

import pyspark  # after the check that it is there
from pyarrow import parquet

if TYPE_CHECKING:
    from collections.abc import Iterator

EXAMPLES = sorted((Path(__file__).parent.parent / "examples").glob("*.html"))
HOME = Path(pyspark.__file__).parent
TABLES = ("articles", "statements", "refusals", "stories", "claims", "links")
LOCAL = {**os.environ, "SPARK_HOME": str(HOME), "SPARK_LOCAL_IP": "127.0.0.1", "PYSPARK_PYTHON": sys.executable}


@pytest.fixture(scope="module")
def master(tmp_path_factory) -> Iterator[str]:
    """A master and two workers of one core, each a process of its own."""
    folder = tmp_path_factory.mktemp("cluster")
    port = find_port()
    address = f"spark://127.0.0.1:{port}"
    server = ["--host", "127.0.0.1", "--webui-port", "0"]
    master = start("master.Master", *server, "--port", str(port), log=folder / "master")
    wait_for_port(port)
    workers = [
        start(
            "worker.Worker", *server, *"-c 1 -m 1g -d".split(), str(folder / f"w{i}"), address, log=folder / f"{i}.log"
        )
        for i in range(2)
    ]
    yield address
    for process in (*workers, master):
        process.terminate()
        process.wait()


def start(name: str, *given: str, log: Path) -> subprocess.Popen[bytes]:
    command = [str(HOME / "bin" / "spark-class"), f"org.apache.spark.deploy.{name}", *given]
    with log.open("wb") as stream:
        return subprocess.Popen(command, stdout=stream, stderr=subprocess.STDOUT, env=LOCAL)


def find_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def wait_for_port(port: int) -> None:
    end = time.monotonic() + 60
    while True:
        with socket.socket() as tried:
            if tried.connect_ex(("127.0.0.1", port)) == 0:
                return
        assert time.monotonic() < end
        time.sleep(0.2)


def write_inputs(folder: Path, *, deadly: int | None = None) -> Path:
    """Three shards of pages that copy each other, one of them perhaps with a word in it that kills."""
    folder.mkdir()
    for shard in range(3):
        lines = []
        for number, example in enumerate(EXAMPLES):
            html = example.read_text("utf-8").replace("</h1>", f" {'again ' * shard}</h1>", 1)
            if deadly == number and shard == 1:
                html = html.replace("</h1>", " deadly</h1>", 1)
            lines.append(json.dumps({"html": html, "url": f"https://{shard}.example.org/{number}"}))
        (folder / f"{shard}.jsonl").write_text("\n".join(lines), "utf-8")
    return folder


def read_rows(folder: Path, table: str) -> list[str]:
    rows = [row for path in (folder / table).glob("*.parquet") for row in parquet.read_table(path).to_pylist()]
    return sorted(json.dumps({**row, "fetched": None}, sort_keys=True, default=str) for row in rows)


def run_whosays(*arguments: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "whosays", "batch", *arguments], env=LOCAL, check=False, capture_output=True, timeout=400
    )
    assert done.returncode == 0, done.stderr.decode()[-2000:]


def test_a_cluster_gives_what_one_machine_gives(master, tmp_path) -> None:
    inputs = write_inputs(tmp_path / "in")
    run_whosays(str(inputs), "--out", str(tmp_path / "one"), "--workers", "2")
    run_whosays(str(inputs), "--out", str(tmp_path / "many"), "--spark", "--master", master)
    for table in TABLES:
        assert read_rows(tmp_path / "one", table) == read_rows(tmp_path / "many", table), table
    assert len(read_rows(tmp_path / "many", "articles")) == 3 * len(EXAMPLES)


DEADLY = """
import sys
from pathlib import Path
import whosays.batch.spark as engine
from whosays.batch import list_shards
from whosays.config import Settings

OUT, TIMES = Path(sys.argv[2]), int(sys.argv[4])

def take_up_and_die(shard, *, folder, settings, part):
    import os
    from whosays.batch import running

    make_sheet, deaths = running.make_sheet, folder / "deaths"

    def make_or_die(page, **given):
        if b"deadly" in page.body and len(deaths.read_text() if deaths.exists() else "") < TIMES:
            with deaths.open("a") as file:
                file.write("x")
            os._exit(9)
        return make_sheet(page, **given)

    running.make_sheet = make_or_die
    try:
        running.take_up_shard(shard, folder, settings, part)
    finally:
        running.make_sheet = make_sheet

if __name__ == "__main__":
    OUT.mkdir(exist_ok=True)
    engine.take_up_shard = take_up_and_die
    spark = engine.open_spark(sys.argv[3])
    for progress in engine.run_on_spark(list_shards(sys.argv[1:2]), OUT, settings=Settings(), spark=spark, part=1):
        pass
"""


@pytest.mark.parametrize(("times", "lost"), [(1, 0), (99, 1)], ids=["one death", "poison"])
def test_a_worker_that_dies_loses_and_doubles_nothing_and_poison_is_refused(master, tmp_path, times, lost) -> None:
    inputs, script, out = write_inputs(tmp_path / "in", deadly=1), tmp_path / "run.py", tmp_path / "out"
    script.write_text(DEADLY, "utf-8")
    command = [sys.executable, str(script), str(inputs), str(out), master, str(times)]
    done = subprocess.run(command, env=LOCAL, check=False, capture_output=True, timeout=400)
    assert done.returncode == 0, done.stderr.decode()[-2000:]
    urls = [json.loads(row)["url"] for row in read_rows(out, "articles")]
    expected = {f"https://{shard}.example.org/{number}" for shard in range(3) for number in range(len(EXAMPLES))}
    assert len(urls) == len(set(urls)) == len(expected) - lost
    assert expected - set(urls) == ({"https://1.example.org/1"} if lost else set())
    assert [json.loads(row)["reason"] for row in read_rows(out, "refusals")] == ["poison"] * lost
