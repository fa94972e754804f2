//! Panics, overload and lost connections.

use diesel::RunQueryDsl;
use sojourn_application::ports::Queries;
use sojourn_domain::shared::RepositoryError;

use super::connection::AnyConnection;
use crate::test_support::databases::{FreshDatabase, fresh_databases};

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
        assert_eq!(Queries::ping(database).await, Ok(()));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_lost_connection_is_replaced() {
    for FreshDatabase { database, .. } in &fresh_databases() {
        let lose = |connection: &mut AnyConnection| {
            if let AnyConnection::Postgres(inner) = connection {
                diesel::sql_query("SELECT pg_terminate_backend(pg_backend_pid())")
                    .execute(inner)?;
            }
            Ok(())
        };
        let lost: Result<(), RepositoryError> = database.read(lose).await;
        assert!(
            matches!(lost, Ok(()) | Err(RepositoryError::Unavailable(_))),
            "{lost:?}"
        );
        for _ in 0..8 {
            assert_eq!(Queries::ping(database).await, Ok(()));
        }
    }
}
