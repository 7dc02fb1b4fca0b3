"""The ledger: the same on SQLite and PostgreSQL, and whole after whatever happens to it."""

from __future__ import annotations

import os
import resource
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import threading
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from warcio.archiveiterator import ArchiveIterator

from tests.build import make_sheet
from tests.postgres import find_programs, run_server
from whosays.errors import LedgerError
from whosays.flow import link_new, read_story, verify_ledger
from whosays.ledger import LedgerWriter, open_view, open_writer
from whosays.ledger.database import Database, postgresql
from whosays.ledger.database.migrate import VERSION, digest_schema, migrate, read_step, read_version
from whosays.ledger.database.postgresql import PostgreSQL
from whosays.ledger.database.sqlite import Sqlite
from whosays.link import link_articles
from whosays.model import (
    Act,
    Action,
    GazetteerEntry,
    KeptPage,
    LinkArticle,
    Place,
    Precision,
    Problem,
    Question,
    Refusal,
    Span,
    Verdict,
)
from whosays.text import split_words

AT = "2026-11-22T10:00:00+00:00"
ACT = Act(who="tester", at=AT, why="a test")
SCHEMA = "4f2d8f4aa249"
"""The digest of all released steps: a step that was released never changes; a new step changes this line."""


@pytest.fixture(scope="session")
def server() -> str:
    programs = find_programs()
    if programs is None:
        pytest.skip("no PostgreSQL server is installed (.ci/run installs one)")
    with (
        tempfile.TemporaryDirectory(prefix="whosays-postgresql-", ignore_cleanup_errors=True) as home,
        run_server(programs, Path(home)) as address,
    ):
        yield address


@pytest.fixture(params=["sqlite", "postgresql"])
def address(request, tmp_path) -> str:
    """Where a ledger of its own may begin for each test, on either database."""
    address = str(tmp_path / "ledger.sqlite")
    if request.param == "postgresql":
        psycopg = pytest.importorskip("psycopg")
        address = request.getfixturevalue("server")
        with psycopg.connect(address, autocommit=True) as connection:
            connection.execute("DROP SCHEMA public CASCADE")
            connection.execute("CREATE SCHEMA public")
    return address


@pytest.fixture
def writer(address, tmp_path) -> LedgerWriter:
    """An empty ledger."""
    writer = open_writer(address, archive=tmp_path / "ledger.archive", countries={"TD": "Chad"})
    yield writer
    writer.close()


@pytest.fixture
def lone(tmp_path) -> LedgerWriter:
    """A ledger on SQLite, for what concerns files."""
    writer = open_writer(str(tmp_path / "ledger.sqlite"))
    yield writer
    writer.close()


BOATS = (
    "Ana said that at least 12 people died when the boat sank.",
    "Bora said that the crew was safe.",
    "The harbour was closed on the next day.",
)


def add_boats(writer: LedgerWriter, **given: str):
    return writer.add(make_sheet(*BOATS, outlet="Harbour Post", published="2026-03-04", **given), at=AT)


def list_problems(writer: LedgerWriter) -> list[Problem]:
    return [found for found in verify_ledger(writer.view) if not isinstance(found, KeptPage)]


def test_the_same_page_twice_changes_nothing(writer) -> None:
    first = add_boats(writer)
    before = writer.view.count_all()
    second = add_boats(writer)
    assert (first.statements, first.new_page, first.version) == (3, True, 1)
    assert (second.statements, second.superseded, second.new_page, second.version) == (0, 0, False, 1)
    assert writer.view.count_all() == before
    assert list_problems(writer) == []


def test_a_newer_encoder_supersedes_and_both_stay(writer) -> None:
    add_boats(writer)
    added = add_boats(writer, encoder="test-2")
    assert (added.statements, added.superseded, added.new_page) == (3, 3, False)
    assert writer.view.count(Question()) == 3
    assert writer.view.count(Question(superseded=True)) == 6
    assert all(one.current for one in writer.view.search(Question()))


def test_a_changed_page_is_a_new_version(writer) -> None:
    add_boats(writer, url="https://example.org/boats")
    changed = make_sheet(
        BOATS[0].replace("12", "17"),
        BOATS[1],
        "Divers went down again in the morning.",
        url="https://example.org/boats",
    )
    added = writer.add(changed, at=AT)
    assert (added.version, added.changed_version) == (2, True)
    first, second = writer.view.find_versions("https://example.org/boats")
    changes = writer.view.compare(first, second)
    assert changes.added == ("Divers went down again in the morning.",)
    assert changes.dropped == ("The harbour was closed on the next day.",)
    ((before, after),) = changes.figures
    assert ("12" in before, "17" in after) == (True, True)


