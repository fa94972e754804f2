-- The successor of a used token, sealed for the holder of that token.
ALTER TABLE refresh_tokens ADD COLUMN successor TEXT;
-- The mails of the last hour to an address that anyone could cause; one row for each, in at most as many slots as are
-- permitted.
CREATE TABLE address_mails (
    address_hash TEXT NOT NULL,
    slot INTEGER NOT NULL,
    at TIMESTAMP NOT NULL,
    CONSTRAINT address_mails_pkey PRIMARY KEY (address_hash, slot)
);
CREATE INDEX address_mails_at_index ON address_mails (at);
