"""What people judged: append-only, each act with who, when, why, before and after; and what it comes to."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from whosays.errors import NotKept, Unasked
from whosays.ledger.asking import find_statement
from whosays.ledger.linked import mark_stale
from whosays.ledger.records import list_columns, list_fields, read_text
from whosays.model import (
    PLOVER_TYPES,
    Act,
    Action,
    Certainty,
    EvidenceKind,
    Judgement,
    Quotation,
    SourceKind,
    Stance,
    Verdict,
)

if TYPE_CHECKING:
    from enum import StrEnum

    from whosays.ledger.database import Database, Row

EDITABLE: dict[str, type[StrEnum] | None] = {
    "source_name": None,
    "source_kind": SourceKind,
    "stance": Stance,
    "quotation": Quotation,
    "evidence": EvidenceKind,
    "certainty.source": Certainty,
    "certainty.outlet": Certainty,
    "event": None,
    "note": None,
}
"""Fields that people may set, and their closed sets of values."""


def list_choices() -> dict[str, tuple[str, ...]]:
    """Return the values of each field that has a closed set of them."""
    closed = {field: tuple(value.value for value in values) for field, values in EDITABLE.items() if values is not None}
    return closed | {"event": PLOVER_TYPES}


_LAST = 2**62
"""More than any judgement's number."""
_CONCERNED = (
    "statement.id = ?",
    "statement.source_name = ?",
    "statement.source_name IS NULL AND statement.source_words = ?",
    "statement.source_name IN (SELECT name FROM alias WHERE meant = ?)",
)
"""Statements that a judgement of a statement or a name concerns: what links them is to be found anew."""
_VERDICTS = {Action.ACCEPT: Verdict.ACCEPTED, Action.REJECT: Verdict.REJECTED}


def judge_statement(statement: str, action: Action, *, act: Act, database: Database) -> Judgement:
    """Accept or reject what the machine read in a statement."""
    with database.write():
        kept = find_statement(statement, database=database)
        before = kept.verdict.value if kept.verdict else None
        after = _VERDICTS[action].value
        number = _record(database, act, action, kept.statement.id, None, before, after)
        database.run("UPDATE statement SET verdict = ? WHERE id = ?", after, kept.statement.id)
    return find_judgement(number, database=database)


def edit_statement(statement: str, field: str, value: str, *, act: Act, database: Database) -> Judgement:
    """Set one field of a statement to what a person says; the machine's reading stays beside it."""
    if field not in EDITABLE:
        raise Unasked(path=database.path, detail=f"“{field}” is no field to edit; there are {', '.join(EDITABLE)}")
    allowed = PLOVER_TYPES if field == "event" else EDITABLE[field]
    if allowed is not None and value not in set(allowed):
        raise Unasked(path=database.path, detail=f"{field} cannot be “{value}”; it is one of {', '.join(allowed)}")
    with database.write():
        kept = find_statement(statement, database=database)
        before = dict(kept.corrected).get(field) or list_fields(kept.statement).get(field)
        action = Action.NOTE if field == "note" else Action.EDIT
        number = _record(database, act, action, kept.statement.id, field, before, value)
        _correct(kept.statement.id, field, value, number, database)
        _show(kept.statement.id, database)
    return find_judgement(number, database=database)


def rename_source(name: str, meant: str, *, act: Act, database: Database) -> Judgement:
    """Let one name mean another, in all statements that are there and that will come: both are one source from now."""
    if not name or not meant or name == meant:
        raise Unasked(path=database.path, detail=f"“{name}” cannot be renamed to “{meant}”")
    with database.write():
        row = database.row("SELECT meant FROM alias WHERE name = ?", meant)
        meant = str(row[0]) if row else meant
        if meant == name:
            raise Unasked(path=database.path, detail=f"“{name}” is what the other name means already")
        if not _is_source(name, database):
            raise Unasked(path=database.path, detail=f"no statement has a source called “{name}”")
        row = database.row("SELECT meant FROM alias WHERE name = ?", name)
        number = _record(database, act, Action.RENAME, name, None, str(row[0]) if row else None, meant)
        _set_alias(name, meant, number, database)
        database.run("UPDATE alias SET meant = ? WHERE meant = ?", meant, name)
    return find_judgement(number, database=database)


