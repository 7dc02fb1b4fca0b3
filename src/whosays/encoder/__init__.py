"""Encode texts: tags and link vectors for every word piece, on a CPU, without torch.

Takes texts, gives `Encoding`s; never looks at pages or decides what a tag means.
"""

from whosays.encoder.cross import SHIPPED_CROSS, OnnxCrossEncoder, cut_pair, read_cross_notes
from whosays.encoder.onnx import INTERFACE, SHIPPED, Card, OnnxEncoder, read_card

__all__ = [
    "INTERFACE",
    "SHIPPED",
    "SHIPPED_CROSS",
    "Card",
    "OnnxCrossEncoder",
    "OnnxEncoder",
    "cut_pair",
    "read_card",
    "read_cross_notes",
]