@pytest.mark.parametrize(
    ("question", "found"),
    [
        (Question(words="boat"), 1),
        (Question(words="boats"), 1),
        (Question(words='"was safe"'), 1),
        (Question(words='"safe was"'), 0),
        (Question(words="was -crew"), 1),
        (Question(words="the"), 3),
        (Question(who="ana"), 1),
        (Question(who="ÁNA"), 1),
        (Question(who="ana", words="crew"), 0),
        (Question(outlet="Harbour Post"), 3),
        (Question(outlet="harbour"), 0),
        (Question(since="2026-03-04", until="2026-03-04"), 3),
        (Question(since="2026-03-05"), 0),
        (Question(until="2026-03-03"), 0),
        (Question(sure="CT+", stance="says"), 3),
        (Question(stance="denies"), 0),
        (Question(words="'; DROP TABLE statement; --"), 0),
        (Question(words='crew" OR "boat'), 0),
        (Question(words="content:crew NEAR(crew)"), 0),
    ],
)
def test_questions(writer, question, found) -> None:
    add_boats(writer)
    assert writer.view.count(question) == found
    assert len(writer.view.search(question)) == found


@pytest.mark.parametrize("question", [Question(words="-boat"), Question(words="%_\\"), Question(who="")])
def test_a_question_without_a_wanted_word_is_refused(writer, question) -> None:
    with pytest.raises(LedgerError, match="at least one word"):
        writer.view.search(question)


def test_pages_follow_each_other_without_gaps(writer) -> None:
    for number in range(4):
        writer.add(make_sheet(*(f"Ana said that {number} of {i} boats were here." for i in range(3))), at=AT)
    seen, before = [], None
    while found := writer.view.search(Question(who="ana", limit=5, before=before)):
        seen += [one.number for one in found]
        before = found[-1].number
    assert len(seen) == 12
    assert seen == sorted(seen, reverse=True)


@pytest.mark.parametrize("windows", [(1, 2), (2, 5), (30,)])
def test_what_came_long_ago_is_found_however_rare_its_words(writer, monkeypatch, windows) -> None:
    monkeypatch.setattr(postgresql, "_WINDOWS", windows)
    for day in range(1, 5):
        add_boats(writer, source=f"page-{day}.txt", url=f"https://example.org/{day}")
    question = Question(words="boat", who="Ana", limit=1)
    found = []
    while page := writer.view.search(replace(question, before=found[-1] if found else None)):
        found += [kept.number for kept in page]
    assert len(found) == 4
    assert found == sorted(found, reverse=True)
    assert [kept.number for kept in writer.view.search(replace(question, limit=9))] == found


def test_figures_come_with_who_gave_them(writer) -> None:
    add_boats(writer)
    (figure,) = writer.view.list_figures(Question(), outcome="killed")
    assert (figure.low, figure.best, figure.high, figure.source) == (12, 12, None, "Ana")
    assert writer.view.list_figures(Question(), outcome="kill") == ()
    assert writer.view.list_figures(Question(who="bora"), unit="people") == ()


def test_sources_are_counted_by_outlet_and_merged_names_are_one(writer) -> None:
    add_boats(writer)
    writer.add(make_sheet("Anna said that the boat was new.", outlet="Other Post"), at=AT)
    writer.rename("Anna", "Ana", act=ACT)
    first, second = writer.view.count_sources()
    assert (first.name, first.statements, first.outlets) == ("Ana", 2, ("Harbour Post", "Other Post"))
    assert (second.name, second.statements) == ("Bora", 1)
    assert writer.view.count(Question(who="ana")) == 2
    writer.split("Anna", act=ACT)
    assert [one.name for one in writer.view.count_sources()] == ["Ana", "Anna", "Bora"]


def test_a_name_that_nobody_has_is_not_renamed(writer) -> None:
    add_boats(writer)
    with pytest.raises(LedgerError, match="no statement has a source called “Anna”"):
        writer.rename("Anna", "Ana", act=ACT)
    writer.rename("Ana", "Anna", act=ACT)
    writer.rename("Anna", "Anna Brandt", act=ACT)
    assert writer.view.count_sources()[0].name == "Anna Brandt"


