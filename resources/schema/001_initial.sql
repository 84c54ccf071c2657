-- The journal. Times are Unix milliseconds UTC unless a name says otherwise; steady times are microseconds
-- since boot. Enumerations are the numbers of engine/model.

CREATE TABLE meta(
  key TEXT PRIMARY KEY NOT NULL,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- One life of an engine process on this profile: the owner of claims.
CREATE TABLE run(
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  node TEXT NOT NULL,
  pid INTEGER NOT NULL,
  boot_id TEXT NOT NULL,
  started_at INTEGER NOT NULL,
  stopped_at INTEGER
) STRICT;

CREATE TABLE account(
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE,
  platform TEXT NOT NULL DEFAULT 'wechat',
  appid TEXT NOT NULL,
  api_base TEXT NOT NULL,
  rate REAL NOT NULL,
  burst INTEGER NOT NULL,
  connections INTEGER NOT NULL,
  test_account INTEGER NOT NULL DEFAULT 0,
  uncertain_policy INTEGER NOT NULL DEFAULT 0,
  hold_cause TEXT, hold_detail TEXT, hold_by TEXT, hold_since INTEGER,
  created_at INTEGER NOT NULL
) STRICT;

CREATE TABLE template(
  id INTEGER PRIMARY KEY,
  account_id INTEGER NOT NULL REFERENCES account(id),
  template_id TEXT NOT NULL,
  title TEXT NOT NULL,
  content TEXT NOT NULL,
  example TEXT NOT NULL DEFAULT '',
  primary_industry TEXT NOT NULL DEFAULT '',
  deputy_industry TEXT NOT NULL DEFAULT '',
  fetched_at INTEGER,
  gone_at INTEGER,
  hold_cause TEXT, hold_detail TEXT, hold_by TEXT, hold_since INTEGER,
  UNIQUE(account_id, template_id)
) STRICT;

-- What a template looked like before it changed.
CREATE TABLE template_history(
  id INTEGER PRIMARY KEY,
  template_ref INTEGER NOT NULL REFERENCES template(id),
  until INTEGER NOT NULL,
  title TEXT NOT NULL,
  content TEXT NOT NULL
) STRICT;

-- Every message is in exactly one batch: pausing, holding and fair shares work on batches, so that a
-- million rows can be stopped by writing one.
CREATE TABLE batch(
  id INTEGER PRIMARY KEY,
  account_id INTEGER NOT NULL REFERENCES account(id),
  template_ref INTEGER NOT NULL REFERENCES template(id),
  kind INTEGER NOT NULL,
  state INTEGER NOT NULL DEFAULT 0,
  name TEXT NOT NULL,
  source TEXT NOT NULL DEFAULT '',
  priority INTEGER NOT NULL DEFAULT 1,
  created_at INTEGER NOT NULL,
  created_by TEXT NOT NULL
) STRICT;
CREATE INDEX batch_stream ON batch(account_id, template_ref, kind);
CREATE INDEX batch_name ON batch(name);

-- The part of a message that changes while it is delivered; kept narrow because it is rewritten often.
CREATE TABLE message(
  id INTEGER PRIMARY KEY,
  batch_id INTEGER NOT NULL,
  state INTEGER NOT NULL,
  due_at INTEGER NOT NULL,
  expires_at INTEGER,
  created_at INTEGER NOT NULL,
  openid TEXT NOT NULL,
  recipient_hash INTEGER NOT NULL,      -- index value of openid, see engine/model/hash.h
  client_msg_id TEXT NOT NULL,
  idempotency_key TEXT,
  created_by TEXT,                      -- NULL: as the batch says
  life INTEGER NOT NULL DEFAULT 1,
  attempts INTEGER NOT NULL DEFAULT 0,  -- attempt rows, all lives
  tries INTEGER NOT NULL DEFAULT 0,     -- counted against the retry limit, this life
  crashes INTEGER NOT NULL DEFAULT 0,
  claim_run INTEGER,                    -- owner while sending
  claim_until INTEGER,
  claim_steady INTEGER,                 -- steady time of the claim, for the safe window after a restart
  first_sent_at INTEGER,
  finished_at INTEGER,
  ambiguous_wall INTEGER,               -- start of the first attempt of this life that may have arrived
  ambiguous_steady INTEGER,
  ambiguous_run INTEGER,
  errcode INTEGER,
  cause TEXT,
  error_class INTEGER,
  msgid TEXT,                           -- text: ids above 2^63 must survive digit for digit
  report_status TEXT,
  reported_at INTEGER,
  discarded_at INTEGER
) STRICT;
-- What is due next in a batch.
CREATE INDEX message_due ON message(batch_id, due_at) WHERE state IN (1, 3);
-- Everything but the crowd of queued, accepted and delivered, newest first.
CREATE INDEX message_rare ON message(state, id) WHERE state NOT IN (1, 4, 5);
CREATE INDEX message_recipient ON message(recipient_hash, id);
CREATE INDEX message_cause ON message(cause, id) WHERE cause IS NOT NULL;
CREATE INDEX message_msgid ON message(msgid) WHERE msgid IS NOT NULL;

-- What is sent: a JSON object with data and, if any, url and miniprogram. Never changes.
CREATE TABLE payload(
  message_id INTEGER PRIMARY KEY,
  content TEXT NOT NULL
) STRICT;

-- Compact index of idempotency keys: slot = hash(account, key), next free slot on a collision; the full key
-- in message decides.
CREATE TABLE idempotency(
  slot INTEGER PRIMARY KEY,
  message_id INTEGER NOT NULL
) STRICT;

-- One row a POST, written before the POST leaves.
CREATE TABLE attempt(
  message_id INTEGER NOT NULL,
  n INTEGER NOT NULL,
  life INTEGER NOT NULL,
  run_id INTEGER NOT NULL,
  phase INTEGER NOT NULL,
  started_at INTEGER NOT NULL,
  finished_at INTEGER,
  http_status INTEGER,
  errcode INTEGER,
  errmsg TEXT,
  rid TEXT,
  cause TEXT,
  error_class INTEGER,
  excerpt TEXT,
  latency_us INTEGER,
  counted INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY(message_id, n)
) STRICT, WITHOUT ROWID;

-- Sums, kept in the transactions that change what they count.
CREATE TABLE counter(
  state INTEGER NOT NULL,
  batch_id INTEGER NOT NULL,
  n INTEGER NOT NULL,
  PRIMARY KEY(state, batch_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE cause_summary(
  state INTEGER NOT NULL,
  cause TEXT NOT NULL,
  batch_id INTEGER NOT NULL,
  n INTEGER NOT NULL,
  first_at INTEGER NOT NULL,
  last_at INTEGER NOT NULL,
  PRIMARY KEY(state, cause, batch_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE attempt_summary(
  hour INTEGER NOT NULL,                -- Unix hours
  batch_id INTEGER NOT NULL,
  cause TEXT NOT NULL,                  -- '' when accepted
  error_class INTEGER NOT NULL,
  n INTEGER NOT NULL,
  latency_us INTEGER NOT NULL,          -- sum
  PRIMARY KEY(hour, batch_id, cause)
) STRICT, WITHOUT ROWID;

-- Delivery reports as they came; matched to a message when its msgid is known.
CREATE TABLE report(
  id INTEGER PRIMARY KEY,
  account_id INTEGER NOT NULL,
  msgid TEXT NOT NULL,
  openid TEXT NOT NULL,
  status TEXT NOT NULL,
  received_at INTEGER NOT NULL,
  message_id INTEGER
) STRICT;
CREATE INDEX report_unmatched ON report(account_id, msgid) WHERE message_id IS NULL;

-- Recipients that must not be written to: by openid, or by openid and template.
CREATE TABLE suppression(
  id INTEGER PRIMARY KEY,
  account_id INTEGER NOT NULL,
  recipient_hash INTEGER NOT NULL,
  openid TEXT NOT NULL,
  template_ref INTEGER,
  cause TEXT NOT NULL,
  since INTEGER NOT NULL,
  lifted_at INTEGER,
  lifted_by TEXT
) STRICT;
CREATE INDEX suppression_recipient ON suppression(recipient_hash);

-- A frozen selection that is resent at a set pace.
CREATE TABLE replay(
  id INTEGER PRIMARY KEY,
  created_at INTEGER NOT NULL,
  created_by TEXT NOT NULL,
  reason TEXT NOT NULL,
  selection TEXT NOT NULL,
  fingerprint TEXT NOT NULL,
  state INTEGER NOT NULL,
  pace REAL NOT NULL
) STRICT;
CREATE TABLE replay_item(
  replay_id INTEGER NOT NULL REFERENCES replay(id),
  message_id INTEGER NOT NULL,
  state INTEGER NOT NULL,
  PRIMARY KEY(replay_id, message_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE audit(
  id INTEGER PRIMARY KEY,
  at INTEGER NOT NULL,
  who TEXT NOT NULL,
  act TEXT NOT NULL,
  object TEXT NOT NULL,
  reason TEXT NOT NULL,
  n INTEGER NOT NULL
) STRICT;
-- Which messages an act touched, and in which state it found them.
CREATE TABLE audit_item(
  audit_id INTEGER NOT NULL,
  message_id INTEGER NOT NULL,
  old_state INTEGER NOT NULL,
  PRIMARY KEY(audit_id, message_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX audit_item_message ON audit_item(message_id);
