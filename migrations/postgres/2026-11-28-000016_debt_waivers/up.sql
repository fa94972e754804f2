-- Entries that waive a host's debt.
ALTER TABLE journal
    DROP CONSTRAINT journal_cause_check,
    ADD CONSTRAINT journal_cause_check CHECK (cause IN (
        'sale', 'alteration', 'cancellation', 'goodwill', 'reversal', 'capture', 'refund', 'payout', 'offset', 'waiver'));
