//! Snapshots of SQLite.

use std::path::Path;

use diesel::RunQueryDsl as _;
use diesel::sql_types::Text;
use sojourn_domain::shared::RepositoryError;

use crate::engine::database::Database;

impl Database {
    /// Writes a consistent copy of an SQLite database to a new file, while the database is in use.
    ///
    /// # Errors
    /// [`RepositoryError`], for example when the file exists or the disk is full.
    pub async fn write_snapshot(&self, file: &Path) -> Result<(), RepositoryError> {
        let file = file.display().to_string();
        self.read(move |connection| {
            diesel::sql_query("VACUUM INTO ?")
                .bind::<Text, _>(&file)
                .execute(connection)?;
            Ok(())
        })
        .await
    }
}
