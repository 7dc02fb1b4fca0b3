"""Find statements: who says what, how surely, on what evidence, how many.

Takes an Article and an Encoder, gives Statements with the reasons for each field; touches nothing outside.
"""

from whosays.extract.lexicon import Lexicon, load_lexicon
from whosays.extract.statements import EXTRACTOR, extract_statements

__all__ = ["EXTRACTOR", "Lexicon", "extract_statements", "load_lexicon"]
