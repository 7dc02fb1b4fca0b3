"""Pictures as SVG: a map, a timeline, the history of figures, who stands behind a claim.

Takes rows, gives markup that needs no script and no style of its own; each picture says in words what it shows.
"""

from whosays.show.pictures.history import draw_history
from whosays.show.pictures.map import draw_map
from whosays.show.pictures.origins import draw_origins
from whosays.show.pictures.timeline import draw_timeline

__all__ = ["draw_history", "draw_map", "draw_origins", "draw_timeline"]
