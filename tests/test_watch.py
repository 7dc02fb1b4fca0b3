"""Feeds: every kind of list is read, servers are asked politely, and a run goes on where it was."""

from __future__ import annotations

import dataclasses
import io
import json
import threading
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.build import wrap_html
from whosays.errors import InputRefused, NotAPage
from whosays.fetch import FetchLimits, Listing, Manners, read_listing
from whosays.flow import watch_feeds
from whosays.ledger import open_writer

BASE = "https://example.org/"
RSS = """<?xml version="1.0"?><rss version="2.0"><channel><title>Harbour</title>
<item><title>One</title><link>{0}one</link></item><item><title>Two</title><link>/two</link></item>
<item><title>Again</title><link>{0}one</link></item><item><title>None</title></item></channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>Harbour</title>
<entry><title>One</title><link href="{0}one"/></entry><entry><title>Two</title><link href="{0}two"/></entry></feed>"""
JSON_FEED = json.dumps(
    {"version": "https://jsonfeed.org/version/1.1", "items": [{"url": f"{BASE}one"}, {"url": "/two"}]}
)
OPML = '<opml version="2.0"><body><outline><outline type="rss" xmlUrl="{0}feed"/></outline></body></opml>'
SITEMAP = """<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"
xmlns:image="http://www.google.com/schemas/sitemap-image/1.1"><url><loc> {0}one </loc>
<image:image><image:loc>{0}picture.jpg</image:loc></image:image></url><url><loc>{0}two</loc></url></urlset>"""
INDEX = """<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><sitemap><loc>{0}map</loc></sitemap>
</sitemapindex>"""
BOTH = Listing(pages=(f"{BASE}one", f"{BASE}two"))


@pytest.mark.parametrize(
    ("body", "found"),
    [
        (RSS, BOTH),
        (ATOM, BOTH),
        (JSON_FEED, BOTH),
        (SITEMAP, BOTH),
        (OPML, Listing(lists=(f"{BASE}feed",))),
        (INDEX, Listing(lists=(f"{BASE}map",))),
    ],
    ids=["rss", "atom", "json", "sitemap", "opml", "index"],
)
def test_every_kind_of_list_is_read(body, found) -> None:
    assert read_listing(body.replace("{0}", BASE).encode(), url=BASE) == found


@pytest.mark.parametrize(
    "body", [b"", b"hello", b"{}", b'{"items": 3}', b"<html><p>page</p></html>", b"<opml", b"\x00\xff"]
)
def test_what_is_no_list_is_refused(body) -> None:
    try:
        assert read_listing(body, url=BASE) == Listing()
    except NotAPage as error:
        assert error.source == BASE  # noqa: PT017


def test_entities_and_other_schemes_open_nothing() -> None:
    hostile = b"""<!DOCTYPE opml [<!ENTITY file SYSTEM "file:///etc/passwd"><!ENTITY a "aaaaaaaaaa">
    <!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]><opml><body><outline xmlUrl="&file;"/><outline xmlUrl="file:///etc/passwd"/>
    <outline xmlUrl="javascript:alert(1)"/><outline xmlUrl="https://example.org/&b;"/></body></opml>"""
    assert all(url.startswith("https://example.org/") for url in read_listing(hostile, url=BASE).lists)


@given(st.binary(max_size=300))
def test_any_bytes_give_a_list_or_a_refusal(body) -> None:
    try:
        listing = read_listing(body, url=BASE)
    except InputRefused:
        return
    assert all(url.startswith(("http://", "https://")) for url in (*listing.pages, *listing.lists))


class Site(BaseHTTPRequestHandler):
    """A small site: what it serves and what it was asked are kept on the server."""

    def do_GET(self) -> None:
        self.server.asked.append((self.path, self.headers.get("If-None-Match")))
        body = self.server.pages.get(self.path)
        if body is None:
            self.answer(404, b"")
        elif isinstance(body, int):
            self.answer(body, b"")
        elif self.headers.get("If-None-Match") == '"1"':
            self.answer(304, b"")
        else:
            self.answer(200, body.replace("{0}", self.server.base).encode())

    def answer(self, status: int, body: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("ETag", '"1"')
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *arguments: object) -> None:
        pass


@pytest.fixture
def site():
    server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    server.base = f"http://127.0.0.1:{server.server_port}/"
    server.asked = []
    server.pages = {"/feed": RSS, "/one": tell("Ana", 12), "/two": tell("Bora", 17)}
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


def tell(who: str, dead: int) -> str:
    sentences = [
        f"{who} Brandt, the harbour master, said on Monday that {dead} people died when the ferry sank.",
        "The owner denied that the ferry was overloaded on that night, and said that it had been inspected.",
        "The harbour was closed on the next day, and divers went down again in the morning to search the wreck.",
    ]
    return wrap_html("".join(f"<p>{sentence}</p>" for sentence in sentences), head=f"<title>{who} speaks</title>")


