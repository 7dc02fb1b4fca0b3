"""The command line as its users meet it: what it prints, what it refuses, how it ends."""

from __future__ import annotations

import io
import json
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tests.build import wrap_html
from whosays.cli import main

EXAMPLES = Path(__file__).parent.parent / "examples"
FERRY = str(EXAMPLES / "lake-ferry.html")
PROSE = "The harbour master said on Tuesday that the crane had been repaired and that the ferry would sail again. " * 4


def run(*arguments: str, stdin: bytes | None = None) -> Result:
    return CliRunner().invoke(main, [*arguments], input=stdin)


def test_a_page_becomes_a_table_with_its_sources_and_figures() -> None:
    result = run("read", FERRY)
    assert result.exit_code == 0
    for words in ("At least 12 dead as ferry sinks", "Commissioner Hawa Mtenga", "≥ 12 people", "statements:"):
        assert words in result.stdout


def test_json_for_one_page_is_one_object_and_for_several_one_a_line() -> None:
    assert json.loads(run("read", "--format", "json", FERRY).stdout)["article"]["outlet"] == "Northgate Herald"
    lines = run("read", "--format", "json", FERRY, str(EXAMPLES / "front-admits.txt")).stdout.splitlines()
    assert [json.loads(line)["article"]["section"] for line in lines] == ["World", "SECURITY"]


def test_a_refused_page_is_named_and_the_others_are_still_read(tmp_path: Path) -> None:
    result = run("read", "--format", "json", str(tmp_path / "missing.html"), FERRY)
    assert result.exit_code == 1
    assert result.stderr.count("\n") == 1
    assert "missing.html: no such file" in result.stderr
    refused, read = (json.loads(line) for line in result.stdout.splitlines())
    assert refused["refusals"][0]["reason"] == "not-found"
    assert refused["article"] is None
    assert read["statements"]


BAD = {
    "empty": (b"", "the input is empty"),
    "blank": (b" \n\t ", "the input is empty"),
    "pdf": (b"%PDF-1.7 ...", "a PDF"),
    "picture": (b"\x89PNG\r\n\x1a\n" + bytes(100), "a PNG picture"),
    "binary": (bytes(range(256)) * 40, "binary data"),
    "no article": (wrap_html("<p>Watch our video.</p>").encode(), "no article found"),
    "deep": (b"<div>" * 100_000 + PROSE.encode(), "nested more than"),
    "deep inline": (b"<p>" + b"<b>" * 100_000 + PROSE.encode(), "nested more than"),
    "deep and closed": (b"<p>" + b"<div>x" * 100_000 + b"</div>" * 100_000, "nested more than"),
    "in pieces": (wrap_html("<p>x" * 120_000 + PROSE).encode(), "too many pieces"),
    "no prose": (wrap_html("<p>" + "1 2 3 <<< " * 200 + "</p>").encode(), "not prose"),
    "endless text": (wrap_html(f"<p>{PROSE * 1200}</p>").encode(), "characters long, over 400,000"),
    "german": (
        wrap_html("<p>" + "Der Minister sagte am Dienstag, dass die Fähre nicht überladen war. " * 6 + "</p>").encode(),
        "not in English",
    ),
    "undecodable": (b"<p>" + bytes(range(128, 256)) * 20, "cannot be decoded"),
    "section front": (
        wrap_html(
            "".join(
                f'<div class="teaser"><h3><a href="/{i}">Minister number {i} opens a new bridge</a></h3></div>'
                for i in range(30)
            )
        ).encode(),
        "no article",
    ),
}


@pytest.mark.parametrize("name", BAD)
def test_bad_input_gives_one_clear_line_and_status_one(name: str, tmp_path: Path) -> None:
    body, words = BAD[name]
    path = tmp_path / "page.html"
    path.write_bytes(body)
    result = run("read", str(path))
    assert result.exit_code == 1, result.output
    assert result.stderr.count("\n") == 1
    assert str(path) in result.stderr
    assert words in result.stderr


def test_a_page_over_the_limit_is_refused_without_being_read_whole(tmp_path: Path) -> None:
    path = tmp_path / "large.html"
    with path.open("wb") as file:
        file.truncate(200_000_000)
    result = run("read", str(path))
    assert result.exit_code == 1
    assert "larger than 20,000,000 bytes" in result.stderr


def test_a_directory_and_a_strange_name_are_refused(tmp_path: Path) -> None:
    assert "this is a directory" in run("read", str(tmp_path)).stderr
    assert run("read", "nul\x00byte").exit_code == 1


def test_standard_input_is_read() -> None:
    result = run("read", "--format", "json", "-", stdin=wrap_html(f"<p>{PROSE}</p>").encode())
    assert json.loads(result.stdout)["article"]["text"] == PROSE.strip()


def test_plain_keeps_every_character() -> None:
    body = "  One said:\r\n\r\n\t“No.”  "
    result = run("read", "--plain", "--format", "json", "--date", "2026-03-04", "-", stdin=body.encode())
    article = json.loads(result.stdout)["article"]
    assert (article["text"], article["published"]) == (body, "2026-03-04")


