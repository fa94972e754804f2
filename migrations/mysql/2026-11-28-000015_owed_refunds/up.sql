-- Since when a payment owes a refund that the gateway refused, so that it is retried. Payments with a refused refund are
-- marked; the retry clears the mark of those whose refund was paid since. The column is added unless an interrupted run
-- has added it.
SET @statement = IF((SELECT COUNT(*) FROM information_schema.columns WHERE table_schema = DATABASE()
        AND table_name = 'payments' AND column_name = 'refund_owed_since') = 0,
    'ALTER TABLE payments ADD COLUMN refund_owed_since DATETIME(6), ADD INDEX payments_refund_owed_index (refund_owed_since, id)',
    'DO 0');
PREPARE change_of_schema FROM @statement;
EXECUTE change_of_schema;
DEALLOCATE PREPARE change_of_schema;
UPDATE payments SET refund_owed_since = updated_at WHERE EXISTS (
    SELECT 1 FROM payment_entries WHERE payment_entries.property_id = payments.property_id
        AND payment_entries.payment_id = payments.id AND payment_entries.kind = 'failure'
        AND payment_entries.against IS NOT NULL AND payment_entries.borne_by IS NULL);
