"""Write a trained network as the ONNX folder that whosays loads."""

from __future__ import annotations

import json
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import onnx
import torch

from train.examples import CONTEXT, WINDOW
from whosays.encoder import INTERFACE

if TYPE_CHECKING:
    from train.network import Network


def export_network(network: Network, folder: Path, *, tokenizer: Path, name: str, notes: dict[str, Any]) -> None:
    """Write `model.onnx` (weights in 8 bits), `tokenizer.json` and `card.json` into `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        plain = Path(scratch) / "plain.onnx"
        write_plain(network, plain)
        _quantise(plain, folder / "model.onnx")
    shutil.copyfile(tokenizer, folder / "tokenizer.json")
    card = {
        "name": name,
        "interface": INTERFACE,
        "window": WINDOW,
        "context": CONTEXT,
        "link": network.size.link,
        "notes": notes,
    }
    (folder / "card.json").write_text(json.dumps(card, indent=1, ensure_ascii=False) + "\n", "utf-8")


def write_plain(network: Network, path: Path) -> None:
    """Write the network in 32 bits, with free batch and length."""
    network.eval()
    example = torch.ones((2, 16), dtype=torch.long)
    torch.onnx.export(
        network,
        (example, torch.zeros_like(example), example),
        str(path),
        input_names=["ids", "shapes", "mask"],
        output_names=["tags", "links"],
        dynamic_axes={name: {0: "batch", 1: "length"} for name in ("ids", "shapes", "mask", "tags", "links")},
        opset_version=17,
        dynamo=False,
    )


def _quantise(plain: Path, path: Path) -> None:
    """Store matrices and embeddings in 8 bits, per channel; the small heads keep their 32 (LOG.md, 2026-11-22)."""
    from onnxruntime.quantization import QuantType, quantize_dynamic
    from onnxruntime.quantization.shape_inference import quant_pre_process

    prepared = plain.with_name("prepared.onnx")
    quant_pre_process(str(plain), str(prepared), skip_symbolic_shape=True)
    heads = [node.name for node in onnx.load(prepared).graph.node if node.name.startswith(("/tags/", "/links/"))]
    quantize_dynamic(
        prepared,
        path,
        op_types_to_quantize=["MatMul", "Gemm", "Gather"],
        nodes_to_exclude=heads,
        per_channel=True,
        weight_type=QuantType.QInt8,
    )
