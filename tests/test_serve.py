"""The web app: what it shows, what it takes, and what it keeps out."""

from __future__ import annotations

import csv
import io
import json
import re
import signal
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner
from starlette.testclient import TestClient

from tests.build import make_sheet
from whosays.api import QUESTIONS
from whosays.cli import main
from whosays.config import Settings
from whosays.errors import UsersError
from whosays.flow import link_new
from whosays.ledger import LedgerWriter, open_writer
from whosays.model import Act, Question, Refusal
from whosays.web import Access, User, make_app, make_user, read_users, write_users
from whosays.web.pages import PAGES

EVIL = "<script>alert(1)</script>"
SAID = (
    f"Ana said that {EVIL} at least 12 people died when the boat sank.",
    "Bora said that the crew of the Marabel was safe.",
    "=HYPERLINK(1) is what the harbour of Tarvik calls the rule.",
)
EDITOR, READER = "e" * 16, "r" * 16


def fill(folder: Path) -> Settings:
    """A ledger with one story of two articles, full of hostile markup."""
    settings = Settings(ledger=str(folder / "ledger.sqlite"), data=folder)
    writer = open_writer(str(folder / "ledger.sqlite"))
    for name in ("one", "two"):
        sheet = make_sheet(
            *SAID,
            f"Printed in {name}.",
            source=f"{name}.txt",
            title=f"A boat {EVIL}",
            outlet=f"=Post {EVIL} {name}",
            published="2026-03-04",
            url=f"https://example.org/{name}",
        )
        writer.add(sheet, at="2026-03-04T10:00:00+00:00")
    for _ in link_new(writer, cross=None):
        pass
    writer.close()
    return settings


def open_client(settings: Settings, access: Access | None = None, **given: str) -> TestClient:
    app = make_app(settings, access=access or Access(), now=lambda: datetime(2026, 3, 5, tzinfo=UTC))
    return TestClient(app, base_url="http://127.0.0.1", follow_redirects=False, **given)


@pytest.fixture
def client(tmp_path) -> TestClient:
    with open_client(fill(tmp_path)) as client:
        yield client


def list_addresses(client: TestClient) -> list[str]:
    """An address for every page that shows something."""
    story = client.get("/stories.json").json()["stories"][0]["id"]
    claim = client.get(f"/story/{story}.json").json()["claims"][0]["id"]
    statement = client.get("/search.json").json()["statements"][0]["id"]
    parts = {"{article}": story, "{claim}": claim, "{statement}": statement}
    paths = [re.sub(r"\{.*\}", lambda match: parts[match.group()], page.path) for page in PAGES]
    return [path + "?name=Ana" if path == "/source" else path for path in paths] + ["/add", "/login", f"/page/{story}"]


def test_every_page_shows_and_no_markup_of_others_does(client) -> None:
    for address in list_addresses(client):
        response = client.get(address)
        assert response.status_code == 200, address
        if response.headers["content-type"].startswith("text/html"):
            assert EVIL not in response.text, address
            assert "<script" not in response.text, address
        assert response.headers["content-security-policy"].startswith("default-src 'none'")
        assert response.headers["x-content-type-options"] == "nosniff"


def test_every_page_is_the_api_s_answer_in_words(client) -> None:
    for address in list_addresses(client)[: len(PAGES)]:
        path, _, query = address.partition("?")
        twin = client.get(f"{'/home' if path == '/' else path}.json?{query}")
        assert twin.status_code == 200, address
        assert twin.headers["content-type"] == "application/json"


def test_pages_and_questions_are_the_same_set() -> None:
    assert {page.question for page in PAGES} == {question.name for question in QUESTIONS} - {"links"}


def test_what_the_asker_has_is_not_sent_again(client) -> None:
    first = client.get("/api/v1/stories")
    again = client.get("/api/v1/stories", headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/api/v1/stories/0123456789", 404),
        ("/api/v1/articles/0123456789", 404),
        ("/api/v1/stories?limit=0", 400),
        ("/api/v1/stories?limit=1&limit=2", 400),
        ("/api/v1/search?nonsense=1", 400),
        ("/api/v1/nothing", 404),
        ("/api/v1/articles/..%2f..%2fetc%2fpasswd", 404),
    ],
)
def test_problems_are_told_as_problems(client, address, status) -> None:
    response = client.get(address)
    assert response.status_code == status
    assert response.headers["content-type"] == "application/problem+json"
    assert response.json()["status"] == status


