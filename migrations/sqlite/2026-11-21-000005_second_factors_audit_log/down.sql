-- Loses what the earlier schema does not have: second factors, the audit log, and the addresses of sessions.
DROP INDEX payment_entries_refund_index;
DROP INDEX properties_host_created_index;
DROP INDEX properties_status_index;
DROP INDEX properties_created_index;
DROP INDEX users_state_index;
DROP TABLE audit_log;
DROP TABLE second_factors;
DROP INDEX sessions_address_index;
ALTER TABLE sessions DROP COLUMN address;
