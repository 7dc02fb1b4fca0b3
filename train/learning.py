"""Teach the network all its heads at once, a batch of one corpus at a time."""

from __future__ import annotations

import logging
import random
import time
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import torch
from torch import Tensor
from torch.nn import functional

from train.examples import Batch, Example, collate
from train.network import MASK, SEP

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from train.examples import Clauses
    from train.network import Answers, Network

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipe:
    """How a run learns: everything that, with the data and the code, decides the weights."""

    pieces: int = 2048
    """Pieces in a batch, padding included."""
    rate: float = 1.5e-4
    head_rate: float = 1e-3
    decay: float = 0.85
    """Each layer learns at this share of the rate of the layer above; the word vectors stay as they are."""
    warmup: float = 0.05
    link_weight: float = 0.3
    average: float = 0.999
    """The weights kept are a running mean of those learned; this share of it stays at each step."""
    save_every: int = 100
    seed: int = 1
    hidden: float = 0.05
    """The share of pieces that a step hides behind `[MASK]`, so that no name or topic is leant on."""
    bf16: bool = False
    """Multiply in bfloat16: faster on CPUs with AMX or AVX-512 BF16, many times slower on those without."""

    def at_rate(self, rate: float) -> Recipe:
        """Return the same recipe with another rate of the top layer; that of the heads goes with it."""
        return replace(self, rate=rate, head_rate=self.head_rate * rate / self.rate)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Course:
    """One corpus in the mix: its windows, how often they are gone through, and what its loss weighs."""

    name: str
    examples: list[Example]
    passes: float
    weight: float = 1.0


def train(network: Network, courses: list[Course], *, recipe: Recipe, checkpoint: Path) -> None:
    """Train in place; writes a checkpoint every so many steps and goes on from one that is there."""
    torch.manual_seed(recipe.seed)
    network.words.requires_grad_(False)  # noqa: FBT003  # torch's own signature
    plan = _plan_batches(courses, recipe)
    optimizer = torch.optim.AdamW(_group_parameters(network, recipe), weight_decay=0.01, fused=True)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda step: _scale_rate(step, len(plan), recipe.warmup))
    mean = {name: value.detach().clone() for name, value in network.state_dict().items()}
    done = _resume(network, optimizer, schedule, mean, checkpoint)
    log.info("%d steps, %d done", len(plan), done)
    started, losses = time.monotonic(), dict[str, list[float]]()
    for step in range(done, len(plan)):
        course, chosen = plan[step]
        batch = collate([course.examples[i] for i in chosen])
        losses.setdefault(course.name, []).append(_take_step(network, optimizer, batch, recipe, course.weight))
        schedule.step()
        _update_mean(mean, network, min(recipe.average, (1 + step) / (10 + step)))
        if (step + 1) % 20 == 0:
            told = ", ".join(f"{name} {sum(recent[-20:]) / len(recent[-20:]):.3f}" for name, recent in losses.items())
            log.info("step %d of %d (%.0f s): %s", step + 1, len(plan), time.monotonic() - started, told)
        if (step + 1) % recipe.save_every == 0 or step + 1 == len(plan):
            _save(network, optimizer, schedule, mean, step + 1, checkpoint)
    network.load_state_dict(mean)


def _plan_batches(courses: list[Course], recipe: Recipe) -> list[tuple[Course, list[int]]]:
    """Return all batches of the run in an order that the seed decides; each of one corpus, of like lengths."""
    chance = random.Random(recipe.seed)  # noqa: S311  # order of examples, no secret
    plan: list[tuple[Course, list[int]]] = []
    for course in courses:
        left = course.passes
        while left > 0:
            count = round(min(1.0, left) * len(course.examples))
            picked = chance.sample(range(len(course.examples)), count)
            lengths = {i: len(course.examples[i].ids) for i in picked}
            near = {i: length + chance.random() * 16 for i, length in lengths.items()}
            batches = fill_batches(sorted(picked, key=near.__getitem__), lengths, recipe.pieces)
            plan += [(course, batch) for batch in batches]
            left -= 1.0
    chance.shuffle(plan)
    return plan


def fill_batches(order: Iterable[int], lengths: Mapping[int, int], pieces: int) -> list[list[int]]:
    """Cut indexes, sorted by length, into batches of at most so many pieces, padding included."""
    batches: list[list[int]] = [[]]
    for i in order:
        if batches[-1] and (len(batches[-1]) + 1) * lengths[i] > pieces:
            batches.append([])
        batches[-1].append(i)
    return [batch for batch in batches if batch]


