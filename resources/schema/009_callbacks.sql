-- Where the platform of an account reports to. Its token and its EncodingAESKey are in the secret store.
CREATE TABLE callback(
  account_id INTEGER PRIMARY KEY REFERENCES account(id),
  path TEXT NOT NULL UNIQUE,
  mode INTEGER NOT NULL,
  revision INTEGER NOT NULL,            -- another number after each change, of the secrets too
  changed_at INTEGER NOT NULL,
  changed_by TEXT NOT NULL
) STRICT;