def _is_source(name: str, database: Database) -> bool:
    """Tell whether a statement names its source so, in its words where it has no name, or after an earlier renaming."""
    return any(
        database.row(f"SELECT 1 FROM {where} LIMIT 1", name) is not None
        for where in (
            "statement WHERE source_name = ?",
            "statement WHERE source_name IS NULL AND source_words = ?",
            "alias WHERE meant = ?",
        )
    )


def split_source(name: str, *, act: Act, database: Database) -> Judgement:
    """Let a name that was merged into another stand for itself again."""
    with database.write():
        row = database.row("SELECT meant FROM alias WHERE name = ?", name)
        if row is None:
            raise Unasked(path=database.path, detail=f"“{name}” means nothing but itself")
        number = _record(database, act, Action.SPLIT, name, None, str(row[0]), None)
        database.run("DELETE FROM alias WHERE name = ?", name)
    return find_judgement(number, database=database)


def rule_statements(statement: str, other: str, action: Action, *, act: Act, database: Database) -> Judgement:
    """Say that two statements of a story make one claim, or that the first is not of the claim that the other makes."""
    with database.write():
        one, two = (find_statement(name, database=database).statement.id for name in (statement, other))
        if one == two:
            raise Unasked(path=database.path, detail="a statement is the same as itself; name two")
        if len({_find_story(name, database) for name in (one, two)}) > 1:
            raise Unasked(path=database.path, detail="the two are of different stories, and claims are of one")
        row = database.row("SELECT verdict FROM ruling WHERE statement = ? AND other = ?", one, two)
        before = str(row[0]) if row else None
        number = _record(database, act, action, one, two, before, action.value)
        database.run(
            "INSERT INTO ruling (statement, other, verdict, judgement) VALUES (?, ?, ?, ?)"
            " ON CONFLICT (statement, other) DO UPDATE SET verdict = excluded.verdict, judgement = excluded.judgement",
            one,
            two,
            action.value,
            number,
        )
    return find_judgement(number, database=database)


def _find_story(statement: str, database: Database) -> str | None:
    row = database.row(
        "SELECT story FROM membership JOIN statement ON statement.article = membership.article WHERE statement.id = ?",
        statement,
    )
    return str(row[0]) if row else None


def undo_judgement(number: int, *, act: Act, database: Database) -> Judgement:
    """Take one judgement back: what was before it holds again. The judgement stays, and so does that it was undone."""
    with database.write():
        judgement = find_judgement(number, database=database)
        if judgement.undone or judgement.action is Action.UNDO:
            raise Unasked(path=database.path, detail=f"judgement {number} is undone, or an undoing, already")
        later = database.row(
            "SELECT number FROM judgement WHERE target = ? AND coalesce(field, '') = ? AND number > ?"
            " AND action <> 'undo'"
            " AND NOT EXISTS (SELECT 1 FROM judgement AS back WHERE back.undoes = judgement.number)",
            judgement.target,
            judgement.field or "",
            number,
        )
        if later is not None:
            raise Unasked(path=database.path, detail=f"judgement {later[0]} came after it; undo that one first")
        taken = _record(
            database,
            act,
            Action.UNDO,
            judgement.target,
            judgement.field,
            judgement.after,
            judgement.before,
            undoes=number,
        )
        _restore(judgement, taken, database)
    return find_judgement(taken, database=database)


def list_judgements(
    *, target: str | None = None, before: int | None = None, limit: int, database: Database
) -> list[Judgement]:
    """Return what people did, the last first; of one statement or name, or of all; those before a number."""
    where = "WHERE judgement.number < ?"
    parameters: list[str | int] = [before if before is not None else _LAST]
    if target is not None:
        where = f"{where} AND judgement.target >= ? AND judgement.target < ?"
        parameters += [target, f"{target}~"]
    rows = database.rows(f"{_SELECT} {where} ORDER BY judgement.number DESC LIMIT ?", *parameters, limit)
    return [_make_judgement(row) for row in rows]


def find_judgement(number: int, *, database: Database) -> Judgement:
    """Return one judgement; raises `NotKept` where there is none of that number."""
    row = database.row(f"{_SELECT} WHERE judgement.number = ?", number)
    if row is None:
        raise NotKept(path=database.path, detail=f"there is no judgement {number}")
    return _make_judgement(row)


_SELECT = (
    "SELECT number, at, who, why, action, target, field, before, after,"
    " EXISTS (SELECT 1 FROM judgement AS back WHERE back.undoes = judgement.number) FROM judgement"
)


