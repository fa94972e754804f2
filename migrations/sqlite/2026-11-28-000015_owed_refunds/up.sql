-- Since when a payment owes a refund that the gateway refused, so that it is retried. Payments with a refused refund are
-- marked; the retry clears the mark of those whose refund was paid since.
ALTER TABLE payments ADD COLUMN refund_owed_since TIMESTAMP;
UPDATE payments SET refund_owed_since = updated_at WHERE EXISTS (
    SELECT 1 FROM payment_entries WHERE payment_entries.property_id = payments.property_id
        AND payment_entries.payment_id = payments.id AND payment_entries.kind = 'failure'
        AND payment_entries.against IS NOT NULL AND payment_entries.borne_by IS NULL);
CREATE INDEX payments_refund_owed_index ON payments (refund_owed_since, id) WHERE refund_owed_since IS NOT NULL;
