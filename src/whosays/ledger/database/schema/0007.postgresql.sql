-- Words of statements as terms that say where they stood (`ledger/words.py`), without labels, which the index knows not.
TRUNCATE statement_words;