def test_pages_that_are_not_there_say_so_in_html(client) -> None:
    for address, status in (("/story/0123456789", 404), ("/nothing", 404), ("/search?limit=x", 400)):
        response = client.get(address)
        assert response.status_code == status
        assert "<h1>" in response.text


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
    ],
)
def test_other_sites_cannot_write(client, headers) -> None:
    statement = client.get("/search.json").json()["statements"][0]["id"]
    given = {"action": "reject", "target": statement}
    assert client.post("/judge", data=given, headers=headers).status_code == 403
    assert client.post("/api/v1/judgements", json=given, headers=headers).status_code == 403
    assert client.get(f"/statement/{statement}.json").json()["judgements"] == []


def test_another_name_for_this_machine_is_not_answered(client) -> None:
    assert client.get("/", headers={"Host": "evil.example"}).status_code == 403
    assert client.get("/", headers={"Host": "localhost:8000"}).status_code == 200


def test_a_judgement_sent_twice_is_made_once_and_undone(client) -> None:
    statement = client.get("/search.json").json()["statements"][0]["id"]
    given = {"action": "reject", "target": statement, "back": f"/statement/{statement}"}
    for _ in range(2):
        response = client.post("/judge", data=given)
        assert (response.status_code, response.headers["location"]) == (303, f"/statement/{statement}")
    shown = client.get(f"/statement/{statement}.json").json()
    assert (len(shown["judgements"]), shown["statement"]["verdict"]) == (1, "rejected")
    number = shown["judgements"][0]["number"]
    assert client.post("/api/v1/judgements", json={"action": "undo", "target": str(number)}).status_code == 201
    assert client.get(f"/statement/{statement}.json").json()["statement"]["verdict"] is None


@pytest.mark.parametrize("back", ["https://evil.example", "//evil.example", "/\\evil.example"])
def test_nobody_is_led_elsewhere(client, back) -> None:
    statement = client.get("/search.json").json()["statements"][0]["id"]
    response = client.post("/judge", data={"action": "accept", "target": statement, "back": back})
    assert response.headers["location"] == "/review"


def test_a_name_is_merged_into_another_and_the_story_is_linked_anew(client) -> None:
    sent = {"action": "rename", "target": "Ana", "value": "Ana Brandt", "why": "the same person"}
    assert client.post("/api/v1/judgements", json=sent).status_code == 201
    wait_until(lambda: client.get("/home.json").json()["waiting"] == 0)
    story = client.get("/stories.json").json()["stories"][0]["id"]
    roots = {root["name"] for claim in client.get(f"/story/{story}.json").json()["claims"] for root in claim["roots"]}
    assert "Ana Brandt" in roots
    assert "Ana" not in roots


def wait_until(is_so, *, seconds: float = 20.0) -> None:
    end = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < end


def test_a_pasted_page_becomes_an_article(client) -> None:
    body = (Path(__file__).parent.parent / "examples" / "lake-ferry.html").read_text("utf-8")
    response = client.post("/add", data={"body": body})
    job = response.headers["location"].rpartition("/")[2]
    wait_until(lambda: client.get(f"/api/v1/jobs/{job}").json()["state"] in {"done", "refused"})
    done = client.get(f"/api/v1/jobs/{job}").json()
    assert (done["state"], done["statements"] > 8) == ("done", True)
    assert "It is kept" in client.get(f"/job/{job}").text
    sheet = client.get(f"/article/{done['article']}.json").json()["sheet"]
    text = sheet["article"]["text"]
    assert all(text[s["start"] : s["end"]] for statement in sheet["statements"] for s in statement["spans"])


DYING = """
import os, signal, sys
from datetime import UTC, datetime
from pathlib import Path
from whosays.api import Desk
from whosays.config import Settings
from whosays.model import Incoming

Desk.make_means = lambda self: os.kill(os.getpid(), signal.SIGKILL)
desk = Desk(Settings(ledger=sys.argv[1], data=Path(sys.argv[1]).parent), now=lambda: datetime(2026, 3, 5, tzinfo=UTC))
for text in sys.argv[2:]:
    desk.take_in(Incoming(source="pasted text", body=text.encode(), plain=True))
desk.close()
"""
PASTED = "The mayor of Tarvik said on Tuesday that the bridge would open again. " * 3


def die(settings: Settings, *texts: str) -> None:
    """Take in texts, and be killed while the first is read."""
    done = subprocess.run([sys.executable, "-c", DYING, settings.ledger, *texts], check=False, capture_output=True)
    assert done.returncode == -signal.SIGKILL, done.stderr.decode()


