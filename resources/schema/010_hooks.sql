-- Business systems that are told what became of messages. Their secrets are in the secret store.
CREATE TABLE hook(
  id INTEGER PRIMARY KEY AUTOINCREMENT, -- never again: a secret goes by it
  url TEXT NOT NULL,
  states INTEGER NOT NULL,              -- a bit for each state
  account_id INTEGER REFERENCES account(id), -- NULL: every account
  allow_private INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  created_by TEXT NOT NULL,
  stopped_at INTEGER,
  stopped_why TEXT,
  delivered INTEGER NOT NULL DEFAULT 0,
  failures INTEGER NOT NULL DEFAULT 0,
  last_at INTEGER,
  last_detail TEXT NOT NULL DEFAULT ''
) STRICT;

-- What a hook is still to be told; written in the transaction that moved the message, deleted when it was taken.
CREATE TABLE hook_delivery(
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  hook_id INTEGER NOT NULL,
  event_id TEXT NOT NULL,               -- webhook-id: the same for all tries
  message_id INTEGER NOT NULL,
  body TEXT NOT NULL,                   -- the same bytes for all tries
  traceparent TEXT,
  created_at INTEGER NOT NULL,
  due_at INTEGER NOT NULL,
  tries INTEGER NOT NULL DEFAULT 0,
  dead_at INTEGER,                      -- not tried again by itself
  detail TEXT
) STRICT;
CREATE INDEX hook_delivery_due ON hook_delivery(hook_id, due_at) WHERE dead_at IS NULL;
CREATE INDEX hook_delivery_dead ON hook_delivery(hook_id, id) WHERE dead_at IS NOT NULL;

-- Where a message comes from in a trace of its sender (W3C Trace Context); only of those that said so.
CREATE TABLE message_trace(
  message_id INTEGER PRIMARY KEY,
  traceparent TEXT NOT NULL
) STRICT;