class Clock:
    """Time that passes only when somebody waits."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def __call__(self) -> float:
        return self.seconds

    def sleep(self, seconds: float) -> None:
        self.seconds += seconds

    def now(self) -> datetime:
        return datetime(2026, 11, 22, tzinfo=UTC) + timedelta(seconds=self.seconds)


@pytest.fixture
def watch(means, tmp_path):
    """A function that goes through feeds once, with a ledger and a clock of its own."""
    clock = Clock()
    limits = FetchLimits(allow_private=True, total_seconds=10.0)
    writer = open_writer(str(tmp_path / "ledger.sqlite"))

    def go(*feeds: str, most: int | None = None):
        own = dataclasses.replace(means, fetch_limits=limits, now=clock.now, stdin=io.BytesIO())
        manners = Manners(limits=limits, delay=2.0, clock=clock, sleep=clock.sleep)
        news = watch_feeds(feeds, means=own, writer=writer, manners=manners, interval=timedelta(minutes=15))
        return [one for _, one in zip(range(most or 1000), news, strict=False)]

    go.writer, go.clock, go.limits = writer, clock, limits
    yield go
    writer.close()


def test_a_feed_brings_its_pages_once(site, watch) -> None:
    news = watch(f"{site.base}feed")
    assert [(one.articles, one.refusal) for one in news] == [(1, None), (1, None)]
    assert sum(one.denials for one in news) == 2
    watch.clock.sleep(1000)
    site.asked.clear()
    assert watch(f"{site.base}feed") == []
    assert ("/feed", '"1"') in site.asked, "only what changed is asked for"
    assert watch.writer.view.count_all()["articles"] == 2


def test_a_feed_is_not_asked_before_it_is_due(site, watch) -> None:
    watch(f"{site.base}feed")
    site.asked.clear()
    watch(f"{site.base}feed")
    assert site.asked == []


def test_a_killed_run_goes_on_where_it_was(site, watch) -> None:
    assert len(watch(f"{site.base}feed", most=1)) == 1
    (second,) = watch(f"{site.base}feed")
    assert second.url == f"{site.base}two"
    assert watch.writer.view.count_all()["articles"] == 2


def test_lists_of_feeds_are_followed_and_a_dead_one_stops_nobody(site, watch) -> None:
    site.pages["/list"] = OPML.replace("</body>", '<outline xmlUrl="{0}dead"/></body>')
    news = watch(f"{site.base}list")
    assert sorted((one.url.rpartition("/")[2], one.refusal is None) for one in news) == [
        ("dead", False),
        ("one", True),
        ("two", True),
    ]


def test_a_failing_feed_is_asked_more_and_more_seldom(site, watch) -> None:
    site.pages["/feed"] = 503
    waits = []
    for _ in range(9):
        (news,) = watch(f"{site.base}feed")
        assert news.refusal is not None
        feed = watch.writer.remember_feed(f"{site.base}feed")
        wait = datetime.fromisoformat(feed.next_check) - watch.clock.now()
        waits.append(wait.total_seconds() / 60)
        watch.clock.sleep(wait.total_seconds() + 3)
    assert waits[0] == pytest.approx(30, abs=1)
    assert waits == sorted(waits)
    assert waits[-1] == pytest.approx(24 * 60, abs=1)


def test_a_failing_feed_that_is_not_due_says_so(site, watch) -> None:
    site.pages["/feed"] = 503
    first, again = watch(f"{site.base}feed"), watch(f"{site.base}feed")
    assert [news.refusal.reason for news in (*first, *again)] == ["unreachable", "not-due"]


def test_a_page_that_cannot_be_reached_is_tried_three_times(site, watch) -> None:
    site.pages["/one"] = 503
    tries = [sum(one.refusal is not None for one in watch(f"{site.base}feed")) for _ in range(5)]
    assert tries == [1, 1, 1, 0, 0]


def test_robots_are_obeyed_and_hosts_are_not_hurried(site, watch) -> None:
    site.pages["/robots.txt"] = "User-agent: *\nDisallow: /two\nCrawl-delay: 7\n"
    news = {one.url: one for one in watch(f"{site.base}feed")}
    refused = news[f"{site.base}two"].refusal
    assert refused is not None
    assert "robots.txt" in refused.detail
    assert watch.clock.seconds >= 14, "seven seconds before the feed and before the page"
    assert [path for path, _ in site.asked].count("/robots.txt") == 1
    assert "/two" not in [path for path, _ in site.asked]


def test_inside_addresses_stay_closed(site, watch, means) -> None:
    closed = dataclasses.replace(means, fetch_limits=FetchLimits(), now=watch.clock.now)
    manners = Manners(limits=FetchLimits(), delay=0.0, clock=watch.clock, sleep=watch.clock.sleep)
    feed = (f"{site.base}feed",)
    (news,) = watch_feeds(feed, means=closed, writer=watch.writer, manners=manners, interval=timedelta(minutes=15))
    assert news.refusal is not None
    assert news.refusal.reason == "address-blocked"
    assert site.asked == []


def test_a_changed_figure_is_news(site, watch) -> None:
    watch(f"{site.base}feed")
    site.pages |= {"/one": tell("Ana", 14), "/more": RSS}
    again, known = watch(f"{site.base}more")
    assert (again.articles, again.figures) == (1, 1)
    assert (known.articles, known.refusal) == (0, None)