def test_a_page_that_was_sent_before_a_kill_is_read_after_it(tmp_path) -> None:
    settings = fill(tmp_path)
    die(settings, PASTED)
    with open_client(settings):
        pass  # what waits is read before the desk closes
    with open_client(settings) as client:
        found = client.get("/search.json?q=bridge").json()["statements"]
        assert len({one["article"]["id"] for one in found}) == 1
        assert client.get("/refusals.json").json()["refusals"] == []


def test_a_page_that_kills_whosays_each_time_is_refused(tmp_path) -> None:
    settings = fill(tmp_path)
    die(settings, PASTED)
    die(settings)
    with open_client(settings):
        pass
    with open_client(settings) as client:
        (refusal,) = client.get("/refusals.json").json()["refusals"]
        assert (refusal["source"], refusal["reason"], refusal["times"]) == ("pasted text", "poison", 1)


def test_a_page_that_another_server_has_read_is_not_refused(tmp_path, monkeypatch) -> None:
    settings = fill(tmp_path)

    def take_away(self: LedgerWriter, name: str) -> None:
        assert self.drop_sent(name)  # as the other server does when it has read the page

    monkeypatch.setattr(LedgerWriter, "take_sent", take_away)
    with open_client(settings) as client:
        job = client.post("/add", data={"body": PASTED}).headers["location"].rpartition("/")[2]
        wait_until(lambda: client.get(f"/api/v1/jobs/{job}").json()["state"] in {"done", "refused"})
        assert client.get(f"/api/v1/jobs/{job}").json()["state"] == "done"
        assert "Another server of this ledger" in client.get(f"/job/{job}").text
        assert client.get("/refusals.json").json()["refusals"] == []


def test_what_people_did_and_what_was_refused_are_shown_page_by_page(tmp_path) -> None:
    settings = fill(tmp_path)
    writer = open_writer(settings.ledger)
    (kept, *_) = writer.view.search(Question(limit=1))
    for number in range(5):
        writer.edit(kept.statement.id, "note", f"note {number}", act=Act(who="ana", at="2026-03-05T10:00:00+00:00"))
        writer.add_refusal(
            Refusal(source=f"{number}.pdf", reason="not-a-page", detail="a PDF"), at=f"2026-03-0{number + 1}"
        )
    writer.close()
    with open_client(settings) as client:
        notes, names, address = [], [], "/review.json?limit=2"
        while address:
            answer = client.get(address).json()
            notes += [one["after"] for one in answer["judgements"]]
            address = answer["next"] and f"/review.json?limit=2&before={answer['next']}"
        assert notes == [f"note {number}" for number in range(4, -1, -1)]
        address = "/refusals.json?limit=2"
        while address:
            answer = client.get(address).json()
            names += [one["source"] for one in answer["refusals"]]
            address = answer["next"] and f"/refusals.json?limit=2&offset={answer['next']}"
        assert names == [f"{number}.pdf" for number in range(4, -1, -1)]
        assert 'href="/review?limit=2&amp;before=' in client.get("/review?limit=2").text
        assert 'href="/refusals?limit=2&amp;offset=2"' in client.get("/refusals?limit=2").text


def test_an_uploaded_page_that_is_none_says_why(client) -> None:
    response = client.post("/add", files={"file": ("x.pdf", b"%PDF-1.4 nothing", "application/pdf")})
    job = response.headers["location"].rpartition("/")[2]
    wait_until(lambda: client.get(f"/api/v1/jobs/{job}").json()["state"] in {"done", "refused"})
    assert client.get(f"/api/v1/jobs/{job}").json()["state"] == "refused"
    assert client.get("/refusals.json").json()["refusals"][0]["source"].startswith("x.pdf")


@pytest.mark.parametrize("url", ["/etc/passwd", "file:///etc/passwd", "ftp://example.org/x", ""])
def test_no_file_of_this_machine_is_read(client, url) -> None:
    assert client.post("/add", data={"url": url}).status_code == 422
    assert client.post("/api/v1/addresses", json={"url": url}).status_code == 400


def test_an_inside_address_is_not_opened(client) -> None:
    response = client.post("/add", data={"url": "http://127.0.0.1:9/"})
    job = response.headers["location"].rpartition("/")[2]
    wait_until(lambda: client.get(f"/api/v1/jobs/{job}").json()["state"] in {"done", "refused"})
    assert client.get(f"/api/v1/jobs/{job}").json()["state"] == "refused"


def test_what_a_bookmarklet_sends_is_shown_and_not_kept(client) -> None:
    headers = {"Sec-Fetch-Site": "cross-site", "Origin": "https://example.org"}
    response = client.post("/capture", data={"url": "https://example.org/x", "body": EVIL}, headers=headers)
    assert "Keep this page?" in response.text
    assert EVIL not in response.text
    assert client.get("/home.json").json()["counts"]["pages"] == 2


