DROP TABLE address_mails;
ALTER TABLE refresh_tokens DROP COLUMN successor;
