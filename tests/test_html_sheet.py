"""The sheet as HTML: self-contained, safe, and whole in a real browser."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.build import wrap_html
from tests.conftest import ROOT
from whosays.flow import Means, read_inputs
from whosays.show.html_sheet import render_fragment, render_html

HOSTILE = wrap_html(
    "<h1>&lt;script&gt;alert(1)&lt;/script&gt; in a headline of some length</h1>"
    "<p>&lt;img src=x onerror=alert(2)&gt; The minister said on Tuesday that &lt;/style&gt;&lt;script&gt;alert(3)"
    "&lt;/script&gt; the bridge was closed and that nobody had been hurt when the old wall fell into the river.</p>",
    head="<link rel='canonical' href='javascript:alert(4)'><title>x</title>",
)


def render(path: Path, means: Means) -> str:
    (sheet,) = read_inputs([str(path)], means=means)
    return render_html(sheet)


@pytest.fixture
def hostile(tmp_path: Path, means: Means) -> str:
    path = tmp_path / "hostile.html"
    path.write_text(HOSTILE, "utf-8")
    return render(path, means)


def test_hostile_markup_stays_text(hostile: str) -> None:
    assert "<script" not in hostile
    assert "<img" not in hostile
    assert 'href="javascript' not in hostile
    assert "&lt;script&gt;alert(1)" in hostile


def test_every_statement_has_its_place_in_the_text_and_in_the_sheet(means: Means) -> None:
    page = render(ROOT / "examples" / "lake-ferry.html", means)
    numbers = [n for n in range(1, 100) if f'id="s{n}"' in page]
    assert len(numbers) > 8
    assert all(f'id="t{n}"' in page for n in numbers)


def test_a_notebook_gets_the_same_sheet_without_a_page_around_it(means: Means) -> None:
    (sheet,) = read_inputs([str(ROOT / "examples" / "lake-ferry.html")], means=means)
    fragment = render_fragment(sheet)
    assert "<html" not in fragment
    assert "Hawa Mtenga" in fragment


@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_browser_shows_it_without_script_network_or_complaint(scheme: str, tmp_path: Path, means: Means) -> None:
    chromium = shutil.which("chromium")
    if chromium is None:
        pytest.skip("Chromium is not installed; .ci/run installs it")
    from playwright.sync_api import sync_playwright

    path = tmp_path / "sheet.html"
    path.write_text(render(ROOT / "examples" / "lake-ferry.html", means), "utf-8")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page(color_scheme=scheme, viewport={"width": 1200, "height": 800})
        requests: list[str] = []
        complaints: list[str] = []
        page.on("request", lambda request: requests.append(request.url))
        page.on("console", lambda message: complaints.append(message.text))
        page.goto(path.as_uri())
        assert requests == [path.as_uri()]
        assert complaints == []
        ink, paper = page.evaluate(
            "() => ['color', 'backgroundColor'].map(k => getComputedStyle(document.querySelector('.whosays'))[k])"
        )
        assert (sum_channels(ink) > sum_channels(paper)) is (scheme == "dark")
        page.click('a[href="#s3"]')
        assert page.evaluate("() => document.querySelector(':target').id") == "s3"
        page.set_viewport_size({"width": 380, "height": 700})
        assert page.evaluate("() => document.documentElement.scrollWidth <= innerWidth")
        assert len(page.pdf()) > 10_000
        browser.close()


def sum_channels(color: str) -> int:
    return sum(int(part) for part in color.strip("rgba()").split(",")[:3])
