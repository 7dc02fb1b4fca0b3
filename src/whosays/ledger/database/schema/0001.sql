-- The first ledger. Days and times are ISO 8601 text in UTC; spans are half-open, in code points of the article's text
-- or, as page_spans, in bytes of the archived page. `record` columns hold a whole record as JSON.
CREATE TABLE page (
    digest TEXT PRIMARY KEY,
    file TEXT NOT NULL,
    first_byte BIGINT NOT NULL,
    length BIGINT NOT NULL,
    record_id TEXT NOT NULL,
    size BIGINT NOT NULL
);
-- Which bytes of a WARC file belong to the ledger.
CREATE INDEX page_by_file ON page (file, first_byte);

CREATE TABLE capture (
    page TEXT NOT NULL REFERENCES page,
    source TEXT NOT NULL,
    url TEXT NOT NULL,
    fetched TEXT NOT NULL,
    content_type TEXT,
    PRIMARY KEY (page, source, url)
);

CREATE TABLE article (
    id TEXT PRIMARY KEY,
    page TEXT NOT NULL REFERENCES page,
    key TEXT NOT NULL,
    version BIGINT NOT NULL,
    title TEXT,
    outlet TEXT,
    agency TEXT,
    byline TEXT,
    url TEXT,
    published TEXT,
    modified TEXT,
    charset TEXT NOT NULL,
    media_type TEXT NOT NULL,
    text TEXT NOT NULL,
    record TEXT NOT NULL,
    added TEXT NOT NULL,
    UNIQUE (key, version)
);
-- All articles read from one page; what came out on a day; what an outlet brought.
CREATE INDEX article_by_page ON article (page);
CREATE INDEX article_by_day ON article (published);
CREATE INDEX article_by_outlet ON article (outlet);

CREATE TABLE reading (
    id TEXT PRIMARY KEY,
    article TEXT NOT NULL REFERENCES article,
    encoder TEXT NOT NULL,
    added TEXT NOT NULL
);
-- The readings of one article.
CREATE INDEX reading_by_article ON reading (article);

-- `current` is 1 for what is to be believed now, 2 for an article's older versions, 0 for what an older encoder read.
-- `source_name`, `stance`, `sure` and `event` stand as people left them, the machine's reading in `record`.
CREATE TABLE statement (
    number {number},
    id TEXT NOT NULL UNIQUE,
    reading TEXT NOT NULL REFERENCES reading,
    article TEXT NOT NULL REFERENCES article,
    current BIGINT NOT NULL,
    verdict TEXT,
    first_char BIGINT NOT NULL,
    last_char BIGINT NOT NULL,
    content TEXT NOT NULL,
    source_words TEXT,
    source_name TEXT,
    source_kind TEXT,
    stance TEXT NOT NULL,
    sure TEXT NOT NULL,
    event TEXT,
    outlet TEXT,
    published TEXT,
    record TEXT NOT NULL
);
-- The statements of one article; of an outlet, of a stance, of a type, of one certainty, of a time, newest first.
CREATE INDEX statement_by_article ON statement (article, first_char);
CREATE INDEX statement_by_outlet ON statement (outlet, number);
CREATE INDEX statement_by_stance ON statement (stance, number);
CREATE INDEX statement_by_event ON statement (event, number);
CREATE INDEX statement_by_sure ON statement (sure, number);
CREATE INDEX statement_by_day ON statement (published, number);
-- How much a source is relied on.
CREATE INDEX statement_by_source ON statement (source_name, source_words, source_kind);

CREATE TABLE figure (
    number {number},
    statement BIGINT NOT NULL REFERENCES statement,
    low {real},
    best {real},
    high {real},
    approximate BIGINT NOT NULL,
    unit TEXT,
    counted TEXT,
    outcome TEXT NOT NULL,
    words TEXT NOT NULL
);
-- The figures of a statement; of an outcome; of a unit, newest first.
CREATE INDEX figure_by_statement ON figure (statement);
CREATE INDEX figure_by_outcome ON figure (outcome, number);
CREATE INDEX figure_by_unit ON figure (unit, number);

CREATE TABLE refusal (
    source TEXT NOT NULL,
    reason TEXT NOT NULL,
    detail TEXT NOT NULL,
    times BIGINT NOT NULL,
    first TEXT NOT NULL,
    last TEXT NOT NULL,
    PRIMARY KEY (source, reason, detail)
);

-- Append-only: what people did, and why.
CREATE TABLE judgement (
    number {number},
    at TEXT NOT NULL,
    who TEXT NOT NULL,
    why TEXT,
    action TEXT NOT NULL,
    target TEXT NOT NULL,
    field TEXT,
    before TEXT,
    after TEXT,
    undoes BIGINT REFERENCES judgement
);
-- The history of one thing; what took a judgement back.
CREATE INDEX judgement_by_target ON judgement (target);
CREATE INDEX judgement_by_undoes ON judgement (undoes);

-- What the judgements come to: fields of statements as people left them, and names that mean others.
CREATE TABLE correction (
    statement TEXT NOT NULL,
    field TEXT NOT NULL,
    value TEXT NOT NULL,
    judgement BIGINT NOT NULL REFERENCES judgement,
    PRIMARY KEY (statement, field)
);
CREATE TABLE alias (
    name TEXT PRIMARY KEY,
    meant TEXT NOT NULL,
    judgement BIGINT NOT NULL REFERENCES judgement
);
-- All names of one source.
CREATE INDEX alias_by_meant ON alias (meant);

CREATE TABLE feed (
    url TEXT PRIMARY KEY,
    etag TEXT,
    modified TEXT,
    checked TEXT,
    next_check TEXT,
    failures BIGINT NOT NULL
);
CREATE TABLE entry (
    feed TEXT NOT NULL REFERENCES feed,
    url TEXT NOT NULL,
    seen TEXT NOT NULL,
    done BIGINT NOT NULL,
    PRIMARY KEY (feed, url)
);
