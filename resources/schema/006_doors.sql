-- A key belongs to whoever used it: the hash of the business system's name, NULL for what people hand in here. And the
-- hash of all it asked for, so that the same key with another wish is told apart from a repeat.
ALTER TABLE message ADD COLUMN key_scope INTEGER;
ALTER TABLE message ADD COLUMN request_hash INTEGER;

-- Who may hand in and ask by HTTP. The key itself is nowhere: it has 256 random bits, and its SHA-256 is looked up.
CREATE TABLE api_key(
  id INTEGER PRIMARY KEY,
  client TEXT NOT NULL,
  hash TEXT NOT NULL UNIQUE,
  hint TEXT NOT NULL,                   -- its first characters, for telling keys apart
  scopes INTEGER NOT NULL,
  account_id INTEGER REFERENCES account(id), -- NULL: every account
  created_at INTEGER NOT NULL,
  created_by TEXT NOT NULL,
  expires_at INTEGER,
  revoked_at INTEGER,
  revoked_by TEXT
) STRICT;
