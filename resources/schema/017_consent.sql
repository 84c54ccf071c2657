-- The newest that a person said, by the platform's clock, where the list of people who are not written to does not have it:
-- that they accept messages, so that an older refusal that comes late undoes nothing; and that they refuse those of a
-- template that is not known here yet. Beyond a number the longest known ones go.
CREATE TABLE consent(
  id INTEGER PRIMARY KEY,               -- grows: what is said anew gets a new one
  account_id INTEGER NOT NULL REFERENCES account(id),
  recipient_hash INTEGER NOT NULL,
  openid TEXT NOT NULL,
  template_id TEXT NOT NULL,            -- as WeChat calls it; empty: messages of the account
  accepts INTEGER NOT NULL,             -- 1 or 0
  at INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX consent_recipient ON consent(recipient_hash, account_id, openid, template_id);
CREATE INDEX consent_refused ON consent(account_id, template_id) WHERE accepts = 0;
