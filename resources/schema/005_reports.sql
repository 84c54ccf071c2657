-- When WeChat says it happened, by its calendar.
ALTER TABLE report ADD COLUMN happened_at INTEGER;
CREATE INDEX report_message ON report(message_id) WHERE message_id IS NOT NULL;

-- What WeChat called a message in an earlier life: a late report of that life is known for what it is.
CREATE TABLE earlier_msgid(
  msgid TEXT NOT NULL,
  message_id INTEGER NOT NULL,
  life INTEGER NOT NULL,
  PRIMARY KEY(msgid, message_id, life)
) STRICT, WITHOUT ROWID;
CREATE INDEX earlier_msgid_message ON earlier_msgid(message_id);
