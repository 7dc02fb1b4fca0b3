"""Events as PLOVER codes them: type, who did it to whom with country and sector, when, where, by whose word."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from whosays.show.exports.places import WIDE

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from whosays.show.contract import ActorJson, SheetJson, StatementJson
    from whosays.show.views import StoryView
    from whosays.show.views.story import StoryArticle


def make_events(view: StoryView, sheets: Mapping[str, SheetJson]) -> list[dict[str, Any]]:
    """Return each statement that tells an event; one told in several articles stands there once for each."""
    return [
        _make_event(statement, article)
        for article in view.articles
        if article.id in sheets
        for statement in sheets[article.id].statements
        if statement.event is not None
    ]


def _make_event(statement: StatementJson, article: StoryArticle) -> dict[str, Any]:
    event = statement.event
    place = next((one for one in statement.places if one.lat is not None), None)
    located = place is not None and place.precision not in WIDE
    day = next((one.earliest for one in statement.times if one.earliest), None)
    return {
        "event_id": statement.id,
        "event_type": event.type if event else None,
        "event_date": (day or article.published or "")[:10] or None,
        "event_text": statement.text,
        "trigger": event.trigger.text if event else None,
        "actor": list(_list_parties(statement, "actor")),
        "recipient": list(_list_parties(statement, "recipient")),
        "placename": place.name if place else None,
        "country": place.country if place else None,
        "latitude": place.lat if place and located else None,
        "longitude": place.lon if place and located else None,
        "certainty": statement.certainty.source or statement.certainty.outlet,
        "said_by": statement.source.name or statement.source.text if statement.source else None,
        "source": article.outlet,
        "url": article.url,
        "pub_date": article.published,
    }


def _list_parties(statement: StatementJson, role: str) -> Iterator[dict[str, str | None]]:
    found: list[ActorJson] = [actor for actor in statement.actors if actor.role == role]
    for actor in found:
        yield {"name": actor.name or actor.text, "country": actor.country, "sector": actor.sector}
