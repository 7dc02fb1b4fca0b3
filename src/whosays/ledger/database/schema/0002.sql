-- What statements say to be so, clause by clause, with the encoder's vector: 8 bits a value, in base64. For linking.
CREATE TABLE proposition (
    number {number},
    statement BIGINT NOT NULL REFERENCES statement,
    first_char BIGINT NOT NULL,
    last_char BIGINT NOT NULL,
    vector TEXT
);
-- The propositions of a statement.
CREATE INDEX proposition_by_statement ON proposition (statement);
