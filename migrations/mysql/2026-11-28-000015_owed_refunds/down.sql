ALTER TABLE payments DROP INDEX payments_refund_owed_index, DROP COLUMN refund_owed_since;
