//! Databases that take no writes, such as a standby.

use async_trait::async_trait;
use diesel::prelude::*;
use diesel::sql_types::Text;
use sojourn_application::ports::HealthCheck;
use sojourn_domain::shared::RepositoryError;

use super::connection::AnyConnection;
use super::database::Database;
use super::errors::TxError;

#[async_trait]
impl HealthCheck for Database {
    async fn ping(&self) -> Result<(), RepositoryError> {
        self.read(check_writable).await
    }
}

#[derive(QueryableByName)]
struct Found {
    #[diesel(sql_type = Text)]
    word: String,
}

/// Succeeds if the database answers and takes writes. Otherwise the connection is given up: after a failover, the next
/// one may find the new primary.
pub(crate) fn check_writable(connection: &mut AnyConnection) -> Result<(), TxError> {
    let statement = connection.dialect().find_read_only();
    let found: Vec<Found> = diesel::sql_query(statement).load(connection)?;
    match found.first() {
        None => Ok(()),
        Some(Found { word }) => {
            let reason = format!("the database is {word}");
            connection.give_up();
            Err(RepositoryError::Unavailable(reason).into())
        }
    }
}
