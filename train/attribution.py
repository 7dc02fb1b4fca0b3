"""Train the attribution heads on PolNeAR."""

from __future__ import annotations

import logging
import math
import random
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

import torch
from torch import Tensor
from torch.nn import functional

from train.examples import Batch, Example, collate

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from train.network import Network

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipe:
    """How a run learns: everything that, with the data and the code, decides the weights."""

    epochs: int = 6
    batch: int = 16
    rate: float = 2e-4
    head_rate: float = 1e-3
    decay: float = 0.8
    """Each layer learns at this share of the rate of the layer above."""
    warmup: float = 0.1
    link_weight: float = 0.3
    seed: int = 1
    bf16: bool = False
    """Multiply in bfloat16: faster on CPUs with AMX, many times slower on those without."""


def train(network: Network, examples: list[Example], *, recipe: Recipe, checkpoint: Path) -> None:
    """Train in place; write a checkpoint after each epoch and go on from one that is there."""
    torch.manual_seed(recipe.seed)
    optimizer = torch.optim.AdamW(_group_parameters(network, recipe), weight_decay=0.01)
    steps = recipe.epochs * math.ceil(len(examples) / recipe.batch)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda step: _scale_rate(step, steps, recipe.warmup))
    for epoch in range(_resume(network, optimizer, schedule, checkpoint), recipe.epochs):
        started, total, count = time.monotonic(), 0.0, 0
        for batch in _shuffle(examples, recipe, epoch):
            loss = _take_step(network, optimizer, batch, recipe)
            schedule.step()
            total, count = total + loss, count + 1
            if count % 20 == 0:
                log.info("epoch %d step %d loss %.4f (%.0f s)", epoch, count, total / count, time.monotonic() - started)
        _save(network, optimizer, schedule, epoch + 1, checkpoint)


def _take_step(network: Network, optimizer: torch.optim.Optimizer, batch: Batch, recipe: Recipe) -> float:
    network.train()
    with torch.autocast("cpu", dtype=torch.bfloat16, enabled=recipe.bf16):
        tags, links = network(batch.ids, batch.shapes, batch.mask)
    loss = functional.nll_loss(tags.flatten(0, 1), batch.tags.flatten(), ignore_index=-100)
    loss = loss + recipe.link_weight * _measure_links(links, batch)
    optimizer.zero_grad()
    loss.backward()  # type: ignore[no-untyped-call]  # torch leaves it untyped
    torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
    optimizer.step()
    return float(loss.detach())


def _measure_links(links: Tensor, batch: Batch) -> Tensor:
    """Mean cross-entropy of choosing, for every content part, its cue and its source in the window, or none."""
    asked = [(row, link) for row, example in enumerate(batch.examples) for link in example.links]
    if not asked:
        return links.sum() * 0
    sums = functional.pad(links.cumsum(dim=1), (0, 0, 0, 0, 1, 0))
    contents = [(row, *link.content) for row, link in asked]
    cues = [(row, *cue) for row, example in enumerate(batch.examples) for cue in example.cues]
    sources = [(row, *source) for row, example in enumerate(batch.examples) for source in example.sources]
    right_cues = [(row, *link.cue) if link.cue else None for row, link in asked]
    right_sources = [(row, *link.source) if link.source else None for row, link in asked]
    return _measure_choices(sums[:, :, 0:2], contents, cues, right_cues) + _measure_choices(
        sums[:, :, 2:4], contents, sources, right_sources
    )


Place = tuple[int, int, int]
"""A row of the batch, and a start and end in it."""


def _measure_choices(sums: Tensor, asking: list[Place], answering: list[Place], right: list[Place | None]) -> Tensor:
    """Score choices; `sums` is (batch, length + 1, 2, d), running sums of asking and answering vectors."""
    questions, answers = _average(sums[:, :, 0], asking), _average(sums[:, :, 1], answering)
    same = torch.tensor([[a[0] == b[0] for b in answering] for a in asking]).view(len(asking), len(answering))
    scores = (questions @ answers.T).masked_fill(~same, -1e4)
    scores = torch.cat([scores, torch.zeros(len(asking), 1)], dim=1)
    targets = [answering.index(place) if place else len(answering) for place in right]
    return functional.cross_entropy(scores, torch.tensor(targets))


def _average(sums: Tensor, places: list[Place]) -> Tensor:
    """Return the mean vector of each place, (n, d)."""
    rows, starts, ends = torch.tensor(places, dtype=torch.long).view(-1, 3).T
    return (sums[rows, ends] - sums[rows, starts]) / (ends - starts)[:, None]


def _group_parameters(network: Network, recipe: Recipe) -> list[dict[str, object]]:
    groups: dict[float, list[torch.nn.Parameter]] = {}
    for name, parameter in network.named_parameters():
        groups.setdefault(_pick_rate(name, network, recipe), []).append(parameter)
    return [{"params": parameters, "lr": rate} for rate, parameters in groups.items()]


def _pick_rate(name: str, network: Network, recipe: Recipe) -> float:
    room, _, rest = name.partition(".")
    if room in {"tags", "links", "shapes"}:
        return recipe.head_rate
    layer = int(rest.split(".")[0]) if room == "blocks" else -1
    return float(recipe.rate * recipe.decay ** (network.size.layers - 1 - layer))


def _scale_rate(step: int, steps: int, warmup: float) -> float:
    done = step / steps
    return done / warmup if done < warmup else max(0.0, (1 - done) / (1 - warmup))


def _shuffle(examples: list[Example], recipe: Recipe, epoch: int) -> Iterator[Batch]:
    """Yield batches of like length in random order, the same for the same seed and epoch."""
    chance = random.Random(f"{recipe.seed}:{epoch}")  # noqa: S311  # order of examples, no secret
    order = sorted(range(len(examples)), key=lambda i: len(examples[i].ids) + chance.random() * 24)
    batches = [order[i : i + recipe.batch] for i in range(0, len(order), recipe.batch)]
    chance.shuffle(batches)
    for batch in batches:
        yield collate([examples[i] for i in batch])


def _save(
    network: Network,
    optimizer: torch.optim.Optimizer,
    schedule: torch.optim.lr_scheduler.LambdaLR,
    epoch: int,
    checkpoint: Path,
) -> None:
    state = {
        "network": network.state_dict(),
        "optimizer": optimizer.state_dict(),
        "schedule": schedule.state_dict(),
        "epoch": epoch,
    }
    checkpoint.parent.mkdir(parents=True, exist_ok=True)
    partial = checkpoint.with_suffix(".partial")
    torch.save(state, partial)
    partial.replace(checkpoint)


def _resume(
    network: Network,
    optimizer: torch.optim.Optimizer,
    schedule: torch.optim.lr_scheduler.LambdaLR,
    checkpoint: Path,
) -> int:
    if not checkpoint.exists():
        return 0
    state = torch.load(checkpoint)
    network.load_state_dict(state["network"])
    optimizer.load_state_dict(state["optimizer"])
    schedule.load_state_dict(state["schedule"])
    return int(state["epoch"])
