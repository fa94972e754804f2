-- Prices, refunds and the ledger. A change is proposed on the booking itself until the other side answers.
ALTER TABLE bookings ADD COLUMN alteration TEXT;
ALTER TABLE payments ADD COLUMN method TEXT;

ALTER TABLE payment_entries
    -- The gateway's reference of a charge.
    ADD COLUMN reference TEXT,
    -- The capture that is refunded.
    ADD COLUMN against UUID CONSTRAINT payment_entries_against_fkey REFERENCES payment_entries (id),
    -- The side that bears a refund beyond the policy.
    ADD COLUMN borne_by TEXT CONSTRAINT payment_entries_borne_by_check CHECK (borne_by IN ('host', 'admin')),
    DROP CONSTRAINT payment_entries_kind_check,
    ADD CONSTRAINT payment_entries_kind_check CHECK (kind IN (
        'authorization', 'capture', 'void', 'refund', 'payout', 'failure', 'payout_failure'));
-- Before, a payment had one charge at most, to which its reference and its refunds belong.
UPDATE payment_entries SET reference =
    (SELECT reference FROM payments WHERE payments.property_id = payment_entries.property_id AND payments.id = payment_entries.payment_id)
    WHERE kind IN ('authorization', 'capture');
UPDATE payment_entries SET against =
    (SELECT capture.id FROM payment_entries AS capture WHERE capture.property_id = payment_entries.property_id
        AND capture.payment_id = payment_entries.payment_id AND capture.kind = 'capture' ORDER BY capture.position LIMIT 1)
    WHERE kind = 'refund';

ALTER TABLE payment_calls
    ADD COLUMN against UUID CONSTRAINT payment_calls_against_fkey REFERENCES payment_entries (id),
    ADD COLUMN borne_by TEXT CONSTRAINT payment_calls_borne_by_check CHECK (borne_by IN ('host', 'admin')),
    DROP CONSTRAINT payment_calls_kind_check,
    ADD CONSTRAINT payment_calls_kind_check CHECK (kind IN ('authorize', 'capture', 'void', 'refund', 'payout'));
UPDATE payment_calls SET against =
    (SELECT capture.id FROM payment_entries AS capture WHERE capture.property_id = payment_calls.property_id
        AND capture.payment_id = payment_calls.payment_id AND capture.kind = 'capture' ORDER BY capture.position LIMIT 1)
    WHERE kind = 'refund';

-- Payouts to hosts. The withheld part pays the debts of other bookings, which brought less than was paid out for them.
CREATE TABLE payouts (
    property_id UUID NOT NULL,
    payment_id UUID NOT NULL,
    position INTEGER NOT NULL,
    id UUID NOT NULL CONSTRAINT payouts_id_key UNIQUE,
    host_id UUID NOT NULL CONSTRAINT payouts_host_fkey REFERENCES users (id),
    booking_id UUID NOT NULL,
    amount BIGINT NOT NULL CONSTRAINT payouts_amount_check CHECK (amount > 0),
    withheld BIGINT NOT NULL,
    currency TEXT NOT NULL CONSTRAINT payouts_currency_check CHECK (length(currency) = 3),
    due_at TIMESTAMP NOT NULL,
    status TEXT NOT NULL CONSTRAINT payouts_status_check CHECK (status IN ('scheduled', 'sending', 'paid')),
    paid_at TIMESTAMP,
    -- The call to the gateway that makes the payout.
    call_id UUID,
    CONSTRAINT payouts_pkey PRIMARY KEY (property_id, payment_id, position),
    CONSTRAINT payouts_payment_fkey FOREIGN KEY (property_id, payment_id) REFERENCES payments (property_id, id),
    CONSTRAINT payouts_booking_fkey FOREIGN KEY (property_id, booking_id) REFERENCES bookings (property_id, id),
    CONSTRAINT payouts_withheld_check CHECK (withheld BETWEEN 0 AND amount),
    CONSTRAINT payouts_paid_check CHECK ((status = 'paid') = (paid_at IS NOT NULL)),
    CONSTRAINT payouts_call_check CHECK (status <> 'sending' OR call_id IS NOT NULL)
);
CREATE INDEX payouts_due_index ON payouts (due_at, id) WHERE status = 'scheduled';
CREATE INDEX payouts_host_index ON payouts (host_id, due_at, id);
CREATE INDEX payouts_all_index ON payouts (due_at, id);
CREATE INDEX payouts_property_index ON payouts (property_id, due_at, id);

-- Debits are positive, credits negative, and every entry sums to zero. A cause posts once. Append-only.
CREATE TABLE journal (
    property_id UUID NOT NULL,
    booking_id UUID NOT NULL,
    cause TEXT NOT NULL CONSTRAINT journal_cause_check CHECK (cause IN (
        'sale', 'alteration', 'cancellation', 'goodwill', 'reversal', 'capture', 'refund', 'payout', 'offset')),
    source UUID NOT NULL,
    host_id UUID NOT NULL CONSTRAINT journal_host_fkey REFERENCES users (id),
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
);
CREATE INDEX journal_at_index ON journal (at, booking_id, cause, source);
CREATE INDEX journal_currency_index ON journal (currency, at, booking_id, cause, source);
CREATE INDEX journal_booking_index ON journal (booking_id, at, cause, source);
CREATE INDEX journal_host_index ON journal (host_id, at, booking_id, cause, source);
CREATE INDEX journal_debts_index ON journal (host_id, currency, property_id, booking_id, at, host_payable);

CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END
$$;
CREATE TRIGGER payment_entries_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON payment_entries
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER journal_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON journal
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- Counts the payouts to a host that withheld something, so that two at once never withhold for the same debt.
CREATE TABLE host_accounts (
    host_id UUID NOT NULL CONSTRAINT host_accounts_host_fkey REFERENCES users (id),
    currency TEXT NOT NULL CONSTRAINT host_accounts_currency_check CHECK (length(currency) = 3),
    version BIGINT NOT NULL CONSTRAINT host_accounts_version_check CHECK (version >= 1),
    CONSTRAINT host_accounts_pkey PRIMARY KEY (host_id, currency)
);

-- Every version of the marketplace's fees and windows.
CREATE TABLE terms_versions (
    version BIGINT NOT NULL PRIMARY KEY CONSTRAINT terms_versions_version_check CHECK (version >= 1),
    terms TEXT NOT NULL,
    in_force_from TIMESTAMP NOT NULL
);