def test_places_are_found_by_their_country(writer) -> None:
    sheet = make_sheet("Ana said that the road to Faya was open.")
    at = sheet.article.text.index("Faya")
    entry = GazetteerEntry(name="Faya-Largeau", precision=Precision.CITY, country="TD", lat=17.9, lon=19.1)
    place = Place(span=Span(start=at, end=at + 4), entry=entry)
    writer.add(replace(sheet, statements=tuple(replace(one, places=(place,)) for one in sheet.statements)), at=AT)
    asked = ("faya", "Largeau", "td", "Chad", "Mali")
    assert [writer.view.count(Question(where=where)) for where in asked] == [1, 1, 1, 1, 0]


def test_an_outlet_is_found_whatever_its_capitals(writer) -> None:
    add_boats(writer)
    for outlet in ("Harbour Post", "harbour post", "HARBOUR POST"):
        assert len(writer.view.search(Question(outlet=outlet))) == 3
        assert writer.view.count_sources(outlet=outlet)
    assert writer.view.search(Question(outlet="Harbour")) == ()


def test_refusals_are_counted(writer) -> None:
    for _ in range(2):
        writer.add_refusal(Refusal(source="a\udcff.html", reason="not-a-page", detail="it is empty"), at=AT)
    (refusal,) = writer.view.list_refusals()
    assert (refusal.reason, refusal.times) == ("not-a-page", 2)


def test_what_people_corrected_is_found_as_they_left_it(writer) -> None:
    add_boats(writer)
    (kept,) = writer.view.search(Question(who="ana"))
    done = writer.edit(kept.statement.id, "certainty.source", "CT-", act=ACT)
    assert [writer.view.count(Question(who="ana", sure=sure)) for sure in ("CT+", "CT-")] == [0, 1]
    writer.undo(done.number, act=ACT)
    assert [writer.view.count(Question(who="ana", sure=sure)) for sure in ("CT+", "CT-")] == [1, 0]
    writer.rename("Ana", "Ana Maria Brandt", act=ACT)
    assert list_problems(writer) == []
    assert [writer.view.count(Question(who=who)) for who in ("brandt", "maria brandt", "lind")] == [1, 1, 0]


def test_one_page_under_two_names_and_days_is_two_articles(writer) -> None:
    for named in ({"source": "a.txt"}, {"source": "b.txt"}, {"source": "a.txt", "published": "2026-01-05"}):
        added = writer.add(make_sheet(*BOATS, **named), at=AT)
        assert (added.statements, added.version) == (3, 1 + ("published" in named))
    assert writer.view.count_all()["pages"] == 1
    assert writer.view.count(Question()) == 6, "the older version of a.txt is not counted"
    assert list_problems(writer) == []


def test_names_that_are_no_text_are_kept_and_asked(writer) -> None:
    writer.add(make_sheet(*BOATS, source="page-\udcff.txt"), at=AT)
    assert writer.view.is_read(make_sheet(*BOATS).page.digest, "page-\udcff.txt", "test-1")
    assert writer.view.search(Question(outlet="\udcff")) == ()


def test_rejected_statements_leave_the_answers_and_come_back(writer) -> None:
    add_boats(writer)
    (kept,) = writer.view.search(Question(who="ana"))
    judged = writer.judge(kept.statement.id, Action.REJECT, act=ACT)
    assert writer.view.count(Question(who="ana")) == 0
    (rejected,) = writer.view.search(Question(who="ana", rejected=True))
    assert rejected.verdict is Verdict.REJECTED
    writer.undo(judged.number, act=ACT)
    assert writer.view.count(Question(who="ana")) == 1
    undoing, undone = writer.view.list_judgements()
    assert (undoing.action, undone.undone, undone.who, undone.why) == (Action.UNDO, True, "tester", "a test")


def test_human_judgements_survive_a_newer_model(writer) -> None:
    add_boats(writer)
    (kept,) = writer.view.search(Question(who="ana"))
    writer.edit(kept.statement.id, "stance", "denies", act=ACT)
    writer.edit(kept.statement.id, "note", "ask her again", act=ACT)
    writer.judge(kept.statement.id, Action.ACCEPT, act=ACT)
    add_boats(writer, encoder="test-2")
    (again,) = writer.view.search(Question(who="ana"))
    assert again.statement.id != kept.statement.id
    assert dict(again.corrected) == {"stance": "denies", "note": "ask her again"}
    assert again.verdict is Verdict.ACCEPTED
    assert again.statement.stance == "says", "the machine's own reading stays beside it"


