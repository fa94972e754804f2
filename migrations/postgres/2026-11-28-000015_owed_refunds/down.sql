DROP INDEX payments_refund_owed_index;
ALTER TABLE payments DROP COLUMN refund_owed_since;
