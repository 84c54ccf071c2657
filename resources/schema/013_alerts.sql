-- Alerts, open and past. One row from the moment an alert begins; the same thing never has two open ones.
CREATE TABLE alert(
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  rule TEXT NOT NULL,
  level INTEGER NOT NULL,
  account TEXT NOT NULL,                -- name; '' for the whole profile
  object TEXT NOT NULL,                 -- an error code, the number of a hook
  since INTEGER NOT NULL,               -- the condition came true
  fired_at INTEGER NOT NULL,            -- and had been true for long enough
  last_at INTEGER NOT NULL,             -- value is of then
  value REAL NOT NULL,
  threshold REAL NOT NULL,
  recovered_at INTEGER,
  acknowledged_by TEXT,
  acknowledged_at INTEGER,
  note TEXT,
  told_at INTEGER,                      -- the last notice of it
  recovery_told_at INTEGER
) STRICT;
CREATE UNIQUE INDEX alert_open ON alert(rule, account, object) WHERE recovered_at IS NULL;
CREATE INDEX alert_past ON alert(recovered_at) WHERE recovered_at IS NOT NULL;
CREATE INDEX alert_untold ON alert(id) WHERE recovered_at IS NOT NULL AND recovery_told_at IS NULL;

-- Where notices go to. Passwords and addresses that are secret are in the secret store.
CREATE TABLE alert_sink(
  id INTEGER PRIMARY KEY AUTOINCREMENT, -- never again: a secret goes by it
  kind TEXT NOT NULL,
  settings TEXT NOT NULL,               -- JSON, by the kind
  target TEXT NOT NULL,                 -- for people
  least INTEGER NOT NULL,               -- level
  chinese INTEGER NOT NULL,
  allow_private INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  created_by TEXT NOT NULL,
  taken INTEGER NOT NULL DEFAULT 0,
  failures INTEGER NOT NULL DEFAULT 0,
  last_at INTEGER,
  last_detail TEXT NOT NULL DEFAULT ''
) STRICT;

-- What a sink is still to be told, and for a while what it was told.
CREATE TABLE alert_notice(
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  sink_id INTEGER NOT NULL,
  target TEXT NOT NULL,                 -- as it was: the sink may be gone
  event_id TEXT NOT NULL,               -- webhook-id: the same for all tries
  kind TEXT NOT NULL,
  body TEXT NOT NULL,                   -- the same bytes for all tries
  created_at INTEGER NOT NULL,
  due_at INTEGER NOT NULL,
  tries INTEGER NOT NULL DEFAULT 0,
  taken_at INTEGER,
  dead_at INTEGER,                      -- not tried again
  detail TEXT
) STRICT;
CREATE INDEX alert_notice_due ON alert_notice(due_at) WHERE taken_at IS NULL AND dead_at IS NULL;
CREATE INDEX alert_notice_ended ON alert_notice(created_at) WHERE taken_at IS NOT NULL OR dead_at IS NOT NULL;

CREATE TABLE alert_told(
  alert_id INTEGER NOT NULL,
  notice_id INTEGER NOT NULL,
  PRIMARY KEY(alert_id, notice_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX alert_told_notice ON alert_told(notice_id);