def _record(
    database: Database,
    act: Act,
    action: Action,
    target: str,
    field: str | None,
    before: str | None,
    after: str | None,
    *,
    undoes: int | None = None,
) -> int:
    for condition in _CONCERNED:
        mark_stale(condition, target, database=database)
    row = database.row(
        "INSERT INTO judgement (at, who, why, action, target, field, before, after, undoes)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING number",
        act.at,
        act.who,
        act.why,
        action.value,
        target,
        field,
        before,
        after,
        undoes,
    )
    return cast("int", row[0]) if row else 0


def _restore(judgement: Judgement, number: int, database: Database) -> None:
    """Make what was before a judgement hold again; also for the statements that a newer reading gave it to."""
    if judgement.action in _VERDICTS:
        for heir in _find_heirs(judgement.target, database):
            database.run("UPDATE statement SET verdict = ? WHERE id = ?", judgement.before, heir)
    elif judgement.action in {Action.EDIT, Action.NOTE} and judgement.field is not None:
        earlier = _find_earlier(judgement, database)
        for heir in _find_heirs(judgement.target, database):
            database.run("DELETE FROM correction WHERE statement = ? AND field = ?", heir, judgement.field)
            if earlier is not None:
                _correct(heir, judgement.field, earlier, number, database)
            _show(heir, database)
    elif judgement.action in {Action.SAME, Action.APART}:
        if judgement.before is None:
            database.run("DELETE FROM ruling WHERE judgement = ?", judgement.number)
        else:
            change = "UPDATE ruling SET verdict = ?, judgement = ? WHERE judgement = ?"
            database.run(change, judgement.before, number, judgement.number)
    elif judgement.before is not None:
        _set_alias(judgement.target, judgement.before, number, database)
    else:
        database.run("DELETE FROM alias WHERE name = ?", judgement.target)


def _find_earlier(judgement: Judgement, database: Database) -> str | None:
    """Return what a person said of the same field before, none where only the machine did."""
    row = database.row(
        "SELECT after FROM judgement WHERE target = ? AND field = ? AND number < ? AND action <> 'undo'"
        " AND NOT EXISTS (SELECT 1 FROM judgement AS back WHERE back.undoes = judgement.number)"
        " ORDER BY number DESC LIMIT 1",
        judgement.target,
        judgement.field,
        judgement.number,
    )
    return read_text(row[0]) if row else None


def _find_heirs(statement: str, database: Database) -> list[str]:
    """Return a statement and those that hold the same characters of the same article."""
    rows = database.rows(
        "SELECT other.id FROM statement JOIN statement AS other ON other.article = statement.article"
        " AND other.first_char = statement.first_char AND other.last_char = statement.last_char"
        " WHERE statement.id = ?",
        statement,
    )
    return [str(row[0]) for row in rows]


def _correct(statement: str, field: str, value: str, number: int, database: Database) -> None:
    database.run(
        "INSERT INTO correction (statement, field, value, judgement) VALUES (?, ?, ?, ?)"
        " ON CONFLICT (statement, field) DO UPDATE SET value = excluded.value, judgement = excluded.judgement",
        statement,
        field,
        value,
        number,
    )


def _show(statement: str, database: Database) -> None:
    """Bring the columns that are asked by to what people say, or back to what the machine read."""
    kept = find_statement(statement, database=database)
    columns = list_columns(kept.statement, dict(kept.corrected))
    changes = ", ".join(f"{name} = ?" for name in columns)
    database.run(f"UPDATE statement SET {changes} WHERE id = ?", *columns.values(), statement)


def _set_alias(name: str, meant: str, number: int, database: Database) -> None:
    database.run(
        "INSERT INTO alias (name, meant, judgement) VALUES (?, ?, ?)"
        " ON CONFLICT (name) DO UPDATE SET meant = excluded.meant, judgement = excluded.judgement",
        name,
        meant,
        number,
    )


def _make_judgement(row: Row) -> Judgement:
    number, at, who, why, action, target, field, before, after, undone = row
    return Judgement(
        number=cast("int", number),
        at=str(at),
        who=str(who),
        why=read_text(why),
        action=Action(str(action)),
        target=str(target),
        field=read_text(field),
        before=read_text(before),
        after=read_text(after),
        undone=bool(undone),
    )
