-- Where else the platform answers when the first address cannot be reached, and since when that one is used.
ALTER TABLE account ADD COLUMN second_base TEXT NOT NULL DEFAULT '';
ALTER TABLE account ADD COLUMN second_since INTEGER;
-- By which of the two the last attempt went: what may have arrived there is repeated there only. 0: the first, 1: the second,
-- as it was said at first; otherwise a mark of the address itself, because the two may change places.
ALTER TABLE message ADD COLUMN by_second INTEGER NOT NULL DEFAULT 0;
