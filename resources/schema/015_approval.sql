-- Who has to be asked before something goes to many people at once, and who agreed to how much of it.
ALTER TABLE batch ADD COLUMN asked_by TEXT NOT NULL DEFAULT '';   -- names, a line each, since the last agreement
ALTER TABLE batch ADD COLUMN granted INTEGER NOT NULL DEFAULT 0;  -- messages
ALTER TABLE batch ADD COLUMN granted_by TEXT NOT NULL DEFAULT '';
ALTER TABLE replay ADD COLUMN asked_by TEXT NOT NULL DEFAULT '';
ALTER TABLE replay ADD COLUMN granted INTEGER NOT NULL DEFAULT 0;
ALTER TABLE replay ADD COLUMN granted_by TEXT NOT NULL DEFAULT '';
