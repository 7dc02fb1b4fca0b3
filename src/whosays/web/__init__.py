"""The web app: the ledger in a browser, rendered here, with no script and nothing from anywhere else.

Takes requests, gives pages; each page is a view of `show` in a template, and has its JSON beside it. Never touches
SQL or files by what a request says.
"""

from whosays.web.app import make_app
from whosays.web.guard import Access
from whosays.web.users import User, make_user, read_users, write_users

__all__ = ["Access", "User", "make_app", "make_user", "read_users", "write_users"]
