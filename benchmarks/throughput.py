"""Articles a second, from HTML to statements, beside the same network in PyTorch and the machine's own limit."""

from __future__ import annotations

import html
import os
from typing import TYPE_CHECKING, TypeVar

import numpy as np

from benchmarks.stages import make_page, measure_stages, time_call
from whosays.flow import make_sheet
from whosays.flow.ahead import work_ahead
from whosays.model import Page

if TYPE_CHECKING:
    from whosays.flow import Means

Result = TypeVar("Result")
_WORDS, _ARTICLES = 800, 48
_FLOP_PER_PIECE = 24e6
"""Multiplications and additions: 6 layers of 384 by 384 and 384 by 1,536, attention over 256 pieces, the heads."""


def measure_throughput(means: Means, texts: list[str]) -> None:
    """Print articles a second as `read` takes several pages, and each stage's cost alone; `texts` are prose."""
    pages = [_make_page(texts, number) for number in range(_ARTICLES)]
    whole, sheets = time_call(
        lambda: list(work_ahead(lambda page: make_sheet(page, means=means), pages, workers=means.workers))
    )
    words = sum(len(sheet.article.text.split()) for sheet in sheets) / _ARTICLES
    print(f"throughput on {os.cpu_count()} cores: {_ARTICLES / whole:.1f} articles of {words:.0f} words a second")
    measure_stages(pages, means)
    encode, encodings = time_call(lambda: means.encoder.encode(tuple(sheet.article.text for sheet in sheets)))
    pieces = sum(len(encoding.starts) for encoding in encodings)
    print(f"  the encoder                {pieces / encode:8,.0f} pieces a second")
    rate = _measure_products()
    limit = rate / _FLOP_PER_PIECE
    print(f"  matrix products            {limit:8,.0f} pieces a second at {rate / 1e9:.0f} GFLOP/s in 32 bits")
    _measure_pytorch()


def _make_page(texts: list[str], number: int) -> Page:
    words: list[str] = []
    at = number
    while len(words) < _WORDS:
        words += texts[at % len(texts)].split()
        at += 1
    paragraphs = [" ".join(words[i : i + 40]) for i in range(0, _WORDS, 40)]
    inner = "".join(f"<p>{html.escape(paragraph)}.</p>" for paragraph in paragraphs)
    body = f"<html><body><nav><a href='/'>Home</a></nav><article><h1>Page {number}</h1>{inner}</article></body></html>"
    return make_page(f"page {number}", body.encode())


def _measure_products() -> float:
    """Floating-point operations a second in a product of the network's own shape."""
    left, right = np.ones((4096, 384), dtype=np.float32), np.ones((384, 1536), dtype=np.float32)
    took = min(time_call(lambda: left @ right)[0] for _ in range(20))
    return 2 * 4096 * 384 * 1536 / took


def _measure_pytorch() -> None:
    """Pieces a second of the same network in PyTorch; its weights do not matter here."""
    try:
        import torch

        from train.network import Network, Size
    except ImportError:
        print("  the network in PyTorch      not measured: torch is not installed")
        return
    network = Network(Size()).eval()
    ids = torch.ones((16, 256), dtype=torch.long)
    with torch.no_grad():
        network(ids, torch.zeros_like(ids), ids)
        took = min(time_call(lambda: network(ids, torch.zeros_like(ids), ids))[0] for _ in range(3))
    print(f"  the network in PyTorch     {16 * 256 / took:8,.0f} pieces a second in 32 bits")
