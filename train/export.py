"""Write a trained network as the ONNX folder that whosays loads."""

from __future__ import annotations

import copy
import json
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import onnx
import torch
from onnx import numpy_helper
from torch import Tensor, nn

from train.examples import CONTEXT, WINDOW
from train.network import Answers, Attention, Block
from whosays.encoder import INTERFACE
from whosays.model import HEADS

if TYPE_CHECKING:
    from train.network import Network


Inner = TypeVar("Inner", bound=nn.Module)
_OUTPUTS = tuple(name for name in Answers._fields if name != "layers")
_HEADS = tuple(f"/{name}/" for name in ("tags", "links", "factuality", *HEADS))


class _Exported(nn.Module):
    """The network with the answers that the run time asks for, of windows as long as each other."""

    def __init__(self, network: Network) -> None:
        super().__init__()
        self.network = network

    def forward(self, ids: Tensor, shapes: Tensor) -> tuple[Tensor, ...]:
        answers = self.network(ids, shapes, torch.ones_like(ids))
        return tuple(getattr(answers, name) for name in _OUTPUTS)


class _FusedAttention(torch.autograd.Function):
    """Attention as one operator of ONNX Runtime; without a mask, which would cost a quarter of its time."""

    @staticmethod
    def forward(_context: object, query: Tensor, key: Tensor, value: Tensor, heads: int) -> Tensor:
        return Attention(heads)(query, key, value, torch.zeros(()))

    @staticmethod
    def symbolic(graph: Any, query: Any, key: Any, value: Any, heads: int) -> Any:  # noqa: ANN401  # torch's untyped graph
        fused = graph.op("com.microsoft::MultiHeadAttention", query, key, value, num_heads_i=heads)
        return fused.setType(query.type())


class _Fused(nn.Module):
    def __init__(self, heads: int) -> None:
        super().__init__()
        self.heads = heads

    def forward(self, query: Tensor, key: Tensor, value: Tensor, _leaning: Tensor) -> Tensor:
        fused: Tensor = _FusedAttention.apply(query, key, value, self.heads)
        return fused


def export_network(
    network: Network, folder: Path, *, tokenizer: Path, name: str, notes: dict[str, Any], bits: int = 8
) -> None:
    """Write `model.onnx` (weights in 8 bits, or 32), `tokenizer.json` and `card.json` into `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        plain = Path(scratch) / "plain.onnx"
        write_plain(network, plain)
        if bits == 8:
            quantise(plain, folder / "model.onnx", keep=_HEADS)
        else:
            shutil.copyfile(plain, folder / "model.onnx")
    shutil.copyfile(tokenizer, folder / "tokenizer.json")
    card = {
        "name": name,
        "interface": INTERFACE,
        "window": WINDOW,
        "context": CONTEXT,
        "link": network.size.link,
        "width": network.size.width,
        "notes": notes,
    }
    (folder / "card.json").write_text(json.dumps(card, indent=1, ensure_ascii=False) + "\n", "utf-8")


def write_plain(network: Network, path: Path) -> None:
    """Write the network in 32 bits, with free batch and length."""
    axes = {name: {0: "batch", 1: "length"} for name in ("ids", "shapes", *_OUTPUTS)}
    exported = _Exported(fuse_attention(network))
    example = torch.ones((2, 16), dtype=torch.long)
    inputs = {"ids": example, "shapes": torch.zeros_like(example)}
    trace_network(exported, path, inputs=inputs, outputs=_OUTPUTS, axes=axes)


def trace_network(
    network: nn.Module,
    path: Path,
    *,
    inputs: dict[str, Tensor],
    outputs: tuple[str, ...],
    axes: dict[str, dict[int, str]],
) -> None:
    """Write a network, given an example of each input; `axes` are those that are free."""
    torch.onnx.export(
        network,
        tuple(inputs.values()),
        str(path),
        input_names=list(inputs),
        output_names=list(outputs),
        dynamic_axes=axes,
        opset_version=17,
        dynamo=False,
    )


def fuse_attention(network: Inner) -> Inner:
    """Return a copy, for export, with one operator for each attention in it."""
    fused = copy.deepcopy(network).eval()
    for block in fused.modules():
        if isinstance(block, Block):
            block.attention = _Fused(block.attention.heads)
    return fused


def read_exported(folder: Path) -> dict[str, Tensor]:
    """Return the weights of an exported model by the network's own names, those in 8 bits as what they stand for."""
    graph = onnx.load(folder / "model.onnx").graph
    stored = {value.name: torch.from_numpy(numpy_helper.to_array(value).copy()) for value in graph.initializer}
    weights = {name.removeprefix("network."): value for name, value in stored.items() if name.startswith("network.")}
    for name in [name for name in weights if name.endswith("_quantized")]:
        weights[name.removesuffix("_quantized")] = _widen(stored, f"network.{name}")
    for node in graph.node:
        if node.op_type in {"MatMul", "MatMulInteger"} and node.input[1] in stored:
            module = node.name.removeprefix("/network/").rpartition("/")[0].replace("/", ".")
            weights[f"heads.{module}.weight" if module in HEADS else f"{module}.weight"] = _widen(
                stored, node.input[1]
            ).T.contiguous()
    return {name: value for name, value in weights.items() if name.endswith((".weight", ".bias"))}


def _widen(stored: dict[str, Tensor], name: str) -> Tensor:
    if not name.endswith("_quantized"):
        return stored[name]
    scale, zero = (stored[name.removesuffix("quantized") + part] for part in ("scale", "zero_point"))
    return (stored[name].float() - zero.float()) * scale


def quantise(plain: Path, path: Path, *, keep: tuple[str, ...]) -> None:
    """Store matrices and embeddings in 8 bits, per channel; what `keep` names has its 32 (LOG.md, 2026-11-22)."""
    from onnxruntime.quantization import QuantType, quantize_dynamic
    from onnxruntime.quantization.shape_inference import quant_pre_process

    prepared = plain.with_name("prepared.onnx")
    quant_pre_process(str(plain), str(prepared), skip_symbolic_shape=True)
    heads = [node.name for node in onnx.load(prepared).graph.node if any(part in node.name for part in keep)]
    quantize_dynamic(
        prepared,
        path,
        op_types_to_quantize=["MatMul", "Gemm", "Gather"],
        nodes_to_exclude=heads,
        per_channel=True,
        weight_type=QuantType.QInt8,
    )
