"""What links the ledger's articles, as rows: gists and likeness, stories, claims.

Takes what `link` decided and keeps it; gives articles as linking takes them. Decides nothing.
"""

from whosays.ledger.linked.articles import list_rulings, list_story_articles, list_unlinked
from whosays.ledger.linked.likeness import file_gist, find_alike, list_chain
from whosays.ledger.linked.stories import (
    count_waiting,
    file_stories,
    find_story,
    forget_article,
    keep_linking,
    list_claims,
    list_claims_of,
    list_members,
    list_stale,
    list_stories,
    mark_stale,
    read_linking,
    read_state,
)

__all__ = [
    "count_waiting",
    "file_gist",
    "file_stories",
    "find_alike",
    "find_story",
    "forget_article",
    "keep_linking",
    "list_chain",
    "list_claims",
    "list_claims_of",
    "list_members",
    "list_rulings",
    "list_stale",
    "list_stories",
    "list_story_articles",
    "list_unlinked",
    "mark_stale",
    "read_linking",
    "read_state",
]
