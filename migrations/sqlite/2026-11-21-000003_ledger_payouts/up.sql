-- Prices, refunds and the ledger. A change is proposed on the booking itself until the other side answers.
ALTER TABLE bookings ADD COLUMN alteration TEXT;
ALTER TABLE payments ADD COLUMN method TEXT;

ALTER TABLE payment_entries RENAME TO payment_entries_before;
CREATE TABLE payment_entries (
    property_id BLOB NOT NULL,
    payment_id BLOB NOT NULL,
    position INTEGER NOT NULL,
    id BLOB NOT NULL CONSTRAINT payment_entries_id_key UNIQUE,
    kind TEXT NOT NULL CONSTRAINT payment_entries_kind_check CHECK (kind IN (
        'authorization', 'capture', 'void', 'refund', 'payout', 'failure', 'payout_failure')),
    amount BIGINT NOT NULL CONSTRAINT payment_entries_amount_check CHECK (amount >= 0),
    at TIMESTAMP NOT NULL,
    reason TEXT,
    -- The gateway's reference of a charge.
    reference TEXT,
    -- The capture that is refunded.
    against BLOB CONSTRAINT payment_entries_against_fkey REFERENCES payment_entries (id),
    -- The side that bears a refund beyond the policy.
    borne_by TEXT CONSTRAINT payment_entries_borne_by_check CHECK (borne_by IN ('host', 'admin')),
    CONSTRAINT payment_entries_pkey PRIMARY KEY (property_id, payment_id, position),
    CONSTRAINT payment_entries_payment_fkey FOREIGN KEY (property_id, payment_id) REFERENCES payments (property_id, id)
) WITHOUT ROWID;
INSERT INTO payment_entries (property_id, payment_id, position, id, kind, amount, at, reason)
    SELECT property_id, payment_id, position, id, kind, amount, at, reason FROM payment_entries_before;
DROP TABLE payment_entries_before;
-- Before, a payment had one charge at most, to which its reference and its refunds belong.
UPDATE payment_entries SET reference =
    (SELECT reference FROM payments WHERE payments.property_id = payment_entries.property_id AND payments.id = payment_entries.payment_id)
    WHERE kind IN ('authorization', 'capture');
UPDATE payment_entries SET against =
    (SELECT capture.id FROM payment_entries AS capture WHERE capture.property_id = payment_entries.property_id
        AND capture.payment_id = payment_entries.payment_id AND capture.kind = 'capture' ORDER BY capture.position LIMIT 1)
    WHERE kind = 'refund';
CREATE TRIGGER payment_entries_update BEFORE UPDATE ON payment_entries
    BEGIN SELECT RAISE(ABORT, 'payment entries are never changed'); END;
CREATE TRIGGER payment_entries_delete BEFORE DELETE ON payment_entries
    BEGIN SELECT RAISE(ABORT, 'payment entries are never removed'); END;

ALTER TABLE payment_calls RENAME TO payment_calls_before;
CREATE TABLE payment_calls (
    property_id BLOB NOT NULL,
    payment_id BLOB NOT NULL,
    id BLOB NOT NULL CONSTRAINT payment_calls_id_key UNIQUE,
    position INTEGER NOT NULL,
    kind TEXT NOT NULL CONSTRAINT payment_calls_kind_check CHECK (kind IN ('authorize', 'capture', 'void', 'refund', 'payout')),
    amount BIGINT NOT NULL CONSTRAINT payment_calls_amount_check CHECK (amount >= 0),
    method TEXT,
    reason TEXT,
    at TIMESTAMP NOT NULL,
    against BLOB CONSTRAINT payment_calls_against_fkey REFERENCES payment_entries (id),
    borne_by TEXT CONSTRAINT payment_calls_borne_by_check CHECK (borne_by IN ('host', 'admin')),
    CONSTRAINT payment_calls_pkey PRIMARY KEY (property_id, payment_id, id),
    CONSTRAINT payment_calls_payment_fkey FOREIGN KEY (property_id, payment_id) REFERENCES payments (property_id, id)
) WITHOUT ROWID;
INSERT INTO payment_calls (property_id, payment_id, id, position, kind, amount, method, reason, at, against)
    SELECT property_id, payment_id, id, position, kind, amount, method, reason, at,
        CASE WHEN kind = 'refund' THEN
            (SELECT capture.id FROM payment_entries AS capture WHERE capture.property_id = payment_calls_before.property_id
                AND capture.payment_id = payment_calls_before.payment_id AND capture.kind = 'capture'
                ORDER BY capture.position LIMIT 1) END
    FROM payment_calls_before;
