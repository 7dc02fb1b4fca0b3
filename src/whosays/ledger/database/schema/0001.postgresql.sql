-- Words of statements, labelled by column. Stems as SQLite's porter finds them; no word is too common to be found.
CREATE TEXT SEARCH DICTIONARY whosays_stem (TEMPLATE = snowball, Language = english);
CREATE TEXT SEARCH CONFIGURATION whosays (COPY = simple);
ALTER TEXT SEARCH CONFIGURATION whosays ALTER MAPPING FOR asciiword, word, hword_part, hword_asciipart, asciihword, hword
    WITH whosays_stem;
CREATE TABLE statement_words (number BIGINT PRIMARY KEY REFERENCES statement, words tsvector NOT NULL);
CREATE INDEX statement_words_found ON statement_words USING gin (words);
