"""Teach a cross-encoder what one thing said is to another, from `corpus/claims` and `corpus/judged`; export it."""

from __future__ import annotations

import json
import logging
import random
import re
import tempfile
import time
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from train.corpora.pairs import NEITHER, find_judged, read_judged, read_packs, read_stories
from train.export import fuse_attention, quantise, trace_network
from train.learning import fill_batches, hide_pieces
from train.network import Size, load_start
from train.runs import START, digest_files, find_start, load_tokenizer, name_command
from whosays.encoder import cut_pair
from whosays.model import GAPS, RELATIONS, sort_gap

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray
    from tokenizers import Tokenizer

    from train.corpora.pairs import Pack
    from train.network import Network

log = logging.getLogger(__name__)

_UNUSED = re.compile(r"\[unused\d+\]")
_LATIN, _SIGNS, _UNKNOWN = 0x250, "–—‘’“”„…•€₹₦₽₴₱′″", 100
"""The code point behind the Latin letters, other signs of English news, and the piece for what is not known."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PairRecipe:
    """How the cross-encoder learns: with the packs and the code, everything that decides its weights."""

    layers: int = 5
    passes: int = 3
    pieces: int = 2048
    """Pieces in a batch, padding included."""
    rate: float = 2e-4
    head_rate: float = 1e-3
    decay: float = 0.9
    """Each layer learns at this share of the rate of the layer above; the word vectors stay as they are."""
    warmup: float = 0.06
    neither: float = 0.3
    """The share of the pairs that are nothing to each other which is gone through: most are. Of those judged, all."""
    judged: int = 2
    """How often a pass goes through the pairs that were judged one by one."""
    hidden: float = 0.04
    """The share of pieces that a step hides behind `[MASK]`."""
    undated: float = 0.1
    """The share of pairs that a step reads without the days between them."""
    smoothing: float = 0.02
    seed: int = 1
    bf16: bool = True


class PairNetwork(nn.Module):
    """The starting encoder over two texts at once, with a side for each piece and the days between; what they are."""

    def __init__(self, network: Network, *, layers: int) -> None:
        super().__init__()
        self.network = network
        network.blocks = network.blocks[:layers]
        width = network.size.width
        self.sides = nn.Embedding(2, width)
        self.gaps = nn.Embedding(GAPS, width)
        for table in (self.sides, self.gaps):
            nn.init.normal_(table.weight, std=0.02)
        self.dense = nn.Linear(width, width)
        self.relation = nn.Linear(width, len(RELATIONS))
        self.dropout = nn.Dropout(network.size.dropout)

    def forward(self, ids: Tensor, sides: Tensor, mask: Tensor, gap: Tensor) -> Tensor:
        """Map (batch, length) ids, sides and mask (1 for a piece) to (batch, relations) log-probabilities.

        `gap` is (batch,): the days between, as `sort_gap` sorts them.
        """
        network = self.network
        places = torch.arange(ids.shape[1], device=ids.device)
        given = self.sides(sides) + self.gaps(gap)[:, None, :]
        x = network.norm(network.words(ids) + network.positions(places) + given)
        leaning = torch.zeros_like(mask, dtype=x.dtype).masked_fill(mask == 0, -1e4)[:, None, None, :]
        for block in network.blocks:
            x = block(x, leaning)
        weight = mask[:, :, None].to(x.dtype)
        mean = (x * weight).sum(dim=1) / weight.sum(dim=1)
        hidden = torch.tanh(self.dense(self.dropout(mean)))
        return functional.log_softmax(self.relation(self.dropout(hidden)).float(), dim=-1)


def list_fold(folders: Sequence[Path], *, fold: int | None) -> list[Path]:
    """Return the stories of all folders, each with a key; without those of one of the two folds, 0 or 1, if given.

    Every second story is of one fold: only what a cross-encoder says of stories that it has not read is worth
    fitting to.
    """
    found = [path.parent for folder in folders for path in sorted(folder.glob("*/key.json"))]
    return [story for i, story in enumerate(found) if fold is None or i % 2 != fold]


def train_relations(packs: Path, stories: Sequence[Path], run: Path, *, recipe: PairRecipe) -> None:
    """Train into `run`: `run.json` with command, recipe and digests, and a checkpoint a pass, which it goes on from.

    What was judged of a story is learned with its key.
    """
    torch.manual_seed(recipe.seed)
    judged = [path for story in stories if (path := find_judged(story))]
    pairs = [pair for pack in (*read_packs(packs), *read_stories(stories)) for pair in _list_pairs(pack)]
    told = [pair for path in judged for pair in _list_pairs(read_judged(path).pack)]
    data = [*sorted(packs.glob("*.jsonl")), *(story / "key.json" for story in stories), *judged]
    _record(data, run, recipe, [*pairs, *told])
    chance = random.Random(recipe.seed)  # noqa: S311  # which pairs, no secret
    pairs = [pair for pair in pairs if pair.relation != NEITHER or chance.random() < recipe.neither]
    pairs += told * recipe.judged
    tokenizer = load_tokenizer()
    network = PairNetwork(load_start(find_start() / "model.safetensors", size=Size()), layers=recipe.layers)
    network.network.words.requires_grad_(False)  # noqa: FBT003  # torch's own signature
    cut = [_cut(pair.left, pair.right, pair, tokenizer) for pair in pairs]
    turned = [_cut(pair.right, pair.left, pair, tokenizer) for pair in pairs]
    plan = _plan([len(row.ids) for row in cut], recipe)
    steps = sum(len(batches) for batches in plan)
    optimizer = torch.optim.AdamW(_group_parameters(network, recipe), weight_decay=0.01, fused=True)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda step: _scale_rate(step, steps, recipe.warmup))
    checkpoint = run / "checkpoints" / "last.pt"
    done = _resume(network, optimizer, schedule, checkpoint)
    chance, started = random.Random(recipe.seed + done), time.monotonic()  # noqa: S311  # sides, no secret
    for number, batches in enumerate(plan):
        if number < done:
            continue
        losses = []
        for batch in batches:
            rows = [chance.choice((cut, turned))[i] for i in batch]
            undated = [row._replace(gap=GAPS - 1) if chance.random() < recipe.undated else row for row in rows]
            losses.append(_take_step(network, optimizer, undated, recipe))
            schedule.step()
        log.info("pass %d of %d (%.0f s): %.3f", number + 1, len(plan), time.monotonic() - started, np.mean(losses))
        checkpoint.parent.mkdir(parents=True, exist_ok=True)
        states = {"network": network, "optimizer": optimizer, "schedule": schedule}
        torch.save({"done": number + 1} | {name: one.state_dict() for name, one in states.items()}, checkpoint)


def export_relations(run: Path, folder: Path) -> None:
    """Write a run's network as `model.onnx` with weights in 8 bits, and the `card.json` that says what it is."""
    record = json.loads((run / "run.json").read_text("utf-8"))
    network = PairNetwork(
        load_start(find_start() / "model.safetensors", size=Size()), layers=record["recipe"]["layers"]
    )
    network.load_state_dict(torch.load(run / "checkpoints" / "last.pt")["network"])
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        plain = Path(scratch) / "plain.onnx"
        write_plain(network, plain, tokenizer=load_tokenizer())
        quantise(plain, folder / "model.onnx", keep=("/dense/", "/relation/"))
    layers = record["recipe"]["layers"]
    card = {
        "notes": {
            "network": f"{layers} layers, 384 wide, begun from {START}; weights in 8 bits",
            "answers": f"for two things said, as {', '.join(RELATIONS)}: how likely each is",
            "data": "corpus/claims, corpus/judged, stories with keys: invented and labelled here; Apache-2.0",
            "weak": "what needs more than one step of thought; two figures of one thing; other languages than English",
            "command": record["command"],
        },
        "digests": record["data"],
    }
    (folder / "card.json").write_text(json.dumps(card, indent=1, ensure_ascii=False) + "\n", "utf-8")


