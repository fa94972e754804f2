//! Panics, overload and lost connections.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};

use diesel::RunQueryDsl;
use sojourn_application::ports::HealthCheck;
use sojourn_application::read_limit;
use sojourn_domain::shared::RepositoryError;

use super::connection::AnyConnection;
use super::database::Database;
use super::errors::TxError;
use super::read_only::check_writable;
use crate::test_support::databases::{FreshDatabase, fresh_databases, options};

#[tokio::test(flavor = "multi_thread")]
async fn panics_are_survived_and_work_beyond_the_queue_is_refused() {
    for FreshDatabase { database, .. } in &fresh_databases() {
        for _ in 0..8 {
            let died: Result<(), RepositoryError> = database.write(|_| panic!("on purpose")).await;
            assert!(matches!(died, Err(RepositoryError::Internal(_))));
        }
        let slow = || {
            let database = database.clone();
            tokio::spawn(async move {
                let work = |_: &mut _| {
                    std::thread::sleep(std::time::Duration::from_millis(2));
                    Ok(())
                };
                database.read(work).await
            })
        };
        let tasks: Vec<_> = (0..2000).map(|_| slow()).collect();
        let mut refused = 0;
        for task in tasks {
            refused += u32::from(matches!(
                task.await.unwrap(),
                Err(RepositoryError::Unavailable(_))
            ));
        }
        assert!(refused > 0);
        assert_eq!(HealthCheck::ping(database).await, Ok(()));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn statements_without_a_token_end_sooner() {
    const SHORT: Duration = Duration::from_millis(300);
    const LONG: Duration = Duration::from_secs(20);
    for FreshDatabase { database, .. } in &fresh_databases() {
        let sleep = async || {
            let work = |connection: &mut AnyConnection| {
                match connection {
                    AnyConnection::Sqlite(_) => return Ok(false),
                    AnyConnection::Postgres(inner) => {
                        diesel::sql_query("SELECT pg_sleep(1)").execute(inner)?;
                    }
                    #[cfg(feature = "mysql")]
                    AnyConnection::Mysql(inner) => {
                        let busy = "SELECT COUNT(*) FROM information_schema.columns a, \
                                    (SELECT SLEEP(1)) b WHERE a.table_name = 'users'";
                        diesel::sql_query(busy).execute(inner)?;
                    }
                }
                Ok(true)
            };
            database.read(work).await
        };
        if !read_limit::within(LONG, sleep()).await.unwrap() {
            continue;
        }
        for _ in 0..10 {
            let began = Instant::now();
            let ended = read_limit::within(SHORT, sleep()).await;
            assert!(
                matches!(ended, Err(RepositoryError::Unavailable(_))),
                "{ended:?}"
            );
            assert!(began.elapsed() < Duration::from_millis(900));
        }
        // The same connections have their own limit again.
        assert_eq!(sleep().await, Ok(true));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_lost_connection_is_replaced() {
    for FreshDatabase { database, .. } in &fresh_databases() {
        let lose = |connection: &mut AnyConnection| {
            match connection {
                AnyConnection::Sqlite(_) => {}
                AnyConnection::Postgres(inner) => {
                    diesel::sql_query("SELECT pg_terminate_backend(pg_backend_pid())")
                        .execute(inner)?;
                }
                #[cfg(feature = "mysql")]
                AnyConnection::Mysql(inner) => {
                    diesel::sql_query("KILL CONNECTION_ID()").execute(inner)?;
                }
            }
            Ok(())
        };
        let lost: Result<(), RepositoryError> = database.read(lose).await;
        assert!(
            matches!(lost, Ok(()) | Err(RepositoryError::Unavailable(_))),
            "{lost:?}"
        );
        for _ in 0..8 {
            assert_eq!(HealthCheck::ping(database).await, Ok(()));
        }
    }
}

#[derive(diesel::QueryableByName)]
struct Backend {
    #[diesel(sql_type = diesel::sql_types::BigInt)]
    pid: i64,
}

/// The process of the connection, which is kept busy for a moment so that others use other connections.
fn backend(connection: &mut AnyConnection) -> Result<Option<i64>, TxError> {
    let statement = match connection {
        AnyConnection::Sqlite(_) => return Ok(None),
        AnyConnection::Postgres(_) => {
            "SELECT CAST(pg_backend_pid() AS BIGINT) AS pid FROM pg_sleep(0.2)"
        }
        #[cfg(feature = "mysql")]
        AnyConnection::Mysql(_) => "SELECT CONNECTION_ID() + SLEEP(0.2) AS pid",
    };
    let found: Backend = diesel::sql_query(statement).get_result(connection)?;
    Ok(Some(found.pid))
}

/// The processes of all connections of a database.
async fn backends(database: &Database) -> BTreeSet<i64> {
    let asked: Vec<_> = (0..4)
        .map(|_| {
            let database = database.clone();
            tokio::spawn(async move { database.read(backend).await })
        })
        .collect();
    let mut all = BTreeSet::new();
    for answer in asked {
        all.extend(answer.await.unwrap().unwrap());
    }
    all
}

#[tokio::test(flavor = "multi_thread")]
async fn reads_are_repeated_when_every_connection_was_lost() {
    for fresh in &fresh_databases() {
        let database = Database::open(&fresh.url, options(4)).unwrap();
        let lost = backends(&database).await;
        for pid in &lost {
            let postgres = format!("SELECT pg_terminate_backend({pid})");
            let mysql = format!("KILL {pid}");
            let end = fresh.select(&postgres, "", &mysql).to_owned();
            let ended = fresh.database.read(move |connection| {
                Ok(diesel::sql_query(&end).execute(connection).map(|_| ())?)
            });
            ended.await.unwrap();
        }
        let asked: Vec<_> = (0..12)
            .map(|_| {
                let database = database.clone();
                tokio::spawn(async move { HealthCheck::ping(&database).await })
            })
            .collect();
        for answer in asked {
            assert_eq!(answer.await.unwrap(), Ok(()));
        }
        assert!(lost.is_disjoint(&backends(&database).await));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_read_is_repeated_once_and_a_write_never() {
    for fresh in &fresh_databases() {
        let tries = Arc::new(AtomicU32::new(0));
        let lose = {
            let tries = Arc::clone(&tries);
            move |connection: &mut AnyConnection| {
                tries.fetch_add(1, Ordering::SeqCst);
                connection.give_up();
                Err::<(), TxError>(RepositoryError::Unavailable("lost".to_owned()).into())
            }
        };
        let read = fresh.database.read(lose.clone()).await;
        assert!(
            matches!(read, Err(RepositoryError::Unavailable(_))),
            "{read:?}"
        );
        assert_eq!(tries.swap(0, Ordering::SeqCst), 2);
        let write: Result<(), RepositoryError> = fresh.database.write(lose).await;
        assert!(
            matches!(write, Err(RepositoryError::Unavailable(_))),
            "{write:?}"
        );
        assert_eq!(tries.load(Ordering::SeqCst), 1);
        assert_eq!(HealthCheck::ping(&fresh.database).await, Ok(()));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_read_only_connection_is_not_ready_and_replaced() {
    for fresh in &fresh_databases() {
        let one = || Database::open(&fresh.url, options(1)).unwrap();
        let demote = |connection: &mut AnyConnection| {
            let setting = match connection {
                AnyConnection::Postgres(_) => "SET default_transaction_read_only = on",
                AnyConnection::Sqlite(_) => "PRAGMA query_only = on",
                #[cfg(feature = "mysql")]
                AnyConnection::Mysql(_) => "SET SESSION TRANSACTION READ ONLY",
            };
            Ok(diesel::sql_query(setting).execute(connection).map(|_| ())?)
        };
        let database = one();
        database.read(demote).await.unwrap();
        let ready =
            database.run(|connection| check_writable(connection).map_err(RepositoryError::from));
        assert!(matches!(ready.await, Err(RepositoryError::Unavailable(_))));
        assert_eq!(HealthCheck::ping(&database).await, Ok(()));

        let database = one();
        database.read(demote).await.unwrap();
        let write = || async {
            let write = |connection: &mut AnyConnection| {
                let statement = "DELETE FROM jobs WHERE 1 = 0";
                Ok(diesel::sql_query(statement)
                    .execute(connection)
                    .map(|_| ())?)
            };
            database.write::<(), RepositoryError>(write).await
        };
        assert!(matches!(
            write().await,
            Err(RepositoryError::Unavailable(_))
        ));
        assert_eq!(write().await, Ok(()));
    }
}
