//! The contract of every repository, on every database.

mod account_events;
mod accounts;
mod alterations;
mod audit;
mod bookings;
mod idempotency;
mod imports;
mod journal;
mod ledger_queries;
mod night_claims;
mod operator_queries;
mod payouts;
mod queues;
pub mod raw_sql;
mod refresh_tokens;
mod refunds;
mod reviews;
mod search;
mod sessions;
mod stays;
mod wishlists;

/// Runs each test on every available database.
macro_rules! on_every_database {
    ($($test:ident),+ $(,)?) => {$(
        #[test]
        fn $test() {
            for database in sojourn_tests::databases() {
                println!("on {}", database.name);
                let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(4).enable_all().build().unwrap();
                runtime.block_on(checks::$test(database.open()));
            }
        }
    )+};
}
pub(crate) use on_every_database;