def test_the_date_of_the_page_wins_over_the_one_given() -> None:
    given = run("read", "--format", "json", "--date", "1999-01-01", FERRY)
    assert json.loads(given.stdout)["article"]["published"].startswith("2026-03-04")


WRONG = [
    ["read"],
    ["read", "--date", "last week", FERRY],
    ["read", "--format", "pdf", FERRY],
    ["reed"],
    ["read", "--format", "html", FERRY, FERRY],
]


@pytest.mark.parametrize("arguments", WRONG)
def test_wrong_usage_ends_with_two_and_says_what_is_right(arguments: list[str]) -> None:
    result = run(*arguments)
    assert result.exit_code == 2
    assert "Usage:" in result.stderr


def test_a_setting_that_makes_no_sense_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WHOSAYS_MAX_BYTES", "many")
    result = run("read", FERRY)
    assert result.exit_code == 2
    assert "WHOSAYS_MAX_BYTES='many'" in result.stderr


def test_output_appears_whole_or_not_at_all(tmp_path: Path) -> None:
    path = tmp_path / "sheet.html"
    assert run("read", "--format", "html", "-o", str(path), FERRY).exit_code == 0
    assert path.read_text("utf-8").rstrip().endswith("</html>")
    assert [file.name for file in tmp_path.iterdir()] == ["sheet.html"]
    assert run("read", "-o", str(tmp_path / "no" / "where"), FERRY).exit_code == 1


def test_output_follows_a_link_and_leaves_what_lies_beside_it(tmp_path: Path) -> None:
    (tmp_path / "real.txt").write_text("old")
    (tmp_path / "real.txt.partial").write_text("somebody's")
    (tmp_path / "link.txt").symlink_to(tmp_path / "real.txt")
    assert run("read", "-o", str(tmp_path / "link.txt"), FERRY).exit_code == 0
    assert (tmp_path / "link.txt").is_symlink()
    assert "ferry" in (tmp_path / "real.txt").read_text("utf-8")
    assert (tmp_path / "real.txt.partial").read_text() == "somebody's"


@pytest.mark.skipif(os.name != "posix", reason="needs POSIX file kinds")
def test_output_to_a_pipe_is_written_and_the_pipe_stays(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = subprocess.Popen(["/bin/cat", str(pipe)], stdout=subprocess.PIPE)  # our own command
    assert run("read", "-o", str(pipe), FERRY).exit_code == 0
    assert b"ferry" in reader.communicate(timeout=30)[0]
    assert stat.S_ISFIFO(pipe.stat().st_mode)


@pytest.mark.parametrize(
    ("command", "said"),
    [
        ("whosays read {page} >&-", "standard output is closed"),
        ("whosays read - <&-", "standard input is closed"),
        ("whosays read {page} > /dev/full", "No space left"),
        ("PYTHONIOENCODING=ascii LC_ALL=C whosays read {page} > /dev/null", ""),
        ("whosays read $'bad\\nname\\e[31m'", "bad\\nname\\x1b[31m: no such file"),
        ("whosays read ''", "(empty name): an empty name"),
        ("whosays read -o '' {page}", "names no file"),
        ("whosays read -o {long} {page}", "File name too long"),
        ("whosays read --url $'\\xff' {page}", "begins with http"),
        ("whosays read /proc/kmsg", "view into the machine"),
        ("WHOSAYS_THREADS=99999999999999999999999 whosays read {page}", "threads is"),
        ("WHOSAYS_TIMEOUT=nan whosays read {page}", "timeout is nan"),
        ("WHOSAYS_MAX_BYTES=-5 whosays read {page}", "max_bytes is -5"),
    ],
)
@pytest.mark.skipif(not Path("/dev/full").exists() or not Path("/bin/bash").exists(), reason="needs Linux and bash")
def test_a_broken_surrounding_gives_one_clear_line(command: str, said: str) -> None:
    binary = Path(sys.executable).parent
    result = subprocess.run(  # our own commands
        ["/bin/bash", "-c", command.format(page=FERRY, long="x" * 300)],
        capture_output=True,
        env={"PATH": f"{binary}:/usr/bin:/bin", "HOME": "/nonexistent"},
        timeout=60,
        check=False,
    )
    message = result.stderr.decode("utf-8", "replace")
    assert "Traceback" not in message
    assert said in message
    assert (result.returncode == 0) == (not said)


def test_explain_prints_the_reasons() -> None:
    assert "cue “said”" in run("read", "--explain", FERRY).stdout


def test_info_shows_the_card_and_its_weaknesses() -> None:
    result = run("info")
    assert result.exit_code == 0
    assert "PolNeAR" in result.stdout
    assert "weak:" in result.stdout


def test_a_model_that_is_none_is_refused_clearly(tmp_path: Path) -> None:
    result = run("read", "--model", str(tmp_path), FERRY)
    assert result.exit_code == 1
    assert "the card cannot be read" in result.stderr


def test_help_teaches_by_example() -> None:
    result = run("read", "--help")
    assert "Examples:" in result.stdout
    assert "Exit status" in result.stdout


def test_the_library_reads_what_the_command_line_reads(monkeypatch: pytest.MonkeyPatch) -> None:
    import whosays

    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO()))
    sheet = whosays.read(FERRY)
    assert sheet.to_dict()["article"]["title"] == "At least 12 dead as ferry sinks on Lake Tanganyika"
    assert "Hawa Mtenga" in sheet._repr_html_()
    assert "Hawa Mtenga" in str(sheet)


