"""A story as one file of HTML to share: no script, no network, the pictures inside."""

from __future__ import annotations

from jinja2 import Environment, PackageLoader, StrictUndefined

from whosays.show.pictures.illustrate import illustrate_story
from whosays.show.views.story import StoryView


def render_story(view: StoryView) -> str:
    """Render a story as a whole page."""
    environment = Environment(
        loader=PackageLoader("whosays.show"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template("story.html").render(view=view, **illustrate_story(view))
