"""The network in PyTorch: a BERT encoder with letter shapes, and a head for every question."""

from __future__ import annotations

import math
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, NamedTuple

import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional

if TYPE_CHECKING:
    from pathlib import Path

from whosays.encoder.pieces import CLS, SEP, SHAPES
from whosays.model import HEADS, TAGS

LINK_ROWS = 4
PAD, MASK = 0, 103
"""Pieces that stand for no characters, by their ids."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Size:
    """The network's dimensions; the defaults are those of MiniLM-L6-H384-uncased."""

    vocabulary: int = 30522
    width: int = 384
    layers: int = 6
    heads: int = 12
    inner: int = 1536
    positions: int = 512
    link: int = 48
    dropout: float = 0.1
    relative: int = 0
    """How many distances between pieces attention tells apart, in steps that grow; 0 for none (the shipped network)."""
    told: tuple[int, ...] = (2, 4, 6)
    """The layers, counted from 1, that the sentence vectors are made of: the last alone forgets words for its tasks."""

    @classmethod
    def of_teacher(cls) -> Size:
        """Return the dimensions of mpnet-base, which is too slow to ship and teaches the one that is."""
        return cls(width=768, layers=12, inner=3072, relative=32, told=(12,))

    def as_dict(self) -> dict[str, float]:
        """Return the fields, to be written beside a checkpoint."""
        return asdict(self)


class Attention(nn.Module):
    """Scaled dot-product attention of several heads; nothing to learn. The export puts one operator in its place.

    Written out: torch's own operator takes twice as long on a CPU in bfloat16, there and back (LOG.md, 2026-11-23).
    """

    def __init__(self, heads: int) -> None:
        super().__init__()
        self.heads = heads

    def forward(self, query: Tensor, key: Tensor, value: Tensor, leaning: Tensor) -> Tensor:
        """Map three of (batch, length, width) to one; `leaning` is added to what each piece asks of each.

        It fits (batch, heads, length, length): hardly anything for what is no piece, and more or less by distance.
        """
        batch, length, width = query.shape
        size = width // self.heads
        asks, told, says = (x.view(batch, length, self.heads, size).transpose(1, 2) for x in (query, key, value))
        shares = (asks @ told.transpose(2, 3) * size**-0.5 + leaning.to(query.dtype)).softmax(dim=-1)
        return (shares @ says).transpose(1, 2).reshape(batch, length, width)


class Block(nn.Module):
    """One transformer layer, post-norm as in BERT; no dropout inside attention (slow on a CPU)."""

    def __init__(self, size: Size) -> None:
        super().__init__()
        self.attention = Attention(size.heads)
        self.qkv = nn.Linear(size.width, 3 * size.width)
        self.out = nn.Linear(size.width, size.width)
        self.norm1 = nn.LayerNorm(size.width, eps=1e-12)
        self.inner = nn.Linear(size.width, size.inner)
        self.outer = nn.Linear(size.inner, size.width)
        self.norm2 = nn.LayerNorm(size.width, eps=1e-12)
        self.dropout = nn.Dropout(size.dropout)

    def forward(self, x: Tensor, leaning: Tensor) -> Tensor:
        """Map (batch, length, width) to the same; `leaning` as in `Attention`."""
        query, key, value = self.qkv(x).chunk(3, dim=-1)
        x = self.norm1(x + self.dropout(self.out(self.attention(query, key, value, leaning))))
        return self.norm2(x + self.dropout(self.outer(functional.gelu(self.inner(x)))))


class Answers(NamedTuple):
    """What the network says of (batch, length) pieces; axes after these two are named here.

    `tags` and the heads of `whosays.model.HEADS`: log-probabilities. `links`: (4, d). `factuality`: none, -3 to 3.
    `vectors`: (width,); their mean over a sentence's pieces is its vector. `layers`: what it is made of; not exported.
    """

    tags: Tensor
    links: Tensor
    entities: Tensor
    events: Tensor
    roles: Tensor
    times: Tensor
    places: Tensor
    factuality: Tensor
    vectors: Tensor
    layers: Tensor