STRANGE = {
    "forged mark": "&#xE0F7;0&#xE0F7; \ue0f70\ue0f7 \ue0f7" + "9" * 5000 + "\ue0f7",
    "every private character": "".join(map(chr, range(0xE000, 0xF900))),
    "longest reference": "&#" + "9" * 5000 + "; &#xD800; &#0;",
    "lone surrogate in metadata": '<script type="application/ld+json">{"@type": "NewsArticle", "headline": '
    '"a \\ud800 b", "author": [1, null, {"name": 5}], "datePublished": 7}</script>',
    "endless list in metadata": '<script type="application/ld+json">{"@type": "NewsArticle", "author": ['
    + ",".join(f'"A B{i}"' for i in range(50_000))
    + "]}</script>",
    "charset of no use": '<meta charset="hz-gb-2312">',
}


@pytest.mark.parametrize("name", STRANGE)
def test_a_strange_page_is_read_all_the_same(name: str, tmp_path: Path) -> None:
    path = tmp_path / "strange.html"
    path.write_text(wrap_html(STRANGE[name] + f"<p>{PROSE}</p>" * 40), "utf-8")
    result = run("read", "--format", "json", str(path))
    assert result.exit_code == 0, result.stderr
    assert PROSE.strip() in json.loads(result.stdout)["article"]["text"]


def test_a_ledger_from_the_command_line(tmp_path, monkeypatch) -> None:
    monkeypatch.setenv("WHOSAYS_LEDGER", str(tmp_path / "ledger.sqlite"))
    examples = str(Path(__file__).parent.parent / "examples")

    def call(*arguments: str, status: int = 0) -> str:
        done = CliRunner().invoke(main, list(arguments))
        assert done.exit_code == status, done.output
        return done.output

    assert "3 added" in call("add", examples)
    assert "0 added with 0 statements, 3 known already" in call("add", examples)
    assert "1 refused" in call("add", "", status=1)
    call("add", "--url", "https://example.org/", examples, status=2)
    found = json.loads(call("search", "bodies", "--format", "json"))["statements"]
    assert found
    assert call("search", "bodies", "--format", "csv").startswith("number,id,who")
    assert found[0]["id"][:8] in call("search", "bodies")
    assert "no statements" in call("search", "bodies -bodies")
    call("search", "-bodies", status=2)
    assert "at least one word" in call("search", "***", status=1)
    assert "reject" in call("review", "reject", found[0]["id"][:10], "--why", "misread", "--by", "tester")
    assert "misread" in call("review", "history", found[0]["id"][:10])
    assert "undo" in call("review", "undo", "1")
    call("review", "edit", found[0]["id"], "stance", "nonsense", status=1)
    for command in ("figures", "sources", "versions", "refusals", "stories", "claims"):
        assert call(command, "--limit", "2")
        json.loads(call(command, "--limit", "2", "--format", "json"))
    story = json.loads(call("stories", "--format", "json"))["stories"][0]["id"]
    assert "Story 1" in call("story", story)
    call("story", "", status=1)
    assert "no problems" in call("verify")
    call("search", "x", "--ledger", "mysql://x", status=1)
    call("search", "x", "--ledger", str(tmp_path), status=1)
    call("search", "x", "--before", "9" * 30, status=2)


@pytest.mark.parametrize("width", ["30", "50", "80", "120", "200"])
def test_answers_fit_the_terminal(tmp_path, monkeypatch, width) -> None:
    monkeypatch.setenv("WHOSAYS_LEDGER", str(tmp_path / "ledger.sqlite"))
    monkeypatch.setenv("COLUMNS", width)
    page = tmp_path / "page.txt"
    page.write_text(PAGE_WITH_ESCAPES)
    CliRunner().invoke(main, ["add", "--plain", str(page)])
    for command in (["search", "harbour"], ["versions"], ["read", "--plain", str(page)], ["stories"]):
        shown = CliRunner().invoke(main, command).stdout
        assert shown
        assert max(len(line.rstrip()) for line in shown.splitlines()) <= int(width)
        assert "\x1b" not in shown


PAGE_WITH_ESCAPES = (
    "The mayor said on Monday that the harbour was \x1b[31mclosed\x1b[0m and that nobody was hurt there at all.\n\n"
    "It was open again on the next day, when the ferry came back to the town with all of its crew."
)


def test_nothing_is_written_to_the_home_folder(tmp_path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    page = Path(__file__).parent.parent / "examples" / "front-admits.txt"
    command = [sys.executable, "-m", "whosays", "read", "--format", "json", str(page)]
    given = {"HOME": str(home), "PATH": os.environ["PATH"], "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run(command, env=given, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr
    assert list(home.rglob("*")) == [], "no library counts its uses either"
