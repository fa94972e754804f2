//! What every repository promises, on every database.

mod accounts;
mod alterations;
mod audit;
mod bookings;
mod books;
mod doors;
mod money;
mod nights;
mod operators;
mod payouts;
mod raw_sql;
mod reviews;

/// Runs a test once on each database that can be had.
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
