"""What can be said of plain text without knowing where it came from.

Takes strings, gives spans; never looks at pages, statements or the outside world.
"""

from whosays.text.clauses import split_clauses
from whosays.text.fold import fold_name, split_words
from whosays.text.moments import is_surely_first, order_moment, read_moment
from whosays.text.months import MONTHS
from whosays.text.numbers import Number, find_numbers, read_number_words
from whosays.text.quotes import find_quotes
from whosays.text.reread import fold_white_space, reread
from whosays.text.sentences import split_sentences
from whosays.text.words import is_former, lower_letters, widen_to_words

__all__ = [
    "MONTHS",
    "Number",
    "find_numbers",
    "find_quotes",
    "fold_name",
    "fold_white_space",
    "is_former",
    "is_surely_first",
    "lower_letters",
    "order_moment",
    "read_moment",
    "read_number_words",
    "reread",
    "split_clauses",
    "split_sentences",
    "split_words",
    "widen_to_words",
]