def write_plain(network: PairNetwork, path: Path, *, tokenizer: Tokenizer) -> None:
    """Write the network in 32 bits, for pairs one at a time, of any length."""
    lengths = {"ids": {1: "length"}, "sides": {1: "length"}}
    exported = _Exported(network, list_kept_pieces(tokenizer)).eval()
    example = torch.ones((1, 16), dtype=torch.long)
    inputs = {"ids": example, "sides": torch.zeros_like(example), "gap": torch.zeros((1,), dtype=torch.long)}
    trace_network(exported, path, inputs=inputs, outputs=("relations",), axes=lengths)


class _Exported(nn.Module):
    """The network for one pair at a time, without the word vectors that no English text needs: a seventh of them."""

    def __init__(self, network: PairNetwork, kept: list[int]) -> None:
        super().__init__()
        self.network = fuse_attention(network)
        places = torch.full((network.network.size.vocabulary,), kept.index(_UNKNOWN))
        places[kept] = torch.arange(len(kept))
        self.register_buffer("places", places)
        self.network.network.words = nn.Embedding.from_pretrained(network.network.words.weight.detach()[kept])

    def forward(self, ids: Tensor, sides: Tensor, gap: Tensor) -> Tensor:
        relations: Tensor = self.network(self.places[ids], sides, torch.ones_like(ids), gap)
        return relations


def list_kept_pieces(tokenizer: Tokenizer) -> list[int]:
    """Return the ids of the pieces in Latin letters, digits and signs, in order; all others are read as unknown."""
    vocabulary = tokenizer.get_vocab()
    return sorted(
        number
        for piece, number in vocabulary.items()
        if not _UNUSED.fullmatch(piece) and all(ord(sign) < _LATIN or sign in _SIGNS for sign in piece)
    )


