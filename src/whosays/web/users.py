"""Who may sign in with a name and a password: a file of names, roles and hashes, never of passwords."""

from __future__ import annotations

import os
import re
import secrets
import tempfile
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from whosays.errors import UsersError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from argon2 import PasswordHasher

Role = Literal["reader", "editor"]
LEAST_LETTERS = 12
"""Of a password."""
_NAME = re.compile(r"[^\s:][^:\n]{0,63}")


@dataclass(frozen=True, slots=True, kw_only=True)
class User:
    """Somebody who may sign in; `digest` is what Argon2 makes of the password."""

    name: str
    role: Role
    digest: str


def read_users(path: Path) -> dict[str, User]:
    """Read a file of users, by their names; raises `UsersError` where it is missing or damaged."""
    try:
        lines = path.read_text("utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise UsersError(path=str(path), detail=f"cannot be read ({error})") from error
    users: dict[str, User] = {}
    for number, line in enumerate(lines, start=1):
        name, role, digest = (*line.split(":", 2), "", "")[:3]
        if _NAME.fullmatch(name) is None or role not in {"reader", "editor"} or not digest.startswith("$argon2"):
            raise UsersError(path=str(path), detail=f"line {number} is no name:role:hash")
        users[name] = User(name=name, role="editor" if role == "editor" else "reader", digest=digest)
    return users


def write_users(path: Path, users: Iterable[User]) -> None:
    """Put a file of users in the place of the one before, whole, for its owner alone."""
    text = "".join(f"{user.name}:{user.role}:{user.digest}\n" for user in sorted(users, key=lambda user: user.name))
    try:
        handle, partial = tempfile.mkstemp(
            prefix=f".{path.name}-", dir=path.resolve().parent
        )  # readable by its owner only
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
        Path(partial).replace(path.resolve())
    except OSError as error:
        raise UsersError(path=str(path), detail=f"cannot be written ({error.strerror or error})") from error


def make_user(name: str, password: str, role: Role) -> User:
    """Return a user with the hash of a password; raises `UsersError` for a name or a password that will not do."""
    if _NAME.fullmatch(name) is None or not name.isprintable():
        raise UsersError(path=repr(name), detail="is no name: up to 64 letters, no colon, no line's end")
    if len(password) < LEAST_LETTERS:
        raise UsersError(path=name, detail=f"a password needs at least {LEAST_LETTERS} characters")
    return User(name=name, role=role, digest=_load_hasher().hash(password))


def check_password(users: Mapping[str, User], name: str, password: str) -> User | None:
    """Return the user of this name and password, none where there is no such; takes as long either way."""
    from argon2.exceptions import InvalidHashError, VerificationError

    user = users.get(name)
    try:
        _load_hasher().verify(user.digest if user is not None else _hash_nobody(), password)
    except (VerificationError, InvalidHashError):
        return None
    return user


@lru_cache(maxsize=1)
def _hash_nobody() -> str:
    """Return what a name that is not known is checked against, so that it takes as long as one that is."""
    return _load_hasher().hash(secrets.token_hex())


@lru_cache(maxsize=1)
def _load_hasher() -> PasswordHasher:
    from argon2 import PasswordHasher

    return PasswordHasher()