def test_edits_are_undone_in_their_order(writer) -> None:
    add_boats(writer)
    (kept,) = writer.view.search(Question(who="ana"))
    first = writer.edit(kept.statement.id, "stance", "denies", act=ACT)
    second = writer.edit(kept.statement.id, "stance", "doubts", act=ACT)
    assert (first.before, second.before) == ("says", "denies")
    with pytest.raises(LedgerError, match="came after it"):
        writer.undo(first.number, act=ACT)
    writer.undo(second.number, act=ACT)
    assert dict(writer.view.find(kept.statement.id).corrected) == {"stance": "denies"}
    writer.undo(first.number, act=ACT)
    assert writer.view.find(kept.statement.id).corrected == ()
    with pytest.raises(LedgerError, match="undone"):
        writer.undo(first.number, act=ACT)


@pytest.mark.parametrize(("field", "value"), [("stance", "shouts"), ("id", "x"), ("record", "{}")])
def test_edits_that_make_no_sense_are_refused(writer, field, value) -> None:
    add_boats(writer)
    (kept,) = writer.view.search(Question(who="ana"))
    with pytest.raises(LedgerError):
        writer.edit(kept.statement.id, field, value, act=ACT)
    assert writer.view.list_judgements() == []


def test_two_writers_at_once_lose_nothing(writer, address, tmp_path) -> None:
    failures: list[Exception] = []

    def add_some(first: int) -> None:
        other = open_writer(address, archive=tmp_path / "ledger.archive")
        try:
            for number in range(first, first + 15):
                other.add(make_sheet(f"Ana said that there were {number} of the boats in the harbour."), at=AT)
        except LedgerError as error:
            failures.append(error)
        finally:
            other.close()

    threads = [threading.Thread(target=add_some, args=(first,)) for first in (0, 10, 20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert writer.view.count_all()["articles"] == 35
    assert list_problems(writer) == []


def test_a_lost_connection_is_taken_up_again(server, tmp_path) -> None:
    psycopg = pytest.importorskip("psycopg")
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute("DROP SCHEMA public CASCADE")
        connection.execute("CREATE SCHEMA public")
        writer = open_writer(server, archive=tmp_path / "archive")
        add_boats(writer)
        connection.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid()")
        writer.add(make_sheet("Ana said that the boat was found on the next day."), at=AT)
        assert writer.view.count_all()["articles"] == 2
        assert list_problems(writer) == []
        writer.close()


def test_a_writer_that_is_killed_leaves_no_half_article(tmp_path) -> None:
    done = subprocess.run(
        [sys.executable, "tests/kill_writer.py", str(tmp_path / "ledger.sqlite"), "100"],
        check=False,
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": "."},
        cwd=Path(__file__).parent.parent,
    )
    assert done.returncode == 0, done.stderr
    kills, articles = (int(word) for word in done.stdout.split() if word.isdigit())
    assert kills == 100
    assert articles > 10


def test_a_full_disk_undoes_the_article_and_no_more(lone, tmp_path) -> None:
    add_boats(lone)
    before = lone.view.count_all()
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    sheet = make_sheet(f"Ana said that the disk was full of {' and of the '.join(map(str, os.urandom(4000)))}.")
    archived = next((tmp_path / "ledger.archive").iterdir()).stat().st_size
    resource.setrlimit(resource.RLIMIT_FSIZE, (archived + 200, hard))
    try:
        with pytest.raises(LedgerError, match="archive cannot be written"):
            lone.add(sheet, at=AT)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert lone.view.count_all() == before
    add_boats(lone, encoder="test-2")
    assert list_problems(lone) == []


def test_a_read_only_ledger_can_be_asked_and_not_written(tmp_path) -> None:
    path = tmp_path / "kept" / "ledger.sqlite"
    writer = open_writer(str(path))
    add_boats(writer)
    writer.close()
    if os.geteuid() != 0:
        pytest.skip("only root can become a user without rights")
    for folder in (path.parent, *path.parents):
        if folder.owner() == "root" and folder != Path("/"):
            folder.chmod(folder.stat().st_mode | 0o555)
    os.seteuid(65534)
    try:
        view = open_view(str(path))
        assert view.count(Question()) == 3
        view.close()
        with pytest.raises(LedgerError):
            open_writer(str(path))
    finally:
        os.seteuid(0)


def test_a_ledger_of_a_newer_whosays_is_refused(lone, tmp_path) -> None:
    add_boats(lone)
    lone.close()
    path = str(tmp_path / "ledger.sqlite")
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE whosays_version SET version = ?", (VERSION + 1,))
    connection.close()
    for opening in (open_view, open_writer):
        with pytest.raises(LedgerError, match="newer whosays"):
            opening(path)


def test_what_is_no_ledger_is_refused(tmp_path) -> None:
    path = tmp_path / "page.html"
    path.write_text("<p>no database</p>" * 100)
    with pytest.raises(LedgerError, match="not a database"):
        open_view(str(path))
    with pytest.raises(LedgerError, match="no such ledger"):
        open_view(str(tmp_path / "nothing"))


def test_a_damaged_table_is_found(lone, tmp_path) -> None:
    for number in range(30):
        lone.add(make_sheet(*(f"Ana said that {number} of {i} boats were here." for i in range(20))), at=AT)
    lone.close()
    path = tmp_path / "ledger.sqlite"
    with path.open("r+b") as file:
        file.seek(path.stat().st_size // 2 // 4096 * 4096)
        file.write(b"\x00\xff" * 2048)
    view = open_view(str(path))
    try:
        problems = [found for found in verify_ledger(view) if isinstance(found, Problem)]
    except LedgerError as error:
        problems = [error]
    assert problems


@pytest.mark.parametrize("damage", ["missing", "cut", "other page", "garbage"])
def test_a_damaged_archive_is_reported_and_nothing_else(lone, tmp_path, damage) -> None:
    add_boats(lone)
    path = next((tmp_path / "ledger.archive").iterdir())
    other = lone.add(make_sheet("Ana said that the boat was found on the next day."), at=AT)
    whole = path.read_bytes()
    place = next(lone.view.list_pages()).place
    if damage == "missing":
        shutil.move(path, tmp_path / "gone")
    elif damage == "cut":
        path.write_bytes(whole[: place.offset + place.length // 2])
    elif damage == "other page":
        path.write_bytes(whole[: place.offset] + whole[-place.length :] + whole[-place.length :])
    else:
        path.write_bytes(whole[: place.offset] + os.urandom(place.length) + whole[place.offset + place.length :])
    problems = list_problems(lone)
    assert problems
    assert path.name in problems[0].file
    assert lone.view.list_statements(other.article), "the ledger answers without its archive"


def test_a_moved_span_is_found_with_what_was_expected(lone, tmp_path) -> None:
    add_boats(lone)
    with sqlite3.connect(tmp_path / "ledger.sqlite") as connection:
        connection.execute(
            'UPDATE statement SET record = replace(record, \'"page_spans":[{"start":\', \'"page_spans":[{"start":1\')'
        )
    connection.close()
    problems = [p for p in list_problems(lone) if p.statement is not None]
    assert problems
    assert problems[0].expected.startswith("at least 12 people") or problems[0].expected


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE statement SET content = 'Nobody said so'",
        "UPDATE statement SET source_name = 'Nobody'",
        "UPDATE statement SET outlet = 'Nowhere Post'",
        "UPDATE figure SET low = 999",
        "DELETE FROM figure",
    ],
)
def test_what_was_changed_behind_its_back_is_found(lone, tmp_path, change) -> None:
    add_boats(lone)
    with sqlite3.connect(tmp_path / "ledger.sqlite") as connection:
        connection.execute(change)
    connection.close()
    assert list_problems(lone)


def test_any_warc_tool_reads_the_archive(lone, tmp_path) -> None:
    add_boats(lone, url="https://example.org/boats")
    path = next((tmp_path / "ledger.archive").iterdir())
    with path.open("rb") as file:
        kinds = []
        for record in ArchiveIterator(file, check_digests=True):
            body = record.content_stream().read()
            kinds.append(
                (record.rec_type, record.rec_headers.get_header("WARC-Target-URI"), record.rec_headers.protocol)
            )
    assert kinds == [("warcinfo", None, "WARC/1.1"), ("resource", "https://example.org/boats", "WARC/1.1")]
    assert body.decode() == "\n\n".join(BOATS)


def test_the_archive_begins_new_files_when_one_is_full(tmp_path) -> None:
    writer = open_writer(str(tmp_path / "ledger.sqlite"), rotate=900)
    for number in range(5):
        writer.add(make_sheet(f"Ana said that there were {number} of the boats in the harbour."), at=AT)
    assert len(list((tmp_path / "ledger.archive").iterdir())) > 1
    assert list_problems(writer) == []
    writer.close()


def test_a_clock_that_jumps_back_changes_no_order(writer) -> None:
    for year in (2026, 1970, 2099, 2026):
        writer.add(make_sheet(f"Ana said that the year was {year} in the harbour."), at=f"{year}-01-01T00:00:00+00:00")
    numbers = [one.number for one in writer.view.search(Question(who="ana"))]
    assert numbers == sorted(numbers, reverse=True)
    assert list_problems(writer) == []


def test_the_oldest_ledger_is_brought_up_to_date(tmp_path) -> None:
    path = tmp_path / "ledger.sqlite"
    old = Database(Sqlite(path, read_only=False), path=str(path))
    migrate(old, version=1)
    assert read_version(old) == 1
    old.close()
    writer = open_writer(str(path))
    add_boats(writer)
    assert writer.view.count_all()["statements"] == 3
    writer.close()


def test_articles_are_linked_as_they_stand_now(writer) -> None:
    for name in ("one", "two"):
        writer.add(make_sheet(*BOATS, f"Printed in {name}.", source=f"{name}.txt", outlet=name), at=AT)
    link(writer)
    (kept, _) = writer.view.search(Question(who="bora"))
    writer.judge(kept.statement.id, Action.REJECT, act=ACT)
    writer.rename("Ana", "Ana Brandt", act=ACT)
    assert writer.view.count_waiting() == 1
    link(writer)
    story, linking = read_story(kept.article.id, view=writer.view)
    assert (story.articles, story.outlets, story.linked) == (2, 2, True)
    assert sorted(len(a.statements) for a in writer.view.list_story_articles(story.id)) == [3, 4]
    names = {root.name for claim in linking.claims for root in claim.origins.roots}
    assert "Ana Brandt" in names
    assert "Ana" not in names


def add_ferry(writer: LedgerWriter, encoder: str = "test-1") -> None:
    for name, said in (("one", "the ferry Marabel sank off Tarvik"), ("two", "Tarvik lost its ferry, the Marabel")):
        who = {"one": "Ana", "two": "Bora"}[name]
        writer.add(make_sheet(f"{who} said that {said}.", source=f"{name}.txt", outlet=name, encoder=encoder), at=AT)
    link(writer)


def list_claimed(writer: LedgerWriter) -> set[frozenset[str]]:
    """Who makes each claim of the one story."""
    (story,) = list_stories(writer)
    _, linking = read_story(story.id, view=writer.view)
    return {frozenset(root.name for root in claim.origins.roots) for claim in linking.claims}


def test_what_people_say_of_claims_holds_and_is_undone(writer) -> None:
    add_ferry(writer)
    ana, bora = (writer.view.search(Question(who=name))[0].statement.id for name in ("ana", "bora"))
    together, alone = {frozenset({"Ana", "Bora"})}, {frozenset({"Ana"}), frozenset({"Bora"})}
    first = writer.rule(ana, bora, Action.APART, act=ACT)
    link(writer)
    assert list_claimed(writer) == alone
    second = writer.rule(ana, bora, Action.SAME, act=ACT)
    link(writer)
    assert list_claimed(writer) == together
    add_ferry(writer, encoder="test-2")
    assert list_claimed(writer) == together
    writer.undo(second.number, act=ACT)
    link(writer)
    assert list_claimed(writer) == alone
    assert (first.before, second.before) == (None, "apart")


def test_rulings_that_make_no_sense_are_refused(writer) -> None:
    add_ferry(writer)
    writer.add(make_sheet("Kalle Rist said that the mill of Oskend burned.", source="three.txt"), at=AT)
    link(writer)
    ana, kalle = (writer.view.search(Question(who=name))[0].statement.id for name in ("ana", "kalle"))
    with pytest.raises(LedgerError, match="same as itself"):
        writer.rule(ana, ana, Action.SAME, act=ACT)
    with pytest.raises(LedgerError, match="different stories"):
        writer.rule(ana, kalle, Action.SAME, act=ACT)


def test_claims_that_several_make_are_listed(writer) -> None:
    for name in ("one", "two"):
        writer.add(make_sheet(*BOATS, f"Printed in {name}.", source=f"{name}.txt", outlet=name), at=AT)
    link(writer)
    found = writer.view.list_claims(Question(limit=10))
    assert {claim.outlets for claim in found} == {("one", "two")}
    assert all(claim.articles == 2 for claim in found)
    assert any("12 people" in claim.text for claim in found)


HAPPENINGS = (
    "The ferry Marabel sank off Tarvik, said Ana Brandt.",
    "The Marabel ferry went down near Tarvik with lorries on board.",
    "Ana Brandt of Tarvik spoke of the Marabel and its lorries.",
    "The mill of Oskend burned, said Kalle Rist.",
    "Kalle Rist saw the mill in Oskend burning at night.",
    "Parliament in Velm passed the budget, said Doru Hanek.",
)


@settings(deadline=None, max_examples=12)
@given(st.permutations(range(len(HAPPENINGS))), st.integers(0, len(HAPPENINGS)))
def test_the_order_of_arrival_changes_no_story(order, pause) -> None:
    stories, claims = arrive(order, pause=pause)
    together = link_articles(
        (LinkArticle(name=str(i), text=text, published="2026-03-04") for i, text in enumerate(HAPPENINGS)), cross=None
    )
    assert stories == {frozenset(HAPPENINGS[int(name)] for name in story) for story in together.stories}
    assert len(stories) == 3
    assert (stories, claims) == arrive(range(len(HAPPENINGS)), pause=0)


def arrive(order, *, pause: int):
    """Let the happenings come in this order, linked with each arrival after a pause; returns stories and claims."""
    with tempfile.TemporaryDirectory() as folder:
        writer = open_writer(str(Path(folder) / "ledger.sqlite"))
        for place, number in enumerate(order):
            writer.add(make_sheet(HAPPENINGS[number], source=f"{number}.txt", published="2026-03-04"), at=AT)
            if place >= pause:
                link(writer)
        link(writer)
        stories = {frozenset(a.text for a in writer.view.list_story_articles(s.id)) for s in list_stories(writer)}
        claims = {(claim.text, claim.low, claim.high) for claim in writer.view.list_claims(Question(limit=50))}
        writer.close()
    return stories, claims


def test_linking_that_was_stopped_goes_on(writer) -> None:
    for number, text in enumerate(HAPPENINGS):
        writer.add(make_sheet(text, source=f"{number}.txt"), at=AT)
    steps = link_new(writer, cross=None)
    next(steps)
    steps.close()
    assert writer.view.count_waiting() == len(HAPPENINGS)
    link(writer)
    assert writer.view.count_waiting() == 0
    assert sorted(story.articles for story in list_stories(writer)) == [1, 2, 3]


def test_a_new_version_takes_the_place_of_the_old_one_in_its_story(writer) -> None:
    for number, text in enumerate(HAPPENINGS[:2]):
        writer.add(make_sheet(text, source=f"{number}.txt"), at=AT)
    link(writer)
    writer.add(make_sheet(f"{HAPPENINGS[0]} Corrected.", source="0.txt"), at=AT)
    link(writer)
    (story,) = list_stories(writer)
    texts = {article.text for article in writer.view.list_story_articles(story.id)}
    assert texts == {f"{HAPPENINGS[0]} Corrected.", HAPPENINGS[1]}


def test_stories_follow_each_other_without_gaps(writer) -> None:
    for number, text in enumerate(HAPPENINGS):
        writer.add(make_sheet(text, source=f"{number}.txt"), at=AT)
    link(writer)
    found, after = [], None
    while page := writer.view.list_stories(Question(limit=2), after=after):
        found += page
        after = page[-1].cursor
    assert len(found) == len({story.id for story in found}) == 3


def test_an_id_that_no_article_has_is_no_story(writer) -> None:
    for article in ("", "zzz", "a'b"):
        with pytest.raises(LedgerError, match="no story"):
            writer.view.find_story(article)


def test_articles_of_an_older_ledger_wait_to_be_linked(tmp_path) -> None:
    path = tmp_path / "ledger.sqlite"
    old = Database(Sqlite(path, read_only=False), path=str(path))
    migrate(old, version=2)
    old.run("INSERT INTO page VALUES ('sha256:1', 'a', 0, 1, 'r', 1)")
    for version in (1, 2):
        old.run(
            "INSERT INTO article (id, page, key, version, charset, media_type, text, record, added)"
            " VALUES (?, 'sha256:1', 'k', ?, 'utf-8', 'text/plain', 'A text.', '{}', ?)",
            f"article{version}",
            version,
            AT,
        )
    old.close()
    writer = open_writer(str(path))
    assert [article.name for article in writer.view.list_unlinked(limit=10)] == ["article2"]
    writer.close()


def test_roots_of_an_older_ledger_are_found_by_name(tmp_path) -> None:
    path = tmp_path / "ledger.sqlite"
    old = Database(Sqlite(path, read_only=False), path=str(path))
    migrate(old, version=5)
    old.run(
        "INSERT INTO story (id, articles, outlets, last, texts, claims, disputes, updates)"
        " VALUES ('s', 2, 2, '2026-03-04', 2, 1, 0, 0)"
    )
    old.run(
        "INSERT INTO claim VALUES"
        " ('s', 'c', 'Twelve died.', 2, 3, 2, 'Ana Brandt; the harbour; (a clerk)', 'Gong', '2026-03-04')"
    )
    old.close()
    writer = open_writer(str(path))
    names = ("Ana Brandt", "the harbour", "Ana", "(a clerk)")
    found = [[one.id for one in writer.view.list_claims_of(name)] for name in names]
    assert found == [["c"], ["c"], [], []]
    writer.close()


def test_an_older_ledger_is_indexed_anew(address, tmp_path) -> None:
    archive = tmp_path / "ledger.archive"
    writer = open_writer(address, archive=archive)
    add_boats(writer)
    writer.close()
    older = Database(
        PostgreSQL(address, read_only=False) if "://" in address else Sqlite(Path(address), read_only=False),
        path=address,
    )
    for step in make_old_index(older.dialect.name):
        older.run(step)
    older.run("UPDATE whosays_version SET version = 6")
    older.close()
    view = open_view(address, archive=archive)
    assert [one.source_words for one in view.search(Question(words='"people died"'))] == ["Ana"]
    assert view.count(Question(who="bora", words="crew")) == 1
    assert [found for found in verify_ledger(view) if not isinstance(found, KeptPage)] == []
    view.close()


def test_an_older_ledger_that_cannot_be_written_says_so(tmp_path) -> None:
    path = tmp_path / "ledger.sqlite"
    old = Database(Sqlite(path, read_only=False), path=str(path))
    migrate(old, version=6)
    old.run("DROP TABLE statement_words")  # as good as a file that is not ours: the next step fails
    old.close()
    with pytest.raises(LedgerError, match="older whosays and cannot be brought up to date"):
        open_view(str(path))


def make_old_index(name: str) -> list[str]:
    """The steps that leave the index of words as it was before it held terms."""
    made = [step for step in read_step(1, dialect=name) if "statement_words" in step]
    return ["DROP TABLE statement_words", *made]


def link(writer: LedgerWriter) -> None:
    for _ in link_new(writer, cross=None):
        pass


def list_stories(writer: LedgerWriter):
    return writer.view.list_stories(Question(limit=50))


def test_released_steps_never_change() -> None:
    assert digest_schema().startswith(SCHEMA)


@settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.text(max_size=60), min_size=1, max_size=4))
def test_whatever_is_said_is_kept_and_found_again(writer, sentences) -> None:
    texts = [f"Ana said that {sentence} was so in the harbour." for sentence in sentences]
    try:
        sheet = make_sheet(*texts)
    except Exception as error:  # noqa: BLE001  # what cannot be read at all is not the ledger's
        assert type(error).__module__ == "whosays.errors"  # noqa: PT017
        return
    added = writer.add(sheet, at=AT)
    kept = writer.view.list_statements(added.article)
    told = [replace(one.statement, id="") for one in kept]
    assert told == sorted((replace(s, id="") for s in sheet.statements), key=lambda s: s.spans[0].start)
    assert list_problems(writer) == []
    for one in kept:
        phrase = " ".join(split_words(one.text)[:4])
        found = writer.view.search(Question(words=f'"{phrase}"', who="Ana", limit=50))
        assert one.statement.id in {other.statement.id for other in found}


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=40), st.text(max_size=20))
def test_no_question_breaks_the_ledger(writer, words, who) -> None:
    add_boats(writer)
    try:
        writer.view.search(Question(words=words, who=who))
    except LedgerError as error:
        assert "at least one word" in error.detail  # noqa: PT017