def test_a_body_without_end_is_refused(tmp_path) -> None:
    with open_client(fill(tmp_path), Access(max_bytes=1000)) as client:
        assert client.post("/add", data={"body": "x" * 5000}).status_code == 413


def test_with_tokens_nobody_comes_in_without_one(tmp_path) -> None:
    access = Access(editor=EDITOR, reader=READER)
    with open_client(fill(tmp_path), access) as client:
        statement_of = {"Authorization": f"Bearer {READER}"}
        assert client.get("/").status_code == 401
        assert client.get("/api/v1/stories").status_code == 401
        assert client.get("/api/v1/stories", headers={"Authorization": "Bearer wrong"}).status_code == 401
        found = client.get("/api/v1/search", headers=statement_of).json()["statements"][0]["id"]
        sent = {"action": "accept", "target": found}
        assert client.post("/api/v1/judgements", json=sent, headers=statement_of).status_code == 403
        as_editor = {"Authorization": f"Bearer {EDITOR}"}
        assert client.post("/api/v1/judgements", json=sent, headers=as_editor).status_code == 201


def test_a_token_given_once_opens_a_session(tmp_path) -> None:
    with open_client(fill(tmp_path), Access(editor=EDITOR, reader=READER)) as client:
        assert client.post("/login", data={"token": "wrong"}).status_code == 403
        response = client.post("/login", data={"token": READER})
        cookie = response.headers["set-cookie"]
        assert {"HttpOnly", "SameSite=lax"} <= set(cookie.split("; "))
        assert READER not in cookie
        assert client.get("/").status_code == 200
        assert "Add a page" not in client.get("/").text


@pytest.fixture(scope="module")
def users() -> dict[str, User]:
    people = make_user("Ana Brandt", "a long password", "editor"), make_user("Bora", "another password", "reader")
    return {user.name: user for user in people}


def sign_in(client: TestClient, name: str, password: str):
    return client.post("/login", data={"name": name, "password": password})


def test_users_sign_in_and_what_they_judge_bears_their_name(tmp_path, users) -> None:
    with open_client(fill(tmp_path), Access(users=users)) as client:
        assert client.get("/").status_code == 401
        assert sign_in(client, "Ana Brandt", "a wrong password").status_code == 403
        assert sign_in(client, "nobody", "a long password").status_code == 403
        assert sign_in(client, "Ana Brandt", "a long password").status_code == 303
        found = client.get("/api/v1/search").json()["statements"][0]["id"]
        client.post("/judge", data={"action": "accept", "target": found, "who": "somebody else"})
        sent = {"action": "reject", "target": found, "who": "somebody else"}
        assert client.post("/api/v1/judgements", json=sent).json()["who"] == "Ana Brandt"
        assert {one["who"] for one in client.get("/review.json").json()["judgements"]} == {"Ana Brandt"}


def test_a_reader_only_reads(tmp_path, users) -> None:
    with open_client(fill(tmp_path), Access(users=users)) as client:
        sign_in(client, "Bora", "another password")
        found = client.get("/api/v1/search").json()["statements"][0]["id"]
        assert client.post("/judge", data={"action": "accept", "target": found}).status_code == 403
        assert "Add a page" not in client.get("/").text


def test_users_are_kept_without_their_passwords(tmp_path, users) -> None:
    path = tmp_path / "users"
    write_users(path, users.values())
    assert read_users(path) == users
    assert "password" not in path.read_text("utf-8")
    assert path.stat().st_mode & 0o077 == 0
    for wrong in ("no colon", "a:king:$argon2id$x", "a:reader:plain"):
        path.write_text(wrong, "utf-8")
        with pytest.raises(UsersError, match="line 1"):
            read_users(path)


@pytest.mark.parametrize(("name", "password"), [("a:b", "a long password"), ("", "a long password"), ("Ana", "short")])
def test_names_and_passwords_that_will_not_do_are_refused(name, password) -> None:
    with pytest.raises(UsersError):
        make_user(name, password, "reader")


def test_users_are_made_and_taken_away_by_command(tmp_path) -> None:
    path = str(tmp_path / "users")
    given = {"env": {"WHOSAYS_PASSWORD": "a long password"}}
    assert CliRunner().invoke(main, ["users", "add", path, "Ana", "--role", "editor"], **given).exit_code == 0
    assert CliRunner().invoke(main, ["users", "list", path]).output.split() == ["editor", "Ana"]
    assert CliRunner().invoke(main, ["users", "remove", path, "Ana"]).exit_code == 0
    assert CliRunner().invoke(main, ["users", "remove", path, "Ana"]).exit_code == 2


