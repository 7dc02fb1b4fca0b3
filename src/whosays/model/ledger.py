"""What a ledger keeps and gives back: articles and statements as kept, judgements, problems, and the questions."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from whosays.model.span import Span
from whosays.model.statement import Statement


class Verdict(StrEnum):
    """What a person said of a statement's record: it reads the page rightly, or it does not."""

    ACCEPTED = "accepted"
    REJECTED = "rejected"


class Action(StrEnum):
    """What a person did to the ledger."""

    ACCEPT = "accept"
    REJECT = "reject"
    EDIT = "edit"
    NOTE = "note"
    RENAME = "rename"
    """One name of a source or an actor means another: both are merged under the second."""
    SPLIT = "split"
    """A name that was merged into another stands for itself again."""
    SAME = "same"
    """Two statements make one claim."""
    APART = "apart"
    """A statement does not belong to the claim that another makes."""
    UNDO = "undo"


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchivePlace:
    """Where a page lies in the archive: a WARC file, and the bytes of its gzipped record in it."""

    file: str
    offset: int
    length: int
    record_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptPage:
    """A page of the ledger, without its bytes."""

    digest: str
    place: ArchivePlace


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptArticle:
    """The head of an article in the ledger.

    `key` is what its versions have in common: its address, or the file it came from; `version` counts from 1.
    """

    id: str
    key: str
    version: int
    page: str
    title: str | None
    outlet: str | None
    agency: str | None
    byline: str | None
    url: str | None
    published: str | None
    modified: str | None
    added: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Anchor:
    """Words of a statement and the bytes of the archived page that they must be read from again."""

    words: str
    page_spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptStatement:
    """A statement of the ledger, corrections taken in: `statement` keeps what the machine read.

    `number` counts statements in the order in which they came; `current` is false where a newer encoder has read the
    page again. `corrected` lists fields that a person changed, with what they say now.
    """

    number: int
    statement: Statement
    article: KeptArticle
    text: str
    source_words: str | None
    source_name: str | None
    current: bool
    verdict: Verdict | None = None
    corrected: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceCount:
    """How much a source is relied on: statements, articles, and the outlets that do."""

    name: str
    kind: str
    statements: int
    articles: int
    outlets: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptFigure:
    """A figure of the ledger with who gave it, where and when."""

    number: int
    statement: str
    low: float | None
    best: float | None
    high: float | None
    approximate: bool
    unit: str | None
    counted: str | None
    outcome: tuple[str, ...]
    source: str | None
    text: str
    outlet: str | None
    published: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptRefusal:
    """An input that could not be read, how often, and when last."""

    source: str
    reason: str
    detail: str
    times: int
    last: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """Who does something to the ledger, when, and why."""

    who: str
    at: str
    why: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """One act of a person: append-only; `undone` once another judgement took it back."""

    number: int
    at: str
    who: str
    why: str | None
    action: Action
    target: str
    """A statement's id, or the name that was renamed."""
    field: str | None
    """What was edited; the other statement where two were ruled to be the same or apart."""
    before: str | None
    after: str | None
    undone: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """What `verify` found wrong: in which file, which statement if one, what was expected, what was found."""

    file: str
    page: str
    statement: str | None
    expected: str
    found: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Added:
    """What adding one sheet did: all zero and `version` unchanged where it was known already."""

    article: str
    version: int
    statements: int
    superseded: int
    new_page: bool
    changed_version: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Incoming:
    """A page that comes to be kept: its address to be got, or its bytes, with what is known of it."""

    source: str
    body: bytes | None = None
    content_type: str | None = None
    url: str | None = None
    published: str | None = None
    plain: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class WatchedFeed:
    """A feed, what its server said of it last, when to ask again, and how often asking failed since it last worked."""

    url: str
    etag: str | None = None
    modified: str | None = None
    next_check: str | None = None
    failures: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """How one version of an article differs from the one before: contents in words."""

    article: KeptArticle
    before: KeptArticle
    added: tuple[str, ...]
    dropped: tuple[str, ...]
    figures: tuple[tuple[str, str], ...]
    """Contents that differ in their figures alone: before, after."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptStory:
    """The head of a story in the ledger: its id is that of its earliest article.

    `texts` counts its articles without copies, `claims` those that several articles make, `disputes` and `updates` the
    judgements between claims; these four are 0 or rough while `linked` is false. `last` is the day on which the last
    article was published, or added where none says.
    """

    id: str
    title: str | None
    articles: int
    outlets: int
    first: str | None
    last: str
    texts: int
    claims: int
    disputes: int
    updates: int
    linked: bool

    @property
    def cursor(self) -> str:
        """Where the next page of stories begins after this one."""
        return f"{self.last} {self.id}"


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptClaim:
    """The head of a claim that several articles of a story make; `roots` that may be others stand in brackets."""

    story: str
    id: str
    text: str
    low: int
    high: int
    articles: int
    roots: tuple[str, ...]
    outlets: tuple[str, ...]
    last: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What statements are asked for; each part that is given narrows the answer.

    `words` and the names are words in any order, `"a phrase"` in quotation marks, `-word` for what must not be there.
    `source` is the whole name of a source, or its words where it has none. Days are ISO 8601. `before` is the number of
    the last statement of the page before: newest come first.
    """

    words: str | None = None
    who: str | None = None
    source: str | None = None
    about: str | None = None
    where: str | None = None
    outlet: str | None = None
    since: str | None = None
    until: str | None = None
    sure: str | None = None
    stance: str | None = None
    type: str | None = None
    limit: int = 20
    before: int | None = None
    superseded: bool = False
    rejected: bool = False
