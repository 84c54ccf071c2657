-- What keys of business systems are for; without a row, everything. The one account a key could have is now the first of
-- its list.
CREATE TABLE api_key_account(
  key_id INTEGER NOT NULL REFERENCES api_key(id),
  account_id INTEGER NOT NULL REFERENCES account(id),
  PRIMARY KEY(key_id, account_id)
) STRICT, WITHOUT ROWID;
INSERT INTO api_key_account SELECT id, account_id FROM api_key WHERE account_id IS NOT NULL;
ALTER TABLE api_key DROP COLUMN account_id;
CREATE TABLE api_key_template(
  key_id INTEGER NOT NULL REFERENCES api_key(id),
  template_id TEXT NOT NULL,
  PRIMARY KEY(key_id, template_id)
) STRICT, WITHOUT ROWID;

-- What is left of archived messages as long as their idempotency keys are remembered: the same key is no second message.
CREATE TABLE kept_key(
  slot INTEGER PRIMARY KEY,             -- in idempotency
  message_id INTEGER NOT NULL,
  batch_id INTEGER NOT NULL,
  key_scope INTEGER NOT NULL,           -- 0: of people
  key_hash TEXT NOT NULL,               -- SHA-256 of the key
  request_hash INTEGER,
  state INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  created_by TEXT NOT NULL,
  finished_at INTEGER
) STRICT;
CREATE INDEX kept_key_message ON kept_key(message_id);
CREATE INDEX kept_key_age ON kept_key(created_at);
-- Slots of messages that were archived before: their keys are lost. One with another behind it stays, so that this is found.
DELETE FROM idempotency WHERE message_id NOT IN (SELECT id FROM message) AND slot < 9223372036854775807
  AND NOT EXISTS (SELECT 1 FROM idempotency n WHERE n.slot = idempotency.slot + 1);

-- Business systems have batches of their own, by name.
CREATE INDEX batch_intake ON batch(created_by, name, account_id, template_ref) WHERE kind = 2;

-- Secrets of hooks have numbers, drawn by lot: another begins with the commit that names it, the one before is signed with
-- for a while.
ALTER TABLE hook ADD COLUMN secret_number INTEGER NOT NULL DEFAULT 0;
ALTER TABLE hook ADD COLUMN former_number INTEGER NOT NULL DEFAULT 0;
ALTER TABLE hook ADD COLUMN former_until INTEGER; -- NULL: only the present one counts
