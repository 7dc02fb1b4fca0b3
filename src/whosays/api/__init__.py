"""The API: every question to a ledger as an address, its answer as JSON, described by OpenAPI 3.1.

Takes requests over HTTP, gives JSON and problem details (RFC 9457). Decides nothing about statements.
"""

from whosays.api.desk import Desk, Job
from whosays.api.questions import QUESTIONS, Question, ask
from whosays.api.routes import make_routes

__all__ = ["QUESTIONS", "Desk", "Job", "Question", "ask", "make_routes"]
