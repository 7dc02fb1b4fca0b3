"""Pictures as SVG: a map, a timeline, the history of figures, who stands behind a claim.

Takes views, gives markup that needs no script and no style of its own; each picture says in words what it shows.
"""

from whosays.show.pictures.illustrate import illustrate_claim, illustrate_story

__all__ = ["illustrate_claim", "illustrate_story"]
