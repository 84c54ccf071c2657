-- The audit as a chain: each act carries a hash over what it says and over the link of the act before it. What the
-- links cover is written down in store/audit_chain.h.
ALTER TABLE audit ADD COLUMN first_n INTEGER;               -- n as it was recorded, once it was set anew
ALTER TABLE audit ADD COLUMN changes TEXT NOT NULL DEFAULT ''; -- of earlier acts, since the act before: "3=500,7-"
ALTER TABLE audit ADD COLUMN salt TEXT;                     -- hashed with the texts, gone with them
ALTER TABLE audit ADD COLUMN erased TEXT;                   -- the hash of the texts, once they were erased
ALTER TABLE audit ADD COLUMN link TEXT;
-- What was recorded before is chained when the database is next opened for writing, in small steps.
DELETE FROM meta WHERE key IN ('audit_mark', 'audit_unchained');
INSERT INTO meta(key, value) SELECT 'audit_unchained', CAST(max(id) AS TEXT) FROM audit HAVING count(*) > 0;
INSERT INTO meta(key, value) SELECT 'audit_mark', '0 0 - ' WHERE NOT EXISTS (SELECT 1 FROM audit);

-- Who works with the console and the command line; without any, whoever can read the profile may do everything.
CREATE TABLE console_user(
  name TEXT PRIMARY KEY NOT NULL,
  role INTEGER NOT NULL,
  hash TEXT NOT NULL,                   -- Argon2id, with its parameters and salt
  failures INTEGER NOT NULL,            -- wrong passwords since the last right one
  locked_until INTEGER,
  created_at INTEGER NOT NULL,
  created_by TEXT NOT NULL
) STRICT, WITHOUT ROWID;