@pytest.mark.parametrize("table", ["statements", "articles", "claims", "figures", "places"])
def test_tables_hold_no_formula(client, table) -> None:
    story = client.get("/stories.json").json()["stories"][0]["id"]
    text = client.get(f"/api/v1/stories/{story}/export?format=csv&table={table}").text
    cells = [cell for row in csv.reader(io.StringIO(text)) for cell in row]
    assert not [cell for cell in cells if cell.startswith(("=", "+", "@"))]


def test_a_story_to_share_is_one_file_without_markup_of_others(client) -> None:
    story = client.get("/stories.json").json()["stories"][0]["id"]
    response = client.get(f"/api/v1/stories/{story}/export?format=html")
    assert response.headers["content-disposition"].startswith("attachment")
    assert EVIL not in response.text
    assert not re.search(r'(?:src|href)="(?!https://example\.org/)', response.text)


def test_annotations_lead_back_to_the_words(client) -> None:
    story = client.get("/stories.json").json()["stories"][0]["id"]
    collection = json.loads(client.get(f"/api/v1/stories/{story}/export?format=annotations").text)
    article = client.get(f"/article/{story}.json").json()["sheet"]["article"]["text"]
    items = collection["first"]["items"]
    assert collection["total"] == len(items) == 8
    for item in items:
        (target,) = item["target"]
        kinds = {one["type"]: one for one in target["selector"]}
        quote, place = kinds["TextQuoteSelector"], kinds["TextPositionSelector"]
        assert kinds["DataPositionSelector"]["end"] > kinds["DataPositionSelector"]["start"]
        if target["source"].endswith("/one"):
            assert article[place["start"] : place["end"]] == quote["exact"]
            assert article.find(quote["prefix"] + quote["exact"] + quote["suffix"]) >= 0


@pytest.mark.parametrize("table", ["statements", "articles", "claims", "figures", "places"])
def test_parquet_holds_what_csv_holds(client, table) -> None:
    import pyarrow.parquet as pq

    story = client.get("/stories.json").json()["stories"][0]["id"]
    address = f"/api/v1/stories/{story}/export?table={table}&format="
    columns = pq.read_table(io.BytesIO(client.get(f"{address}parquet").content))
    rows = list(csv.DictReader(io.StringIO(client.get(f"{address}csv").text)))
    assert columns.column_names == list(rows[0] if rows else columns.column_names)
    assert columns.num_rows == len(rows)
    for found, expected in zip(columns.to_pylist(), rows, strict=True):
        for name, value in found.items():
            if isinstance(value, str):
                assert value == expected[name].removeprefix("'")
            elif isinstance(value, float):
                assert value == float(expected[name])


def test_without_pyarrow_parquet_says_what_it_needs(client, monkeypatch) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    story = client.get("/stories.json").json()["stories"][0]["id"]
    response = client.get(f"/api/v1/stories/{story}/export?format=parquet")
    assert response.status_code == 503
    assert "whosays[batch]" in response.json()["detail"]


def test_entities_are_followthemoney_s(client) -> None:
    followthemoney = pytest.importorskip(
        "followthemoney", reason="followthemoney needs ICU's headers; .ci/run has them"
    )
    model = followthemoney.model
    story = client.get("/stories.json").json()["stories"][0]["id"]
    lines = client.get(f"/api/v1/stories/{story}/export?format=ftm").text.splitlines()
    entities = [json.loads(line) for line in lines]
    assert {"Article", "Person", "Mention", "Note"} <= {entity["schema"] for entity in entities}
    ids = {entity["id"] for entity in entities}
    assert len(ids) == len(entities)
    for entity in entities:
        model.get(entity["schema"]).validate(entity)
        read = model.get_proxy(entity).to_dict()["properties"]
        assert {name: sorted(values) for name, values in read.items()} == {
            name: sorted(set(values)) for name, values in entity["properties"].items()
        }
        assert {value for name in ("document", "resolved", "proof", "entity") for value in read.get(name, ())} <= ids


def test_claims_are_told_as_schema_org_has_them_and_never_rated(client) -> None:
    story = client.get("/stories.json").json()["stories"][0]["id"]
    data = json.loads(client.get(f"/api/v1/stories/{story}/export?format=jsonld").text)
    claim = next(one for one in data["@graph"] if "12 people" in one["text"])
    assert {work["url"] for work in claim["appearance"]} == {"https://example.org/one", "https://example.org/two"}
    assert claim["author"] == [{"@type": "Thing", "name": "Ana"}]
    assert "Rating" not in json.dumps(data)