def _take_step(
    network: Network, optimizer: torch.optim.Optimizer, batch: Batch, recipe: Recipe, weight: float
) -> float:
    network.train()
    with torch.autocast("cpu", dtype=torch.bfloat16, enabled=recipe.bf16):
        ids = batch.ids if batch.vectors is not None else hide_pieces(batch.ids, recipe.hidden)
        answers: Answers = network(ids, batch.shapes, batch.mask)
    loss = weight * measure_loss(answers, batch, recipe)
    optimizer.zero_grad()
    loss.backward()  # type: ignore[no-untyped-call]  # torch leaves it untyped
    torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
    optimizer.step()
    return float(loss.detach())


def hide_pieces(ids: Tensor, share: float) -> Tensor:
    """Put `[MASK]` in the place of so many pieces, special ones left as they are."""
    return ids.masked_fill((torch.rand(ids.shape) < share) & (ids > SEP), MASK)


def measure_loss(answers: Answers, batch: Batch, recipe: Recipe) -> Tensor:
    """Add up the losses of all that the batch knows."""
    loss = answers.tags.sum() * 0
    for head, labels in batch.labels.items():
        said: Tensor = getattr(answers, head)
        loss = loss + functional.nll_loss(said.flatten(0, 1), labels.flatten(), ignore_index=-100)
    for head, told in batch.told.items():
        loss = loss + _measure_told(getattr(answers, head), told, batch.mask)
    if "tags" in batch.labels or "tags" in batch.told:
        loss = loss + recipe.link_weight * _measure_links(answers.links, batch)
    if batch.factuality is not None:
        known = ~batch.factuality.isnan()
        errors = functional.smooth_l1_loss(answers.factuality[known], batch.factuality[known], reduction="sum")
        loss = loss + errors / known.sum().clamp(min=1)
    if batch.story is not None:
        loss = loss + _measure_story(answers.events, batch)
    if batch.vectors is not None:
        loss = loss + _measure_vectors(answers.vectors, batch.mask, batch.vectors)
    return loss


def _measure_told(said: Tensor, told: Tensor, mask: Tensor) -> Tensor:
    """Mean cross-entropy with what a teacher says of each piece that stands for characters."""
    inner = _drop_special(mask)
    return -((told.exp() * said).sum(dim=-1) * inner).sum() / inner.sum()


def _measure_story(events: Tensor, batch: Batch) -> Tensor:
    """Cross-entropy of a text's type, each type as likely as its likeliest pieces make it."""
    hidden = events.masked_fill(batch.mask[:, :, None] == 0, -1e4)
    pooled = hidden[:, :, 2:].logsumexp(dim=1)
    return functional.cross_entropy(pooled, batch.story - 2) if batch.story is not None else events.sum() * 0


def _measure_vectors(vectors: Tensor, mask: Tensor, wanted: Tensor) -> Tensor:
    """One minus the cosine between a sentence's mean vector and the one it had."""
    return (1 - functional.cosine_similarity(average_pieces(vectors, mask), wanted)).mean() * 2


def average_pieces(values: Tensor, mask: Tensor) -> Tensor:
    """Mean over the pieces of each row, special ones and padding left out: (batch, length, n) to (batch, n)."""
    inner = _drop_special(mask)
    return (values * inner[:, :, None]).sum(dim=1) / inner.sum(dim=1, keepdim=True).clamp(min=1)


def _drop_special(mask: Tensor) -> Tensor:
    inner = mask.clone()
    inner[:, 0] = 0
    inner[torch.arange(len(inner)), mask.sum(dim=1) - 1] = 0
    return inner


