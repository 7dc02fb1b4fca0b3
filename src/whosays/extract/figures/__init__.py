"""Figures: numbers with their bounds, what is counted, and what came of it."""

from whosays.extract.figures.finding import find_figures

__all__ = ["find_figures"]