class Network(nn.Module):
    """Word pieces in, all answers out (see `whosays.model.Encoding`)."""

    def __init__(self, size: Size) -> None:
        super().__init__()
        self.size = size
        self.words = nn.Embedding(size.vocabulary, size.width)
        self.positions = nn.Embedding(size.positions, size.width)
        self.shapes = nn.Embedding(SHAPES, size.width)
        nn.init.zeros_(self.shapes.weight)
        self.norm = nn.LayerNorm(size.width, eps=1e-12)
        self.blocks = nn.ModuleList(Block(size) for _ in range(size.layers))
        self.dropout = nn.Dropout(size.dropout)
        self.tags = nn.Linear(size.width, len(TAGS))
        self.links = nn.Linear(size.width, LINK_ROWS * size.link)
        self.heads = nn.ModuleDict({name: nn.Linear(size.width, len(labels)) for name, labels in HEADS.items()})
        self.factuality = nn.Linear(size.width, 1)
        self.vectors = nn.Linear(len(size.told) * size.width, size.width, bias=False)
        nn.init.zeros_(self.vectors.weight)
        nn.init.eye_(self.vectors.weight[:, -size.width :])
        if size.relative:
            self.distances = nn.Embedding(size.relative, size.heads)

    def forward(self, ids: Tensor, shapes: Tensor, mask: Tensor) -> Answers:
        """Read (batch, length) ids, shapes and mask (1 for a piece)."""
        batch, length = ids.shape
        places = torch.arange(length, device=ids.device)
        x = self.norm(self.words(ids) + self.positions(places) + self.shapes(shapes))
        leaning = torch.zeros_like(mask, dtype=x.dtype).masked_fill(mask == 0, -1e4)[:, None, None, :]
        if self.size.relative:
            leaning = leaning + self.distances(sort_distances(length, self.size.relative, ids)).permute(2, 0, 1)
        states = []
        for block in self.blocks:
            x = block(x, leaning)
            states.append(x)
        layers = torch.cat([states[layer - 1] for layer in self.size.told], dim=-1)
        x = self.dropout(x)
        return Answers(
            tags=functional.log_softmax(self.tags(x).float(), dim=-1),
            links=self.links(x).float().view(batch, length, LINK_ROWS, self.size.link),
            factuality=self.factuality(x).float().squeeze(-1),
            vectors=self.vectors(layers),
            layers=layers,
            **{name: functional.log_softmax(head(x).float(), dim=-1) for name, head in self.heads.items()},
        )


def sort_distances(length: int, kinds: int, like: Tensor) -> Tensor:
    """Return the kind of distance from each piece to each, (length, length); far ones share a kind, in growing steps.

    Half of the kinds look back and half ahead, as in Raffel et al. 2020 (T5), which MPNet follows.
    """
    places = torch.arange(length, device=like.device)
    ahead = places[None, :] - places[:, None]
    half, near, far = kinds // 2, kinds // 4, 128
    distance = ahead.abs()
    steps = near + (torch.log(distance.clamp(min=1) / near) / math.log(far / near) * (half - near)).long()
    return torch.where(ahead > 0, half, 0) + torch.where(distance < near, distance, steps.clamp(max=half - 1))


def load_start(path: Path, *, size: Size) -> Network:
    """Build a network on the published weights (`model.safetensors` of a BERT encoder)."""
    network = Network(size)
    published = load_file(path)
    network.load_state_dict(_rename_weights(published, size), strict=False)
    return network


def _rename_weights(published: dict[str, Tensor], size: Size) -> dict[str, Tensor]:
    """Translate the published names; token type 0 is folded into the positions."""
    kind = published["embeddings.token_type_embeddings.weight"][0]
    ours = {
        "words.weight": published["embeddings.word_embeddings.weight"],
        "positions.weight": published["embeddings.position_embeddings.weight"] + kind,
    } | _rename_layer(published, "embeddings.LayerNorm", "norm")
    return ours | _rename_blocks(
        published,
        size,
        asks=("self.query", "self.key", "self.value"),
        out="output.dense",
        norm="output.LayerNorm",
    )


def load_teacher(path: Path) -> Network:
    """Build the teacher on its published weights (`model.safetensors` of mpnet-base), for the student's piece ids.

    Both know the same pieces; the teacher counts them from four on and has special ones of its own.
    """
    size = Size.of_teacher()
    network = Network(size)
    published = load_file(path)
    theirs = torch.arange(size.vocabulary) + 4
    for ours, its in {PAD: 1, CLS: 0, SEP: 2, MASK: size.vocabulary + 4}.items():
        theirs[ours] = its
    renamed = {
        "words.weight": published["embeddings.word_embeddings.weight"][theirs],
        "positions.weight": published["embeddings.position_embeddings.weight"][2:],
        "distances.weight": published["encoder.relative_attention_bias.weight"],
    } | _rename_layer(published, "embeddings.LayerNorm", "norm")
    renamed |= _rename_blocks(published, size, asks=("attn.q", "attn.k", "attn.v"), out="attn.o", norm="LayerNorm")
    network.load_state_dict(renamed, strict=False)
    return network


def _rename_blocks(
    published: dict[str, Tensor], size: Size, *, asks: tuple[str, str, str], out: str, norm: str
) -> dict[str, Tensor]:
    """Translate the names of all layers; attention calls its three `asks`, `out` and `norm`."""
    ours: dict[str, Tensor] = {}
    for i in range(size.layers):
        theirs, mine = f"encoder.layer.{i}", f"blocks.{i}"
        for part in ("weight", "bias"):
            joined = [published[f"{theirs}.attention.{name}.{part}"] for name in asks]
            ours[f"{mine}.qkv.{part}"] = torch.cat(joined)
        for old, new in (
            (f"attention.{out}", "out"),
            (f"attention.{norm}", "norm1"),
            ("intermediate.dense", "inner"),
            ("output.dense", "outer"),
            ("output.LayerNorm", "norm2"),
        ):
            ours |= _rename_layer(published, f"{theirs}.{old}", f"{mine}.{new}")
    return ours


def _rename_layer(published: dict[str, Tensor], old: str, new: str) -> dict[str, Tensor]:
    return {f"{new}.{part}": published[f"{old}.{part}"] for part in ("weight", "bias")}
