"""The ledger: records in, records out, by content-derived ids; SQLite or PostgreSQL, and WARC files beside it.

Takes sheets, refusals and judgements; gives statements, figures and sources to whoever asks. Never reads a page itself,
never knows a stage.
"""

from whosays.ledger.database.postgresql import hide_password
from whosays.ledger.door import LedgerView, LedgerWriter, open_view, open_writer
from whosays.ledger.judging import EDITABLE, list_choices

__all__ = ["EDITABLE", "LedgerView", "LedgerWriter", "hide_password", "list_choices", "open_view", "open_writer"]
