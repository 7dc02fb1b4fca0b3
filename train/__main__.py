"""`python -m train`: train the model, export it, and measure everything that has a number."""

from __future__ import annotations

import io
import json
import logging
import sys
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path

import click

CORPORA = Path(__file__).resolve().parents[2] / "shared" / "corpora"
COVERAGE = CORPORA.parent / "coverage"


@click.group()
def main() -> None:
    """Train and measure. Corpora are looked for in ../shared/corpora unless --corpora says otherwise."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")


@main.command()
@click.option("--corpora", type=click.Path(path_type=Path, exists=True), default=CORPORA, show_default=True)
@click.option("--run", type=click.Path(path_type=Path), default=Path("runs/polnear"), show_default=True)
@click.option("--epochs", default=4, show_default=True)
@click.option("--articles", type=int, help="Only so many articles, to try it out.")
@click.option("--bf16", is_flag=True, help="Multiply in bfloat16; only on CPUs with AMX.")
def attribution(corpora: Path, run: Path, epochs: int, articles: int | None, *, bf16: bool) -> None:
    """Train source, cue and content on PolNeAR; goes on from the checkpoint of a run that was killed."""
    from train.attribution import Recipe
    from train.runs import train_run

    train_run(corpora / "polnear", run, recipe=Recipe(epochs=epochs, bf16=bf16), articles=articles)


@main.command()
@click.option("--run", type=click.Path(path_type=Path), default=Path("runs/polnear"), show_default=True)
@click.option("--to", "folder", type=click.Path(path_type=Path), default=Path("src/whosays/encoder/weights"))
def export(run: Path, folder: Path) -> None:
    """Write a run's network as the ONNX folder that whosays loads."""
    from train.runs import export_run

    export_run(run, folder)
    click.echo(f"wrote {folder}")


@main.group()
def evaluate() -> None:
    """Measure on development data, and print the split, the metric and the date."""
    click.echo(f"date {datetime.now(UTC).date().isoformat()}")


@evaluate.command()
@click.option("--corpora", type=click.Path(path_type=Path, exists=True), default=CORPORA, show_default=True)
@click.option("--model", type=click.Path(path_type=Path), help="A model folder; the shipped one by default.")
def polnear(corpora: Path, model: Path | None) -> None:
    """Attribution on PolNeAR dev: exact spans, tokens, whole attributions (F1)."""
    from train.corpora.polnear import read_polnear
    from train.score_attribution import score_attributions
    from whosays.encoder import SHIPPED, OnnxEncoder

    encoder = OnnxEncoder(model or SHIPPED)
    score = score_attributions(read_polnear(corpora / "polnear", split="dev"), encoder)
    click.echo(f"split PolNeAR dev; model {encoder.version}; F1")
    for role in ("source", "cue", "content"):
        click.echo(f"{role:8} exact span {score.exact[role].f1:.3f}   token {score.token[role].f1:.3f}")
    click.echo(f"attribution (content Jaccard >= 0.5 and source right) {score.attribution.f1:.3f}")
    click.echo(f"source right where the content is found {score.source_given_content.f1:.3f}")


@evaluate.command()
@click.option("--corpora", type=click.Path(path_type=Path, exists=True), default=CORPORA, show_default=True)
@click.option("--coverage", type=click.Path(path_type=Path, exists=True), default=COVERAGE, show_default=True)
def pages(corpora: Path, coverage: Path) -> None:
    """Pages: body F1, title, day, and the share of spans that lead back exactly; beside trafilatura alone."""
    from train import score_pages

    click.echo("split: all development pages (article-extraction benchmark 180, fundus 82); shingle F1 of the body")
    for name, score in score_pages.score_readers(corpora / "pages").items():
        click.echo(f"{name:24} {score.describe()}")
    score, right, known = score_pages.score_coverage_heads(coverage)
    click.echo(f"{'coverage whosays':24} {score.describe()}")
    click.echo("coverage, fields of the head: " + ", ".join(f"{n} {right[n]}/{known[n]}" for n in known))
    bodies = [*score_pages.list_bodies(corpora / "pages"), *score_pages.list_coverage(coverage)]
    fidelity = score_pages.count_fidelity(bodies)
    click.echo(
        f"spans: {fidelity.pages} pages ({fidelity.refused} refused); "
        f"paragraphs exact {fidelity.paragraphs_exact}/{fidelity.paragraphs}, "
        f"sentences exact {fidelity.sentences_exact}/{fidelity.sentences}"
    )
    for line in fidelity.wrong[:20]:
        click.echo(f"  not exact: {line}")


@evaluate.command()
@click.option("--coverage", type=click.Path(path_type=Path, exists=True), default=COVERAGE, show_default=True)
@click.option("--misses", is_flag=True, help="Print every field that differs from the key.")
def sheets(coverage: Path, *, misses: bool) -> None:
    """Whole sheets against the keys of the invented stories: who, how sure, on what, how many."""
    from train.score_coverage import FIELDS, score_coverage
    from whosays.config import Settings, make_means

    means = make_means(Settings(), now=lambda: datetime.now(UTC), stdin=io.BytesIO())
    score = score_coverage(coverage, means=means)
    click.echo(f"split coverage (3 stories, 36 pages); statements found {score.found}/{score.statements}")
    for name in FIELDS:
        click.echo(f"{name:18} {score.right[name]}/{score.found}")
    click.echo(f"figures: value {score.figure_values}/{score.figures}, with outcome {score.figures_with_outcome}")
    for miss in score.misses if misses else ():
        click.echo(json.dumps(asdict(miss), ensure_ascii=False))


if __name__ == "__main__":
    sys.exit(main())
