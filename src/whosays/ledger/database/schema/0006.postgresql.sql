-- The names in the claims that were kept before.
INSERT INTO root SELECT claim.story, claim.id, part.name
FROM claim, unnest(string_to_array(claim.roots, '; ')) AS part (name)
WHERE part.name <> '' AND left(part.name, 1) <> '(' ON CONFLICT DO NOTHING;
