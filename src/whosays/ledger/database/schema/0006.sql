-- Which pages were saved from an address or a file.
CREATE INDEX capture_by_source ON capture (source);

-- Where the claims of `claim` surely go back to, one name a row.
CREATE TABLE root (
    story TEXT NOT NULL,
    claim TEXT NOT NULL,
    name TEXT NOT NULL,
    PRIMARY KEY (story, claim, name),
    FOREIGN KEY (story, claim) REFERENCES claim (story, id) ON DELETE CASCADE
);
-- What goes back to a source.
CREATE INDEX root_by_name ON root (name, story, claim);
