-- When an account was reported to last.
CREATE INDEX report_account ON report(account_id);
