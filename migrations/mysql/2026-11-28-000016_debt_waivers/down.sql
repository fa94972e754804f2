-- Entries that waive a debt become offsets, the kind of the earlier version that settles debts.
DROP TRIGGER IF EXISTS journal_update;
UPDATE journal SET cause = 'offset' WHERE cause = 'waiver';
CREATE TRIGGER journal_update BEFORE UPDATE ON journal FOR EACH ROW
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'journal is append-only';
ALTER TABLE journal
    DROP CONSTRAINT journal_cause_check,
    ADD CONSTRAINT journal_cause_check CHECK (cause IN (
        'sale', 'alteration', 'cancellation', 'goodwill', 'reversal', 'capture', 'refund', 'payout', 'offset'));
