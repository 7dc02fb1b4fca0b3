"""Stories and claims as rows: which articles are in which, what links them, what is to be linked again."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, cast

from whosays.errors import NotKept
from whosays.ledger.linked.likeness import drop_gist
from whosays.ledger.records import read_linking as read_record
from whosays.ledger.records import read_text, write_linking
from whosays.model import KeptClaim, KeptStory, LinkKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from whosays.ledger.database import Database, Row, Value
    from whosays.model import Claim, Linking, Question

_STORY = "id, title, articles, outlets, first, last, texts, claims, disputes, updates, record IS NOT NULL"
_CLAIM = (
    "claim.story, claim.id, claim.text, claim.low, claim.high, claim.articles, claim.roots, claim.outlets, claim.last"
)
_OF_OUTLET = (
    "SELECT membership.story FROM article JOIN membership ON membership.article = article.id WHERE article.outlet = ?"
)
_BETWEEN = "; "


def count_waiting(database: Database) -> int:
    """Return how many articles and stories are still to be linked."""
    row = database.row("SELECT (SELECT count(*) FROM unlinked), (SELECT count(*) FROM story WHERE record IS NULL)")
    return sum(cast("int", value) for value in row) if row else 0


def list_stale(*, limit: int, database: Database) -> list[str]:
    """Return stories that are to be linked again."""
    return [str(row[0]) for row in database.rows("SELECT id FROM story WHERE record IS NULL LIMIT ?", limit)]


def mark_stale(condition: str, *parameters: Value, database: Database) -> None:
    """Let the stories be linked again that have an article of this condition on `statement`."""
    database.run(
        "UPDATE story SET record = NULL WHERE id IN (SELECT membership.story FROM membership JOIN statement"
        f" ON statement.article = membership.article WHERE {condition})",
        *parameters,
    )


def file_stories(groups: Sequence[Sequence[str]], *, database: Database) -> None:
    """Keep which articles are one story each; all articles of the groups are linked then."""
    for group in groups:
        touched = {_find_own(article, database) for article in group}
        marks = ", ".join("?" for _ in group)
        row = database.row(
            f"SELECT id FROM article WHERE id IN ({marks}) ORDER BY coalesce(published, '9999'), id LIMIT 1", *group
        )
        story = str(row[0]) if row else group[0]
        if touched == {story} and _count_members(story, database) == len(group):
            continue
        for article in group:
            database.run(
                "INSERT INTO membership (article, story) VALUES (?, ?)"
                " ON CONFLICT (article) DO UPDATE SET story = excluded.story",
                article,
                story,
            )
        for one in sorted({story, *(touched - {None})}, key=str):
            refresh_story(str(one), database=database)


def refresh_story(story: str, *, database: Database) -> None:
    """Count a story's articles anew, under the id of the earliest; one without any goes. It is to be linked again."""
    database.run("DELETE FROM claim WHERE story = ?", story)
    database.run("DELETE FROM story WHERE id = ?", story)
    row = database.row(
        "SELECT article.id, article.title FROM membership JOIN article ON article.id = membership.article"
        " WHERE membership.story = ? ORDER BY coalesce(article.published, '9999'), article.id LIMIT 1",
        story,
    )
    if row is None:
        return
    earliest = str(row[0])
    if earliest != story:
        database.run("UPDATE membership SET story = ? WHERE story = ?", earliest, story)
        database.run("DELETE FROM claim WHERE story = ?", earliest)
        database.run("DELETE FROM story WHERE id = ?", earliest)
    database.run(
        "INSERT INTO story (id, title, articles, outlets, first, last, texts, claims, disputes, updates)"
        " SELECT ?, ?, count(*), count(DISTINCT outlet), min(published), coalesce(max(published), max(added)),"
        " count(*), 0, 0, 0 FROM membership JOIN article ON article.id = membership.article WHERE membership.story = ?",
        earliest,
        row[1],
        earliest,
    )


def forget_article(article: str, *, database: Database) -> None:
    """Take an article out of its story, as when a newer version of it has come."""
    drop_gist(article, database=database)
    story = _find_own(article, database)
    if story is not None:
        database.run("DELETE FROM membership WHERE article = ?", article)
        refresh_story(story, database=database)


