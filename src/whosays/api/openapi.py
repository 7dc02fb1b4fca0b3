"""The API's description, OpenAPI 3.1, made of the classes that it takes and gives."""

from __future__ import annotations

from importlib import metadata
from typing import Any

import msgspec

from whosays.api.acts import AddressSent, JobView, JudgementSent, PageSent
from whosays.api.parameters import ExportAsked
from whosays.api.problems import MEDIA_TYPE, Problem
from whosays.api.questions import QUESTIONS, Question
from whosays.show.contract import SheetJson
from whosays.show.exports import FORMATS
from whosays.show.views.lists import JudgementRow

_TEXT = """Who says what happened, on what evidence, how sure, in how many independent places. Nothing here is a
verdict on truth. Days and times are ISO 8601 in UTC, offsets are code points, half-open."""
_EXAMPLES: dict[type, dict[str, Any]] = {
    PageSent: {"body": "The bridge was closed, Ana Brandt said on Monday.", "published": "2026-03-04"},
    AddressSent: {"url": "https://example.org/story"},
    JudgementSent: {"action": "reject", "target": "8b2f6e25aa10", "why": "misread"},
}
_REF = "#/components/schemas/{name}"


def make_description() -> dict[str, Any]:
    """Return the whole description."""
    named = [question.gives for question in QUESTIONS]
    kinds = [*named, SheetJson, JobView, JudgementRow, JudgementSent, PageSent, AddressSent, Problem]
    _, components = msgspec.json.schema_components(kinds, ref_template=_REF)
    paths: dict[str, dict[str, Any]] = {}
    for question in QUESTIONS:
        paths.setdefault(f"/api/v1{question.path}", {})["get"] = _describe(question)
    paths["/api/v1/read"] = {
        "post": _describe_post("read", "Read a page; nothing is kept.", PageSent, (200, SheetJson))
    }
    paths["/api/v1/articles"] = {
        "post": _describe_post("add", "Begin to read a page into the ledger.", PageSent, (202, JobView))
    }
    paths["/api/v1/addresses"] = {
        "post": _describe_post("get", "Begin to get a page from the web into the ledger.", AddressSent, (202, JobView))
    }
    paths["/api/v1/judgements"]["post"] = _describe_post(
        "judge", "Write down what a person decided.", JudgementSent, (201, JudgementRow), same=True
    )
    paths["/api/v1/stories/{article}/export"] = {"get": _describe_export()}
    job = {"name": "job", "in": "path", "required": True, "schema": {"type": "string"}}
    paths["/api/v1/jobs/{job}"] = {
        "get": {
            "operationId": "job",
            "summary": "How far a page is on its way.",
            "parameters": [job],
            "responses": {"200": _respond("The page.", JobView), **_problems(404)},
        }
    }
    return {
        "openapi": "3.1.0",
        "info": {"title": "whosays", "version": metadata.version("whosays"), "description": _TEXT},
        "paths": paths,
        "components": {
            "schemas": components,
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
        },
    }


def _describe(question: Question[Any]) -> dict[str, Any]:
    names = {part[1:-1] for part in question.path.split("/") if part.startswith("{")}
    properties = _list_properties(question.takes)
    missing = (404,) if names or question.name == "source" else ()
    return {
        "operationId": question.name,
        "summary": question.summary,
        "parameters": [
            {
                "name": name,
                "in": "path" if name in names else "query",
                "required": name in names or name in properties["required"],
                "schema": schema,
            }
            for name, schema in properties["fields"].items()
        ],
        "responses": {"200": _respond(question.summary, question.gives), **_problems(400, *missing, 503)},
    }


def _describe_export() -> dict[str, Any]:
    media: dict[str, Any] = {form.media_type.partition(";")[0]: {"schema": {}} for form in FORMATS.values()}
    fields = _list_properties(ExportAsked)["fields"]
    return {
        "operationId": "export",
        "summary": "One story in a form that other programs read.",
        "parameters": [
            {
                "name": name,
                "in": "path" if name == "article" else "query",
                "required": name in {"article", "format"},
                "schema": schema,
            }
            for name, schema in fields.items()
        ],
        "responses": {"200": {"description": "The story.", "content": media}, **_problems(400, 404, 503)},
    }


def _list_properties(kind: type) -> dict[str, Any]:
    """Return the schema of each field as it stands in an address, where nothing can be null."""
    _, components = msgspec.json.schema_components([kind], ref_template=_REF)
    described = next(iter(components.values()))
    fields = {}
    for name, schema in described.get("properties", {}).items():
        options = [one for one in schema.get("anyOf", []) if one.get("type") != "null"]
        bare = {key: value for key, value in schema.items() if key not in {"anyOf", "default"}}
        shown = (
            {**options[0], **bare}
            if options
            else {key: v for key, v in schema.items() if key != "default" or v is not None}
        )
        if isinstance(shown.get("enum"), list):
            shown["enum"] = [value for value in shown["enum"] if value is not None]
        fields[name] = shown
    return {"fields": fields, "required": described.get("required", [])}


def _describe_post(
    name: str, summary: str, takes: type, gives: tuple[int, type], *, same: bool = False
) -> dict[str, Any]:
    status, kind = gives
    responses = {str(status): _respond(summary, kind), **_problems(400, 403, 404, 409, 413, 503)}
    if same:
        responses["204"] = {"description": "It is so already; nothing was written."}
    return {
        "operationId": name,
        "summary": summary,
        "requestBody": {
            "required": True,
            "content": {"application/json": {"schema": _refer(takes), "example": _EXAMPLES[takes]}},
        },
        "responses": responses,
    }


def _respond(description: str, kind: type) -> dict[str, Any]:
    return {"description": description, "content": {"application/json": {"schema": _refer(kind)}}}


def _problems(*statuses: int) -> dict[str, Any]:
    content = {MEDIA_TYPE: {"schema": _refer(Problem)}}
    return {str(status): {"description": "A problem (RFC 9457).", "content": content} for status in statuses}


def _refer(kind: type) -> dict[str, str]:
    return {"$ref": _REF.format(name=kind.__name__)}
