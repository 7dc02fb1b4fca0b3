"""The command line: parse, call one function of `flow`, render.

Takes arguments, gives text and an exit status; decides nothing about pages or statements.
"""

from whosays.cli.commands import main

__all__ = ["main"]