def keep_linking(story: str, linking: Linking, *, database: Database) -> None:
    """Keep what links the articles of a story, its claims that several articles make as rows of their own.

    The story is called as the article is that has most of what several say, and most copies.
    """
    copies = {name for group in linking.copies for name in group[1:]}
    homes: dict[str, str | None] = {}
    titles: dict[str, str | None] = {}
    for article, outlet, headline in database.rows(
        "SELECT article.id, article.outlet, article.title FROM membership"
        " JOIN article ON article.id = membership.article WHERE membership.story = ?",
        story,
    ):
        homes[str(article)] = read_text(outlet) or read_text(headline)
        titles[str(article)] = read_text(headline)
    shared: list[tuple[Value, ...]] = []
    sure: list[tuple[Value, ...]] = []
    told_by: Counter[str] = Counter()
    for claim in linking.claims:
        names = list(dict.fromkeys(ref.article or "" for ref in claim.statements))
        if len(names) < 2:
            continue
        told_by.update(names)
        origins = claim.origins
        roots = _BETWEEN.join(root.name if root.sure else f"({root.name})" for root in origins.roots)
        own = (_find_home(name, homes) or name for name in names)
        told = _BETWEEN.join(dict.fromkeys(own))
        name = _name_claim(claim)
        shared.append((story, name, claim.text, origins.low, origins.high, len(names), roots, told))
        sure += [(story, name, root) for root in dict.fromkeys(root.name for root in origins.roots if root.sure)]
    kinds = [link.kind for link in linking.links]
    database.run("DELETE FROM claim WHERE story = ?", story)
    told_by.update(group[0] for group in linking.copies for _ in group)
    central = max(sorted(told_by), key=lambda name: told_by[name], default=None)
    title = _find_home(central, titles) if central is not None else None
    database.run(
        "UPDATE story SET title = coalesce(?, title), texts = articles - ?, claims = ?, disputes = ?, updates = ?,"
        " record = ? WHERE id = ?",
        title,
        len(copies),
        len(shared),
        kinds.count(LinkKind.CONTRADICTS),
        kinds.count(LinkKind.UPDATES),
        write_linking(linking),
        story,
    )
    database.run_many(
        "INSERT INTO claim (story, id, text, low, high, articles, roots, outlets, last)"
        " SELECT ?, ?, ?, ?, ?, ?, ?, ?, last FROM story WHERE id = ?",
        [(*one, story) for one in shared],
    )
    database.run_many("INSERT INTO root (story, claim, name) VALUES (?, ?, ?)", sure)


def find_story(article: str, *, database: Database) -> KeptStory:
    """Return the story of an article, by the beginning of its id; raises `NotKept` unless one is meant."""
    rows = database.rows(
        "SELECT DISTINCT membership.story FROM article AS asked JOIN article AS kept ON kept.key = asked.key"
        " JOIN membership ON membership.article = kept.id WHERE asked.id >= ? AND asked.id < ? LIMIT 2",
        article,
        f"{article}~",
    )
    if len(rows) != 1 or not article:
        many = "several stories have an article" if rows else "no story has an article"
        raise NotKept(path=database.path, detail=f"{many} whose id begins with “{article}”")
    row = database.row(f"SELECT {_STORY} FROM story WHERE id = ?", rows[0][0])
    if row is None:
        raise NotKept(path=database.path, detail=f"the story of “{article}” is not linked")
    return _make_story(row)


def list_stories(question: Question, *, after: str | None = None, database: Database) -> list[KeptStory]:
    """Return the stories of an outlet and a time, the newest first; `after` is the `cursor` of the last one shown."""
    conditions: list[str] = ["1 = 1"]
    parameters: list[Value] = []
    last, _, name = (after or "").partition(" ")
    for condition, value in (
        ("last >= ?", question.since),
        ("coalesce(first, last) <= ?", f"{question.until}~" if question.until else None),
        (f"id IN ({_OF_OUTLET})", question.outlet),
        ("last <= ?", last or None),
    ):
        if value is not None:
            conditions.append(condition)
            parameters.append(value)
    if after:
        conditions.append("(last < ? OR id < ?)")
        parameters += [last, name]
    rows = database.rows(
        f"SELECT {_STORY} FROM story WHERE {' AND '.join(conditions)} ORDER BY last DESC, id DESC LIMIT ?",
        *parameters,
        question.limit,
    )
    return [_make_story(row) for row in rows]


