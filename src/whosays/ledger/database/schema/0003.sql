-- Articles whose story is not known yet: those that came since linking last ran, none of them an older version.
CREATE TABLE unlinked (
    article TEXT PRIMARY KEY REFERENCES article
);
INSERT INTO unlinked (article) SELECT id FROM article AS this WHERE NOT EXISTS
    (SELECT 1 FROM article AS later WHERE later.key = this.key AND later.version > this.version);

-- What an article is about, as `link` made it: `words` are its terms and their weights in base64. Days are numbers of
-- the proleptic Gregorian calendar, -1 where none is known.
CREATE TABLE gist (
    article TEXT PRIMARY KEY REFERENCES article,
    day BIGINT NOT NULL,
    words TEXT NOT NULL
);
-- Under which terms articles of one story are found, near a day.
CREATE TABLE term (
    term BIGINT NOT NULL,
    day BIGINT NOT NULL,
    article TEXT NOT NULL REFERENCES article,
    PRIMARY KEY (term, day, article)
);
-- The terms of one article, to take it out again.
CREATE INDEX term_by_article ON term (article);

-- Articles that are like enough to be of one story; each pair stands here in both directions.
CREATE TABLE likeness (
    article TEXT NOT NULL REFERENCES article,
    other TEXT NOT NULL REFERENCES article,
    score {real} NOT NULL,
    PRIMARY KEY (article, other)
);
CREATE INDEX likeness_by_other ON likeness (other);

-- A story's id is that of its earliest article. `record` holds what links its articles, as packed JSON; NULL where an
-- article or a judgement came since.
CREATE TABLE story (
    id TEXT PRIMARY KEY,
    title TEXT,
    articles BIGINT NOT NULL,
    outlets BIGINT NOT NULL,
    first TEXT,
    last TEXT NOT NULL,
    texts BIGINT NOT NULL,
    claims BIGINT NOT NULL,
    disputes BIGINT NOT NULL,
    updates BIGINT NOT NULL,
    record TEXT
);
-- Stories by their last day, newest first; those that are to be linked again.
CREATE INDEX story_by_day ON story (last, id);
CREATE INDEX story_to_link ON story (id) WHERE record IS NULL;

CREATE TABLE membership (
    article TEXT PRIMARY KEY REFERENCES article,
    story TEXT NOT NULL
);
-- The articles of a story.
CREATE INDEX membership_by_story ON membership (story);

-- Claims that several articles make, with their origins; all claims of a story are in its `record`.
CREATE TABLE claim (
    story TEXT NOT NULL REFERENCES story,
    id TEXT NOT NULL,
    text TEXT NOT NULL,
    low BIGINT NOT NULL,
    high BIGINT NOT NULL,
    articles BIGINT NOT NULL,
    roots TEXT NOT NULL,
    outlets TEXT NOT NULL,
    last TEXT NOT NULL,
    PRIMARY KEY (story, id)
);
-- Claims with most origins first.
CREATE INDEX claim_by_origins ON claim (high, low, articles, id);
