-- Repeats are taken before what was never tried: their time in which a repeat is safe runs.
CREATE INDEX message_repeat ON message(batch_id, due_at) WHERE state = 3;
