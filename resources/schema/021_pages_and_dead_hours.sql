-- Pages of messages, newest first, whatever they are asked by. What an index has under equal values it has in the order of
-- ids: a page is read from where it begins.
DROP INDEX message_rare;
CREATE INDEX message_state ON message(state);
CREATE INDEX message_batch ON message(batch_id);
-- What ended badly or is held, by batch: few of many, and written only when that happens. Conditions are comparisons: a list
-- (IN) is built anew for each row that is written, which costs more than an index.
CREATE INDEX message_aside ON message(batch_id, state) WHERE state > 5 OR state = 0;
CREATE INDEX message_discarded ON message(state) WHERE discarded_at IS NOT NULL;
DROP INDEX message_cause;
CREATE INDEX message_cause ON message(cause, state) WHERE cause IS NOT NULL;

-- Between which times the messages of a block of 4096 ids were taken in and ended; never narrower than that. Ids grow with
-- time, but calendars are set: what is asked for by time is looked for in the blocks that may have it.
CREATE TABLE message_span(
  block INTEGER PRIMARY KEY,
  created_from INTEGER NOT NULL,
  created_to INTEGER NOT NULL,
  ended_from INTEGER,
  ended_to INTEGER
) STRICT;
WITH RECURSIVE numbers(block) AS (
  SELECT min(id) >> 12 FROM message HAVING count(*) > 0
  UNION ALL SELECT block + 1 FROM numbers WHERE block < (SELECT max(id) >> 12 FROM message))
INSERT INTO message_span(block, created_from, created_to) SELECT block, 0, 0 FROM numbers;
UPDATE message_span SET (created_from, created_to, ended_from, ended_to) =
  (SELECT coalesce(min(created_at), 0), coalesce(max(created_at), 0), min(finished_at), max(finished_at)
   FROM message NOT INDEXED WHERE id BETWEEN block * 4096 AND block * 4096 + 4095);

-- Whose idempotency keys there are: with the account and the scope a key is looked up in `idempotency`.
CREATE TABLE key_owner(
  account_id INTEGER NOT NULL,
  scope INTEGER NOT NULL,
  PRIMARY KEY(account_id, scope)
) STRICT, WITHOUT ROWID;
INSERT INTO key_owner SELECT DISTINCT b.account_id, coalesce(m.key_scope, 0) FROM message m NOT INDEXED CROSS JOIN batch b ON b.id = m.batch_id
  WHERE m.idempotency_key IS NOT NULL;

-- Dead letters by the hour in which they ended.
CREATE TABLE dead_summary(
  hour INTEGER NOT NULL,                -- Unix hours
  batch_id INTEGER NOT NULL,
  state INTEGER NOT NULL,
  cause TEXT NOT NULL,                  -- '' when none is known
  n INTEGER NOT NULL,
  PRIMARY KEY(hour, batch_id, state, cause)
) STRICT, WITHOUT ROWID;
INSERT INTO dead_summary SELECT finished_at / 3600000, batch_id, state, coalesce(cause, ''), count(*) FROM message
  WHERE state IN (6, 7, 8) AND finished_at IS NOT NULL GROUP BY 1, 2, 3, 4;
-- Only pages are read by it now.
DROP INDEX message_dead_time;
CREATE INDEX message_dead_time ON message(finished_at) WHERE state BETWEEN 6 AND 8;
