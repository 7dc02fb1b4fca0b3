"""Encode texts: tags and link vectors for every word piece, on a CPU, without torch.

Takes texts, gives `Encoding`s; never looks at pages or decides what a tag means.
"""

from whosays.encoder.onnx import INTERFACE, SHIPPED, Card, OnnxEncoder, read_card

__all__ = ["INTERFACE", "SHIPPED", "Card", "OnnxEncoder", "read_card"]
