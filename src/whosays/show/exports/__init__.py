"""A story in the forms that other programs read: tables, maps, annotations, claims, events.

Takes a story's view and its articles' sheets; gives the bytes of a file. Each form is a standard of its own, named in
its module.
"""

from whosays.show.exports.story import FORMATS, TABULAR, Format, Tables, export_story

__all__ = ["FORMATS", "TABULAR", "Format", "Tables", "export_story"]
