-- When dead letters ended: the breakdown of a period counts them without reading the messages themselves.
CREATE INDEX message_dead_time ON message(finished_at, batch_id, cause) WHERE state IN (6, 7, 8);
