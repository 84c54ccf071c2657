-- By which proxy the account's requests travel; '': none. Addresses with a password are refused, so there is none to keep.
ALTER TABLE account ADD COLUMN proxy TEXT NOT NULL DEFAULT '';
