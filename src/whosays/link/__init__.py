"""Linking: articles in, judgements with their reasons out.

Takes articles with what they say; gives copies, stories, claims, origins, contradictions, citations and the history of
figures. Never reads a file, a ledger or a clock; the order of its inputs changes nothing.
"""

from whosays.link.door import link_articles, link_story
from whosays.link.stories import group_gists, list_alike, list_keys, make_gist

__all__ = ["group_gists", "link_articles", "link_story", "list_alike", "list_keys", "make_gist"]
