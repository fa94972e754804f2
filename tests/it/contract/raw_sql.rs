//! SQL that bypasses the repositories.

use sojourn_persistence::Database;
use sojourn_tests::{TestDatabase, databases};

/// Runs SQL without the repositories; the error message when it is refused.
pub fn raw(database: &TestDatabase, sql: &str) -> Result<(), String> {
    database.execute(sql).map_err(|error| error.to_string())
}

/// Runs a test that needs the database itself on every available database.
pub fn for_each_database(work: impl AsyncFnOnce(TestDatabase, Database) + Copy) {
    for fresh in databases() {
        println!("on {}", fresh.name);
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(2)
            .enable_all()
            .build();
        let database = fresh.open();
        runtime.unwrap().block_on(work(fresh, database));
    }
}
