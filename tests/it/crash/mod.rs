//! The server is killed (SIGKILL) around every gateway call. After a restart and a retry with the same idempotency key,
//! nothing is charged, refunded or paid out twice, nothing is lost, and the ledger is consistent.

mod failpoints;
mod scenario;
mod scenarios;
mod server_process;
