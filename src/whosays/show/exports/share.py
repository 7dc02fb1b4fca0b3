"""A story as one file of HTML to share: no script, no network, the pictures inside."""

from __future__ import annotations

from whosays.show.pictures.illustrate import illustrate_story
from whosays.show.templating import make_environment
from whosays.show.views.story import StoryView


def render_story(view: StoryView) -> str:
    """Render a story as a whole page."""
    return make_environment().get_template("story.html").render(view=view, **illustrate_story(view))
