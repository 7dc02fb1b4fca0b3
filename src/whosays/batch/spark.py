"""The same stages on Apache Spark: every shard a task, every story a task, on a folder that all workers see.

Reading writes the same parts and markers as on one machine, so that a task that is tried again goes on where the one
before it died. Linking is a blocking join by key, the pairs compared, their connected components, and each of those
grouped and linked by the functions that one machine uses too (`grouping`, `linking`, `link`).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from functools import partial
from itertools import chain, groupby
from operator import itemgetter
from threading import Thread
from typing import TYPE_CHECKING, Any

import pyarrow as pa
from pyspark import SparkConf, TaskContext
from pyspark.sql import SparkSession
from pyspark.sql import functions as sql

from whosays.batch.grouping import choose_compared, list_chains, list_near, order_day
from whosays.batch.linking import ARTICLE, STORIES, clear_linked, make_article, make_rows, tell_linked, write_linked
from whosays.batch.running import LOOK, PART, Progress, is_done, look, take_up_shard
from whosays.config import Settings, make_cross
from whosays.ledger.records import read_gist
from whosays.link import group_gists, list_alike

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from pyspark.sql import DataFrame

    from whosays.batch.shards import Shard
    from whosays.model import Gist

_SETTINGS = {
    "spark.task.maxFailures": "50",  # a page that kills its reader takes two tries to be known
    "spark.sql.execution.arrow.maxRecordsPerBatch": "1000",  # articles are large rows
    "spark.ui.showConsoleProgress": "false",
}
_PARTITIONS, _FEWEST, _SHARE = "spark.sql.shuffle.partitions", 8, 4
"""Partitions of a shuffle: so many a core, but not fewer."""
_MOST_ROUNDS = 100
"""Rounds in which labels run along a chain of likeness; none is so long that this is ever met."""


def open_spark(master: str | None) -> SparkSession:
    """Return the session that `spark-submit` began, or one of its own; `master` as Spark writes it: spark://host:7077.

    What whosays needs of Spark's settings is set where nobody has set it.
    """
    conf = SparkConf()
    for name, value in _SETTINGS.items():
        conf.setIfMissing(name, value)
    builder = SparkSession.builder.appName("whosays batch").config(conf=conf)
    spark = (builder.master(master) if master is not None else builder).getOrCreate()
    spark.sparkContext.setLogLevel("ERROR")
    if not spark.sparkContext.getConf().contains(_PARTITIONS):
        spark.conf.set(_PARTITIONS, max(_FEWEST, _SHARE * spark.sparkContext.defaultParallelism))
    return spark


def run_on_spark(
    shards: list[Shard], folder: Path, *, settings: Settings, spark: SparkSession, part: int = PART
) -> Iterator[Progress]:
    """Read all shards into tables in a folder, as `run_batch` does; yields how far it is about every second."""
    waiting = [shard for shard in shards if not is_done(shard, folder)]
    failed: list[Exception] = []

    def work() -> None:
        task = partial(take_up_shard, folder=folder, settings=settings, part=part)
        try:
            spark.sparkContext.parallelize(waiting, max(1, len(waiting))).foreach(task)
        except Exception as error:  # noqa: BLE001  # of the engine or a task; raised again by who waits
            failed.append(error)

    thread = Thread(target=work, daemon=True)
    thread.start()
    try:
        while thread.is_alive():
            thread.join(LOOK)
            yield look(shards, folder)
    finally:
        if thread.is_alive():
            spark.sparkContext.cancelAllJobs()
    if failed:
        raise failed[0]


def link_on_spark(folder: Path, *, spark: SparkSession) -> int:
    """Link all articles of a batch's folder, as `link_tables` does; returns how many there are."""
    articles = spark.read.parquet(str(folder / "articles")).dropDuplicates(["id"])
    heads = articles.select("id", "keys", "gist", "day").cache()
    alike = _compare(heads).cache()
    stories = _group(heads, _label(heads.select("id"), alike), alike)
    clear_linked(folder)
    tasks = int(spark.conf.get(_PARTITIONS) or _FEWEST)
    members = (
        stories.join(articles.select(*ARTICLE), "id").repartition(tasks, "story").sortWithinPartitions("story", "id")
    )
    written = members.mapInArrow(partial(_link, folder=folder), "articles long")
    return sum(row["articles"] for row in written.collect())


def _compare(heads: DataFrame) -> DataFrame:
    """Return (id, other, score) of all articles that are alike: those that share keys near a day are compared."""
    under = heads.select("id", "day", sql.explode("keys").alias("key"))
    near = under.groupBy("key").applyInArrow(_list_near, "id string, others array<string>")
    chosen = (
        near.groupBy("id")
        .agg(sql.collect_list("others").alias("others"))
        .mapInArrow(_choose, "id string, other string")
    )
    one = heads.select("id", "gist", "day")
    other = heads.select(
        sql.col("id").alias("other"), sql.col("gist").alias("other_gist"), sql.col("day").alias("other_day")
    )
    pairs = chosen.join(one, "id").join(other, "other")
    return pairs.groupBy("id").applyInArrow(_score, "id string, other string, score double")


