"""Recognise what a page is from its content."""

from __future__ import annotations

import re

_BINARY = (
    (b"%PDF-", "a PDF"),
    (b"\x89PNG", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"PK\x03\x04", "a ZIP archive (or an office document)"),
    (b"\x1f\x8b", "gzip data"),
    (b"Rar!", "a RAR archive"),
    (b"\x7fELF", "a program"),
    (b"MZ", "a program"),
    (b"\xd0\xcf\x11\xe0", "an office document"),
    (b"{\\rtf", "an RTF document"),
    (b"RIFF", "a sound, film or picture"),
    (b"ID3", "a sound"),
    (b"OggS", "a sound"),
)
_MARKUP = re.compile(
    r"<!doctype\s+html|</?(?:html|head|body|p|div|article|section|table|title|h1|meta)(?:\s[^<>]{0,2000})?>|</(?:a|span)>",
    re.IGNORECASE,
)
_CONTROLS = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_SAMPLE = 4096
_CONTROL_SHARE = 0.02


def name_binary(body: bytes) -> str | None:
    """Say what the bytes are if they are no text, or `None` if they may be."""
    for start, name in _BINARY:
        if body.startswith(start) and not (start == b"MZ" and body[:256].isascii() and b"\x00" not in body[:256]):
            return name
    if body.startswith(_UTF16):
        return None
    sample = body[:_SAMPLE]
    if len(_CONTROLS.findall(sample)) > _CONTROL_SHARE * len(sample):
        return "binary data"
    return None


def is_markup(text: str) -> bool:
    """Tell HTML from text by its first tags, wherever they stand in the first part."""
    return _MARKUP.search(text[:65536]) is not None
