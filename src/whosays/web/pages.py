"""The pages: each asks one question and puts the answer into its template; the same with `.json` gives the answer."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

import msgspec
from starlette.concurrency import run_in_threadpool
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from whosays.api.questions import QUESTIONS, ask
from whosays.api.routes import answer_asked, answer_struct
from whosays.errors import LedgerError, NotKept, Unasked
from whosays.ledger import list_choices
from whosays.show.html_sheet import describe_page
from whosays.show.pictures import illustrate_claim, illustrate_story
from whosays.show.views import ArticleView, StatementView, StoryView
from whosays.show.views.claim import OneClaim
from whosays.web.render import answer_page, answer_trouble, tell_invalid

if TYPE_CHECKING:
    from collections.abc import Mapping

    from msgspec import Struct
    from starlette.requests import Request

    from whosays.api import Desk, Question
    from whosays.ledger import LedgerView


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A page: its address, the question it asks, its template."""

    path: str
    question: str
    template: str


PAGES = (
    Page(path="/", question="home", template="home.html"),
    Page(path="/stories", question="stories", template="stories.html"),
    Page(path="/story/{article}", question="story", template="story.html"),
    Page(path="/claims", question="claims", template="claims.html"),
    Page(path="/claim/{claim}", question="claim", template="claim.html"),
    Page(path="/article/{article}", question="article", template="article.html"),
    Page(path="/statement/{statement}", question="statement", template="statement.html"),
    Page(path="/sources", question="sources", template="sources.html"),
    Page(path="/source", question="source", template="source.html"),
    Page(path="/figures", question="figures", template="figures.html"),
    Page(path="/search", question="search", template="search.html"),
    Page(path="/review", question="review", template="review.html"),
    Page(path="/refusals", question="refusals", template="refusals.html"),
    Page(path="/feeds", question="feeds", template="feeds.html"),
    Page(path="/about", question="about", template="about.html"),
)


def make_page_routes(desk: Desk) -> list[Route]:
    """Return the routes of all pages, of their JSON, and of archived pages as text."""
    questions = {question.name: question for question in QUESTIONS}
    routes = []
    for page in PAGES:
        question = questions[page.question]
        twin = f"{page.path}.json" if page.path != "/" else "/home.json"
        routes.append(Route(twin, partial(_answer_json, desk, question), methods=["GET"]))
        routes.append(Route(page.path, partial(_answer_html, desk, page, question), methods=["GET"]))
    return [*routes, Route("/page/{article}", partial(_show_bytes, desk), methods=["GET"])]


async def _answer_json(desk: Desk, question: Question[Any], request: Request) -> Response:
    return await answer_asked(lambda: answer_struct(request, _ask(desk, question, request)))


async def _answer_html(desk: Desk, page: Page, question: Question[Any], request: Request) -> Response:
    def work() -> Response:
        answer = _ask(desk, question, request)
        more = _illustrate(answer, desk.view, origin=str(request.base_url).rstrip("/"))
        return answer_page(request, page.template, view=answer, twin=_find_twin(request), **more)

    try:
        return await run_in_threadpool(work)
    except NotKept as error:
        return answer_trouble(404, error.detail)
    except Unasked as error:
        return answer_trouble(422, error.detail)
    except msgspec.ValidationError as error:
        return answer_trouble(400, tell_invalid(error))
    except LedgerError as error:
        return answer_trouble(503, f"the ledger cannot be used: {error.detail}")


def _ask(desk: Desk, question: Question[Any], request: Request) -> Struct:
    """Ask what the address says; what a form left empty is not asked for."""
    given: Mapping[str, str] = {**request.query_params, **request.path_params}
    return ask(question, {name: value.strip() for name, value in given.items() if value.strip()}, desk.view)


def _find_twin(request: Request) -> str:
    """Return the address of a page's JSON."""
    path = "/home.json" if request.url.path == "/" else f"{request.url.path}.json"
    return f"{path}?{request.url.query}" if request.url.query else path


def _illustrate(answer: Struct, view: LedgerView, *, origin: str) -> dict[str, Any]:
    """Draw what an answer's page shows as pictures, and mark an article's text."""
    if isinstance(answer, StoryView):
        return illustrate_story(answer)
    if isinstance(answer, OneClaim):
        return {"origins": illustrate_claim(answer.claim)}
    if isinstance(answer, ArticleView):
        return describe_page(view.read_sheet(answer.article.id))
    if isinstance(answer, StatementView):
        return {"choices": list_choices()}
    return {"origin": origin}


async def _show_bytes(desk: Desk, request: Request) -> Response:
    """Show the archived page of an article, by its whole id, as text, whatever it is."""

    def work() -> Response:
        sheet = desk.view.read_sheet(request.path_params["article"])
        text = sheet.page.body.decode(sheet.article.charset, "replace")
        return PlainTextResponse(text, headers={"Content-Disposition": "inline", "Content-Security-Policy": "sandbox"})

    try:
        return await run_in_threadpool(work)
    except LedgerError as error:
        return answer_trouble(404, error.detail)