def settle_vectors(
    network: Network, alone: list[Example], placed: list[Clauses], *, ridge: float = 1e-2, weight: float = 2.0
) -> tuple[float, float]:
    """Fit the sentence vectors to the wanted ones in closed form, the rest of the network being as it is.

    Sentences stand `alone`, and clauses in their text: without these, a vector tells more of its surroundings than of
    what is said. A sentence alone weighs `weight` clauses. Returns the mean cosine between fitted and wanted vectors of
    either, on a tenth that the fit did not see.
    """
    network.eval()
    parts = [list(_average_alone(network, alone)), list(_average_placed(network, placed))]
    known: list[tuple[Tensor, Tensor]] = []
    held: list[tuple[Tensor, Tensor]] = []
    for part, share in zip(parts, (weight, 1.0), strict=True):
        inputs, targets = (torch.cat(rows).double() for rows in zip(*part, strict=True))
        apart = torch.arange(len(inputs)) % 10 == 0
        known.append((inputs[~apart] * share**0.5, targets[~apart] * share**0.5))
        held.append((inputs[apart], targets[apart]))
    inputs, targets = (torch.cat(rows) for rows in zip(*known, strict=True))
    products = inputs.T @ inputs
    products += ridge * products.diagonal().mean() * torch.eye(len(products), dtype=torch.float64)
    fitted = torch.linalg.solve(products, inputs.T @ targets)
    with torch.no_grad():
        network.vectors.weight.copy_(fitted.T.float())
    of_alone, of_placed = (float(functional.cosine_similarity(x @ fitted, y).mean()) for x, y in held)
    return of_alone, of_placed


def _average_alone(network: Network, examples: list[Example]) -> Iterator[tuple[Tensor, Tensor]]:
    """Yield the layers' means of whole sentences, and the vectors that are wanted for them."""
    with torch.no_grad():
        for first in range(0, len(examples), 64):
            batch = collate(examples[first : first + 64])
            layers = network(batch.ids, batch.shapes, batch.mask).layers
            wanted = batch.vectors if batch.vectors is not None else layers
            yield average_pieces(layers, batch.mask), functional.normalize(wanted, dim=1)


def _average_placed(network: Network, placed: list[Clauses]) -> Iterator[tuple[Tensor, Tensor]]:
    """Yield the layers' means of clauses in their text, and the vectors that are wanted for them."""
    with torch.no_grad():
        for clauses in placed:
            batch = collate([clauses.window])
            (layers,) = network(batch.ids, batch.shapes, batch.mask).layers
            means = torch.stack([layers[start:end].mean(dim=0) for start, end in clauses.places])
            yield means, functional.normalize(torch.from_numpy(clauses.vectors), dim=1)


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
        if not parameter.requires_grad:
            continue
        groups.setdefault(_pick_rate(name, network, recipe), []).append(parameter)
    return [{"params": parameters, "lr": rate} for rate, parameters in groups.items()]


def _pick_rate(name: str, network: Network, recipe: Recipe) -> float:
    room, _, rest = name.partition(".")
    if room in {"tags", "links", "shapes", "heads", "factuality"}:
        return recipe.head_rate
    layer = int(rest.split(".")[0]) if room == "blocks" else network.size.layers - 1 if room == "vectors" else -1
    return float(recipe.rate * recipe.decay ** (network.size.layers - 1 - layer))


def _scale_rate(step: int, steps: int, warmup: float) -> float:
    done = step / steps
    return done / warmup if done < warmup else max(0.0, (1 - done) / (1 - warmup))


def _update_mean(mean: dict[str, Tensor], network: Network, share: float) -> None:
    with torch.no_grad():
        for name, value in network.state_dict().items():
            mean[name].lerp_(value, 1 - share)


def _save(
    network: Network,
    optimizer: torch.optim.Optimizer,
    schedule: torch.optim.lr_scheduler.LambdaLR,
    mean: dict[str, Tensor],
    step: int,
    checkpoint: Path,
) -> None:
    state = {
        "network": network.state_dict(),
        "optimizer": optimizer.state_dict(),
        "schedule": schedule.state_dict(),
        "mean": mean,
        "step": step,
        "chance": torch.get_rng_state(),
    }
    checkpoint.parent.mkdir(parents=True, exist_ok=True)
    partial = checkpoint.with_suffix(".partial")
    torch.save(state, partial)
    partial.replace(checkpoint)


def _resume(
    network: Network,
    optimizer: torch.optim.Optimizer,
    schedule: torch.optim.lr_scheduler.LambdaLR,
    mean: dict[str, Tensor],
    checkpoint: Path,
) -> int:
    if not checkpoint.exists():
        return 0
    state = torch.load(checkpoint)
    network.load_state_dict(state["network"])
    optimizer.load_state_dict(state["optimizer"])
    schedule.load_state_dict(state["schedule"])
    mean.update(state["mean"])
    torch.set_rng_state(state["chance"])
    return int(state["step"])
