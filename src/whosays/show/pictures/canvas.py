"""A canvas: elements of SVG put together as a tree, so that every text in it is escaped."""

from __future__ import annotations

from datetime import date
from xml.etree import ElementTree as ET

Value = str | int | float


class Canvas:
    """An SVG picture of so many units across and down, with a title and a description for those who do not see it."""

    def __init__(self, width: float, height: float, *, title: str, description: str, name: str) -> None:
        self._root = ET.Element(
            "svg",
            {
                "xmlns": "http://www.w3.org/2000/svg",
                "viewBox": f"0 0 {_round(width)} {_round(height)}",
                "role": "img",
                "aria-labelledby": f"{name}-title {name}-text",
                "class": f"picture {name}",
            },
        )
        self.add("title", title, id=f"{name}-title")
        self.add("desc", description, id=f"{name}-text")

    def add(self, tag: str, text: str | None = None, **attributes: Value) -> Element:
        """Add an element; `class_` and names with underscores are written as SVG has them."""
        return _add(self._root, tag, text, attributes)

    def add_text(self, x: float, y: float, text: str, *, most: int = 60, **attributes: Value) -> Element:
        """Add a line of text, cut to so many characters; the whole of it is told on hover."""
        element = self.add("text", cut_text(text, most), x=x, y=y, **attributes)
        if len(text) > most:
            _add(element, "title", text, {})
        return element

    def write(self) -> str:
        """Return the markup."""
        return ET.tostring(self._root, encoding="unicode")


Element = ET.Element


def cut_text(text: str, most: int) -> str:
    """Return a text, or its beginning and dots where it is longer."""
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"


def hint(element: Element, text: str) -> None:
    """Let an element say something on hover."""
    _add(element, "title", text, {})


def read_day(value: str | None) -> date | None:
    """Return the day of an ISO date or time, none where it is none."""
    try:
        return date.fromisoformat(value[:10]) if value else None
    except ValueError:
        return None


def _add(parent: Element, tag: str, text: str | None, attributes: dict[str, Value]) -> Element:
    written = {name.rstrip("_").replace("_", "-"): _write(value) for name, value in attributes.items()}
    element = ET.SubElement(parent, tag, written)
    element.text = _clean(text) if text is not None else None
    return element


def _write(value: Value) -> str:
    return str(_round(value)) if isinstance(value, float) else _clean(str(value))


def _round(value: float) -> float | int:
    rounded = round(value, 1)
    return int(rounded) if rounded == int(rounded) else rounded


def _clean(text: str) -> str:
    """Leave out what XML has no place for."""
    return "".join(c for c in text if c >= " " or c in "\t\n").translate(_NOT_XML)


_NOT_XML = {0xFFFE: None, 0xFFFF: None, **dict.fromkeys(range(0xD800, 0xE000))}
