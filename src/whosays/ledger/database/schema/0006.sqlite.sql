-- The names in the claims that were kept before.
WITH RECURSIVE part (story, claim, name, rest) AS (
    SELECT story, id, '', roots || '; ' FROM claim
    UNION ALL
    SELECT story, claim, substr(rest, 1, instr(rest, '; ') - 1), substr(rest, instr(rest, '; ') + 2)
    FROM part WHERE rest <> ''
)
INSERT OR IGNORE INTO root SELECT story, claim, name FROM part WHERE name <> '' AND substr(name, 1, 1) <> '(';
