-- What the schema before knows nothing of is lost: second factors, the audit log, and from where sessions were opened.
DROP INDEX payment_entries_refund_index;
DROP INDEX properties_host_created_index;
DROP INDEX properties_status_index;
DROP INDEX properties_created_index;
DROP INDEX users_state_index;
DROP TABLE audit_log;
DROP TABLE second_factors;
DROP INDEX sessions_address_index;
ALTER TABLE sessions DROP COLUMN address;