class _Pair(NamedTuple):
    """Two things said, the days between, sorted, and the place of what they are in `RELATIONS`."""

    left: str
    right: str
    gap: int
    relation: int


class CutPair(NamedTuple):
    """A pair as the network reads it: ids and sides, (length,) both."""

    ids: NDArray[np.int64]
    sides: NDArray[np.int64]
    gap: int
    relation: int


def _list_pairs(pack: Pack) -> Iterator[_Pair]:
    for i, j, relation in pack.list_pairs():
        gap = sort_gap(abs((pack.days[i] - pack.days[j]).days))
        yield _Pair(pack.phrases[i], pack.phrases[j], gap, relation)


def _cut(left: str, right: str, pair: _Pair, tokenizer: Tokenizer) -> CutPair:
    ids, sides = cut_pair(left, right, tokenizer=tokenizer)
    return CutPair(ids, sides, pair.gap, pair.relation)


def _record(paths: Sequence[Path], run: Path, recipe: PairRecipe, pairs: Sequence[_Pair]) -> None:
    run.mkdir(parents=True, exist_ok=True)
    counts = {name: sum(pair.relation == i for pair in pairs) for i, name in enumerate(RELATIONS)}
    record = {
        "command": name_command(),
        "date": datetime.now(UTC).date().isoformat(),
        "start": START,
        "recipe": asdict(recipe),
        "torch": torch.__version__,
        "pairs": counts,
        "data": {"/".join(path.parts[-2:]): digest_files([path]) for path in paths},
    }
    (run / "run.json").write_text(json.dumps(record, indent=1) + "\n", "utf-8")


def _plan(lengths: Sequence[int], recipe: PairRecipe) -> list[list[list[int]]]:
    """Return the batches of each pass: pairs of like lengths, in an order that the seed decides."""
    chance = random.Random(recipe.seed)  # noqa: S311  # order of examples, no secret
    sizes, plan = dict(enumerate(lengths)), []
    for _ in range(recipe.passes):
        near = {i: length + chance.random() * 8 for i, length in sizes.items()}
        batches = fill_batches(sorted(sizes, key=near.__getitem__), sizes, recipe.pieces)
        chance.shuffle(batches)
        plan.append(batches)
    return plan


def _take_step(
    network: PairNetwork, optimizer: torch.optim.Optimizer, rows: Sequence[CutPair], recipe: PairRecipe
) -> float:
    network.train()
    ids, sides, mask, gap = collate(rows)
    ids = hide_pieces(ids, recipe.hidden)
    with torch.autocast("cpu", dtype=torch.bfloat16, enabled=recipe.bf16):
        said = network(ids, sides, mask, gap)
    right = torch.tensor([row.relation for row in rows])
    loss = functional.cross_entropy(said, right, label_smoothing=recipe.smoothing)
    optimizer.zero_grad()
    loss.backward()  # type: ignore[no-untyped-call]  # torch leaves it untyped
    torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
    optimizer.step()
    return float(loss.detach())


def collate(rows: Sequence[CutPair]) -> tuple[Tensor, Tensor, Tensor, Tensor]:
    """Pad cut pairs to ids, sides and mask, (batch, length) each; the days between are (batch,)."""
    length = max(len(row.ids) for row in rows)
    ids, sides, mask = (torch.zeros((len(rows), length), dtype=torch.long) for _ in range(3))
    for i, row in enumerate(rows):
        size = len(row.ids)
        ids[i, :size], sides[i, :size], mask[i, :size] = torch.from_numpy(row.ids), torch.from_numpy(row.sides), 1
    return ids, sides, mask, torch.tensor([row.gap for row in rows])


def _group_parameters(network: PairNetwork, recipe: PairRecipe) -> list[dict[str, object]]:
    own = [
        *network.sides.parameters(),
        *network.gaps.parameters(),
        *network.dense.parameters(),
        *network.relation.parameters(),
    ]
    groups: list[dict[str, object]] = [{"params": own, "lr": recipe.head_rate}]
    blocks = list(network.network.blocks)
    groups += [
        {"params": list(block.parameters()), "lr": recipe.rate * recipe.decay**depth}
        for depth, block in enumerate(reversed(blocks))
    ]
    return groups


def _scale_rate(step: int, steps: int, warmup: float) -> float:
    return min(1.0, (step + 1) / (warmup * steps)) * max(0.02, 1 - step / steps)


def _resume(network: PairNetwork, optimizer: torch.optim.Optimizer, schedule: object, checkpoint: Path) -> int:
    """Take up a checkpoint, if one is there; returns how many passes are done."""
    if not checkpoint.exists():
        return 0
    state = torch.load(checkpoint)
    for name, one in (("network", network), ("optimizer", optimizer), ("schedule", schedule)):
        one.load_state_dict(state[name])  # type: ignore[attr-defined]  # a schedule has it too
    return int(state["done"])
