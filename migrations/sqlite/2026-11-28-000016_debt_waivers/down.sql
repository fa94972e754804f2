-- Entries that waive a debt become offsets, the kind of the earlier version that settles debts.
DROP TRIGGER journal_delete;
DROP TRIGGER journal_update;
ALTER TABLE journal RENAME TO journal_before;
CREATE TABLE journal (
    property_id BLOB NOT NULL,
    booking_id BLOB NOT NULL,
    cause TEXT NOT NULL CONSTRAINT journal_cause_check CHECK (cause IN (
        'sale', 'alteration', 'cancellation', 'goodwill', 'reversal', 'capture', 'refund', 'payout', 'offset')),
    source BLOB NOT NULL,
    host_id BLOB NOT NULL CONSTRAINT journal_host_fkey REFERENCES users (id),
    currency TEXT NOT NULL CONSTRAINT journal_currency_check CHECK (length(currency) = 3),
    at TIMESTAMP NOT NULL,
    guest_receivable BIGINT NOT NULL,
    processor_cash BIGINT NOT NULL,
    host_payable BIGINT NOT NULL,
    platform_revenue BIGINT NOT NULL,
    tax_payable BIGINT NOT NULL,
    CONSTRAINT journal_pkey PRIMARY KEY (property_id, booking_id, cause, source),
    CONSTRAINT journal_booking_fkey FOREIGN KEY (property_id, booking_id) REFERENCES bookings (property_id, id),
    CONSTRAINT journal_balance_check CHECK (
        guest_receivable + processor_cash + host_payable + platform_revenue + tax_payable = 0)
) WITHOUT ROWID;
INSERT INTO journal (property_id, booking_id, cause, source, host_id, currency, at, guest_receivable, processor_cash,
        host_payable, platform_revenue, tax_payable)
    SELECT property_id, booking_id, CASE cause WHEN 'waiver' THEN 'offset' ELSE cause END, source, host_id, currency, at, guest_receivable, processor_cash,
        host_payable, platform_revenue, tax_payable
    FROM journal_before;
DROP TABLE journal_before;
CREATE INDEX journal_at_index ON journal (at, booking_id, cause, source);
CREATE INDEX journal_currency_index ON journal (currency, at, booking_id, cause, source);
CREATE INDEX journal_booking_index ON journal (booking_id, at, cause, source);
CREATE INDEX journal_host_index ON journal (host_id, at, booking_id, cause, source);
CREATE INDEX journal_debts_index ON journal (host_id, currency, property_id, booking_id, at, host_payable);
CREATE TRIGGER journal_update BEFORE UPDATE ON journal
    BEGIN SELECT RAISE(ABORT, 'journal entries are never changed'); END;
CREATE TRIGGER journal_delete BEFORE DELETE ON journal
    BEGIN SELECT RAISE(ABORT, 'journal entries are never removed'); END;
