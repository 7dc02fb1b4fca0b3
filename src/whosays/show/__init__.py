"""Show what was read: as JSON, as a table in a terminal, as a page of HTML.

Takes sheets, gives text; never writes files, never decides anything about a statement. Import the module you need
(`contract`, `table`, `html_sheet`): each loads a library of its own.
"""

__all__ = ["contract", "html_sheet", "table"]
