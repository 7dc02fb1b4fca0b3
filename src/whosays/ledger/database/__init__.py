"""One connection to a database: SQLite or PostgreSQL, its differences, its tables and how they grew.

Takes SQL with `?` and parameters, gives rows; knows no record.
"""

from whosays.ledger.database.connection import Database, Row, Sought, Value
from whosays.ledger.database.migrate import migrate, read_version
from whosays.ledger.database.postgresql import PostgreSQL, hide_password
from whosays.ledger.database.sqlite import Sqlite

__all__ = ["Database", "PostgreSQL", "Row", "Sought", "Sqlite", "Value", "hide_password", "migrate", "read_version"]
