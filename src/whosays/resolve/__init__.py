"""Fill in what the words of statements mean: who, where, when.

Takes statements, names and a gazetteer, gives the statements with what they mean and why; never guesses, never SQL.
"""

from whosays.resolve.actors import resolve_actor
from whosays.resolve.parties import gather_parties
from whosays.resolve.places import choose_places
from whosays.resolve.roles import load_roles
from whosays.resolve.sources import resolve_sources
from whosays.resolve.statements import resolve_statements
from whosays.resolve.times import resolve_time

__all__ = [
    "choose_places",
    "gather_parties",
    "load_roles",
    "resolve_actor",
    "resolve_sources",
    "resolve_statements",
    "resolve_time",
]
