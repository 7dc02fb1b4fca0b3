"""Bytes to characters and back: charsets, references, and a text whose every character knows its bytes.

Takes bytes and runs of a page, gives text with an offset map; never decides what belongs to an article.
"""
