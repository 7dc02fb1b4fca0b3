-- Pages that were sent to be kept and are still to be read, so that a kill loses none; `tries` counts begun readings.
CREATE TABLE sent (
    id TEXT PRIMARY KEY,
    source TEXT NOT NULL,
    body {bytes},
    content_type TEXT,
    url TEXT,
    published TEXT,
    plain BIGINT NOT NULL,
    at TEXT NOT NULL,
    tries BIGINT NOT NULL
);
-- Refusals by when they last happened.
CREATE INDEX refusal_by_last ON refusal (last);