def list_claims(question: Question, *, offset: int = 0, database: Database) -> list[KeptClaim]:
    """Return claims that several articles make, those with the most origins first."""
    conditions: list[str] = ["1 = 1"]
    parameters: list[Value] = []
    for condition, value in (
        ("claim.last >= ?", question.since),
        ("claim.last <= ?", f"{question.until}~" if question.until else None),
        (f"claim.story IN ({_OF_OUTLET})", question.outlet),
    ):
        if value is not None:
            conditions.append(condition)
            parameters.append(value)
    rows = database.rows(
        f"SELECT {_CLAIM} FROM claim WHERE {' AND '.join(conditions)}"
        " ORDER BY high DESC, low DESC, articles DESC, id DESC LIMIT ? OFFSET ?",
        *parameters,
        question.limit,
        offset,
    )
    return [_make_claim(row) for row in rows]


def list_claims_of(name: str, *, database: Database) -> list[KeptClaim]:
    """Return the newest claims that several articles make and that go back to a source of this name."""
    rows = database.rows(
        f"SELECT {_CLAIM} FROM root JOIN claim ON claim.story = root.story AND claim.id = root.claim"
        " WHERE root.name = ? ORDER BY claim.last DESC, claim.story, claim.id LIMIT 500",
        name,
    )
    return [_make_claim(row) for row in rows]


def list_members(story: str, *, database: Database) -> list[str]:
    """Return the ids of a story's articles."""
    rows = database.rows("SELECT article FROM membership WHERE story = ? ORDER BY article", story)
    return [str(row[0]) for row in rows]


def read_state(story: str, *, database: Database) -> tuple[list[str], int]:
    """Return a story's articles, and the number of the last judgement of all."""
    row = database.row("SELECT coalesce(max(number), 0) FROM judgement")
    return list_members(story, database=database), cast("int", row[0]) if row else 0


def read_linking(story: str, *, database: Database) -> Linking | None:
    """Return what links the articles of a story, none where that is to be found anew."""
    row = database.row("SELECT record FROM story WHERE id = ?", story)
    return read_record(str(row[0])) if row and row[0] is not None else None


def _name_claim(claim: Claim) -> str:
    """Return a claim's address: the article and the place in it where it is made first."""
    ref = claim.statements[0]
    return f"{(ref.article or '').partition(' ')[0]}-{ref.span.start if ref.span else 0}"


def _find_own(article: str, database: Database) -> str | None:
    row = database.row("SELECT story FROM membership WHERE article = ?", article)
    return str(row[0]) if row else None


def _count_members(story: str, database: Database) -> int:
    row = database.row("SELECT count(*) FROM membership WHERE story = ?", story)
    return cast("int", row[0]) if row else 0


def _find_home(name: str, homes: dict[str, str | None]) -> str | None:
    """Return what is known of an article by its name in a linking, which begins with a part of its id."""
    begins = name.partition(" ")[0]
    return next((home for article, home in homes.items() if article.startswith(begins)), None)


def _make_story(row: Row) -> KeptStory:
    story, title, articles, outlets, first, last, texts, claims, disputes, updates, linked = row
    return KeptStory(
        id=str(story),
        title=read_text(title),
        articles=cast("int", articles),
        outlets=cast("int", outlets),
        first=read_text(first),
        last=str(last),
        texts=cast("int", texts),
        claims=cast("int", claims),
        disputes=cast("int", disputes),
        updates=cast("int", updates),
        linked=bool(linked),
    )


def _make_claim(row: Row) -> KeptClaim:
    story, name, text, low, high, articles, roots, outlets, day = row
    return KeptClaim(
        story=str(story),
        id=str(name),
        text=str(text),
        low=cast("int", low),
        high=cast("int", high),
        articles=cast("int", articles),
        roots=tuple(str(roots).split(_BETWEEN)),
        outlets=tuple(str(outlets).split(_BETWEEN)),
        last=str(day),
    )
