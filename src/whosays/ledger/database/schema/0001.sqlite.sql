-- Words of statements, by column; only the index is kept, the words stand in `statement`.
CREATE VIRTUAL TABLE statement_words USING fts5 (
    content, source, actors, places, content='', tokenize="porter unicode61 remove_diacritics 2"
);
