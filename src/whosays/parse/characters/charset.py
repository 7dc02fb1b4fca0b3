"""Decode a page as a browser would, and remember which bytes each code point came from."""

from __future__ import annotations

import codecs
import re
from array import array
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

import numpy as np
import webencodings

_PRESCAN = 4096
_META = re.compile(rb"<meta[^>]+?charset\s*=\s*[\"']?\s*([A-Za-z0-9_:.\-]+)", re.IGNORECASE)
_HEADER = re.compile(r"charset\s*=\s*[\"']?([A-Za-z0-9_:.\-]+)", re.IGNORECASE)
_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_UNDECODED = re.compile("[\udc80-\udcff]")
_NOT_ASCII = re.compile(r"[^\x00-\x7f]+")
_WRONG_SHARE = 0.001


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class DecodedPage:
    """A page's characters, and where each stands among the bytes.

    `damaged` counts the code points that stand for bytes no charset explains (U+FFFD). The last two fields are the way
    back: the code points that are not one byte wide, and how many bytes the text has gained after each.
    """

    text: str
    charset: str
    damaged: int
    skip: int = 0
    wide: Sequence[int] = ()
    gained: Sequence[int] = ()

    def find_bytes(self, start: int, end: int) -> Sequence[int]:
        """Return the byte at which each code point of `start` to `end` begins, and the one at which the last ends."""
        first, last = bisect_left(self.wide, start), bisect_left(self.wide, end)
        base = self.skip + (self.gained[first - 1] if first else 0)
        if first == last:
            return range(base + start, base + end + 1)
        offsets: list[int] = []
        for at in range(first, last):
            offsets.extend(range(base + start, base + self.wide[at] + 1))
            start = self.wide[at] + 1
            base = self.skip + self.gained[at]
        offsets.extend(range(base + start, base + end + 1))
        return offsets


def decode_page(body: bytes, *, content_type: str | None) -> DecodedPage:
    """Decode by byte order mark, HTTP header, `<meta>`, then detection.

    A label that the bytes contradict is not believed: bytes that are UTF-8 throughout, with characters beyond ASCII,
    are read as UTF-8 whatever they claim, and bytes that break their own label are read as what they look like.
    """
    for bom, charset in _BOMS:
        if body.startswith(bom):
            return _decode(body, charset, skip=len(bom))
    label = _find_label(body, content_type)
    if _is_utf8(body) and (label is None or not body.isascii() or label.startswith("utf-16")):
        return _decode(body, "utf-8")
    decoded = _decode(body, label) if label else None
    if decoded is not None and decoded.damaged <= _WRONG_SHARE * len(decoded.text):
        return decoded
    if label is None and _is_nearly_utf8(unlabelled := _decode(body, "utf-8")):
        return unlabelled
    guessed = _decode(body, _detect(body))
    return decoded if decoded is not None and decoded.damaged <= guessed.damaged else guessed


def _find_label(body: bytes, content_type: str | None) -> str | None:
    header = _HEADER.search(content_type or "")
    meta = _META.search(body[:_PRESCAN])
    for label in (header.group(1) if header else None, meta.group(1).decode("ascii") if meta else None):
        encoding = webencodings.lookup(label) if label else None
        if encoding is not None and encoding.name not in {"x-user-defined", "replacement"}:
            return str(encoding.codec_info.name)
    return None


def _is_utf8(body: bytes) -> bool:
    """Tell whether the bytes are UTF-8, but for a last character cut short."""
    try:
        codecs.getincrementaldecoder("utf-8")().decode(body)
    except UnicodeDecodeError:
        return False
    return True


def _is_nearly_utf8(decoded: DecodedPage) -> bool:
    """Tell whether what is not ASCII is mostly UTF-8: other charsets hardly ever look so, and stray bytes are dirt."""
    return decoded.damaged < len(decoded.wide) - decoded.damaged


def _detect(body: bytes) -> str:
    """Guess from the bytes alone; Windows-1252, the web's habit, when nothing speaks for another."""
    from charset_normalizer import from_bytes

    best = from_bytes(body[:65536], threshold=0.2).best()
    multibyte = best is not None and best.multi_byte_usage > 0
    return best.encoding if best is not None and multibyte else "cp1252"


def _decode(body: bytes, charset: str, *, skip: int = 0) -> DecodedPage:
    name = codecs.lookup(charset).name
    if name == "utf-8":
        return _decode_utf8(body, skip)
    text = codecs.decode(body[skip:], name, "replace")
    if len(text) == len(body) - skip:
        return DecodedPage(text=text, charset=name, skip=skip, damaged=text.count("\ufffd"))
    return _decode_bytewise(body, name, skip)


def _decode_utf8(body: bytes, skip: int) -> DecodedPage:
    """Decode; each undecodable byte becomes one U+FFFD, so that widths stay known."""
    data = body[skip:]
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return _decode_broken_utf8(data, skip)
    if len(text) == len(data):
        return DecodedPage(text=text, charset="utf-8", skip=skip, damaged=0)
    bytes_ = np.frombuffer(data, dtype=np.uint8)
    leads = np.flatnonzero(bytes_ >= 0xC0)
    gains = 1 + (bytes_[leads] >= 0xE0).astype(np.int64) + (bytes_[leads] >= 0xF0)
    gained = np.cumsum(gains)
    return DecodedPage(
        text=text,
        charset="utf-8",
        skip=skip,
        damaged=0,
        wide=array("q", (leads - gained + gains).tobytes()),
        gained=array("q", gained.tobytes()),
    )


def _decode_broken_utf8(data: bytes, skip: int) -> DecodedPage:
    """Take lone surrogates for the bytes that are not UTF-8, each one byte wide, and show them as U+FFFD."""
    text = data.decode("utf-8", "surrogateescape")
    wide = array("q", (at for run in _NOT_ASCII.finditer(text) for at in range(run.start(), run.end())))
    gained = array("q", accumulate(_measure_gain(text[at]) for at in wide))
    clean, damaged = _UNDECODED.subn("\ufffd", text)
    return DecodedPage(text=clean, charset="utf-8", skip=skip, damaged=damaged, wide=wide, gained=gained)


def _measure_gain(character: str) -> int:
    """Count the bytes beyond the first; a lone surrogate stands for one byte that is not UTF-8."""
    point = ord(character)
    if 0xDC80 <= point <= 0xDCFF:
        return 0
    return (point >= 0x80) + (point >= 0x800) + (point >= 0x10000)


def _decode_bytewise(body: bytes, charset: str, skip: int) -> DecodedPage:
    """Feed a decoder byte by byte and note where each character ends (UTF-16, the East Asian charsets)."""
    decoder = codecs.getincrementaldecoder(charset)("replace")
    characters: list[str] = []
    gained = array("q")
    for at in range(skip, len(body)):
        out = decoder.decode(body[at : at + 1], final=at + 1 == len(body))
        for _ in out:
            gained.append(at + 1 - skip - len(gained) - 1)
        characters.append(out)
    text = "".join(characters)
    return DecodedPage(
        text=text,
        charset=charset,
        skip=skip,
        damaged=text.count("\ufffd"),
        wide=range(len(text)),
        gained=gained,
    )
