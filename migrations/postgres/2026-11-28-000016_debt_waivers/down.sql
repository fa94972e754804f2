-- Entries that waive a debt become offsets, the kind of the earlier version that settles debts.
ALTER TABLE journal DISABLE TRIGGER journal_append_only;
UPDATE journal SET cause = 'offset' WHERE cause = 'waiver';
ALTER TABLE journal ENABLE TRIGGER journal_append_only;
ALTER TABLE journal
    DROP CONSTRAINT journal_cause_check,
    ADD CONSTRAINT journal_cause_check CHECK (cause IN (
        'sale', 'alteration', 'cancellation', 'goodwill', 'reversal', 'capture', 'refund', 'payout', 'offset'));
