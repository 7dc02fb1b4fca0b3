-- Two statements that people say make one claim ('same'), or of which the first does not belong with the other
-- ('apart'). Heirs of a newer reading have rows of their own with the same judgement.
CREATE TABLE ruling (
    statement TEXT NOT NULL,
    other TEXT NOT NULL,
    verdict TEXT NOT NULL CHECK (verdict IN ('same', 'apart')),
    judgement BIGINT NOT NULL REFERENCES judgement,
    PRIMARY KEY (statement, other)
);
-- Rulings by the other statement, and by the judgement that they come from.
CREATE INDEX ruling_by_other ON ruling (other);
CREATE INDEX ruling_by_judgement ON ruling (judgement);
