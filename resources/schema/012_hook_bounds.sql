-- How much a hook keeps that it is still to be told, and how much went beyond that.
ALTER TABLE hook ADD COLUMN keep_days INTEGER NOT NULL DEFAULT 30;
ALTER TABLE hook ADD COLUMN keep_rows INTEGER NOT NULL DEFAULT 1000000;
ALTER TABLE hook ADD COLUMN dropped INTEGER NOT NULL DEFAULT 0;
