"""Every span leads back to the bytes it was read from, on every input."""

from __future__ import annotations

import html

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.build import make_page, read_body, read_plain_body, wrap_html
from tests.law import fold, reread
from whosays.errors import InputRefused
from whosays.model import Article, Span
from whosays.parse import Limits, read_page
from whosays.parse.characters.references import split_references
from whosays.parse.markup.skeleton import build_skeleton

LONG = "The harbour master said on Tuesday that the crane had been repaired and that the ferry would sail again. "
WORDS = st.sampled_from(
    "ferry said “no” naïve Łódź 12,000 it’s 東京 A. x fish&nbsp;&amp;&nbsp;chips caf&eacute; &#8220;so&#8221; "
    "&lt;b&gt; a&nbsp;b soft&shy;ly &#x1F600; &ampere &notit; AT&T &fjlig;ord &bne; &#0; & 😀".split(" ")
)
GLUE = st.sampled_from(
    "| |  \n\t|<b>|</b>| <i>|</i> |<br>|<br/> |<!-- a > b -->|<a href='x?a=1&b=2'>|</a>|<span class=\"a > b\">|</span>"
    "|&#32;|<wbr>|</p><p>|<em/>|\r\n|<script>if (a<b) {}</script>|\xa0".split("|")
)
PIECES = st.lists(st.tuples(WORDS, GLUE), min_size=1, max_size=25).map(lambda ps: "".join(w + g for w, g in ps))
CHARSETS = st.sampled_from(["utf-8", "utf-16", "cp1252", "iso8859-2", "gb18030", "shift_jis", "koi8-r"])


def check_law(article: Article, body: bytes) -> None:
    """Every paragraph, and every slice between two of its words, must re-read."""
    for paragraph in article.paragraphs:
        assert fold(reread(paragraph, article, body)) == fold(paragraph.slice(article.text))
        text = paragraph.slice(article.text)
        cuts = [0, *(i for i, c in enumerate(text) if c.isspace()), len(text)]
        for start, end in zip(cuts, cuts[2:], strict=False):
            span = Span(start=paragraph.start + start, end=paragraph.start + end)
            assert fold(reread(span, article, body)) == fold(span.slice(article.text))


@settings(deadline=None, max_examples=150)
@given(inner=PIECES, charset=CHARSETS)
def test_markup_of_any_kind_leads_back_to_its_bytes(inner: str, charset: str) -> None:
    page = wrap_html(f"<p>{LONG * 3}</p><p>{inner}</p><p>{LONG}</p>", head=f'<meta charset="{charset}">')
    body = page.encode(charset, "xmlcharrefreplace")
    article = read_page(
        make_page(body, content_type=f"text/html; charset={charset}"), limits=Limits(english_only=False)
    )
    assert LONG.strip() in article.text
    check_law(article, body)


@settings(deadline=None, max_examples=100)
@given(text=st.text(min_size=1, max_size=300))
def test_text_pages_lead_back_to_their_bytes(text: str) -> None:
    body = f"A headline of five words here\n\n{LONG * 3}\n\n{text}\n\n{LONG}".encode("utf-8", "replace")
    try:
        article = read_page(make_page(body), limits=Limits(english_only=False))
    except InputRefused:
        return
    check_law(article, body)


@settings(deadline=None, max_examples=100)
@given(text=st.text(min_size=1).filter(lambda t: t.strip() and not t.startswith("\ufeff")))
def test_plain_text_is_kept_character_for_character(text: str) -> None:
    data = text.encode("utf-8", "replace")
    try:
        article = read_plain_body(data.decode(), limits=Limits(english_only=False))
    except InputRefused:
        return
    assert article.text == data.decode()
    check_law(article, data)


@given(text=st.lists(st.one_of(WORDS, st.text(max_size=5)), max_size=12).map("".join))
def test_references_resolve_as_the_standard_library_does(text: str) -> None:
    pieces = split_references(text)
    assert "".join(characters for _, _, characters in pieces) == html.unescape(text)
    assert [start for start, _, _ in pieces][1:] == [end for _, end, _ in pieces][:-1]


@settings(deadline=None, max_examples=150)
@given(markup=st.text(alphabet="<>/!-=\"' abp&;[]\n", max_size=200))
def test_broken_markup_never_breaks_the_skeleton(markup: str) -> None:
    skeleton = build_skeleton(markup, max_depth=1000)
    assert all(0 <= chunk.start < chunk.end <= len(markup) for chunk in skeleton.chunks)


@settings(deadline=None, max_examples=100)
@given(data=st.binary(max_size=400))
def test_arbitrary_bytes_are_read_or_refused(data: bytes) -> None:
    try:
        article = read_body(data)
    except InputRefused:
        return
    check_law(article, data)


def test_a_page_cut_in_the_middle_of_a_character_is_read_up_to_it() -> None:
    body = wrap_html(f"<p>{LONG * 3} naïve").encode()[:-32]
    while body[-1] < 0x80:
        body += "é".encode()[:1]
    article = read_body(body)
    check_law(article, body)


def test_a_page_that_lies_about_its_charset_is_read_as_what_it_is() -> None:
    body = wrap_html(f"<p>{LONG * 3} “naïve”</p>", head='<meta charset="utf-8">').encode("cp1252")
    assert "“naïve”" in read_body(body).text
    body = wrap_html(f"<p>{LONG * 3} “naïve”</p>", head='<meta charset="iso-8859-1">').encode("utf-8")
    assert "“naïve”" in read_body(body).text


@pytest.mark.shared
def test_the_seed_leads_back_to_its_bytes(shared) -> None:
    body = (shared / "seed" / "page.txt").read_bytes()
    article = read_body(body)
    assert len(article.paragraphs) == 6
    check_law(article, body)


def test_a_stray_byte_or_two_do_not_make_utf8_another_charset() -> None:
    body = wrap_html(f"<p>{LONG * 3} “naïve café”</p>").encode()
    body = body.replace(b"</p>", b" \xff \xff</p>", 1)
    article = read_body(body)
    assert "“naïve café”" in article.text
    check_law(article, body)


def test_a_style_sheet_without_its_tag_is_no_article() -> None:
    sheet = ".story { color: red; margin: 0 auto; } .wide p { padding: 1em; display: block; }\n" * 40
    with pytest.raises(InputRefused, match="not prose"):
        read_body(f"{sheet}</style></head><body></body></html>".encode())
