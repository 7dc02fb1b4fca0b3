"""What the API takes in: pages to read or to keep, and what people judge."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Annotated, Literal

from msgspec import Meta, Struct, structs

from whosays.api.parameters import Day, Name
from whosays.errors import NotKept
from whosays.model import Act, Action, Incoming

if TYPE_CHECKING:
    from collections.abc import Callable

    from whosays.ledger import LedgerWriter
    from whosays.model import Judgement

Field = Literal[
    "source_name", "source_kind", "stance", "quotation", "evidence", "certainty.source", "certainty.outlet", "event",
    "note",
]  # fmt: skip
Address = Annotated[
    str, Meta(pattern=r"^https?://[^\s\x00-\x1f]+$", max_length=2000, description="An address of the web.")
]


class AddressSent(Struct, frozen=True, forbid_unknown_fields=True):
    """A page to be got from the web."""

    url: Address
    published: Day | None = None


class PageSent(Struct, frozen=True, forbid_unknown_fields=True):
    """A page as it is: HTML or text, with the address it came from, and the day of publication where it tells none."""

    body: Annotated[str, Meta(max_length=20_000_000)]
    url: Address | None = None
    published: Day | None = None
    plain: bool = False
    name: Name | None = None


class JudgementSent(Struct, frozen=True, forbid_unknown_fields=True):
    """An act of a person.

    accept, reject: `target` is a statement. edit: `field` of a statement gets `value`. rename: the name `target` means
    `value`. split: the name `target` stands for itself again. same: the statements `target` and `value` make one claim.
    apart: the statement `target` does not belong with `value`. undo: `target` is a judgement's number.
    """

    action: Literal["accept", "reject", "edit", "rename", "split", "same", "apart", "undo"]
    target: Name
    field: Field | None = None
    value: Annotated[str, Meta(max_length=2000)] | None = None
    who: Name = "editor"
    why: Annotated[str, Meta(max_length=2000)] | None = None


class JobView(Struct, frozen=True, omit_defaults=True):
    """A page on its way: waiting, reading, linking, done, or refused with the reason in `detail`."""

    id: str
    source: str
    state: Literal["waiting", "reading", "linking", "done", "refused"]
    article: str | None = None
    title: str | None = None
    statements: int = 0
    detail: str | None = None


def sign_judgement(sent: JudgementSent, who: str | None) -> JudgementSent:
    """Return a judgement as that of who is signed in, whatever name it was sent with; as sent where nobody is."""
    return structs.replace(sent, who=who) if who is not None else sent


def make_act(sent: JudgementSent, *, at: str) -> Callable[[LedgerWriter], Judgement | None]:
    """Return what a person wants done; it gives the judgement, or none where all is so already.

    The same sent twice is done once: a verdict or a value that holds already is not written again.
    """
    act = Act(who=sent.who, at=at, why=sent.why or None)
    target, value = sent.target, sent.value or ""

    def judge(writer: LedgerWriter) -> Judgement | None:
        action = Action(sent.action)
        verdict = writer.view.find(target).verdict
        done = {Action.ACCEPT: "accepted", Action.REJECT: "rejected"}[action]
        return None if verdict is not None and verdict.value == done else writer.judge(target, action, act=act)

    def edit(writer: LedgerWriter) -> Judgement | None:
        field, corrected = sent.field or "", dict(writer.view.find(target).corrected)
        if corrected.get(field) == value:
            return None
        return writer.edit(target, field, value, act=act)

    def undo(writer: LedgerWriter) -> Judgement | None:
        if not target.isdigit() or len(target) > 15:
            raise NotKept(path="", detail=f"there is no judgement “{target}”")
        return writer.undo(int(target), act=act)

    return {
        "accept": judge,
        "reject": judge,
        "edit": edit,
        "undo": undo,
        "rename": lambda writer: writer.rename(target, value, act=act),
        "split": lambda writer: writer.split(target, act=act),
        "same": lambda writer: writer.rule(target, value, Action.SAME, act=act),
        "apart": lambda writer: writer.rule(target, value, Action.APART, act=act),
    }[sent.action]


def make_incoming(sent: PageSent, *, upload: bytes | None = None) -> Incoming:
    """Return a page as it comes to be kept, told from others by what it holds; `upload` are its bytes, if not text."""
    body = sent.body.encode("utf-8", "replace") if upload is None else upload
    digest = hashlib.sha256(body).hexdigest()[:12]
    return Incoming(
        source=f"{sent.name or 'pasted text'} ({digest})",
        body=body,
        url=sent.url,
        published=sent.published,
        plain=sent.plain,
    )
