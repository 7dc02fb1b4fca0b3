"""Everything that can go wrong, as a tree.

    WhosaysError
    ├── InputRefused        this input cannot be read; the others can. Becomes a Refusal
    │   ├── NotFound        no such file, HTTP 404 or 410
    │   ├── NotAPage        empty, binary, a PDF, a directory, no text in it
    │   ├── TooLarge        more bytes, time or nesting than the settings allow
    │   ├── Unreachable     the network did not give the page
    │   ├── AddressBlocked  scheme or address that whosays does not open
    │   ├── BadCharset      the bytes are not text in any charset they claim
    │   ├── NoArticle       a page, but without an article
    │   └── NotEnglish      an article, but in a language the model cannot read
    └── Unusable            files that every input needs: nothing can be read without them
        ├── ModelError      the model's are missing, damaged or of another interface
        ├── GazetteerError  the gazetteer's are missing, damaged or of another version
        ├── TablesError     tables cannot be written
        ├── UsersError      the file of those who may sign in cannot be used
        └── LedgerError     the ledger cannot be opened, written or read
            ├── LedgerLost  the connection to its server broke off
            ├── NotKept     it holds nothing of that name
            └── Unasked     a question, or an act, that makes no sense

The classes carry fields; their sentences are made where they are shown, by `describe`.
"""

from __future__ import annotations


class WhosaysError(Exception):
    """The root of the tree."""


class InputRefused(WhosaysError):  # noqa: N818  # the word of DESIGN.md
    """An input that could not be read: which one, and why, in words for its user."""

    reason = "refused"

    def __init__(self, *, source: str, detail: str) -> None:
        super().__init__(source, detail)
        self.source = source
        self.detail = detail

    def describe(self) -> str:
        """Say in one line which input and why."""
        return f"{self.source}: {self.detail}"


class NotFound(InputRefused):
    """No such file, or the server says that there is no such page."""

    reason = "not-found"


class NotAPage(InputRefused):
    """Empty, binary, a PDF, a directory."""

    reason = "not-a-page"


class TooLarge(InputRefused):
    """More bytes, time or nesting than the settings allow."""

    reason = "too-large"


class Unreachable(InputRefused):
    """The network did not give the page."""

    reason = "unreachable"


class AddressBlocked(InputRefused):
    """A scheme or an address that whosays does not open."""

    reason = "address-blocked"


class BadCharset(InputRefused):
    """The bytes are not text in any charset they claim."""

    reason = "bad-charset"


class NoArticle(InputRefused):
    """A page, but without an article."""

    reason = "no-article"


class NotEnglish(InputRefused):
    """An article in a language that the model was not trained on."""

    reason = "not-english"


class Unusable(WhosaysError):  # noqa: N818  # the word of STYLE.md
    """Files that every input needs: which ones, and why they cannot be used."""

    thing = "file"

    def __init__(self, *, path: str, detail: str) -> None:
        super().__init__(path, detail)
        self.path = path
        self.detail = detail

    def describe(self) -> str:
        """Say in one line which file and why."""
        return f"{self.thing} {self.path}: {self.detail}"


class ModelError(Unusable):
    """The model's files are missing, damaged or of another interface."""

    thing = "model"


class GazetteerError(Unusable):
    """The gazetteer's files are missing, damaged or of another version."""

    thing = "gazetteer"


class TablesError(Unusable):
    """Tables of a batch, or a story's as Parquet, cannot be written."""

    thing = "tables"


class UsersError(Unusable):
    """The file of those who may sign in cannot be used, or somebody cannot be put into it."""

    thing = "users"


class LedgerError(Unusable):
    """The ledger, or the archive beside it, cannot be opened, written or read."""

    thing = "ledger"


class LedgerLost(LedgerError):  # noqa: N818  # says what happened
    """The connection to the ledger's server broke off; what was begun is undone, and may be tried again."""


class NotKept(LedgerError):  # noqa: N818  # says what is so
    """The ledger holds no article, statement, story or judgement of that name, or several."""


class Unasked(LedgerError):  # noqa: N818  # says what is so
    """A question or an act that makes no sense: no word that is wanted, a value that a field does not have."""
