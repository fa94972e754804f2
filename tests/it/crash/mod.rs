//! The server is killed (SIGKILL) around every gateway call, and at random moments during every kind of POST. After a
//! restart and a retry with the same idempotency key, nothing is charged, refunded or paid out twice, nothing is lost,
//! and the ledger is consistent.

mod failpoints;
mod keyed_effects;
mod keyed_posts;
mod scenario;
mod scenarios;
mod server_process;
