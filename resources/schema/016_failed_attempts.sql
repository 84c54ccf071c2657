-- The attempts that failed, few among many: messages are found by what they once failed with, newest first.
CREATE INDEX attempt_failed ON attempt(message_id, cause, finished_at) WHERE cause IS NOT NULL;
