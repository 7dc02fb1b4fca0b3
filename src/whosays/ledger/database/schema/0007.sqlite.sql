-- Words of statements as terms that say where they stood (`ledger/words.py`); only the index is kept.
DROP TABLE statement_words;
CREATE VIRTUAL TABLE statement_words USING fts5 (
    words, content='', tokenize="porter unicode61 remove_diacritics 2"
);
