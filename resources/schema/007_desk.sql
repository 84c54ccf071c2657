-- A frozen selection that is sent again under watch. Nothing wrote these tables before.
DROP TABLE replay_item;
DROP TABLE replay;
CREATE TABLE replay(
  id INTEGER PRIMARY KEY,
  created_at INTEGER NOT NULL,
  created_by TEXT NOT NULL,
  reason TEXT NOT NULL,
  selection TEXT NOT NULL,
  fingerprint TEXT NOT NULL,             -- SHA-256 over the sorted ids, a line each
  size INTEGER NOT NULL,
  state INTEGER NOT NULL,
  pace REAL NOT NULL,                    -- messages a second; 0: as fast as the account goes
  ladder TEXT NOT NULL,                  -- sizes of its steps; '': none
  fail_share REAL NOT NULL,
  fail_least INTEGER NOT NULL,
  may_arrive_twice INTEGER NOT NULL,
  audit_id INTEGER NOT NULL,
  known_causes TEXT NOT NULL,            -- of the selection when it was frozen; others are new
  position INTEGER NOT NULL DEFAULT 0,   -- how many of the list have had their turn
  climb INTEGER NOT NULL DEFAULT 0,      -- counts the steps ever begun
  step INTEGER NOT NULL DEFAULT 0,       -- which one of the ladder
  step_released INTEGER NOT NULL DEFAULT 0,
  step_ended INTEGER NOT NULL DEFAULT 0,
  step_failed INTEGER NOT NULL DEFAULT 0,
  released INTEGER NOT NULL DEFAULT 0,
  accepted INTEGER NOT NULL DEFAULT 0,
  failed INTEGER NOT NULL DEFAULT 0,
  other INTEGER NOT NULL DEFAULT 0,      -- ended in another way: cancelled, or taken further by somebody
  skipped INTEGER NOT NULL DEFAULT 0,
  need_confirmation INTEGER NOT NULL DEFAULT 0,
  stop_why INTEGER NOT NULL DEFAULT 0,
  stop_cause TEXT NOT NULL DEFAULT '',
  changed_at INTEGER NOT NULL,
  changed_by TEXT NOT NULL,
  finished_at INTEGER
) STRICT;
CREATE INDEX replay_at_work ON replay(state) WHERE state IN (0, 1, 2);
-- The list, a thousand ids a row: the first as it is, the others as the distance from the one before.
CREATE TABLE replay_part(
  replay_id INTEGER NOT NULL,
  part INTEGER NOT NULL,
  ids TEXT NOT NULL,
  PRIMARY KEY(replay_id, part)
) STRICT, WITHOUT ROWID;
-- What a replay has let go and what has not ended yet.
CREATE TABLE replay_item(
  replay_id INTEGER NOT NULL,
  message_id INTEGER NOT NULL,
  life INTEGER NOT NULL,
  climb INTEGER NOT NULL,
  PRIMARY KEY(replay_id, message_id)
) STRICT, WITHOUT ROWID;

-- What earlier lives of an edited message sent.
CREATE TABLE payload_before(
  message_id INTEGER NOT NULL,
  life INTEGER NOT NULL,                 -- the last one that sent it
  content TEXT NOT NULL,
  PRIMARY KEY(message_id, life)
) STRICT, WITHOUT ROWID;

-- What the life before died of; NULL once it is known whether sending again helped.
ALTER TABLE message ADD COLUMN last_cause TEXT;
CREATE TABLE retry_summary(
  account_id INTEGER NOT NULL,
  cause TEXT NOT NULL,
  tried INTEGER NOT NULL,
  helped INTEGER NOT NULL,
  PRIMARY KEY(account_id, cause)
) STRICT, WITHOUT ROWID;

-- What somebody wrote down about all messages of a cause.
CREATE TABLE cause_note(
  account_id INTEGER NOT NULL,
  cause TEXT NOT NULL,
  note TEXT NOT NULL,
  written_by TEXT NOT NULL,
  written_at INTEGER NOT NULL,
  PRIMARY KEY(account_id, cause)
) STRICT, WITHOUT ROWID;
