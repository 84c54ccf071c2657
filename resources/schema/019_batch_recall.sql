-- A list that is let go by a person can still be taken back for a while, and its seed counts towards a second person's say.
ALTER TABLE batch ADD COLUMN seeds INTEGER NOT NULL DEFAULT 0;      -- people who got its first row's message before it
ALTER TABLE batch ADD COLUMN recall INTEGER NOT NULL DEFAULT 0;     -- milliseconds
ALTER TABLE batch ADD COLUMN leaves_at INTEGER NOT NULL DEFAULT 0;  -- let go: nothing fresh of it leaves before
