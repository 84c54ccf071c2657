-- Of all a message says and to whom, made when it was taken in and compared before it is sent: what a disk changed is
-- not sent. NULL in rows from before: not compared.
ALTER TABLE message ADD COLUMN content_hash INTEGER;
