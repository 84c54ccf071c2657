-- Repeats are taken before what was never tried: their time in which a repeat is safe runs.
CREATE INDEX message_repeat ON message(batch_id, due_at) WHERE state = 3;

-- Only a time somebody chose is compared with the calendar. What is due at once has no time to wait for, however
-- the calendar is set meanwhile.
ALTER TABLE message ADD COLUMN scheduled INTEGER NOT NULL DEFAULT 0;
UPDATE message SET scheduled = 1 WHERE state = 1 AND due_at > created_at;
DROP INDEX message_due;
CREATE INDEX message_fresh ON message(batch_id, due_at * scheduled) WHERE state = 1;

-- How its requests travel: 0 by rate and latency, 1 network managers, 2 bulk.
ALTER TABLE account ADD COLUMN transport INTEGER NOT NULL DEFAULT 0;

-- Transactions ever committed: a restored copy of an earlier time has fewer.
INSERT INTO meta(key, value) VALUES('commits', '0');

-- With the calendar's reading at the same moment it says how far the calendar was set since an earlier run.
ALTER TABLE run ADD COLUMN started_steady INTEGER;