def _label(names: DataFrame, alike: DataFrame) -> DataFrame:
    """Return (id, chain): the connected components, each named by its first article; labels run along the pairs."""
    there = alike.select("id", "other")
    both = there.union(there.select(sql.col("other").alias("id"), sql.col("id").alias("other"))).cache()
    labels = names.withColumn("chain", sql.col("id"))
    for _ in range(_MOST_ROUNDS):
        around = (
            both.join(labels.withColumnRenamed("id", "other"), "other")
            .groupBy("id")
            .agg(sql.min("chain").alias("least"))
        )
        moved = labels.join(around, "id", "left").select(
            "id",
            sql.least("chain", sql.coalesce("least", "chain")).alias("chain"),
            (sql.col("least") < sql.col("chain")).alias("new"),
        )
        moved = moved.localCheckpoint()
        labels = moved.select("id", "chain")
        if not moved.filter("new").limit(1).count():
            break
    return labels


def _group(heads: DataFrame, labels: DataFrame, alike: DataFrame) -> DataFrame:
    """Return (id, story): every component cut into chains that are not too long, and these grouped."""
    nodes = heads.select("id", "gist", "day").join(labels, "id").groupBy("chain")
    pairs = alike.join(labels, "id").groupBy("chain")
    return nodes.cogroup(pairs).applyInArrow(_split, "id string, story string")


def _list_near(table: pa.Table) -> pa.Table:
    days = {row["id"]: row["day"] for row in table.to_pylist()}
    rows = sorted((order_day(day), name) for name, day in days.items())
    return pa.table(
        {
            "id": pa.array([name for _, name in rows], pa.string()),
            "others": pa.array([list_near(rows, days[name], name) for _, name in rows], pa.list_(pa.string())),
        }
    )


def _choose(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    for batch in batches:
        pairs = [
            (row["id"], other)
            for row in batch.to_pylist()
            for other in choose_compared(row["id"], Counter(chain.from_iterable(row["others"])))
        ]
        yield _columns(pairs, id=pa.string(), other=pa.string())


def _score(table: pa.Table) -> pa.Table:
    rows = sorted(table.to_pylist(), key=itemgetter("other"))
    one = _read(rows[0]["gist"], rows[0]["day"])
    others = [_read(row["other_gist"], row["other_day"]) for row in rows]
    found = [(rows[0]["id"], rows[place]["other"], float(score)) for place, score in list_alike(one, others)]
    return pa.Table.from_batches([_columns(found, id=pa.string(), other=pa.string(), score=pa.float64())])


def _split(nodes: pa.Table, pairs: pa.Table) -> pa.Table:
    gists = {row["id"]: _read(row["gist"], row["day"]) for row in nodes.to_pylist()}
    alike: dict[str, dict[str, float]] = defaultdict(dict)
    for row in pairs.to_pylist():
        alike[row["id"]][row["other"]] = alike[row["other"]][row["id"]] = row["score"]
    stories: list[tuple[str, str]] = []
    for names in list_chains(set(gists), alike):
        for group in group_gists([gists[name] for name in names]):
            members = [names[i] for i in group]
            stories += [(name, min(members)) for name in members]
    return pa.Table.from_batches([_columns(stories, id=pa.string(), story=pa.string())])


def _link(batches: Iterable[pa.RecordBatch], *, folder: Path) -> Iterator[pa.RecordBatch]:
    """Link the stories of a partition, whose rows come story by story; a task that is tried again writes the same."""
    context = TaskContext.get()
    number = context.partitionId() if context is not None else 0
    rows, cross = make_rows(), make_cross(Settings(threads=1))
    part = count = 0
    for _, story in groupby((row for batch in batches for row in batch.to_pylist()), key=itemgetter("story")):
        members = [make_article(row) for row in story]
        count += len(members)
        tell_linked(members, rows, cross)
        if len(rows["stories"]) >= STORIES:
            write_linked(folder, f"part-{number:05}-{part:05}", rows)
            rows, part = make_rows(), part + 1
    write_linked(folder, f"part-{number:05}-{part:05}", rows)
    yield _columns([(count,)], articles=pa.int64())


def _columns(rows: list[tuple[Any, ...]], **types: pa.DataType) -> pa.RecordBatch:
    """Return rows as a batch of columns."""
    columns = zip(*rows, strict=True) if rows else ([] for _ in types)
    arrays = [pa.array(list(values), kind) for values, kind in zip(columns, types.values(), strict=True)]
    return pa.RecordBatch.from_arrays(arrays, names=list(types))


def _read(gist: str, day: int | None) -> Gist:
    return read_gist(gist, order_day(day))