DROP TABLE payment_calls_before;
CREATE INDEX payment_calls_at_index ON payment_calls (at);

-- Payouts to hosts. The withheld part pays the debts of other bookings, which brought less than was paid out for them.
CREATE TABLE payouts (
    property_id BLOB NOT NULL,
    payment_id BLOB NOT NULL,
    position INTEGER NOT NULL,
    id BLOB NOT NULL CONSTRAINT payouts_id_key UNIQUE,
    host_id BLOB NOT NULL CONSTRAINT payouts_host_fkey REFERENCES users (id),
    booking_id BLOB NOT NULL,
    amount BIGINT NOT NULL CONSTRAINT payouts_amount_check CHECK (amount > 0),
    withheld BIGINT NOT NULL,
    currency TEXT NOT NULL CONSTRAINT payouts_currency_check CHECK (length(currency) = 3),
    due_at TIMESTAMP NOT NULL,
    status TEXT NOT NULL CONSTRAINT payouts_status_check CHECK (status IN ('scheduled', 'sending', 'paid')),
    paid_at TIMESTAMP,
    -- The call to the gateway that makes the payout.
    call_id BLOB,
    CONSTRAINT payouts_pkey PRIMARY KEY (property_id, payment_id, position),
    CONSTRAINT payouts_payment_fkey FOREIGN KEY (property_id, payment_id) REFERENCES payments (property_id, id),
    CONSTRAINT payouts_booking_fkey FOREIGN KEY (property_id, booking_id) REFERENCES bookings (property_id, id),
    CONSTRAINT payouts_withheld_check CHECK (withheld BETWEEN 0 AND amount),
    CONSTRAINT payouts_paid_check CHECK ((status = 'paid') = (paid_at IS NOT NULL)),
    CONSTRAINT payouts_call_check CHECK (status <> 'sending' OR call_id IS NOT NULL)
) WITHOUT ROWID;
CREATE INDEX payouts_due_index ON payouts (due_at, id) WHERE status = 'scheduled';
CREATE INDEX payouts_host_index ON payouts (host_id, due_at, id);
CREATE INDEX payouts_all_index ON payouts (due_at, id);
CREATE INDEX payouts_property_index ON payouts (property_id, due_at, id);

-- Debits are positive, credits negative, and every entry sums to zero. A cause posts once. Append-only.
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
CREATE INDEX journal_at_index ON journal (at, booking_id, cause, source);
CREATE INDEX journal_currency_index ON journal (currency, at, booking_id, cause, source);
CREATE INDEX journal_booking_index ON journal (booking_id, at, cause, source);
CREATE INDEX journal_host_index ON journal (host_id, at, booking_id, cause, source);
CREATE INDEX journal_debts_index ON journal (host_id, currency, property_id, booking_id, at, host_payable);
CREATE TRIGGER journal_update BEFORE UPDATE ON journal
    BEGIN SELECT RAISE(ABORT, 'journal entries are never changed'); END;
CREATE TRIGGER journal_delete BEFORE DELETE ON journal
    BEGIN SELECT RAISE(ABORT, 'journal entries are never removed'); END;

-- Counts the payouts to a host that withheld something, so that two at once never withhold for the same debt.
CREATE TABLE host_accounts (
    host_id BLOB NOT NULL CONSTRAINT host_accounts_host_fkey REFERENCES users (id),
    currency TEXT NOT NULL CONSTRAINT host_accounts_currency_check CHECK (length(currency) = 3),
    version BIGINT NOT NULL CONSTRAINT host_accounts_version_check CHECK (version >= 1),
    CONSTRAINT host_accounts_pkey PRIMARY KEY (host_id, currency)
) WITHOUT ROWID;

-- Every version of the marketplace's fees and windows.
CREATE TABLE terms_versions (
    version BIGINT NOT NULL PRIMARY KEY CONSTRAINT terms_versions_version_check CHECK (version >= 1),
    terms TEXT NOT NULL,
    in_force_from TIMESTAMP NOT NULL
);
