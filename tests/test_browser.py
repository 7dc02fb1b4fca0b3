"""The web app in a real browser: the main ways through it, without script, by keyboard, on a phone, for everybody."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.serving import run_app
from whosays.config import Settings
from whosays.flow import link_new, read_inputs
from whosays.ledger import open_writer

if TYPE_CHECKING:
    from collections.abc import Iterator

    from whosays.flow import Means

ROOT = Path(__file__).parent.parent
FERRY = ROOT / "examples" / "lake-ferry.html"
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
LEFT = "net::ERR_ABORTED"
"""What Chromium says of a request that a newer page, or a download, made idle."""
pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def address(means: Means, tmp_path_factory) -> Iterator[str]:
    """The app over a ledger with the example page and a copy of it by another outlet."""
    folder = tmp_path_factory.mktemp("browser")
    other = folder / "copy.html"
    other.write_text(FERRY.read_text("utf-8").replace("2026-03-04", "2026-03-05"), "utf-8")
    writer = open_writer(str(folder / "ledger.sqlite"))
    for sheet in read_inputs([str(FERRY), str(other)], means=means):
        writer.add(sheet, at="2026-03-05T10:00:00+00:00")
    for _ in link_new(writer, cross=None):
        pass
    writer.close()
    with run_app(Settings(ledger=str(folder / "ledger.sqlite"), data=folder)) as found:
        yield found


@pytest.fixture(scope="module")
def chromium():
    program = shutil.which("chromium")
    if program is None:
        pytest.skip("Chromium is not installed (.ci/run installs it)")
    playwright = pytest.importorskip("playwright.sync_api")
    with playwright.sync_playwright() as running:
        browser = running.chromium.launch(executable_path=program, args=list(FLAGS))
        yield browser
        browser.close()


@pytest.fixture
def page(chromium, address):
    """A page without script; what the browser complains of fails the test."""
    context = chromium.new_context(base_url=address, java_script_enabled=False, viewport={"width": 1200, "height": 900})
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.on("requestfailed", lambda request: request.failure == LEFT or complaints.append(request.url))
    yield page
    context.close()
    assert complaints == []


def test_a_pasted_page_is_kept_judged_and_taken_along(page) -> None:
    page.goto("/")
    page.click("text=Add a page")
    text = (
        "Tarvik\n\n" + "The mill of Oskend burned on Monday, Kalle Rist said, and at least 7 people were hurt.\n\n" * 1
    )
    text += (
        "Kalle Rist, the mayor, said that the fire began in the loft of the mill and that the cause was not known yet."
    )
    pasted = page.locator("form", has_text="Pasted")
    pasted.locator("textarea").fill(text)
    pasted.locator("input[type=date]").fill("2026-03-02")
    pasted.locator("button").click()
    page.wait_for_selector("h1:has-text('It is kept')", timeout=60_000)
    page.click("text=Read its sheet")
    assert "Kalle Rist" in page.locator("ol.sheet").inner_text()
    page.locator("ol.sheet li").first.locator("button:has-text('Accept')").click()
    assert page.locator("ol.sheet li").first.locator(".verdict").inner_text() == "accepted"
    page.click("nav >> text=Review")
    page.locator("button:has-text('Undo')").first.click()
    page.wait_for_selector("td:has-text('undone')")
    page.goto("/search?q=mill")
    page.locator("ul.statements a").nth(1).click()
    page.click("text=Its story")
    with page.expect_download() as download:
        page.click("text=a page to share")
    assert "Kalle Rist" in Path(download.value.path()).read_text("utf-8")


def test_a_search_is_narrowed_and_widened_by_its_facets(page) -> None:
    page.goto("/")
    page.fill("input[type=search]", "ferry")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search?q=ferry")
    whole = page.locator("ul.statements > li").count()
    page.locator("ul.facets a").first.click()
    page.wait_for_url("**/search?q=ferry&stance=*")
    assert 0 < page.locator("ul.statements > li").count() <= whole
    page.click("a.chosen")
    page.wait_for_url("**/search?q=ferry")
    assert page.locator("ul.statements > li").count() == whole


def test_the_keyboard_leads_from_the_first_page_to_a_statement(page) -> None:
    page.goto("/")
    page.keyboard.press("Tab")
    assert page.locator(":focus").inner_text() == "Skip to the content"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**/story/**")


def list_paths(chromium, address: str) -> list[str]:
    """A path for every kind of page."""
    context = chromium.new_context(base_url=address)
    get = context.request.get
    story = get("/stories.json").json()["stories"][-1]["id"]
    claim = get(f"/story/{story}.json").json()["claims"][0]["id"]
    statement = get("/search.json").json()["statements"][0]["id"]
    context.close()
    fixed = [
        "/",
        "/stories",
        "/claims",
        "/sources",
        "/search?q=ferry",
        "/review",
        "/refusals",
        "/feeds",
        "/about",
        "/add",
    ]
    return [*fixed, f"/story/{story}", f"/claim/{claim}", f"/article/{story}", f"/statement/{statement}", "/nothing"]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_everybody_can_use_every_page(chromium, address, scheme) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright")
    context = chromium.new_context(base_url=address, color_scheme=scheme, bypass_csp=True)
    page = context.new_page()
    found = {}
    for path in list_paths(chromium, address):
        page.goto(path)
        violations = axe.Axe().run(page).response["violations"]
        if violations:
            found[path] = [(one["id"], one["nodes"][0]["html"][:120]) for one in violations]
    context.close()
    assert found == {}


def test_a_phone_shows_every_page_without_scrolling_sideways(chromium, address) -> None:
    context = chromium.new_context(base_url=address, viewport={"width": 360, "height": 740})
    page = context.new_page()
    wide = []
    for path in list_paths(chromium, address):
        page.goto(path)
        if page.evaluate("document.documentElement.scrollWidth") > 360:
            wide.append(path)
    context.close()
    assert wide == []
