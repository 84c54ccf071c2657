-- Repeats of what may have arrived must leave in time; others wait for the retry budget.
DROP INDEX message_repeat;
CREATE INDEX message_repeat ON message(batch_id, (ambiguous_wall IS NULL), due_at) WHERE state = 3;

-- Who is not written to at present.
DROP INDEX suppression_recipient;
ALTER TABLE suppression ADD COLUMN added_by TEXT NOT NULL DEFAULT '';
CREATE INDEX suppression_active ON suppression(recipient_hash) WHERE lifted_at IS NULL;
CREATE INDEX suppression_recipient ON suppression(recipient_hash, id);

-- Why a batch stands still, and who said so.
ALTER TABLE batch ADD COLUMN hold_by TEXT;
ALTER TABLE batch ADD COLUMN hold_reason TEXT;
ALTER TABLE batch ADD COLUMN hold_since INTEGER;
